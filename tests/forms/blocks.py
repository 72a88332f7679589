"""The neutral form of a laid-out text: paragraphs and grids, before any file format.

A grid lists only the cells that begin in a row, as HTML does; a cell says how many columns and
rows it covers. ``Builder`` keeps the bookkeeping, so that a layout reads like the form.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One cell of a form; ``kind`` is ``percent`` or ``amount`` where Excel would hold a number."""

    text: str
    cols: int = 1
    rows: int = 1
    kind: str = ""


@dataclass(frozen=True)
class Para:
    """A paragraph; ``style`` is cover, title, heading, toc, page or body.

    ``mark`` asks for a bookmark, ``code`` for the TC field that Word's table of figures leaves.
    """

    text: str
    style: str = "body"
    mark: bool = False
    code: str = ""


@dataclass
class Grid:
    """Rows of cells; every row covers the same columns once spans are counted."""

    rows: list[list[Cell]]

    def slots(self) -> list[list[tuple[Cell, bool]]]:
        """Return, row by row, the cells met from left to right and whether each begins there."""
        hanging: dict[int, tuple[Cell, int]] = {}
        lines: list[list[tuple[Cell, bool]]] = []
        for row in self.rows:
            line: list[tuple[Cell, bool]] = []
            pending = iter(row)
            column = 0
            new: dict[int, tuple[Cell, int]] = {}
            while True:
                if column in hanging:
                    cell, left = hanging[column]
                    line.append((cell, False))
                    if left > 1:
                        new[column] = (cell, left - 1)
                    column += cell.cols
                    continue
                cell = next(pending, None)
                if cell is None:
                    if any(start > column for start in hanging):
                        raise ValueError(f"gap before a merged cell in {row}")
                    break
                line.append((cell, True))
                if cell.rows > 1:
                    new[column] = (cell, cell.rows - 1)
                column += cell.cols
            hanging = new
            lines.append(line)
        return lines

    def width(self) -> int:
        """Return how many columns the grid has; raise ValueError if its rows disagree."""
        widths = {sum(cell.cols for cell, _ in line) for line in self.slots()}
        if len(widths) != 1:
            raise ValueError(f"ragged grid: {widths}")
        return widths.pop()


Block = Para | Grid


class Builder:
    """Builds a grid of a given width: the cell at ``fill`` takes the columns that are left."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows: list[list[Cell]] = []
        self._covered = [0] * width

    def add(self, *cells: Cell | str, fill: int = -1) -> None:
        """Add a row."""
        row = [cell if isinstance(cell, Cell) else Cell(cell) for cell in cells]
        free = sum(1 for left in self._covered if left == 0)
        extra = free - sum(cell.cols for cell in row)
        if extra < 0:
            raise ValueError(f"row too wide by {-extra}: {[cell.text for cell in row]}")
        if row and extra:
            row[fill] = replace(row[fill], cols=row[fill].cols + extra)
        self._cover(row)
        self.rows.append(row)

    def _cover(self, row: list[Cell]) -> None:
        column = 0
        begun: list[tuple[int, Cell]] = []
        for cell in row:
            while self._covered[column]:
                column += 1
            begun.append((column, cell))
            column += cell.cols
        self._covered = [max(0, left - 1) for left in self._covered]
        for start, cell in begun:
            for at in range(start, start + cell.cols):
                self._covered[at] = cell.rows - 1

    def grid(self) -> Grid:
        """Return the finished grid."""
        grid = Grid(self.rows)
        grid.width()
        return grid


@dataclass
class Form:
    """A laid-out text: its blocks, and what a reading of it must say.

    ``expect`` is the truth reduced to what this shape carries. ``unread`` are texts that must
    come back as unread; ``noise`` may come back so or not (page numbers, a date on the cover).
    """

    blocks: list[Block]
    expect: dict[str, Any]
    unread: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
