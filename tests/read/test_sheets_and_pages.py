"""Workbooks, saved pages and plain text: what their writers do to numbers, names and blanks."""

from __future__ import annotations

import datetime
import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import Workbook

from jixiao.model.errors import ReadError
from jixiao.read import libreoffice, read, read_bytes, read_many

HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
ROW = ("产出指标", "数量指标", "培训人数", "≥50人", "培训计划")


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def form(sheet, name: str, *, top: int = 1) -> None:
    """Write a small form from a row on."""
    rows = (("项目名称", name), HEADER, ROW)
    for number, row in enumerate(rows, top):
        for column, text in enumerate(row, 1):
            sheet.cell(number, column, text)


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (0.95, "0%", "95%"),
        (0.955, "0.0%", "95.5%"),
        (0.955, "0.00%", "95.50%"),
        (1, "0%", "100%"),
        (0.95, "General", "0.95"),
        (80, "0.00", "80.00"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234.5, '#,##0.00"万元"', "1,234.50万元"),
        (0.98, '"≥"0%', "≥98%"),
        (1200, '"≤"#,##0"元"', "≤1,200元"),
        (3, "0户", "3户"),
        (120, 'General"座"', "120座"),
        (95.55, "0.##", "95.55"),
        (95.5, "#.##", "95.5"),
        (95, "0.##", "95"),
        (1200, '"¥"#,##0.00_);("¥"#,##0.00)', "1,200.00"),
        (1200, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,200.00"),
        (1200, "[$¥-804]#,##0.00", "1,200.00"),
        (50, "General", "50"),
        (0.1 + 0.2, "General", "0.3"),
        (datetime.date(2024, 12, 31), "yyyy-mm-dd", "2024年12月31日"),
        (datetime.datetime(2024, 6, 30, 0, 0), 'yyyy"年"m"月"d"日"', "2024年6月30日"),
        (True, "General", "是"),
        ("'=4", "General", "'=4"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(value, shown_as, text):
    book = Workbook()
    form(book.active, "培训费")
    cell = book.active.cell(3, 4, value)
    cell.number_format = shown_as
    (one,) = read_bytes(saved(book), "表").projects
    assert one.indicators[0].value.text == text


def test_a_formula_shows_its_last_value():
    """Without a stored value there is nothing to show, and nothing is invented."""
    book = Workbook()
    form(book.active, "培训费")
    book.active["D3"] = "=1+1"
    (one,) = read_bytes(saved(book), "表").projects
    assert one.indicators[0].value.text == ""


def test_one_project_a_sheet_and_hidden_sheets_are_told():
    book = Workbook()
    form(book.active, "甲")
    for name in ("乙", "丙"):
        form(book.create_sheet(name), name, top=4)
    hidden = book.create_sheet("底稿")
    form(hidden, "不该读到")
    hidden.sheet_state = "hidden"
    book.create_sheet("空表")
    text = read_bytes(saved(book), "表")
    assert [one.name for one in text.projects] == ["甲", "乙", "丙"]
    assert any("底稿" in warning.message for warning in text.warnings)
    assert str(text.projects[1].place["name"]) == "工作表“乙”B4单元格"


def test_merged_cells_with_a_title_and_a_gap():
    book = Workbook()
    sheet = book.active
    sheet["B2"] = "项目支出绩效目标申报表"
    sheet.merge_cells("B2:F2")
    sheet["B3"] = "（2024年度）"
    sheet.merge_cells("B3:F3")
    sheet["F4"] = "单位：万元"
    for number, row in enumerate(
        (
            ("项目名称", "培训费"),
            ("年度资金总额", 67.5),
            HEADER,
            ROW,
            (None, None, "培训天数", "=5天"),
        ),
        5,
    ):
        for column, value in enumerate(row, 2):
            sheet.cell(number, column, value)
    sheet.merge_cells("B8:B9")
    sheet.merge_cells("C8:C9")
    text = read_bytes(saved(book), "表")
    (one,) = text.projects
    assert (text.year, one.name, one.budget.total, one.budget.money_unit) == (
        2024,
        "培训费",
        "67.5",
        "万元",
    )
    assert [(i.level1, i.level2, i.name) for i in one.indicators] == [
        ("产出指标", "数量指标", "培训人数"), ("产出指标", "数量指标", "培训天数"),
    ]  # fmt: skip
    assert text.unread == ()


def test_a_sheet_of_nothing_of_ours_is_refused():
    book = Workbook()
    book.active["A1"] = "值班表"
    with pytest.raises(ReadError, match="没有认出"):
        read_bytes(saved(book), "表")
    with pytest.raises(ReadError):
        read_bytes(saved(Workbook()), "表")


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
def test_xls_and_ods_are_read_with_their_percentages(tmp_path):
    from forms.writers import convert

    book = Workbook()
    form(book.active, "培训费")
    cell = book.active.cell(3, 4, 0.95)
    cell.number_format = "0%"
    source = tmp_path / "表.xlsx"
    book.save(source)
    for ending in ("xls", "ods"):
        (path,) = convert([source], ending, tmp_path / ending)
        for text in (read(path), next(iter(read_many([path])))[1]):
            assert text.projects[0].indicators[0].value.text == "95%"


PAGE = (
    "<html><body><p>项目绩效目标表</p><table><tr><td>项目名称<td colspan=4>培训费"
    f"<tr>{''.join(f'<th>{one}' for one in HEADER)}<tr>{''.join(f'<td>{one}' for one in ROW)}</table></body></html>"
)


def test_a_web_archive_is_read():
    message = EmailMessage()
    message["Subject"] = "绩效文本"
    message.set_content("见附件")
    message.add_alternative(PAGE, subtype="html", charset="gb18030", cte="base64")
    for data in (bytes(message), bytes(message).replace(b"\n", b"\r\n")):
        (one,) = read_bytes(data, "归档").projects
        assert (one.name, one.indicators[0].value.text) == ("培训费", "≥50人")


def test_a_web_archive_without_a_page_is_refused():
    message = EmailMessage()
    message.set_content("没有网页")
    with pytest.raises(ReadError, match="没有网页"):
        read_bytes(bytes(message), "归档")


def test_hidden_and_scripted_parts_of_a_page_are_not_read():
    hidden = (
        "<p style='display:none'>一、总体绩效目标</p><script>document.write('项目名称')</script>"
    )
    text = read_bytes(PAGE.replace("<body>", f"<body>{hidden}").encode(), "页")
    assert text.overall is None
    assert text.unread == ()


def txt(*rows: tuple[str, ...]) -> str:
    return "".join("".join(f"\t{text}\n" for text in row) + "\n" for row in rows)


SMALL = (("项目名称", "培训费"), HEADER, ROW)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("tail", ["", "\n", "\n\n\n- 12 -\n", "\f"])
def test_line_ends_and_page_ends_of_a_text_mean_nothing(ends, tail):
    data = (txt(*SMALL) + tail).replace("\n", ends).encode()
    text = read_bytes(data, "文本")
    assert text.projects[0].indicators[0].basis == "培训计划"
    assert text.unread == ()


def test_a_text_with_whole_rows_on_a_line():
    lines = "\n".join("\t".join(row) for row in (("项目名称", "培训费", "", "", ""), HEADER, ROW))
    (one,) = read_bytes(f"项目绩效目标表\n{lines}\n".encode(), "文本").projects
    assert (one.name, one.indicators[0].name) == ("培训费", "培训人数")


def test_marks_that_an_extractor_leaked_are_taken_off():
    marks = (
        "[bookmark: _Toc_2_2_0000000001]1.培训费绩效目标表 TC 1、培训费绩效目标表 \\f C \\l 1 \n"
    )
    text = read_bytes((marks + txt(*SMALL)).encode(), "文本")
    assert text.projects[0].name == "培训费"
    assert text.unread == ()
    assert all("TC" not in entry and "bookmark" not in entry for entry in text.contents)


def test_a_text_without_tables_has_its_objectives():
    said = "第一部分 部门整体绩效目标\n一、总体绩效目标\n保障饮水安全。\n二、分项绩效目标\n1.管网改造。\n三、工作保障措施\n1.加强领导。\n"
    text = read_bytes(said.encode(), "文本")
    assert (text.overall, text.safeguards) == ("保障饮水安全。", ("1.加强领导。",))
    assert text.sub_objectives[0].objective == "1.管网改造。"
    assert text.projects == ()


def test_a_place_in_a_text_counts_paragraphs_and_tables(tmp_path: Path):
    path = tmp_path / "文本.txt"
    path.write_text(txt(*SMALL), encoding="utf-8")
    assert str(read(path).projects[0].place["name"]) == "第1个表第1行第2列"
