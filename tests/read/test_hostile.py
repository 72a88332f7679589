"""Broken and hostile files: each is told in one Chinese sentence, or read rightly; never more."""

from __future__ import annotations

import os
import random
import re
import resource
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.model import PerformanceText
from jixiao.model.errors import ReadError
from jixiao.read import libreoffice, read, read_blocks, read_bytes, read_many
from jixiao.read.blocks import Grid
from read.hostile import HEADER, ROW, cell, compound, docx, packed, project, sheet_cell, table, xlsx
from read.truth import SAMPLES

SAMPLE = (SAMPLES / "sannvhe-2023.docx").read_bytes()
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
needs_office = pytest.mark.skipif(libreoffice.program() is None, reason="no LibreOffice")


def refusal(data: bytes) -> str:
    """Return the sentence that a file is refused with; it says what is wrong and what to do."""
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "坏文件")
    assert CHINESE.search(caught.value.what), caught.value
    assert CHINESE.search(caught.value.how), f"{caught.value} does not say what to do"
    return str(caught.value)


def outcome(data: bytes) -> PerformanceText | ReadError:
    """Return a reading or a refusal; anything else is a failure of the test."""
    try:
        return read_bytes(data, "文件")
    except ReadError as error:
        assert CHINESE.search(str(error))
        return error


def is_the_project(text: PerformanceText) -> bool:
    """Tell whether the small form of ``hostile.project`` was read."""
    (one,) = text.projects
    return one.name == "培训费" and [i.value.text for i in one.indicators] == ["≥50人"]


@pytest.fixture
def bounded():
    """Fail where a reading hangs, or takes another 600 MB."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.perf_counter() - begin < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600 * 1024


# ── not a document ────────────────────────────────────────────────────────────
@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00" * 4096, b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_called_empty(data):
    assert "空的" in refusal(data) or "没有文字" in refusal(data)


@pytest.mark.parametrize("seed", range(5))
def test_junk_with_any_ending_is_refused(seed):
    assert refusal(random.Random(seed).randbytes(20_000))


def test_a_picture_and_an_archive_are_named(tmp_path):
    assert "图片" in refusal(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    assert "压缩包" in refusal(packed({"a.docx": SAMPLE}))
    assert "PDF" in refusal(b"%PDF-1.7\n" + bytes(1000))


def test_a_program_is_no_text():
    assert refusal(b"MZ\x90\x00" + bytes(range(256)) * 40)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ReadError, match="是文件夹"):
        read(tmp_path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReadError, match="不存在"):
        read(tmp_path / "没有.docx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_and_a_folder_without_permission(tmp_path):
    folder = tmp_path / "锁"
    folder.mkdir()
    (folder / "文本.docx").write_bytes(SAMPLE)
    locked = tmp_path / "文本.docx"
    locked.write_bytes(SAMPLE)
    locked.chmod(0)
    folder.chmod(0)
    try:
        for path in (locked, folder / "文本.docx"):
            with pytest.raises(ReadError, match="没有权限"):
                read(path)
    finally:
        folder.chmod(0o700)


def test_permission_is_told_in_chinese(tmp_path, monkeypatch):
    path = tmp_path / "文本.docx"
    path.write_bytes(SAMPLE)

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="没有权限"):
        read(path)


def test_a_special_file_is_no_document(tmp_path):
    path = tmp_path / "管道.docx"
    os.mkfifo(path)
    with pytest.raises(ReadError, match="不是普通文件"):
        read(path)


# ── the wrong name ────────────────────────────────────────────────────────────
@needs_office
def test_content_counts_not_the_name(tmp_path):
    """A doc named docx, a docx named doc, a page or RTF named doc, and so on."""
    names = {
        "doc": "甲.docx",
        "docx": "乙.doc",
        "html": "丙.doc",
        "rtf": "丁.doc",
        "odt": "戊.wps",
        "txt": "己.html",
    }
    paths = []
    for ending, name in names.items():
        path = tmp_path / name
        path.write_bytes((SAMPLES / f"sannvhe-2023.{ending}").read_bytes())
        paths.append(path)
    for path, text in read_many(paths):
        assert not isinstance(text, ReadError), f"{path.name}: {text}"
        assert len(text.projects) == 8


# ── cut off and damaged ───────────────────────────────────────────────────────
@pytest.mark.parametrize("share", [0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999])
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_cut_off_package_is_damaged(ending, share):
    data = (SAMPLES / f"sannvhe-2023.{ending}").read_bytes()
    message = refusal(data[: int(len(data) * share)])
    assert re.search("损坏|不完整", message)


@given(st.integers(min_value=1, max_value=len(SAMPLE) - 1))
@settings(max_examples=60, deadline=None)
def test_a_docx_cut_off_anywhere_is_refused(end):
    assert isinstance(outcome(SAMPLE[:end]), ReadError)


@needs_office
@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_a_cut_off_old_document_is_refused_or_read_in_part(ending):
    data = (SAMPLES / f"huailai-resettlement-2024.{ending}").read_bytes()
    result = outcome(data[: len(data) // 3])
    assert isinstance(result, ReadError) or len(result.projects) <= 4


def mutated(seed: int) -> bytes:
    """Flip some bytes of a sample's document.xml and pack it again."""
    rng = random.Random(seed)
    with zipfile.ZipFile(SAMPLES / "huailai-resettlement-2024.docx") as package:
        members = {name: package.read(name) for name in package.namelist()}
    xml = bytearray(members["word/document.xml"])
    for _ in range(rng.choice((1, 1, 3, 30))):
        at = rng.randrange(len(xml))
        how = rng.randrange(3)
        if how == 0:
            xml[at] = rng.randrange(256)
        elif how == 1:
            del xml[at : at + rng.randrange(1, 400)]
        else:
            xml[at:at] = bytes(xml[at : at + rng.randrange(1, 400)])
    return packed({**members, "word/document.xml": bytes(xml)})


