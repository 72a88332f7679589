"""A sheet of the entry form as rows of cells by column id, wherever its columns have gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jixiao.model import Place, Unread
from jixiao.read.blocks import Cell, Grid
from jixiao.read.entry_cells import field, id_of, load_record
from jixiao.read.entry_layout import EXTRA, HEADS, Column, SheetLayout, layout, sheet_of
from jixiao.read.labels import fold

_RECORD = "record"
_FILLED_DOWN = frozenset(("link", "level1", "level2"))
"""Kinds of columns that offices merge down over the rows they hold for."""

_HEADS = 3
"""Cells that repeat their column's head by which a row is a head that was pasted along."""


class Row:
    """A row: its cells by column id, and its record."""

    def __init__(self, grid: Grid, cells: dict[str, Cell], record: Mapping[str, Any]) -> None:
        """Take the grid, the row's cells and what its hidden first cell keeps."""
        self.grid = grid
        self.cells = cells
        self.record = record

    def text(self, id_: str) -> str:
        """Return what a cell shows; nothing where there is no such column."""
        cell = self.cells.get(id_)
        return cell.text if cell else ""

    def place(self, id_: str | None = None) -> Place:
        """Return where a cell stands, or the row's first cell with words."""
        cell = self.cells.get(id_) if id_ else None
        if cell is None:
            cell = next((each for each in self.cells.values() if each.text), None)
        return self.grid.place(cell or next(iter(self.cells.values()), None))

    def field(self, column: Column) -> Any:
        """Return a field, by its cell and the row's record."""
        return field(column, self.text(column.id), self.record)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it, and nothing was when the form was made."""
        return not self.record.get("blank") and not any(cell.text for cell in self.cells.values())

    @property
    def words(self) -> str:
        """All that is written in it."""
        return " | ".join(cell.text for cell in self.cells.values() if cell.text)


class Table:
    """A sheet: its key, its columns (those of users' own too), and what is in no column."""

    def __init__(self, grid: Grid) -> None:
        """Take a grid that has the mark of a form."""
        found = sheet_of(grid)
        if found is None:
            raise ValueError("a grid without the mark of an entry form")
        self.grid = grid
        self.key, self._top, self._side = found
        self.unread: list[Unread] = []
        self.layout: SheetLayout | None = layout().sheets.get(self.key)
        self._records: list[int] = []
        self._ids: dict[int, str] = {}
        self._heads: dict[int, str] = {}
        self._bottom = self._top
        if self.layout is not None:
            self._columns(self.layout)
            self._above(self.layout)

    def columns(self) -> list[Column]:
        """Return the form's columns, shown or not, and those of fields the model does not have."""
        known = list(self.layout.columns) if self.layout else []
        return [
            *known,
            *(
                Column(id_, self._heads.get(at, ""), blank="unset")
                for at, id_ in self._ids.items()
                if id_.startswith(EXTRA)
            ),
        ]

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have something in them; cells in no column go to ``unread``."""
        above: dict[int, Cell] = {}
        for number in range(self._bottom + 1, len(self.grid.rows)):
            line = {cell.column: cell for cell in self.grid.rows[number]}
            self._fill_down(number, line, above)
            row = self._row(line)
            if not row.is_blank and not self._is_head(line):
                yield row

    # ── finding columns ────────────────────────────────────────────────────
    def _columns(self, sheet: SheetLayout) -> None:
        for cell in self.grid.rows[self._top]:
            if cell.column == self._side or cell.text.startswith(_RECORD):
                self._records.append(cell.column)
            elif cell.text and (id_ := id_of(cell.text)) and id_ not in self._ids.values():
                self._ids[cell.column] = id_
        if self._top + 1 >= len(self.grid.rows):
            return
        below = {cell.column: cell.text for cell in self.grid.rows[self._top + 1]}
        labels = {**HEADS, **{each.id: fold(each.label) for each in sheet.columns}}
        if any(fold(text) == labels.get(self._ids.get(at, "")) for at, text in below.items()):
            self._heads = {at: text for at, text in below.items() if text}
            self._bottom = self._top + 1
        taken = set(self._ids.values())
        for at, text in self._heads.items():
            id_ = EXTRA + text.removeprefix("*").strip()
            if at not in self._ids and at not in self._records and id_ not in taken:
                self._ids[at] = id_  # a column that the user has inserted
                taken.add(id_)

    def _above(self, sheet: SheetLayout) -> None:
        ours = {fold(sheet.title), fold(sheet.note)}
        for row in self.grid.rows[: self._top]:
            for cell in row:
                if cell.text and fold(cell.text) not in ours:
                    self._leave(cell, "写在表的上面，不在任何栏目里")

    # ── taking rows apart ──────────────────────────────────────────────────
    def _fill_down(self, number: int, line: dict[int, Cell], above: dict[int, Cell]) -> None:
        """Let a cell merged down over rows hold for each of them, in the columns that group."""
        for at, id_ in self._ids.items():
            cell = line.get(at)
            if cell is not None and cell.rowspan > 1:
                above[at] = cell
            elif cell is None and at in above and above[at].row + above[at].rowspan > number:
                column = self.layout.column(id_) if self.layout else None
                if column is not None and column.kind in _FILLED_DOWN:
                    line[at] = above[at]

    def _row(self, line: dict[int, Cell]) -> Row:
        record = load_record("".join(line[at].text for at in self._records if at in line))
        cells = {id_: line[at] for at, id_ in self._ids.items() if at in line}
        for at, cell in line.items():
            if cell.text and at not in self._ids and at not in self._records:
                self._leave(cell, "这一列没有栏目名")
        return Row(self.grid, cells, record)

    def _is_head(self, line: dict[int, Cell]) -> bool:
        again = sum(cell.text == self._heads.get(at, "") != "" for at, cell in line.items())
        return again >= min(_HEADS, len(self._heads)) > 0

    def _leave(self, cell: Cell, reason: str) -> None:
        self.unread.append(Unread(cell.text, self.grid.place(cell), reason))
