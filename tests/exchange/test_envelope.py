"""Results written piece by piece are the same object as written at once."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jixiao.exchange import Envelope, dump_json, dump_yaml

LOADS = {"json": json.loads, "yaml": yaml.safe_load}
WORDS = st.text(st.characters(exclude_categories=("Cs",)))


def written(syntax, items, unread=()):
    out = bytearray()
    envelope = Envelope(out.extend, syntax, "jixiao/test/1", "texts", ("unread", "unreadable"))
    for item in items:
        envelope.add(envelope.encode(item))
    for item in unread:
        envelope.follow("unread", envelope.encode(item))
    envelope.close()
    return bytes(out).decode()


@pytest.mark.parametrize("syntax", LOADS)
@pytest.mark.parametrize("items", [[], [{"a": "一"}], [{"a": "一\n二"}, {"b": ["三", None]}, {}]])
@pytest.mark.parametrize("unread", [[], [{"text": "x"}], [{"text": "x"}, {"text": "01"}]])
def test_it_is_one_object(syntax, items, unread):
    assert LOADS[syntax](written(syntax, items, unread)) == {
        "schema": "jixiao/test/1",
        "texts": items,
        "unread": unread,
        "unreadable": [],
    }


def test_json_has_an_item_a_line():
    assert written("json", [{"a": 1}, {"a": 2}]).splitlines() == [
        '{"schema":"jixiao/test/1","texts":[',
        '{"a":1},',
        '{"a":2}',
        '],"unread":[],"unreadable":[]}',
    ]


@pytest.mark.parametrize("syntax", LOADS)
def test_a_long_list_that_follows_leaves_memory(syntax, monkeypatch):
    monkeypatch.setattr("jixiao.exchange.envelope._IN_MEMORY", 100)
    unread = [{"text": "没有归类" * 10, "place": number} for number in range(50)]
    assert LOADS[syntax](written(syntax, [], unread))["unread"] == unread


@given(WORDS)
def test_json_keeps_every_word_and_sends_no_control_character(words):
    data = dump_json({"words": words})
    assert json.loads(data) == {"words": words}
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in data.decode())


@given(WORDS.filter(lambda words: "\x85" not in words))
def test_yaml_keeps_every_word(words):
    data = dump_yaml({"words": words})
    assert yaml.safe_load(data) == {"words": words}


def test_yaml_writes_several_lines_as_a_block():
    assert dump_yaml({"目标": "一\n二", "月": "03"}).decode() == "目标: |-\n  一\n  二\n月: '03'\n"