@pytest.mark.parametrize("block", range(4))
def test_a_mutated_document_is_read_or_refused(block):
    results = [outcome(mutated(block * 100 + seed)) for seed in range(50)]
    assert any(isinstance(one, ReadError) for one in results)
    assert any(isinstance(one, PerformanceText) for one in results)


@pytest.mark.parametrize("seed", range(60))
def test_a_mutated_package_is_read_or_refused(seed):
    rng = random.Random(seed)
    data = bytearray(SAMPLE)
    for _ in range(rng.choice((1, 5, 40))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    outcome(bytes(data))


@pytest.mark.parametrize("ending", ["html", "txt"])
@pytest.mark.parametrize("seed", range(25))
def test_a_mutated_text_is_read_or_refused(seed, ending):
    rng = random.Random(seed)
    data = bytearray((SAMPLES / f"sannvhe-2023.{ending}").read_bytes())
    for _ in range(40):
        at = rng.randrange(len(data))
        data[at : at + rng.randrange(50)] = rng.randbytes(rng.randrange(4))
    outcome(bytes(data))


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    outcome(data)


@given(st.text(alphabet="\t\n 项目名称一级指标值：（）1.万元≥%目标", max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_words_are_read_or_refused(text):
    outcome(text.encode())


WORDS = st.sampled_from(
    ["", "项目名称", "项目编码", "甲", "一级指标", "二级指标", "三级指标", "指标值", "绩效目标", "产出指标",
     "预算数（万元）", "3月底", "50%", "12月底", "单位：万元", "合计", "目标1", "年度主要任务", "任务名称",
     "职责活动", "评价标准", "优", "良", "绩效指标", "项目绩效目标表", "年度目标", "实施期目标", "100"]
)  # fmt: skip


@given(
    st.lists(
        st.lists(st.tuples(WORDS, st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=6),
        min_size=1, max_size=8,
    )
)  # fmt: skip
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_of_labels_is_read_or_refused(rows):
    """Labels in any disorder, merged in any way: never an error of the program's own."""
    page = "".join(
        "<tr>" + "".join(f"<td colspan={c} rowspan={r}>{t}</td>" for t, c, r in row) + "</tr>"
        for row in rows
    )
    outcome(f"<html><body><table>{page}</table></body></html>".encode())


# ── bombs ─────────────────────────────────────────────────────────────────────
def test_a_zip_bomb_is_refused(bounded):
    assert "压缩炸弹" in refusal(packed({"word/document.xml": b" " * 150_000_000}))


def test_a_zip_bomb_that_lies_about_its_size_is_refused(bounded):
    data = bytearray(packed({"word/document.xml": b" " * 30_000_000}))
    size = (30_000_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data))


def test_a_package_of_very_many_parts_is_refused_or_read(bounded):
    members = {f"word/x{number}.xml": b"" for number in range(60_000)}
    assert isinstance(outcome(packed(members, method=zipfile.ZIP_STORED)), ReadError)


def test_a_package_in_a_package_is_not_opened(bounded):
    inner = packed({"word/document.xml": b" " * 50_000_000})
    assert refusal(packed({"a.zip": packed({"b.zip": inner})}))


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
FILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


@pytest.mark.parametrize("doctype", [LAUGHS, FILE, REMOTE], ids=["laughs", "file", "remote"])
def test_entities_in_a_document_are_refused(doctype, bounded):
    body = "<w:p><w:r><w:t>&e;&i;</w:t></w:r></w:p>"
    assert "DOCTYPE" in refusal(docx(body, doctype))
    sheet = f"<sheetData><row r='1'>{sheet_cell('A1', '&e;&i;')}</row></sheetData>"
    assert "DOCTYPE" in refusal(xlsx(sheet, doctype))


def test_a_doctype_behind_a_long_comment_is_refused(bounded):
    assert refusal(docx("<w:p/>", f"<!--{'x' * 10_000}-->{FILE}"))
    sheet = f"<sheetData><row r='1'>{sheet_cell('A1', '&e;')}</row></sheetData>"
    result = outcome(xlsx(sheet, f"<!--{'x' * 10_000}-->{FILE}"))
    assert isinstance(result, ReadError)
    assert "root:" not in str(result)


def test_entities_in_other_parts_are_refused(bounded):
    styled = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    numbering = f"{LAUGHS}<w:numbering xmlns:w='x'>&i;</w:numbering>"
    assert refusal(docx(styled, **{"word/numbering.xml": numbering}))


@needs_office
@pytest.mark.parametrize("doctype", [LAUGHS, FILE], ids=["laughs", "file"])
def test_entities_in_an_odt_bring_nothing_in(doctype):
    content = (
        f"<?xml version='1.0'?>{doctype}<office:document-content"
        " xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
        " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>"
        "<office:body><office:text><text:p>一、总体绩效目标</text:p><text:p>话&e;&i;</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    data = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    assert isinstance(outcome(data), ReadError)


def test_entities_in_a_page_bring_nothing_in(bounded):
    page = f"{FILE}<html><body><p>一、总体绩效目标</p><p>全县&e;工作</p></body></html>"
    text = read_bytes(page.encode(), "页")
    assert "root:" not in text.overall
    page = f"{LAUGHS}<html><body><p>一、总体绩效目标</p><p>全县&i;工作</p></body></html>"
    assert len(read_bytes(page.encode(), "页").overall) < 100


# ── passwords ─────────────────────────────────────────────────────────────────
def test_a_document_with_a_password_is_told():
    assert "密码" in refusal(compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}))
    word = bytearray(b"\xec\xa5\xc1\x00" + bytes(8))
    word[11] = 0x01
    assert "密码" in refusal(compound({"WordDocument": bytes(word)}))


def test_a_workbook_with_a_password_is_told():
    # BIFF8: BOF, then FILEPASS with RC4 ([MS-XLS] 2.4.117)
    book = b"\x09\x08\x10\x00\x00\x06\x05\x00\xbb\x0d\xcc\x07\xc1\x00\x01\x00\x06\x00\x00\x00"
    book += b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48)
    assert "密码" in refusal(compound({"Workbook": book}))


def test_a_package_with_a_password_is_told():
    data = bytearray(docx(project()))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    assert "密码" in refusal(bytes(data))


def test_a_container_that_is_damaged():
    data = compound({"WordDocument": b"\xec\xa5" + bytes(5000)})
    assert refusal(data[:600])
    assert refusal(data[:512] + b"\xff" * 2000)


# ── size and depth ────────────────────────────────────────────────────────────
ROWS = 10_000


def test_a_docx_of_ten_thousand_rows_is_read(bounded):
    rows = "".join(map(cell, ROW))
    text = read_bytes(docx(table("".join(map(cell, HEADER)), *[rows] * ROWS)), "大表")
    assert len(text.projects[0].indicators) == ROWS


def test_a_page_of_ten_thousand_rows_is_read(bounded):
    rows = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (HEADER, *[ROW] * ROWS)
    )
    text = read_bytes(f"<html><body><table>{rows}</table></body></html>".encode(), "大表")
    assert len(text.projects[0].indicators) == ROWS


