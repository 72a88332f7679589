"""Spreadsheets (.xlsx, .xls), values by python-calamine."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Sequence
from io import BytesIO

import python_calamine as calamine

from jixiao.model.errors import ReadError
from jixiao.read.blocks import BlockList, Blocks, Cell, tidy
from jixiao.read.entry_layout import marked
from jixiao.read.sheet_formats import Formats, shown

_Merge = tuple[int, int]  # rows and columns that a merged cell covers


def read_sheet(data: bytes) -> Blocks:
    """Return the blocks of a workbook: each visible sheet's headings and grids.

    A number is read as its cell shows it (95%, 80.00). Raises ReadError.
    """
    formats = Formats.of(data) if zipfile.is_zipfile(BytesIO(data)) else None
    out = BlockList()
    notes = []
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible != calamine.SheetVisibleEnum.Visible:
                notes.append(f"工作表“{sheet.name}”是隐藏的，没有读")
                continue
            # Measured first: the library would take memory for all cells up to the farthest.
            codes = formats.of_sheet(sheet.name) if formats else {}
            _Sheet(workbook.get_sheet_by_name(sheet.name), codes).read(out)
    except calamine.PasswordError as error:
        raise ReadError("文件设有密码，读不出内容", "请在 Excel 或 WPS 中取消密码后再试") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise ReadError(
            "表格文件不完整或已损坏", "请用 Excel 或 WPS 打开后另存为 xlsx 再试"
        ) from error
    if formats is None:
        notes.append("xls 文件里的百分比可能读成小数，请核对，或另存为 xlsx 再读")
    return Blocks(tuple(out.blocks), notes=tuple(notes))


class _Sheet:
    def __init__(self, sheet: calamine.CalamineSheet, codes: dict[tuple[int, int], str]) -> None:
        self.name = sheet.name
        self.rows: list[list[str]] = [
            [_text(value, codes.get((row, column))) for column, value in enumerate(line)]
            for row, line in enumerate(sheet.to_python(skip_empty_area=False))
        ]
        self.merges: dict[tuple[int, int], _Merge] = {
            (top, left): (bottom - top + 1, right - left + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        }
        self.covered = {
            (top + down, left + across)
            for (top, left), (height, width) in self.merges.items()
            for down in range(min(height, len(self.rows)))
            for across in range(min(width, 1000))
            if down or across
        }
        used = [number for line in self.rows for number, text in enumerate(line) if text]
        self.first = min(used, default=0)
        self.width = max(used, default=-1) + 1 - self.first

    def read(self, out: BlockList) -> None:
        """Add the sheet's blocks: rows form grids, which end at a blank row.

        A row that is one cell is a paragraph where no grid has begun: a title, or words between.
        A sheet of an entry form is one grid, whatever rows in it are blank.
        """
        if marked(self.rows):
            self._grid(list(range(len(self.rows))), out)
            return
        pending: list[int] = []
        for number, line in enumerate(self.rows):
            words = [column for column, text in enumerate(line) if text]
            if not words and not self._reaches(number):
                self._grid(pending, out)
                pending = []
            elif not pending and self._is_heading(number, words):
                for text in line[words[0]].split("\n"):
                    out.paragraph(text)
            else:
                pending.append(number)
        self._grid(pending, out)

    def _reaches(self, row: int) -> bool:
        """Tell whether a merged cell from above covers part of a blank row."""
        return any(
            (row, column) in self.covered for column in range(self.first, self.first + self.width)
        )

    def _is_heading(self, row: int, words: Sequence[int]) -> bool:
        """A row of one cell is no heading where it has other merged cells, or goes down further."""
        if len(words) != 1 or self._reaches_from_above(row):
            return False
        return self.merges.get((row, words[0]), (1, 1))[0] == 1 and not any(
            top == row and left != words[0] for top, left in self.merges
        )

    def _reaches_from_above(self, row: int) -> bool:
        return any(
            top < row < top + height for (top, _), (height, _) in self.merges.items() if height > 1
        )

    def _grid(self, numbers: list[int], out: BlockList) -> None:
        if not numbers:
            return
        start = numbers[0]
        rows: list[list[Cell]] = []
        for number in range(start, numbers[-1] + 1):
            line = self.rows[number]
            cells = []
            for column in range(self.first, self.first + self.width):
                if (number, column) in self.covered:
                    continue
                height, width = self.merges.get((number, column), (1, 1))
                cells.append(
                    Cell(
                        line[column] if column < len(line) else "",
                        number - start,
                        column - self.first,
                        max(1, min(height, numbers[-1] + 1 - number)),
                        max(1, min(width, self.first + self.width - column)),
                    )
                )
            rows.append(cells)
        out.grid(rows, self.name, (start, self.first))


def _text(value: object, code: str | None) -> str:
    """Return a cell's value as the sheet shows it."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return shown(value, code)
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return tidy(str(value))
