"""The 复核评分表 read back: new scores and why they differ, line by line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from jixiao.model.errors import ReadError
from jixiao.model.recheck import SheetRow
from jixiao.model.values import to_decimal
from jixiao.read.blocks import Blocks, Cell, Grid
from jixiao.read.columns import View
from jixiao.read.labels import fold
from jixiao.read.report_labels import labels
from jixiao.read.report_lists import Fault
from jixiao.read.reports import csv_blocks, faulty

_NEEDED = {"key", "item", "full", "rechecked"}
_SCORES = ("full", "original", "rechecked")


def read_recheck_rows(path: Path) -> tuple[SheetRow, ...]:
    """Return the lines of a 复核评分表.

    Raises ReadError where a file is none, ReportsError with every cell that is no number.
    """
    if path.suffix.lower() == ".csv":
        blocks = csv_blocks(path.read_bytes())
    else:
        from jixiao.read import read_blocks

        blocks = read_blocks(path)
    rows, faults = _rows(blocks)
    if faults:
        raise faulty(faults)
    if not rows:
        raise ReadError(
            "没有认出复核评分表", "请用 jixiao recheck --template 写出的表，填好“复核得分”再试"
        )
    return tuple(rows)


def _rows(blocks: Blocks) -> tuple[list[SheetRow], list[Fault]]:
    rows: list[SheetRow] = []
    faults: list[Fault] = []
    for grid in blocks.blocks:
        if not isinstance(grid, Grid):
            continue
        view = View(grid)
        columns: dict[str, int] = {}
        for number in range(view.height):
            found = _columns(view, number)
            if found.keys() >= _NEEDED:
                columns = found
            elif columns:
                cells = {
                    field: cell
                    for field, at in columns.items()
                    if (cell := view.at(number, at)) is not None
                }
                if cells["key"].text:
                    rows.append(_row(grid, cells, faults))
    return rows, faults


def _columns(view: View, row: int) -> dict[str, int]:
    known = {fold(column.label): column.field for column in labels().recheck.columns}
    return {known[fold(c.text)]: c.column for c in view.words[row] if fold(c.text) in known}


def _row(grid: Grid, cells: dict[str, Cell], faults: list[Fault]) -> SheetRow:
    def text(field: str) -> str:
        return cells[field].text if field in cells else ""

    scores: dict[str, Decimal | None] = {}
    for field in _SCORES:
        scores[field] = to_decimal(text(field))
        if (text(field) and scores[field] is None) or (field == "full" and not text(field)):
            title = next(each.label for each in labels().recheck.columns if each.field == field)
            message = f"“{text(field)[:20]}”不是分数，请只写数字"
            faults.append(Fault(grid.place(cells.get(field)), title, message))
    number = text("number")
    return SheetRow(
        key=text("key"),
        code=text("code") or None,
        name=text("name") or None,
        unit=text("unit") or None,
        item=text("item"),
        number=int(number) - 1 if number.isascii() and number.isdecimal() else None,
        target=text("target"),
        actual=text("actual"),
        full=scores["full"] or Decimal(0),
        original=scores["original"],
        rechecked=scores["rechecked"],
        reason=text("reason"),
    )