def test_a_sheet_of_ten_thousand_rows_is_read(bounded):
    rows = "".join(
        f"<row r='{number}'>{''.join(sheet_cell(f'{column}{number}', text) for column, text in zip('ABCD', row, strict=True))}</row>"
        for number, row in enumerate((HEADER, *[ROW] * ROWS), 1)
    )
    text = read_bytes(xlsx(f"<sheetData>{rows}</sheetData>"), "大表")
    assert len(text.projects[0].indicators) == ROWS


def test_a_txt_of_ten_thousand_rows_is_read(bounded):
    lines = "\n".join("".join(f"\t{text}\n" for text in row) for row in (HEADER, *[ROW] * ROWS))
    assert len(read_bytes(lines.encode(), "大表").projects[0].indicators) == ROWS


def test_merged_cells_beyond_reason_are_bounded(bounded):
    wide = '<w:gridSpan w:val="2147483648"/>'
    assert is_the_project(read_bytes(docx(project(cell("", wide))), "跨列"))
    many = cell("", '<w:gridSpan w:val="99999"/>') * 2000
    assert isinstance(outcome(docx(table(many))), ReadError)
    # Few cells, yet many places: one wide row and very many narrow ones.
    tall = table(cell("x", '<w:gridSpan w:val="1000"/>') * 60, *[cell("y")] * 10_000)
    assert isinstance(outcome(docx(tall)), ReadError)


