"""Words into cells: each character goes where it stands, a word that sticks out to where it begins."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from jixiao.read.pdf.frame import Box
from jixiao.read.pdf.lattice import Lattice
from jixiao.read.pdf.lines import Line, lines_of
from jixiao.read.pdf.wrapping import heads, joined
from jixiao.read.pdf.writing import Writing

PADDING = (0.5, 6.0)
"""Points between a cell's side and its words, at least and at most; Word has 5.4 by default."""


FREE = 6.0
"""Points above and below the words of a full cell."""


class FilledCell(msgspec.Struct, gc=False):
    """A cell with its text; ``head`` and ``tail`` are its first and last line.

    ``hangs`` tells that no line closes it at the table's lower end, ``spare`` how many more
    lines would have stood in it, ``sure`` how surely its words were recognised in a picture.
    """

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    left: float
    right: float
    head: Line | None = None
    tail: Line | None = None
    hangs: bool = False
    spare: float = 9.0
    sure: float = 1.0

    @property
    def end(self) -> int:
        """The first column to the right of it."""
        return self.column + self.colspan


class PageGrid(msgspec.Struct):
    """A table on one page: its edges and rows of cells (by the row that they begin in).

    An open side is one that no line closes: the row goes on over the page's end. ``is_ruled`` is
    false where the columns were told by what stands under one another.
    """

    xs: list[float]
    ys: list[float]
    rows: list[list[FilledCell]]
    open_top: bool = False
    open_bottom: bool = False
    is_ruled: bool = True

    @property
    def box(self) -> Box:
        """The table as a whole."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def fill(lattice: Lattice, contents: Sequence[Sequence[Writing]]) -> PageGrid:
    """Return a table with the words that stand in each of its cells."""
    lines = [lines_of(content) if content else [] for content in contents]
    padding = _padding(lattice, lines)
    rows: list[list[FilledCell]] = [[] for _ in range(len(lattice.ys) - 1)]
    hanging = {number for number, _, _ in lattice.hanging}
    for number, (cell, said) in enumerate(zip(lattice.cells, lines, strict=True)):
        left, right = cell.box[0] + padding, cell.box[2] - padding
        if said and (said[0].x1 <= 0 or said[0].y1 <= 0):
            # Turned words, in coordinates of their own: lines run along the cell's height.
            left, right = said[0].x0, said[0].x0 + (cell.box[3] - cell.box[1] - 2 * padding)
        text = said[0].text if said else ""
        if len(said) > 1:
            widths = heads(said)
            said[0].head = widths[0]
            text = joined(said, left, right, widths)
        rows[cell.row].append(
            FilledCell(
                text, cell.row, cell.column, cell.rowspan, cell.colspan,
                cell.box, left, right, said[0] if said else None, said[-1] if said else None,
                number in hanging,
            )
        )  # fmt: skip
    grid = PageGrid(lattice.xs, lattice.ys, rows, lattice.open_top, lattice.open_bottom)
    _drop_open_rows(grid)
    _mark_room(grid, _pitch(lines))
    return grid


def _pitch(lines: Sequence[Sequence[Line]]) -> float:
    """Return how far lines lie apart in a table at most, in Chinese as a rule; 0 if unknown."""
    steps = [
        below.y1 - above.y1
        for said in lines
        for above, below in itertools.pairwise(said)
        if below.y1 - above.y1 < 3 * below.em
    ]
    return max(steps, default=0.0)


def _mark_room(grid: PageGrid, pitch: float) -> None:
    """Tell which of a table's last cells are full: the fullest of its last row, and those like it.

    Only those can go on on the next page.
    """
    height = len(grid.rows)
    last = [cell for row in grid.rows for cell in row if cell.row + cell.rowspan == height]
    least = min((_free(cell) for cell in last if cell.rowspan == 1 and cell.text), default=0.0)
    for cell in last:
        if cell.tail is not None:
            usual = max(least, 0.0) if cell.rowspan == 1 else max(least, FREE)
            free = _free(cell)
            line = max(pitch, 1.45 * cell.tail.em)
            more = usual + 0.7 * (cell.tail.y1 - cell.tail.y0)
            cell.spare = 0.0 if free <= max(line, more) else max(1.0, (free - usual) / line)


def _free(cell: FilledCell) -> float:
    """Return how many points of a cell's height are not written on."""
    if cell.head is None or cell.tail is None:
        return cell.box[3] - cell.box[1]
    if cell.tail.y1 <= 0 or cell.tail.x1 <= 0:  # turned writing fills its cell
        return 0.0
    return cell.box[3] - cell.box[1] - (cell.tail.y1 - cell.head.y0)


def _drop_open_rows(grid: PageGrid) -> None:
    """Drop what sticks out blank above or below, where merged cells go on over the page's end."""
    if grid.open_bottom and len(grid.rows) > 1 and not any(cell.text for cell in grid.rows[-1]):
        grid.rows.pop()
        grid.ys = grid.ys[:-1]
        for row in grid.rows:
            for cell in row:
                cell.hangs = cell.row + cell.rowspan > len(grid.rows)
                cell.rowspan = min(cell.rowspan, len(grid.rows) - cell.row)
        grid.open_bottom = False
    if grid.open_top and len(grid.rows) > 1:
        first = grid.rows[0]
        if any(cell.text for cell in first if cell.rowspan == 1):
            return
        grid.rows.pop(0)
        grid.ys = grid.ys[1:]
        for row in grid.rows:
            for cell in row:
                cell.row -= 1
        kept = [cell for cell in first if cell.rowspan > 1]
        for cell in kept:
            cell.row, cell.rowspan = 0, cell.rowspan - 1
        grid.rows[0] = sorted([*kept, *grid.rows[0]], key=lambda cell: cell.column)
        grid.open_top = False


def cell_of(lattice: Lattice, run: Writing) -> int | None:
    """Return the number of the cell that a run stands in, None where it stands in none.

    A run that goes over a line belongs where most of it stands.
    """
    x0s, y0s, x1s, y1s = run.x0s, run.y0s, run.x1s, run.y1s
    first = lattice.at((x0s[0] + x1s[0]) / 2, (y0s[0] + y1s[0]) / 2)
    x, y = (x0s[-1] + x1s[-1]) / 2, (y0s[-1] + y1s[-1]) / 2
    if first is not None:
        left, upper, right, lower = lattice.cells[first].box
        if left <= x < right and upper <= y < lower:
            return first
    if first == lattice.at(x, y):
        return first
    boxes = zip(x0s, y0s, x1s, y1s, strict=True)
    numbers = [lattice.at((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in boxes]
    known = [number for number in numbers if number is not None]
    return max(dict.fromkeys(known), key=known.count) if known else None


def _padding(lattice: Lattice, lines: Sequence[Sequence[Line]]) -> float:
    """Return how far the words of a table keep from the sides of its cells."""
    gaps = [
        line.x0 - cell.box[0]
        for cell, said in zip(lattice.cells, lines, strict=True)
        for line in said
        if line.x0 >= cell.box[0]
    ]
    least, most = PADDING
    return max(least, min(gaps, default=least)) if min(gaps, default=0) < most else most
