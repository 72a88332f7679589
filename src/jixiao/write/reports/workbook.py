"""Forms as an Excel workbook: a sheet a form, cells merged as on paper, ready to print."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

from jixiao.write.plain import clean
from jixiao.write.reports.forms import Form
from jixiao.write.text.blocks import FULL, Cell, Heading, Kind, Line, Table
from jixiao.write.text.pages import lines_of

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDE = {False: 96, True: 140}
"""Characters across a page, upright and lying."""

_PART = 2
"""Level of the headings of parts, which stand at the left."""

_LINE = 14.5
_LONGEST = 32_000
_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_TALLEST = 400


def workbook(forms: Sequence[Form]) -> bytes:
    """Return forms as a workbook."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, dict(_OPTIONS)) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # the same bytes each time
        formats = _formats(book)
        taken: set[str] = set()
        for form in forms:
            _Sheet(book.add_worksheet(_sheet_name(form.name, taken)), formats, form).write()
    return content.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a sheet can have, and no other has."""
    plain = _NOT_IN_NAMES.sub(" ", clean(name)).replace("\n", " ").strip() or "表"
    made, number = plain[:_NAME], 1
    while made.lower() in taken:
        number += 1
        ending = f" {number}"
        made = plain[: _NAME - len(ending)] + ending
    taken.add(made.lower())
    return made


def _formats(book: Any) -> dict[str, Any]:
    cell = {
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
        "font_size": 10.5,
        "num_format": "@",
    }
    centred = {**cell, "align": "center"}
    return {
        "value": book.add_format(cell),
        "label": book.add_format(centred),
        "number": book.add_format(centred),
        "head": book.add_format({**centred, "bold": True}),
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "part": book.add_format({"bold": True, "font_size": 11, "valign": "vcenter"}),
        "line": book.add_format({"text_wrap": True, "font_size": 11, "valign": "vcenter"}),
    }  # fmt: skip


class _Sheet:
    def __init__(self, sheet: Any, formats: dict[str, Any], form: Form) -> None:
        self._sheet = sheet
        self._formats = formats
        self._form = form
        tables = [block for block in form.blocks if isinstance(block, Table)]
        self._edges = sorted({edge for table in tables for edge in table.edges()} | {0, FULL})
        self._column = {edge: number for number, edge in enumerate(self._edges)}
        self._wide = _WIDE[form.landscape]
        self._at = 0

    def write(self) -> None:
        for number, (begin, end) in enumerate(zip(self._edges, self._edges[1:], strict=False)):
            self._sheet.set_column(number, number, max(0.5, (end - begin) * self._wide / FULL))
        last = None
        for block in self._form.blocks:
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Heading):
                style = "title" if block.level > _PART else "part"
                self._across(block.text, style, 28 if block.level > _PART else 20)
            elif isinstance(block, Line) and block.text:
                self._across(block.text, "title" if block.title else "line", None)
            elif last is not None:
                self._at += 1
            last = block
        self._sheet.set_paper(9)  # A4
        if self._form.landscape:
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        self._sheet.center_horizontally()
        self._sheet.set_footer("&C第 &P 页，共 &N 页")
        self._sheet.hide_gridlines(2)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD5000"})

    def _across(self, text: str, style: str, height: float | None) -> None:
        self._put(self._at, 0, self._at, len(self._edges) - 2, text, self._formats[style])
        lines = lines_of(clean(text), self._wide / 2)
        self._sheet.set_row(self._at, height or min(_TALLEST, (lines + 0.4) * _LINE))
        self._at += 1

    def _table(self, table: Table) -> None:
        heights = [_LINE + 5] * len(table.rows)
        merged = []
        for number, row in enumerate(table.rows):
            for cell in row:
                height = self._height(cell)
                if cell.rows == 1:
                    heights[number] = max(heights[number], height)
                else:
                    merged.append((number, min(len(heights), number + cell.rows), height))
        for begin, end, height in merged:
            heights[end - 1] += max(0.0, height - sum(heights[begin:end]))
        for number, row in enumerate(table.rows):
            self._sheet.set_row(self._at + number, min(_TALLEST, heights[number]))
            for cell in row:
                bottom = self._at + min(len(table.rows), number + cell.rows) - 1
                left, right = self._column[cell.begin], self._column[cell.end] - 1
                self._cell(self._at + number, left, bottom, right, cell)
        self._at += len(table.rows)

    def _cell(self, top: int, left: int, bottom: int, right: int, cell: Cell) -> None:
        kind: Kind = cell.kind
        self._put(top, left, bottom, right, cell.text, self._formats[kind])

    def _put(self, top: int, left: int, bottom: int, right: int, text: str, form: Any) -> None:
        words = clean(text)[:_LONGEST]
        if top == bottom and left == right:
            self._sheet.write_string(top, left, words, form)
        else:
            # merge_range itself would take =A1 for a formula
            self._sheet.merge_range(top, left, bottom, right, "", form)
            self._sheet.write_string(top, left, words, form)

    def _height(self, cell: Cell) -> float:
        room = max(1.0, (cell.end - cell.begin) * self._wide / FULL / 2 - 0.6)
        return lines_of(clean(cell.text), room) * _LINE + 5
