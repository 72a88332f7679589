"""Words into cells: each character goes where it stands, a word that sticks out to where it begins."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from jixiao.read.pdf.frame import Box
from jixiao.read.pdf.glyphs import Glyph
from jixiao.read.pdf.lattice import Lattice
from jixiao.read.pdf.lines import Line, line_of, lines_of
from jixiao.read.pdf.wrapping import heads, joined

PARTED = 1.5
"""Points between two characters that a line parts; letters over a line touch each other."""

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


def fill(lattice: Lattice, runs: Sequence[list[Glyph]]) -> PageGrid:
    """Return a table with the words that stand in it; ``runs`` are those within it."""
    contents: list[list[list[Glyph]]] = [[] for _ in lattice.cells]
    for run in runs:
        head, tail = run[0], run[-1]
        first = lattice.at((head.x0 + head.x1) / 2, (head.y0 + head.y1) / 2)
        if head is tail or first == lattice.at((tail.x0 + tail.x1) / 2, (tail.y0 + tail.y1) / 2):
            if first is not None:
                contents[first].append(run)
        elif (number := _cell_of(lattice, run)) is not None:
            contents[number].append(run)
    lines = [_lines(content) if content else [] for content in contents]
    padding = _padding(lattice, lines)
    rows: list[list[FilledCell]] = [[] for _ in range(len(lattice.ys) - 1)]
    hanging = {number for number, _, _ in lattice.hanging}
    for number, (cell, said) in enumerate(zip(lattice.cells, lines, strict=True)):
        left, right = cell.box[0] + padding, cell.box[2] - padding
        if said and (said[0].x1 <= 0 or said[0].y1 <= 0):
            # Turned words, in coordinates of their own: lines run along the cell's height.
            left, right = said[0].x0, said[0].x0 + (cell.box[3] - cell.box[1] - 2 * padding)
        if len(said) > 1:
            said[0].head = heads(said)[0]
        rows[cell.row].append(
            FilledCell(
                joined(said, left, right), cell.row, cell.column, cell.rowspan, cell.colspan,
                cell.box, left, right, said[0] if said else None, said[-1] if said else None,
                number in hanging,
            )
        )  # fmt: skip
    grid = PageGrid(lattice.xs, lattice.ys, rows, lattice.open_top, lattice.open_bottom)
    _drop_open_rows(grid)
    _mark_room(grid, _pitch(lines))
    return grid


def _lines(runs: list[list[Glyph]]) -> list[Line]:
    """Return the lines of a cell; what was written on without a gap is one."""
    if len(runs) == 1 and not runs[0][0].turn:
        line = line_of(runs[0])
        return [] if line is None else [line]
    return lines_of([glyph for run in runs for glyph in run])


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


def runs_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the characters that were written on without a gap."""
    runs: list[list[Glyph]] = []
    run: list[Glyph] = []
    right, upper, lower = 0.0, 1.0, 0.0
    for glyph in glyphs:
        y0, y1 = glyph.y0, glyph.y1
        middle = (y0 + y1) / 2
        # At first nothing is between upper and lower.
        if upper < middle < lower and -PARTED < glyph.x0 - right < PARTED and not glyph.turn:
            run.append(glyph)
        else:
            run = [glyph]
            runs.append(run)
        right, upper = glyph.x1, y0
        # A blank at a line's end may reach into the next cell: no run goes over it.
        lower = -1.0 if glyph.is_blank or glyph.turn else y1
    return runs


def _cell_of(lattice: Lattice, run: list[Glyph]) -> int | None:
    """Return the cell of a run that goes over a line: it belongs where most of it stands."""
    numbers = [lattice.at(glyph.x, glyph.y) for glyph in run]
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
