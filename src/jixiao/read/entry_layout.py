"""The sheets and columns of the Excel entry form (填报表), as data: ``data/entry.toml``.

Each sheet of a form has a hidden row of column ids and a hidden first column of records (see
``entry_cells``). The head of that column is the mark by which the sheet is recognised, so sheets
and columns can be renamed, moved and inserted, and any program may have saved the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from jixiao.read.blocks import Blocks, Grid

Kind = Literal[
    "text", "goals", "lines", "money", "percent", "year", "choice", "level1", "level2", "link", "many", "draft"
]  # fmt: skip

GUIDE = "guide"
"""The sheet of instructions: it has the mark and nothing to read."""

HEADS = {"label": "栏目", "value": "填写", "hint": "说明"}
"""Heads of the department's sheet, where each field has a line of its own."""

EXTRA = "extra:"
"""How the id of a column begins that stands for a field which the model has no name for."""

_SEARCHED = 30
"""Rows from a sheet's top in which the mark is looked for: users put lines over a table."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column of a sheet, or a line of the department's sheet. The data file says what is what."""

    id: str
    label: str
    kind: Kind = "text"
    width: int = 20
    required: bool = False
    blank: str | None = None
    show: Literal["always", "form", "used"] = "always"
    hint: str = ""
    choices: tuple[str, ...] = ()


class SheetLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet of the form; an ``optional`` one is there only where the text has such content."""

    name: str
    title: str
    note: str = ""
    optional: bool = False
    columns: tuple[Column, ...] = ()
    like: str | None = None
    without: tuple[str, ...] = ()

    def column(self, id_: str) -> Column | None:
        """Return a column by its id."""
        return next((each for each in self.columns if each.id == id_), None)


class ListLabels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Column names of a 项目清单 that ``labels.toml`` does not have."""

    money_unit: tuple[str, ...]
    year: tuple[str, ...]
    skip: tuple[str, ...]


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of ``data/entry.toml``."""

    sheets: dict[str, SheetLayout]
    project_list: ListLabels


@cache
def layout() -> Layout:
    """Return the layout of the form."""
    text = (resources.files("jixiao.read") / "data" / "entry.toml").read_text(encoding="utf-8")
    read = msgspec.convert(tomllib.loads(text), Layout)
    for key, sheet in read.sheets.items():
        if sheet.like:
            columns = tuple(
                each for each in read.sheets[sheet.like].columns if each.id not in sheet.without
            )
            read.sheets[key] = msgspec.structs.replace(sheet, columns=columns)
    return read


_MARK = "jixiao-entry-1"


def mark(sheet: str) -> str:
    """Return the mark of a sheet by its key."""
    return f"{_MARK}:{sheet}"


def marked(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the rows of a sheet are those of an entry form."""
    return any(cell.startswith(_MARK) for row in rows[:_SEARCHED] for cell in row[:_SEARCHED])


def sheet_of(grid: Grid) -> tuple[str, int, int] | None:
    """Return which sheet of a form a grid is, with the row and column of its mark; None if none."""
    for number, row in enumerate(grid.rows[:_SEARCHED]):
        for cell in row[:_SEARCHED]:
            if cell.text.startswith(_MARK):
                return cell.text.removeprefix(_MARK).lstrip(":"), number, cell.column
    return None


def is_entry_form(blocks: Blocks) -> bool:
    """Tell whether the blocks of a file are those of an entry form."""
    return any(
        isinstance(block, Grid) and block.sheet is not None and sheet_of(block) is not None
        for block in blocks.blocks
    )
