"""A comparison as an Excel workbook: summary, projects with their money, indicators, all rows.

Whatever a text says stands in its cell as words: nothing is a formula, a link or a number. Amounts
and counts that were reckoned are numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from jixiao.compare import Comparison, IndicatorChange, Kind, ProjectChange
from jixiao.write.compare.rows import groups, heading
from jixiao.write.compare.words import (
    field_word,
    kind_word,
    match_word,
    note,
    side_words,
    unstated_words,
)
from jixiao.write.plain import clean, one_line, width
from jixiao.write.xlsx_findings import LONGEST

_CUT = "……（超过单元格长度，余下省略）"
_LINE, _TALLEST = 15, 400
"""Height in points of a line of a row, and of the tallest row that Excel takes (409)."""
_COLOURS = {
    Kind.ADDED: "#E2F3E6", Kind.DROPPED: "#FBE4E2", Kind.CHANGED: "#FDF0D5",
}  # fmt: skip
_MONEY = "#,##0.00####"

_Cell = str | int | Decimal | None


def workbook(comparison: Comparison) -> bytes:
    """Return the workbook."""
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": "绩效文本比较"})
        formats = _Formats(book)
        _summary(book, formats, comparison)
        _projects(book, formats, comparison)
        _indicators(book, formats, comparison)
        _rows(book, formats, comparison)
    return content.getvalue()


class _Formats:
    """The formats of cells by colour and by what is in them, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Any] = {}

    def get(self, kind: Kind | None = None, number: str = "", *, bold: bool = False) -> Any:
        colour = _COLOURS.get(kind, "") if kind else ""
        key = (colour, number, bold)
        if key not in self._made:
            style: dict[str, Any] = {"text_wrap": True, "valign": "top", "border": 1, "bold": bold}
            if colour:
                style["bg_color"] = colour
            if number:
                style["num_format"] = number
            self._made[key] = self._book.add_format(style)
        return self._made[key]


