"""A list-like sheet of an entry form: heads, rows with their records, drop-down lists, colours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from jixiao.read.entry_cells import dump_record, id_text
from jixiao.read.entry_layout import EXTRA, Column, layout, mark
from jixiao.write.entry.guide import Categories
from jixiao.write.entry.rows import Filled
from jixiao.write.entry.style import FIRST_ROW, HEAD_ROW, ID_ROW, LAST_ROW, TITLE_ROW, Style
from jixiao.write.entry.validation import as_number, cell_name, letters, validate

_FROZEN = {"projects": 1, "indicators": 1, "objectives": 1}
"""Columns, besides the hidden one, that stay in sight when the others are scrolled."""

_PARENTS = {"indicators": ("projects", "name"), "criteria": ("objectives", "title")}
_PLAN = ("plan.03", "plan.06", "plan.09", "plan.10", "plan.12")


class Lists:
    """Writes the sheets of a form."""

    def __init__(self, style: Style, categories: Categories) -> None:
        """Take the formats, and where the categories stand."""
        self._style = style
        self._categories = categories

    def write(self, key: str, sheet: Any, filled: Filled) -> None:
        """Write a sheet."""
        style = self._style
        columns = filled.columns
        right = len(columns)
        sheet.set_column(0, 0, 2, style.hidden, {"hidden": True})
        # Below the heads every cell is of text and open, down to the last row of the sheet.
        sheet.set_column(1, 16_383, 9, style.input)
        for at, column in enumerate(columns, 1):
            sheet.set_column(at, at, column.width, style.input)
        # Columns without cells are not the sheet's: looking through all 16,384 of them in each
        # row takes a minute for a thousand projects.
        sheet.dim_colmax = right
        self._top(key, sheet, filled)
        width = 1
        for at, line in enumerate(filled.lines, FIRST_ROW):
            parts = dump_record(filled.record(line))
            for number, part in enumerate(parts):
                sheet.write_string(at, right + number if number else 0, part, style.hidden)
            width = max(width, len(parts))
            for number, column in enumerate(columns, 1):
                text = filled.cell(line, column)
                if text:
                    sheet.write_string(at, number, text, style.input)
        for number in range(1, width):
            sheet.set_column(right + number, right + number, 2, style.hidden, {"hidden": True})
            sheet.write_string(ID_ROW, right + number, f"record{number + 1}", style.hidden)
        last = max(LAST_ROW, FIRST_ROW + 2 * len(filled.lines))
        self._checks(key, sheet, columns, last)
        sheet.autofilter(HEAD_ROW, 0, last, right + width - 1)
        sheet.freeze_panes(FIRST_ROW, 1 + _FROZEN.get(key, 0))
        sheet.repeat_rows(TITLE_ROW, HEAD_ROW)
        style.page(sheet)

    def _top(self, key: str, sheet: Any, filled: Filled) -> None:
        style = self._style
        sheet.set_row(TITLE_ROW, 26, style.note)
        sheet.set_row(ID_ROW, None, style.note, {"hidden": True})
        sheet.set_row(HEAD_ROW, 32, style.note)
        sheet.write_string(TITLE_ROW, 1, filled.layout.title, style.title)
        beside = min(len(filled.columns), 4)
        sheet.write_string(TITLE_ROW, beside, filled.layout.note, style.note)
        sheet.write_string(ID_ROW, 0, mark(key), style.note)
        for at, column in enumerate(filled.columns, 1):
            sheet.write_string(ID_ROW, at, id_text(column), style.note)
            label = column.label.replace("\n", " ")
            sheet.write_string(
                HEAD_ROW, at, ("* " if column.required else "") + label,
                style.head if column.required else style.optional,
            )  # fmt: skip

    # ── what is allowed, and what is marked ────────────────────────────────
    def _checks(self, key: str, sheet: Any, columns: list[Column], last: int) -> None:
        at = {column.id: number for number, column in enumerate(columns, 1)}
        for id_, number in at.items():
            column = columns[number - 1]
            if not id_.startswith(EXTRA):
                source = self._source(key, column, at)
                validate(sheet, column, FIRST_ROW, last, number, column.label, source)
        self._colours(key, sheet, columns, at, last)

    def _source(self, key: str, column: Column, at: dict[str, int]) -> Any:
        """Return what a column's drop-down list offers."""
        if column.kind == "link" and column.id == "of":
            parent, id_ = _PARENTS[key]
            plan = layout().sheets[parent]
            # Shown columns keep their order, and the one that names a row is the first of them.
            cell = f"'{plan.name}'!$B${FIRST_ROW + 1}"
            area = f"'{plan.name}'!$B${FIRST_ROW + 1}:$B${LAST_ROW + 1}"
            return f"=OFFSET({cell},0,0,MAX(1,COUNTA({area})),1)" if id_ else None
        if column.kind == "level1":
            return self._categories.source
        if column.kind == "level2" and "level1" in at:
            first, own = self._categories, cell_name(FIRST_ROW, at["level1"])
            return (
                f"=OFFSET({first.start},IFERROR(MATCH({own},{first.firsts},0),1)-1,0,"
                f"MAX(1,COUNTIF({first.firsts},{own})),1)"
            )
        return None

    def _colours(
        self, key: str, sheet: Any, columns: list[Column], at: dict[str, int], last: int
    ) -> None:
        style = self._style
        row = FIRST_ROW + 1
        line = f"$B{row}:${letters(len(columns))}{row}"

        def mark_cells(number: int, formula: str, look: Any) -> None:
            options = {"type": "formula", "criteria": formula, "format": look}
            sheet.conditional_format(FIRST_ROW, number, last, number, options)

        for number, column in enumerate(columns, 1):
            if column.required:
                own = cell_name(FIRST_ROW, number)
                mark_cells(number, f"=AND(COUNTA({line})>0,LEN(TRIM({own}))=0)", style.missing)
        if "budget.fiscal" in at and "budget.total" in at and "budget.other" in at:
            cells = {
                name: cell_name(FIRST_ROW, at[f"budget.{name}"])
                for name in ("total", "fiscal", "other")
            }
            total, fiscal, other = (
                _or_zero(cells[name]) for name in ("total", "fiscal", "other")
            )  # fmt: skip
            given = f"LEN(TRIM({cells['total']}))>0,LEN(TRIM({cells['fiscal']}&{cells['other']}))>0"
            mark_cells(
                at["budget.total"],
                f"=AND({given},ABS({total}-{fiscal}-{other})>0.011)",
                style.wrong,
            )
        shares = [at[each] for each in _PLAN if each in at]
        for before, number in pairwise(shares):
            now, then = cell_name(FIRST_ROW, number), cell_name(FIRST_ROW, before)
            mark_cells(
                number,
                f"=AND(LEN(TRIM({now}))>0,LEN(TRIM({then}))>0,{_or_zero(now)}<{_or_zero(then)})",
                style.wrong,
            )
        if key == "indicators":
            own = cell_name(FIRST_ROW, 1)
            names = f"'{layout().sheets['projects'].name}'!$B${row}:$B${LAST_ROW + 1}"
            mark_cells(1, f"=AND(LEN(TRIM({own}))>0,ISNA(MATCH({own},{names},0)))", style.wrong)
            sheet.conditional_format(
                FIRST_ROW, 1, last, len(columns),
                {"type": "formula", "criteria": f"=AND(LEN({own})>0,{own}<>$B{row - 1})",
                 "format": style.new_group},
            )  # fmt: skip
        sheet.conditional_format(
            FIRST_ROW, 1, last, len(columns),
            {"type": "formula", "criteria": f"=COUNTA({line})>0", "format": style.lined},
        )  # fmt: skip


def _or_zero(cell: str) -> str:
    return f"IFERROR({as_number(cell)},0)"
