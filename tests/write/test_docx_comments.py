"""Findings as comments in the user's own Word file, which stays what it was beside them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import docx as python_docx
import pytest

from jixiao.check import Checker, Finding, Severity, load_profile
from jixiao.model import Place
from jixiao.model.errors import JixiaoError
from jixiao.read import read_bytes
from jixiao.read.blocks import Grid, Paragraph
from jixiao.read.docx import read_docx
from jixiao.write.docx_comments import commentable, with_comments
from jixiao.write.docx_package import DocxPackage, WriteError
from jixiao.write.docx_places import DocxPlaces
from read.hostile import docx, packed, project, sheet_cell, xlsx
from write.opened import notes, opened, words

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.docx"))
RELATED = {
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org'
        '/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    ),
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
        '+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
}
ADDED = {"word/comments.xml", "word/document.xml", "[Content_Types].xml"}
ADDED_RELATIONS = "word/_rels/document.xml.rels"
_ANCHORS = re.compile(
    rb'<w:commentRangeStart[^>]*/>|<w:commentRangeEnd[^>]*/><w:r(?: xmlns:w="[^"]*")?>'
    rb"<w:commentReference[^>]*/></w:r>"
)


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request) -> bytes:
    return request.param.read_bytes()


def findings(data: bytes) -> list[Finding]:
    return Checker(load_profile("base")).check(read_bytes(data, "文本"))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def finding(place: Place | None, message: str = "指标值不对", **more: object) -> Finding:
    content = {
        "file": "文本", "project": 0, "indicator": 0, "field": "value", "code": "Q01",
        "severity": Severity.ERROR, "message": message, "evidence": "", "suggestion": "写成别的",
        "policy": "财预〔2015〕88号", "place": place, **more,
    }  # fmt: skip
    return Finding(**content)


def comments(data: bytes) -> list[str]:
    return [comment.text for comment in python_docx.Document(io.BytesIO(data)).comments]


def test_every_place_is_where_the_reader_took_its_words_from(sample):
    with DocxPackage(sample) as package:
        places = DocxPlaces(package)
    count = 0
    for block in read_docx(sample).blocks:
        pairs = (
            [(block.place, block.text)]
            if isinstance(block, Paragraph)
            else [(block.place(cell), cell.text) for row in block.rows for cell in row]
        )
        for place, text in pairs:
            spot = places.find(place)
            assert spot is not None
            assert spot.text == text
            for letter, character in zip(spot.letters, text, strict=True):
                assert letter.word is None or places.texts[letter.word][letter.at] == character
            count += 1
    assert count > 300


def test_the_marks_of_a_place_stand_around_its_words_in_the_bytes(sample):
    with DocxPackage(sample) as package:
        places = DocxPlaces(package)
    (grid, *_) = (block for block in read_docx(sample).blocks if isinstance(block, Grid))
    for row in grid.rows:
        for cell in row:
            spot = places.find(grid.place(cell))
            if cell.text and spot.cell:
                xml = places.xml[spot.cell.start : spot.cell.end]
                assert xml.startswith(b"<w:tc>")
                said = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml.decode()))
                assert "".join(said.split()) == "".join(cell.text.split())


def test_each_finding_is_told(sample):
    found = findings(sample)
    said = comments(with_comments(sample, found))
    assert found
    for one in found:
        assert any(one.message in comment and one.suggestion in comment for comment in said)
    assert all(re.match("【[EWI]·[CQRAFW][0-9]{2} [^】]+】", comment) for comment in said)


def test_the_file_is_the_same_but_for_the_comments(sample):
    found = findings(sample)
    before, after = members(sample), members(with_comments(sample, found))
    assert list(after)[: len(before)] == list(before)
    assert set(after) - set(before) <= ADDED
    for name in before.keys() - ADDED - {ADDED_RELATIONS}:
        assert after[name] == before[name]
    assert _ANCHORS.sub(b"", after["word/document.xml"]) == before["word/document.xml"]
    for name in ("[Content_Types].xml", ADDED_RELATIONS):
        assert len(re.findall(b"omments", after[name])) >= 2
        assert re.sub(b"<(?:Override|Relationship) xmlns[^>]*/>", b"", after[name]) == before[name]


def test_what_is_read_from_it_is_the_same(sample):
    after = with_comments(sample, findings(sample))
    assert read_bytes(after, "文本") == read_bytes(sample, "文本")
    assert with_comments(sample, []) == sample


@pytest.mark.libreoffice
def test_libreoffice_shows_each_comment_where_it_belongs(sample):
    found = findings(sample)
    with DocxPackage(sample) as package:
        places = DocxPlaces(package)
    expected: dict[int, tuple[str, list[str]]] = {}
    for one in found:
        assert one.place is not None
        spot = places.nearest(one.place)
        assert spot is not None
        mark = spot.cell or spot.begin
        assert mark is not None
        at = "".join(spot.text.split())
        expected.setdefault(mark.start, (at, []))[1].append(one.message)
    shown = notes(opened(with_comments(sample, found)))
    assert [note.at for note in shown] == [expected[start][0] for start in sorted(expected)]
    assert {note.author for note in shown} == {"jixiao"}
    for note, start in zip(shown, sorted(expected), strict=True):
        for message in expected[start][1]:
            assert "".join(message.split()) in "".join(note.says.split())


def test_findings_of_one_cell_are_one_comment_the_worst_first():
    data = docx(project(), **RELATED)
    place = Place(table=1, row=3, column=4)
    light = finding(place, "单位写法不规范", code="Q11", severity=Severity.INFORMATION)
    (said,) = comments(with_comments(data, [light, finding(place)]))
    assert said.index("指标值不对") < said.index("单位写法不规范")
    assert said.count("依据") == 1


def test_a_finding_without_a_place_stands_at_its_project_or_at_the_first_words():
    body = f"<w:p><w:r><w:t>绩效文本</w:t></w:r></w:p>{project()}"
    data = docx(body, **RELATED)
    placed = finding(Place(table=1, row=3, column=4))
    lost = finding(None, "缺少成本指标")
    whole = finding(None, "与上年相同", project=None)
    with_all = with_comments(data, [placed, lost, whole])
    first, second = comments(with_all)
    assert "与上年相同" in first
    assert "指标值不对" in second
    assert "缺少成本指标" in second


def test_the_users_own_comments_stay():
    document = python_docx.Document()
    paragraph = document.add_paragraph("绩效目标：按期完成培训")
    document.add_comment(paragraph.runs, text="请李科长核对", author="王会计", initials="王")
    buffer = io.BytesIO()
    document.save(buffer)
    after = with_comments(buffer.getvalue(), [finding(Place(paragraph=1))])
    found = list(python_docx.Document(io.BytesIO(after)).comments)
    assert [comment.author for comment in found] == ["王会计", "jixiao"]
    assert found[0].text == "请李科长核对"
    assert len({comment.comment_id for comment in found}) == 2
    again = with_comments(after, [finding(Place(paragraph=1), "再查一次")])
    assert [comment.author for comment in python_docx.Document(io.BytesIO(again)).comments] == [
        "王会计", "jixiao", "jixiao",
    ]  # fmt: skip


def test_who_and_when():
    data = docx(project(), **RELATED)
    place = Place(table=1, row=3, column=4)
    after = with_comments(data, [finding(place)], "绩效股<张>", datetime(2024, 3, 1, 9, 30))
    (comment,) = python_docx.Document(io.BytesIO(after)).comments
    assert comment.author == "绩效股<张>"
    assert comment.timestamp.replace(tzinfo=None) == datetime(2024, 3, 1, 9, 30)


def test_a_hostile_message_stays_words():
    data = docx(project(), **RELATED)
    place = Place(table=1, row=3, column=4)
    (said,) = comments(with_comments(data, [finding(place, "</w:t><script>\x00\x0b&amp;")]))
    assert "</w:t><script>&amp;" in said


@pytest.mark.parametrize("kind", ["txt", "html", "xlsx"])
def test_what_is_no_word_text_is_told(kind, tmp_path):
    path = SAMPLES[0].with_suffix(f".{kind}")
    if kind == "xlsx":
        path = tmp_path / "指标.xlsx"
        path.write_bytes(
            xlsx(f"<sheetData><row r='1'>{sheet_cell('A1', '项目名称')}</row></sheetData>")
        )
    with pytest.raises(WriteError, match=f"^这是 {kind} 文件，只有 Word 文档.*。$"):
        commentable(path)


def test_a_damaged_file_is_told():
    whole = SAMPLES[0].read_bytes()
    for damaged in (whole[: len(whole) // 2], docx("<w:p>", **RELATED), b"PK\x03\x04"):
        with pytest.raises(JixiaoError, match=r"。$"):
            with_comments(damaged, [finding(Place(paragraph=1))])


def test_a_signed_file_is_told():
    signed = docx(project(), **RELATED, **{"_xmlsignatures/origin.sigs": b""})
    with pytest.raises(WriteError, match="数字签名"):
        with_comments(signed, [finding(Place(paragraph=1))])


def test_a_file_without_words_is_told():
    with pytest.raises(WriteError, match="没有可以加批注的文字"):
        with_comments(docx("", **RELATED), [finding(None)])


@pytest.mark.libreoffice
def test_an_old_word_file_gets_its_comments_in_a_docx_made_of_it():
    path = SAMPLES[0].with_suffix(".doc")
    made = commentable(path)
    found = Checker(load_profile("base")).check(read_bytes(made, "文本"))
    assert len(comments(with_comments(made, found))) > 10


def held(level: str) -> bytes:
    """Return a form with the cell of its indicator's name, or what is in it, in a content control."""
    part = re.search(r"<w:tc>(?:(?!<w:tc>).)*培训人数.*?</w:tc>", project(), re.DOTALL)[0]
    inner = part if level == "cell" else re.search("<w:p>.*</w:p>", part)[0]
    control = (
        f'<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    )
    return docx(project().replace(inner, control), **RELATED)


@pytest.mark.libreoffice
@pytest.mark.parametrize("level", ["cell", "paragraph"])
def test_a_content_control_keeps_its_words_and_its_comment(level):
    data = held(level)
    after = with_comments(data, [finding(Place(table=1, row=3, column=3))])
    shown = opened(after)
    assert "培训人数" in words(shown)
    (note,) = notes(shown)
    assert note.at == "培训人数"
    assert "指标值不对" in note.says
    (said,) = comments(after)
    assert "指标值不对" in said


def test_a_part_of_comments_that_is_named_and_not_there_is_made():
    place = Place(table=1, row=3, column=4)
    whole = members(with_comments(docx(project(), **RELATED), [finding(place)]))
    del whole["word/comments.xml"]
    after = members(with_comments(packed(whole), [finding(place)]))
    assert "指标值不对" in after["word/comments.xml"].decode()
    for name in ("[Content_Types].xml", ADDED_RELATIONS):
        assert after[name] == whole[name]