def test_a_page_with_spans_beyond_reason_is_bounded(bounded):
    row = "<tr>" + "<td colspan=100000 rowspan=100000>x</td>" * 50 + "</tr>"
    outcome(f"<html><table>{row * 50}</table></html>".encode())
    small = "<td rowspan=65000 colspan=1000>x</td>"
    outcome(f"<html><table><tr>{small}</tr>{'<tr><td>y</td></tr>' * 5000}</table></html>".encode())


def test_vertical_merges_without_a_beginning(bounded):
    lost = cell("甲", "<w:vMerge/>") + cell("乙", "<w:vMerge/>") * 3
    text = read_bytes(docx(table(lost) + project()), "错并")
    assert is_the_project(text)
    assert [one.text for one in text.unread] == ["甲 | 乙 | 乙 | 乙"]
    merged = table(*[cell("", '<w:vMerge w:val="restart"/>') + cell("", "<w:vMerge/>") * 200] * 300)
    outcome(docx(merged))


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD1"])
def test_a_sheet_with_a_cell_far_away_is_refused_or_read(reference, bounded):
    number = re.sub(r"\D", "", reference)
    sheet = f"<sheetData><row r='1'>{sheet_cell('A1', '项目名称')}{sheet_cell('B1', '培训费')}</row><row r='{number}'>{sheet_cell(reference, 'x')}</row></sheetData>"
    result = outcome(xlsx(sheet))
    if reference.startswith("XFD1048"):
        assert isinstance(result, ReadError)
        assert "铺得太开" in str(result)


def test_a_sheet_with_merges_beyond_reason_is_bounded(bounded):
    merges = "".join(f"<mergeCell ref='A{n}:XFD1048576'/>" for n in range(1, 50))
    sheet = f"<sheetData><row r='1'>{sheet_cell('A1', '项目名称')}{sheet_cell('B1', '培训费')}</row></sheetData><mergeCells>{merges}</mergeCells>"
    outcome(xlsx(sheet))


def nested(depth: int, inside: str) -> str:
    """Return tables one in the other."""
    for _ in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"
    return inside


def test_tables_in_tables_are_read(bounded):
    assert is_the_project(read_bytes(docx(nested(1, project())), "嵌套"))
    assert is_the_project(read_bytes(docx(nested(50, project())), "嵌套"))
    page = "<table><tr><td>" * 50 + "<table><tr><td>项目名称<td>培训费</table>" + "</table>" * 50
    assert (
        read_bytes(f"<html><body>{page}</body></html>".encode(), "页").projects[0].name == "培训费"
    )


def test_xml_without_end_of_depth_is_refused(bounded):
    assert refusal(docx(nested(5_000, "<w:p/>")))
    assert refusal(docx("<w:p>" * 100_000 + "</w:p>" * 100_000))


def test_a_page_without_end_of_depth_is_refused_or_read(bounded):
    outcome(f"<html><body>{'<div>' * 50_000}项目名称</body></html>".encode())
    outcome(f"<html><body>{'<table><tr><td>' * 3_000}项目名称</body></html>".encode())


def test_a_very_long_cell_is_read(bounded):
    long = "保障群众饮水安全，" * 330_000  # 9 MB
    text = read_bytes(docx(project(cell("资金用途") + cell(long, '<w:gridSpan w:val="3"/>'))), "长")
    assert text.projects[0].purpose == long
    assert "长得不正常" in refusal(docx(project() + f"<w:p><w:r><w:t>{long * 3}</w:t></w:r></w:p>"))


