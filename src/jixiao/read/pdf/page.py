"""One page: its tables with their words, and the lines that stand outside of any."""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

import msgspec

from jixiao.read.pdf.cells import PageGrid, fill, runs_of
from jixiao.read.pdf.columns import unruled
from jixiao.read.pdf.frame import Box, Frame, frame_of
from jixiao.read.pdf.glyphs import Glyph, glyphs_of
from jixiao.read.pdf.lattice import Lattice, lattices
from jixiao.read.pdf.lines import Line, rows_of
from jixiao.read.pdf.rules import Drawn, drawn_on
from jixiao.read.pdf.sides import open_sides

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
        x0, y0, x1, y1 = self.lie.back(box) if self.lie else self.frame.back(box, self.turn)
        return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


def content_of(page: Any, number: int, *, guess_blanks: bool = False) -> PageContent:
    """Read a page that is open in pdfium; it is numbered from 1.

    ``guess_blanks``: the program that made the file leaves blanks out. Raises ReadError.
    """
    frame = frame_of(page)
    found = glyphs_of(page, frame, guess_blanks=guess_blanks)
    turn = _turn_of(found.glyphs)
    if turn:
        # The page is written sideways: read it as it is held.
        frame = frame.turned(-turn)
        found = glyphs_of(page, frame, guess_blanks=guess_blanks)
    drawn = drawn_on(page, frame)
    glyphs = found.glyphs
    large = _has_large_picture(drawn, frame, glyphs)
    said = len(list(islice((True for glyph in glyphs if not glyph.is_blank), FEW_GLYPHS + 1)))
    if said <= FEW_GLYPHS and (large or (not said and drawn.paths > MANY_PATHS)):
        return PageContent(number, frame, [], is_scan=True)
    drawn.down += open_sides(drawn.across, drawn.down, lambda: _bands(glyphs))
    tables = lattices(drawn.across, drawn.down)
    content = PageContent(number, frame, [], -turn % 4)
    content.cut = drawn.cut or found.cut or tables is None
    content.lost = found.lost
    content.picture = large
    content.items = items_of(
        glyphs, without_frames(tables or [], frame.width * frame.height), frame.height
    )
    return content


def _turn_of(glyphs: list[Glyph]) -> int:
    """Return the direction that nearly all of a page's writing has."""
    turned = [glyph.turn for glyph in glyphs if glyph.turn]
    if 2 * len(turned) < len(glyphs):
        return 0
    turns = [turned.count(turn) for turn in range(4)]
    turn = turns.index(max(turns))
    return turn if turns[turn] > 0.8 * len(glyphs) else 0


def _has_large_picture(drawn: Drawn, frame: Frame, glyphs: list[Glyph]) -> bool:
    """Tell whether the page shows a large picture with hardly a character on it."""
    area = max(1.0, frame.width * frame.height)
    for x0, y0, x1, y1 in drawn.images:
        if (x1 - x0) * (y1 - y0) >= LARGE_PICTURE * area:
            on_it = sum(x0 <= glyph.x <= x1 and y0 <= glyph.y <= y1 for glyph in glyphs)
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


def items_of(glyphs: list[Glyph], tables: list[Lattice], height: float) -> list[PageGrid | Line]:
    """Return the tables with their words and the lines outside of them, from top to bottom."""
    for table in tables:
        if table.ys[-1] < max(0.75 * height, *(other.ys[-1] for other in tables)):
            table.hanging = []  # only the page's end leaves cells open
    within: list[list[list[Glyph]]] = [[] for _ in tables]
    loose: list[Glyph] = []
    by_size = sorted(range(len(tables)), key=lambda number: _area(tables[number].box))
    for run in runs_of(glyphs):
        for number in by_size:
            holds, first, last = tables[number].holds, run[0], run[-1]
            if holds((first.x0 + first.x1) / 2, (first.y0 + first.y1) / 2) or (
                first is not last and holds((last.x0 + last.x1) / 2, (last.y0 + last.y1) / 2)
            ):
                within[number].append(run)
                break
        else:
            loose += run
    items: list[PageGrid | Line] = [
        fill(table, inside)
        for table, inside in zip(tables, within, strict=True)
        if any(not glyph.is_blank for run in inside for glyph in run)
    ]
    items.extend(unruled(rows_of(loose)))
    items.sort(key=_top)
    return items


def _bands(glyphs: list[Glyph]) -> list[Box]:
    """Return the boxes of the rows of writing."""
    return [
        (row[0].x0, min(g.y0 for g in row), row[-1].x1, max(g.y1 for g in row))
        for row in rows_of(glyph for glyph in glyphs if not glyph.is_blank)
    ]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _top(item: PageGrid | Line) -> tuple[float, float]:
    if isinstance(item, PageGrid):
        return item.ys[0], item.xs[0]
    return (item.y0 + item.y1) / 2, item.x0
