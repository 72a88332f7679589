"""JSON that was written is read back, and other JSON is refused in one sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.exchange import Envelope, dump_json
from jixiao.exchange.load import decode_json, load_json
from jixiao.exchange.problems import ExchangeError
from jixiao.model import Reading, Unreadable
from model.texts import large_text, texts


@given(st.lists(texts(), max_size=2).map(tuple))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_field_and_place_comes_back(these):
    reading = Reading(texts=these, unreadable=(Unreadable("a.doc", "坏了"),))
    again = decode_json(dump_json(reading), "x")
    assert again == reading
    assert dump_json(again) == dump_json(reading)


def test_what_was_written_piece_by_piece_is_read(tmp_path):
    path = tmp_path / "out.json"
    with path.open("wb") as stream:
        stream.write(b"\xef\xbb\xbf")
        whole = Envelope(
            stream.write, "json", Reading().schema, "texts", ("unread", "warnings", "unreadable")
        )
        whole.add(whole.encode(large_text()))
        whole.close()
    assert load_json(path).texts == (large_text(),)


def test_fields_of_later_versions_are_passed_over():
    assert decode_json(b'{"schema": "jixiao/reading/1", "new": 1}', "x") == Reading()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是完整的 JSON"),
        (b'{"schema": "jixiao/reading/1", "texts": [', "不是完整的 JSON"),
        (b"\xff\xfe", "不是完整的 JSON"),
        (b'{"schema": "jixiao/reading/2"}', "jixiao/reading/2"),
        (b'{"schema": "jixiao/findings/1"}', "jixiao/findings/1"),
        (b"{}", "不合数据约定"),
        (b"[]", "不合数据约定"),
        (
            b'{"schema": "jixiao/reading/1", "texts": [{"source": 1}]}',
            r"\$\.texts\[0\]\.source",
        ),
        (b'{"schema": "jixiao/reading/1", "x": ' + b"[" * 100_000, "不是完整的 JSON"),
    ],
)
def test_other_json_is_refused(data, words):
    with pytest.raises(ExchangeError, match=words) as caught:
        decode_json(data, "某文件.json")
    assert "某文件.json" in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ExchangeError, match="不存在"):
        load_json(tmp_path / "none.json")