class _Sheet:
    """A sheet with its head, written row by row."""

    def __init__(
        self, book: Any, formats: _Formats, name: str, columns: Sequence[tuple[str, int]]
    ) -> None:
        self._sheet = book.add_worksheet(name)
        self._formats = formats
        self._widths = [wide for _, wide in columns]
        self._at = 0
        head = book.add_format(
            {"bold": True, "border": 1, "bg_color": "#E8EEF4", "align": "center", "text_wrap": True}
        )
        for column, (title, wide) in enumerate(columns):
            self._sheet.set_column(column, column, wide)
            self._sheet.write_string(0, column, title, head)
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&C第 &P 页，共 &N 页")

    def row(self, cells: Sequence[_Cell], kind: Kind | None = None, *, bold: bool = False) -> None:
        """Write a row: words as words, what was reckoned as numbers."""
        self._at += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                style = self._formats.get(kind, _MONEY, bold=bold)
                self._sheet.write_number(self._at, column, cell, style)
            elif isinstance(cell, int):
                self._sheet.write_number(
                    self._at, column, cell, self._formats.get(kind, "0", bold=bold)
                )
            else:
                text = _fit(cell)
                self._sheet.write_string(self._at, column, text, self._formats.get(kind, bold=bold))
        self._sheet.set_row(self._at, self._height(cells))

    def filtered(self) -> None:
        """Let the rows be filtered by their cells."""
        self._sheet.autofilter(0, 0, max(1, self._at), len(self._widths) - 1)

    def _height(self, cells: Sequence[_Cell]) -> int:
        lines = max(
            sum(max(1, -(-width(part) // (wide - 1))) for part in clean(cell).split("\n"))
            if isinstance(cell, str)
            else 1
            for cell, wide in zip(cells, self._widths, strict=True)
        )
        return min(_LINE * lines + 3, _TALLEST)


def _summary(book: Any, formats: _Formats, seen: Comparison) -> None:
    columns = [("", 22), ("原文本", 40), ("现文本", 40), ("增减", 14), ("%", 10)]
    sheet = _Sheet(book, formats, "汇总", columns)
    before, after, money = seen.before, seen.after, seen.totals.money
    sheet.row(("文件", one_line(before.source), one_line(after.source), "", ""))
    sheet.row(("文本", side_words(before), side_words(after), "", ""))
    sheet.row(("项目数", before.projects, after.projects, after.projects - before.projects, ""))
    sheet.row(
        ("指标数", before.indicators, after.indicators, after.indicators - before.indicators, "")
    )
    sheet.row(("预算数合计（万元）", money.before, money.after, money.difference, money.percent))
    sheet.row(("　新增项目", "", seen.totals.added, seen.totals.added, ""))
    sheet.row(("　取消项目", seen.totals.dropped, "", -seen.totals.dropped, ""))
    sheet.row(("　保留项目", "", "", seen.totals.kept, ""))
    sheet.row(("", "项目", "指标", "", ""), bold=True)
    for kind in Kind:
        if kind is not Kind.MOVED:
            counts = seen.project_counts, seen.indicator_counts
            sheet.row((kind_word(kind), *(getattr(each, kind.value) for each in counts), "", ""))
    moved = seen.project_counts.moved, seen.indicator_counts.moved
    sheet.row((f"另：{kind_word(Kind.MOVED)}", *moved, "", ""))
    sheet.row(("另：改名", seen.project_counts.renamed, "", "", ""))
    values = seen.value_counts
    sheet.row(("两份都有的指标", "", values.kept, "", ""))
    for name, count in (
        ("指标值没有变", values.unchanged), ("指标值提高", values.raised),
        ("指标值降低", values.lowered), ("要求收紧", values.tightened), ("要求放宽", values.loosened),
    ):  # fmt: skip
        sheet.row((f"　{name}", "", count, "", ""))
    if unstated := unstated_words(seen.totals):
        sheet.row(("说明", unstated, "", "", ""))
    if seen.folded:
        sheet.row(("说明", f"{seen.folded} 处只是写法、次序或年份不同，没有列出", "", "", ""))


def _projects(book: Any, formats: _Formats, seen: Comparison) -> None:
    columns = [
        ("变化", 10), ("原编码", 23), ("现编码", 23), ("原项目名称", 34), ("现项目名称", 34),
        ("原预算数（万元）", 14), ("现预算数（万元）", 14), ("增减（万元）", 14), ("增减%", 9),
        ("配对依据", 20),
    ]  # fmt: skip
    sheet = _Sheet(book, formats, "项目与资金", columns)
    for each in seen.projects:
        sheet.row(_project(each), each.kind)
    money = seen.totals.money
    sheet.filtered()
    totals = (money.before, money.after, money.difference, money.percent)
    sheet.row(("合计", "", "", "", "", *totals, ""), bold=True)


def _project(each: ProjectChange) -> tuple[_Cell, ...]:
    ours, theirs = each.before, each.after
    return (
        kind_word(each.kind),
        one_line(ours.code) if ours else "",
        one_line(theirs.code) if theirs else "",
        one_line(ours.name) if ours else "",
        one_line(theirs.name) if theirs else "",
        ours.total if ours else None,
        theirs.total if theirs else None,
        each.money.difference,
        each.money.percent,
        match_word(each.match) if each.match else "",
    )


def _indicators(book: Any, formats: _Formats, seen: Comparison) -> None:
    columns = [
        ("项目", 26), ("变化", 10), ("一级指标", 11), ("二级指标", 13), ("原指标名称", 22),
        ("现指标名称", 22), ("原指标值", 18), ("现指标值", 18), ("指标值的变化", 20), ("其他改动", 18),
        ("原位置", 16), ("现位置", 16),
    ]  # fmt: skip
    sheet = _Sheet(book, formats, "指标", columns)
    for line in seen.indicators:
        sheet.row(("（部门整体）", *_indicator(line)), line.kind)
    for each in seen.projects:
        side = each.after or each.before
        name = one_line(side.name) if side else ""
        for line in each.indicators:
            sheet.row((name, *_indicator(line)), line.kind)
        for line in each.whole_period_indicators:
            sheet.row((f"{name}（实施期）", *_indicator(line)), line.kind)
    sheet.filtered()


def _indicator(line: IndicatorChange) -> tuple[_Cell, ...]:
    ours, theirs = line.before, line.after
    side = theirs or ours
    kept = ours is not None and theirs is not None
    value = next((each for each in line.fields if each.field == "value"), None)
    others = [field_word(e.field, "indicators") for e in line.fields if e.field != "value"]
    told = (note(value) or kind_word(value.kind)) if value and kept else ""
    return (
        kind_word(line.kind),
        one_line(side.level1) if side else "",
        one_line(side.level2) if side else "",
        one_line(ours.name) if ours else "",
        one_line(theirs.name) if theirs else "",
        ours.value if ours else "",
        theirs.value if theirs else "",
        told,
        "、".join(others + ["次序"] * line.moved) if kept else "",
        str(ours.place) if ours and ours.place else "",
        str(theirs.place) if theirs and theirs.place else "",
    )


def _rows(book: Any, formats: _Formats, seen: Comparison) -> None:
    columns = [
        ("项目", 28), ("栏目", 24), ("变化", 10), ("原", 44), ("现", 44), ("说明", 22),
        ("原位置", 16), ("现位置", 16),
    ]  # fmt: skip
    sheet = _Sheet(book, formats, "逐项比较", columns)
    for group in groups(seen):
        for row in group.rows:
            sheet.row(
                (
                    heading(group), row.label, kind_word(row.kind), row.before, row.after, row.note,
                    row.before_place, row.after_place,
                ),
                row.kind,
            )  # fmt: skip
    sheet.filtered()


def _fit(text: str | None) -> str:
    """Return a text that a cell takes."""
    plain = clean(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(_CUT)] + _CUT
