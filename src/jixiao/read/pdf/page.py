"""One page: its tables with their words, and the lines that stand outside of any."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from jixiao.read.pdf.cells import PageGrid, cell_of, fill
from jixiao.read.pdf.columns import unruled
from jixiao.read.pdf.frame import Box, Frame, frame_of
from jixiao.read.pdf.glyphs import glyphs_of
from jixiao.read.pdf.lattice import HANGING, Lattice, lattices
from jixiao.read.pdf.lines import Line
from jixiao.read.pdf.rules import Drawn, drawn_on
from jixiao.read.pdf.sides import open_sides
from jixiao.read.pdf.writing import Writing, rows_of

LARGE_PICTURE = 0.2
"""The share of a page from which on a picture may be a scan of words."""

FEW_GLYPHS = 12
"""With no more characters than this a page with a large picture is a scan with a stamped number."""

MANY_PATHS = 300
"""A page with so many shapes and no words has its words drawn as outlines."""


class Lie(msgspec.Struct, frozen=True):
    """How a scanned page lay: what it takes to get from what was read to the page as shown.

    ``frame`` is that of the upright picture; it was turned by ``quarters``, then by ``skew``
    degrees to the left; one of its points is ``scale`` points of the page.
    """

    frame: Frame
    quarters: int = 0
    skew: float = 0.0
    scale: float = 1.0

    def back(self, box: Box) -> Box:
        """Return a box as the page shows it; of its size, for it is drawn upright."""
        frame = self.frame
        turn = math.radians(self.skew)
        x, y = (box[0] + box[2] - frame.width) / 2, (box[1] + box[3] - frame.height) / 2
        right = x * math.cos(turn) - y * math.sin(turn) - x
        down = x * math.sin(turn) + y * math.cos(turn) - y
        moved = box[0] + right, box[1] + down, box[2] + right, box[3] + down
        x0, y0, x1, y1 = frame.back(moved, self.quarters)
        return x0 * self.scale, y0 * self.scale, x1 * self.scale, y1 * self.scale


class PageContent(msgspec.Struct):
    """What stands on a page, from top to bottom; ``turn`` is how its writing was set upright.

    ``lie`` is given where it was read from a picture.
    """

    number: int
    frame: Frame
    items: list[PageGrid | Line]
    turn: int = 0
    is_scan: bool = False
    picture: bool = False
    cut: bool = False
    lost: int = 0
    lie: Lie | None = None

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.frame.width

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.frame.height

    @property
    def lines(self) -> list[Line]:
        """The lines outside of tables."""
        return [item for item in self.items if isinstance(item, Line)]

    @property
    def grids(self) -> list[PageGrid]:
        """The tables."""
        return [item for item in self.items if isinstance(item, PageGrid)]

    def shown(self, box: Box) -> Box:
        """Return a box as the page shows it, in tenths of a point."""
        if self.lie or self.turn:
            box = self.lie.back(box) if self.lie else self.frame.back(box, self.turn)
        x0, y0, x1, y1 = box
        return _tenths(x0), _tenths(y0), _tenths(x1), _tenths(y1)


@lru_cache(maxsize=1024)
def _tenths(value: float) -> float:
    """Round to tenths, which takes long; a table's cells share most of their sides."""
    return round(value, 1)


def content_of(page: Any, number: int, *, guess_blanks: bool = False) -> PageContent:
    """Read a page that is open in pdfium; it is numbered from 1.

    ``guess_blanks``: the program that made the file leaves blanks out. Raises ReadError.
    """
    frame = frame_of(page)
    found = glyphs_of(page, frame, guess_blanks=guess_blanks)
    turn = _turn_of(found.runs)
    if turn:
        # The page is written sideways: read it as it is held.
        frame = frame.turned(-turn)
        found = glyphs_of(page, frame, guess_blanks=guess_blanks)
    drawn = drawn_on(page, frame)
    runs = found.runs
    large = _has_large_picture(drawn, frame, runs)
    said = _said_at_least(runs)
    if said <= FEW_GLYPHS and (large or (not said and drawn.paths > MANY_PATHS)):
        return PageContent(number, frame, [], is_scan=True)
    drawn.down += open_sides(drawn.across, drawn.down, lambda: _bands(runs))
    tables = lattices(drawn.across, drawn.down)
    content = PageContent(number, frame, [], -turn % 4)
    content.cut = drawn.cut or found.cut or tables is None
    content.lost = found.lost
    content.picture = large
    content.items = items_of(
        runs, without_frames(tables or [], frame.width * frame.height), frame.height
    )
    return content


