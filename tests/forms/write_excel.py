"""Blocks to xlsx: everything on one sheet, or a sheet a table; numbers as text or as numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms.blocks import Cell, Form, Grid


def write_excel(form: Form, path: Path, numbers: bool = False, sheets: bool = False) -> None:
    """Write xlsx; ``numbers`` makes percentages and amounts numbers with a format."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    row = 1
    previous: object = None
    for block in form.blocks:
        if isinstance(block, Grid):
            _table(sheet, block, row, numbers)
            row += len(block.rows)
        else:
            if sheets and isinstance(previous, Grid) and block.text:
                sheet = book.create_sheet(f"表{len(book.worksheets)}")
                row = 1
            if block.text:
                sheet.cell(row, 1, block.text.replace("\t", " "))
                sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
            row += 1
        if not (sheets and not isinstance(block, Grid) and not block.text):
            previous = block
    book.save(path)


def _table(sheet: Worksheet, grid: Grid, top: int, numbers: bool) -> None:
    for row_at, line in enumerate(grid.slots(), top):
        column = 1
        for cell, begins in line:
            if begins:
                _put(sheet, row_at, column, cell, numbers)
                if cell.cols > 1 or cell.rows > 1:
                    sheet.merge_cells(
                        start_row=row_at, start_column=column,
                        end_row=row_at + cell.rows - 1, end_column=column + cell.cols - 1,
                    )  # fmt: skip
            column += cell.cols


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, numbers: bool) -> None:
    target = sheet.cell(row, column)
    plain = cell.text.replace(",", "")
    if numbers and cell.kind == "percent" and re.fullmatch(r"\d+(\.\d+)?%", plain):
        places = len(plain.partition(".")[2].rstrip("%"))
        target.value = Decimal(plain[:-1]) / 100
        target.number_format = f"0.{'0' * places}%" if places else "0%"
    elif numbers and cell.kind == "amount" and re.fullmatch(r"\d+(\.\d+)?", plain):
        target.value = Decimal(plain)
        places = "0" * len(plain.partition(".")[2])
        whole = "#,##0" if "," in cell.text else "0"
        target.number_format = f"{whole}.{places}" if places else whole
    elif cell.text:
        target.value = cell.text
        target.data_type = "s"
