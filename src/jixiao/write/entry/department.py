"""The department's sheet of an entry form: one field a line, lists with one item a line."""

from __future__ import annotations

from typing import Any

import msgspec

from jixiao.model import PerformanceText
from jixiao.read.entry_cells import dump_record, exact_fields, shown
from jixiao.read.entry_layout import HEADS, Column, layout, mark
from jixiao.read.entry_records import flat_text
from jixiao.write.entry.style import FIRST_ROW, HEAD_ROW, ID_ROW, TITLE_ROW, Style
from jixiao.write.entry.validation import validate

_ROOM = 8
"""Lines for the items of a list, where the text has fewer."""

_TALL = {"overall": 200}
_WIDTHS = (2, 20, 90, 44)
_LINE, _CHARACTERS, _TALLEST = 15, 42, 400
"""Points of a line, Chinese characters on it, and points of the tallest row (Excel: 409)."""


def department(sheet: Any, style: Style, text: PerformanceText) -> None:
    """Write the sheet."""
    plan = layout().sheets["department"]
    flat = flat_text(text)
    for number, wide in enumerate(_WIDTHS):
        sheet.set_column(number, number, wide, style.hidden if number == 0 else style.input)
    sheet.set_column(0, 0, 2, style.hidden, {"hidden": True})
    _top(sheet, style, plan.title, plan.note)
    at = FIRST_ROW
    width = 0
    for column in plan.columns:
        items = [flat.get(column.id)]
        if column.kind == "many":
            items = list(getattr(text, column.id))
            if not (column.show == "used" and not items):
                items += [None] * max(1, _ROOM - len(items))
        elif column.show == "used" and items[0] is None:
            continue
        for number, item in enumerate(items):
            width = max(width, _line(sheet, style, at, column, item, number))
            at += 1
    for extra in range(1, width):
        sheet.set_column(3 + extra, 3 + extra, 2, style.hidden, {"hidden": True})
        sheet.write_string(ID_ROW, 3 + extra, f"record{extra + 1}", style.hidden)
    sheet.freeze_panes(FIRST_ROW, 0)
    style.page(sheet)
    sheet.hide_gridlines(2)
    sheet.print_area(0, 1, at - 1, 2)


def _top(sheet: Any, style: Style, title: str, note: str) -> None:
    locked = style.note
    for row in (TITLE_ROW, ID_ROW, HEAD_ROW):
        sheet.set_row(row, 26 if row == TITLE_ROW else 20, locked)
    sheet.write_string(TITLE_ROW, 1, title, style.title)
    sheet.write_string(TITLE_ROW, 3, note, style.note)
    for column, text in enumerate((mark("department"), *HEADS)):
        sheet.write_string(ID_ROW, column, text, style.note)
    sheet.set_row(ID_ROW, None, None, {"hidden": True})
    for column, text in enumerate(HEADS.values(), 1):
        sheet.write_string(HEAD_ROW, column, text, style.head)


def _line(sheet: Any, style: Style, at: int, column: Column, value: Any, number: int) -> int:
    """Write a field; return how many cells its record takes."""
    here = msgspec.structs.replace(column, id="value")
    text = shown(here, value)
    record: dict[str, Any] = {"field": column.id}
    if exact := exact_fields([here], {"value": value}):
        record["exact"] = exact
    cells = dump_record(record)
    sheet.write_string(at, 0, cells[0], style.hidden)
    for extra, part in enumerate(cells[1:], 4):
        sheet.write_string(at, extra, part, style.hidden)
    label = ("* " if column.required else "") + column.label
    sheet.write_string(at, 1, label, style.head if column.required else style.optional)
    sheet.write_string(at, 2, text, style.field)
    sheet.write_string(at, 3, "" if number else column.hint, style.note)
    lines = sum(1 + len(line) // _CHARACTERS for line in text.split("\n"))
    sheet.set_row(at, min(_TALLEST, max(_TALL.get(column.id, 20), _LINE * lines + 5)))
    if not number:
        validate(sheet, here, at, at, 2, column.label)
        if column.required:
            sheet.conditional_format(
                at, 2, at, 2,
                {"type": "formula", "criteria": f"=LEN(TRIM($C${at + 1}))=0", "format": style.missing},
            )  # fmt: skip
    return len(cells)