def _said_at_least(runs: Sequence[Writing]) -> int:
    """Return how many characters there are that are no blanks; no more than needed are counted."""
    count = 0
    for run in runs:
        count += len(run.said().texts)
        if count > FEW_GLYPHS:
            break
    return count


def _turn_of(runs: Sequence[Writing]) -> int:
    """Return the direction that nearly all of a page's writing has."""
    turns = [0, 0, 0, 0]
    for run in runs:
        turns[run.turn] += len(run.texts)
    count = sum(turns)
    if 2 * sum(turns[1:]) < count:
        return 0
    turns[0] = 0
    turn = turns.index(max(turns))
    return turn if turns[turn] > 0.8 * count else 0


def _has_large_picture(drawn: Drawn, frame: Frame, runs: Sequence[Writing]) -> bool:
    """Tell whether the page shows a large picture with hardly a character on it."""
    area = max(1.0, frame.width * frame.height)
    for x0, y0, x1, y1 in drawn.images:
        if (x1 - x0) * (y1 - y0) >= LARGE_PICTURE * area:
            on_it = sum(
                x0 <= (left + right) / 2 <= x1 and y0 <= (upper + lower) / 2 <= y1
                for run in runs
                for left, upper, right, lower in zip(
                    run.x0s, run.y0s, run.x1s, run.y1s, strict=True
                )
            )
            if on_it <= FEW_GLYPHS:
                return True
    return False


def without_frames(tables: list[Lattice], area: float) -> list[Lattice]:
    """Leave out the frame around a page: a table of which one cell is nearly the whole page."""
    return [
        table
        for table in tables
        if not any((c.box[2] - c.box[0]) * (c.box[3] - c.box[1]) > 0.6 * area for c in table.cells)
    ]


def items_of(
    runs: Sequence[Writing], tables: list[Lattice], height: float
) -> list[PageGrid | Line]:
    """Return the tables with their words and the lines outside of them, from top to bottom."""
    for table in tables:
        if table.ys[-1] < max(0.75 * height, *(other.ys[-1] for other in tables)):
            table.hanging = []  # only the page's end leaves cells open
    within: list[list[list[Writing]]] = [[[] for _ in table.cells] for table in tables]
    loose: list[Writing] = []
    by_size = sorted(zip(tables, within, strict=True), key=lambda pair: _area(pair[0].box))
    reaching = [(table.ys[0], table.ys[-1] + HANGING, table, cells) for table, cells in by_size]
    for run in runs:
        first, last = (run.y0s[0] + run.y1s[0]) / 2, (run.y0s[-1] + run.y1s[-1]) / 2
        for top, bottom, table, cells in reaching:
            if not (top <= first <= bottom or top <= last <= bottom):
                continue
            if (cell := cell_of(table, run)) is not None:
                cells[cell].append(run)
                break
        else:
            loose.append(run)
    items: list[PageGrid | Line] = [
        fill(table, contents)
        for table, contents in zip(tables, within, strict=True)
        if any(not run.is_blank for content in contents for run in content)
    ]
    items.extend(unruled(rows_of(loose)) if loose else [])
    items.sort(key=_top)
    return items


def _bands(runs: Sequence[Writing]) -> list[Box]:
    """Return the boxes of the rows of writing."""
    said = [run.said() for run in runs if not run.is_blank]
    return [(row.x0s[0], min(row.y0s), row.x1s[-1], max(row.y1s)) for row in rows_of(said)]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _top(item: PageGrid | Line) -> tuple[float, float]:
    if isinstance(item, PageGrid):
        return item.ys[0], item.xs[0]
    return (item.y0 + item.y1) / 2, item.x0