def test_a_long_line_takes_no_time_to_read(bounded):
    """No pattern goes back and forth over a long run of one character."""
    for run in (
        "1" * 200_000,
        " " * 200_000,
        "一" * 200_000,
        "（" * 100_000,
        "\t" * 100_000,
        "1." * 50_000,
        "：" * 100_000,
    ):
        outcome(f"一、总体绩效目标\n甲{run}乙\n{run}\n\t项目名称\n\t{run}\n\n".encode())


# ── characters ────────────────────────────────────────────────────────────────
def text_of(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "encoding", ["gb18030", "gbk", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_txt_in_any_usual_encoding_is_read(encoding):
    data = text_of("sannvhe-2023").encode(encoding, errors="replace")
    assert len(read_bytes(data, "文本").projects) == 8


@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "iso-8859-1", "x-none"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_is_read_whatever_it_declares(declared, encoding):
    meta = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
        if declared
        else ""
    )
    page = (SAMPLES / "sannvhe-2023.html").read_text(encoding="utf-8")
    page = re.sub(r"<meta[^>]*charset[^>]*>", meta, page)
    assert len(read_bytes(page.encode(encoding), "页").projects) == 8


def test_a_mix_of_encodings_is_refused_or_read_without_invention():
    data = "一、总体绩效目标\n保障饮水安全\n".encode("gb18030") + "二、工作保障措施".encode() * 200
    result = outcome(data)
    assert isinstance(result, ReadError) or "饮水" in result.overall


def test_control_characters_do_no_harm():
    text = read_bytes("一、总体绩效目标\n保障\x01\x02\x0b饮水\x7f安全\u200b。\n".encode(), "文本")
    assert re.sub(r"[^\u4e00-\u9fff]", "", text.overall) == "保障饮水安全"
    assert refusal(("一、总体绩效目标\n" + "\x00保" * 50).encode())


def test_names_with_control_characters_do_not_reach_the_message(tmp_path):
    path = tmp_path / "坏\x1b[31m.docx"
    path.write_bytes(b"")
    with pytest.raises(ReadError) as caught:
        read(path)
    assert "\x1b" not in str(caught.value)


# ── nothing in it, or nothing for us ──────────────────────────────────────────
def test_a_document_of_pictures_is_called_a_scan():
    assert "扫描件" in refusal(docx("<w:p/>", **{"word/media/image1.png": b"\x89PNG"}))


def test_another_document_is_told_that_it_is_none():
    assert "没有认出" in refusal(docx("<w:p><w:r><w:t>关于召开会议的通知</w:t></w:r></w:p>"))
    assert refusal(docx(""))
    assert refusal(packed({"word/document.xml": "<x/>"}))
    assert refusal(packed({"word/other.xml": "<x/>"}))
    assert refusal(packed({"xl/other.xml": "<x/>"}))
    assert refusal(packed({"content.xml": "<x/>"}))


def test_a_macro_document_is_read_and_nothing_of_it_runs(tmp_path):
    macro = {"word/vbaProject.bin": compound({"VBA": b"Sub AutoOpen()" * 400})}
    path = tmp_path / "宏.docm"
    path.write_bytes(docx(project(), **macro))
    assert is_the_project(read(path))


def test_what_is_merged_over_is_told_not_dropped():
    begun = cell("甲", '<w:vMerge w:val="restart"/>') + cell("乙")
    hidden = cell("遮住的话", "<w:vMerge/>") + cell("丙")
    text = read_bytes(docx(project() + table(begun, hidden)), "遮住")
    assert any("遮住的话" in warning.message for warning in text.warnings)


def test_a_bad_file_does_not_stop_the_others(tmp_path):
    good, bad = tmp_path / "好.docx", tmp_path / "坏.docx"
    good.write_bytes(docx(project()))
    bad.write_bytes(b"PK\x03\x04")
    (_, first), (_, second), (_, third) = read_many([good, bad, good])
    assert is_the_project(first)
    assert isinstance(second, ReadError)
    assert is_the_project(third)


def test_blocks_of_a_grid_never_lie_outside_it():
    for number in range(40):
        try:
            data = mutated(number)
            path_blocks = read_blocks_of(data)
        except ReadError:
            continue
        for block in path_blocks:
            if isinstance(block, Grid):
                for row in block.rows:
                    for one in row:
                        assert one.rowspan >= 1
                        assert 0 <= one.column < one.end <= block.width
                        assert one.row + one.rowspan <= len(block.rows)


def read_blocks_of(data: bytes):
    from jixiao.read.docx import read_docx

    return read_docx(data).blocks


def test_read_blocks_names_the_file_kinds(tmp_path):
    path = tmp_path / "文本.docx"
    path.write_bytes(docx(project()))
    assert isinstance(read_blocks(path).blocks[0], Grid)
