"""Registers: tables of a bureau as an Excel workbook, ready to be sorted, filtered and printed.

Whatever a text says stands in its cell as words: nothing is a formula or a link. Numbers that the
program counted are numbers, so that they can be added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from jixiao.write.plain import clean, width

LONGEST = 32_767
"""Characters that a cell can hold (Excel specifications and limits)."""

MOST = 1_048_575
"""Rows below the head that a sheet can hold."""

_CUT = "……（超过单元格长度，余下省略）"
_LINE, _TALLEST = 15, 400
"""Height in points of a line of a row, and of the tallest row that Excel takes (409)."""

Value = str | int | Decimal | None


class Register(NamedTuple):
    """A table: its name, its columns with their widths in letters, its rows, a line below them."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]
    note: str = ""


def workbook(title: str, registers: Iterable[Register]) -> bytes:
    """Return the registers, each on a sheet of its own."""
    content = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title})
        for each in registers:
            _sheet(book, each)
    return content.getvalue()


def _sheet(book: Any, register: Register) -> None:
    sheet = book.add_worksheet(register.name)
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#E8EEF4", "align": "center", "valign": "vcenter"}
    )
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    money = book.add_format({"valign": "top", "border": 1, "num_format": "#,##0.00"})
    for column, (name, wide) in enumerate(register.columns):
        sheet.set_column(column, column, wide)
        sheet.write_string(0, column, name, head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    at = 0
    for at, row in enumerate(register.rows, 1):
        sheet.set_row(at, _height(row, register.columns))
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(at, column, value, money)
            elif isinstance(value, int):
                sheet.write_number(at, column, value, cell)
            else:
                sheet.write_string(at, column, fit(value or ""), cell)
    sheet.autofilter(0, 0, max(at, 1), len(register.columns) - 1)
    if register.note:
        sheet.write_string(at + 2, 0, fit(register.note))


def fit(text: str) -> str:
    """Return a text that a cell takes."""
    plain = clean(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(_CUT)] + _CUT


def _height(row: Sequence[Value], columns: Sequence[tuple[str, int]]) -> int:
    """Return how tall a row must be for all its words to be seen: no program sets it by itself."""
    lines = max(
        sum(max(1, -(-width(part) // (wide - 1))) for part in value.split("\n"))
        if isinstance(value, str)
        else 1
        for value, (_, wide) in zip(row, columns, strict=True)
    )
    return min(_LINE * lines + 3, _TALLEST)
