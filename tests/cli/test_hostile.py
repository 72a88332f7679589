"""Broken and hostile files: each a clear sentence and code 2, and the good one beside them is read."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import pytest

from cli.command import GOOD, OTHER, jixiao


def _docx(document: bytes) -> bytes:
    """Return the sample document with another content."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(OTHER) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, document if name == "word/document.xml" else source.read(name))
    return made.getvalue()


def _xxe() -> bytes:
    with zipfile.ZipFile(OTHER) as source:
        document = source.read("word/document.xml")
    start = document.index(b"<w:document")
    entity = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return _docx(
        b"<?xml version='1.0' encoding='UTF-8'?>"
        + entity
        + document[start:].replace("村干部".encode(), b"&x;")
    )


BROKEN = {
    "空.docx": lambda: b"",
    "截断.docx": lambda: OTHER.read_bytes()[:20_000],
    "炸弹.docx": lambda: _docx(b"<w:document>" + b" " * 600_000_000),
    "图片.docx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "压缩包.docx": lambda: _zip("说明.txt"),
    "垃圾.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20,
}


def _zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr(name, "x")
    return made.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("收到的文件")
    for name, content in BROKEN.items():
        (made / name).write_bytes(content())
    shutil.copy(GOOD, made / "好的.txt")
    return made


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_is_named_with_what_to_do_and_the_good_one_is_read(folder, jobs):
    ran = jixiao("read", folder, "--format", "json", "--jobs", jobs)
    assert ran.code == 2
    result = json.loads(ran.out)
    assert [text["source"] for text in result["texts"]] == [str(folder / "好的.txt")]
    told = {each["file"]: each["message"] for each in result["unreadable"]}
    assert told.keys() == {str(folder / name) for name in BROKEN}
    for message in told.values():
        assert message.count("。") == 2, message  # what is wrong; what to do
        assert "内部错误" not in message
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", BROKEN)
def test_alone_it_leaves_no_result(folder, tmp_path, name):
    ran = jixiao("check", folder / name, "--out", tmp_path / "out.txt")
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(f"{folder / name}：")
    assert list(tmp_path.iterdir()) == []


def test_an_entity_of_a_document_is_not_followed(tmp_path):
    (tmp_path / "xxe.docx").write_bytes(_xxe())
    ran = jixiao("read", tmp_path / "xxe.docx", "--format", "json")
    assert "root:" not in ran.out
    assert "root:" not in ran.err
    assert ran.code == 2


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("content", "name"), [("doc", "x.docx"), ("docx", "x.doc"), ("rtf", "x.doc")]
)
def test_content_counts_and_not_the_ending(tmp_path, content, name):
    shutil.copy(OTHER.with_suffix(f".{content}"), tmp_path / name)
    ran = jixiao("read", tmp_path / name, "--format", "json")
    assert ran.code == 0, ran.err
    assert len(json.loads(ran.out)["texts"][0]["projects"]) == 8
