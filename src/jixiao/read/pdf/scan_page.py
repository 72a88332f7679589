"""One scanned page read from its picture: set upright and straight, its tables, its words."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import msgspec

from jixiao.read.pdf.cells import PageGrid
from jixiao.read.pdf.frame import Box, Frame
from jixiao.read.pdf.lattice import Lattice, lattices
from jixiao.read.pdf.lines import Line
from jixiao.read.pdf.page import Lie, items_of, without_frames
from jixiao.read.pdf.scan_context import ALONE, read_in_context
from jixiao.read.pdf.scan_ink import PixelBox, Strip, ink_of, size_of_writing, strips_in
from jixiao.read.pdf.scan_lines import lines_in, straightened
from jixiao.read.pdf.scan_settings import settings
from jixiao.read.pdf.scan_signs import Sign, set_brackets, signs_of, writing_of
from jixiao.read.pdf.scan_words import Said, recognised
from jixiao.read.pdf.sides import open_sides
from jixiao.read.pdf.writing import Writing, runs_of, together

MANY_LONE = 0.3
"""From this share of single characters on, a page may lie on its side."""

SAMPLE = 12
"""Pieces of lines that tell whether a page stands upright."""


class Layout(msgspec.Struct):
    """A straight picture, its lines taken out: its tables, and the pieces of its lines of words."""

    grey: Any
    skew: float
    tables: list[Lattice]
    regions: list[PixelBox]
    strips: list[Strip]
    em: float
    cut: bool = False

    def cut_of(self, strip: Strip) -> PixelBox:
        """Return the box in which a piece of a line is cut out, with some room around it."""
        x0, y0, x1, y1 = strip.box
        left, top, right, bottom = self.regions[strip.region]
        beside = int(0.15 * self.em)
        above = max(int(0.12 * self.em), int((self.em - (y1 - y0)) / 2))
        return (
            max(left, x0 - beside),
            max(top, y0 - above),
            min(right, x1 + beside),
            min(bottom, y1 + above),
        )

    def picture(self, strip: Strip) -> Any:
        """Return a piece of a line cut out."""
        left, top, right, bottom = self.cut_of(strip)
        return self.grey[top:bottom, left:right]


class Scanned(msgspec.Struct):
    """What was read from a picture: items in reading order, and how sure each of their boxes is.

    ``lost`` counts places where something is written that could not be read.
    """

    frame: Frame
    lie: Lie
    items: list[PageGrid | Line]
    lost: int = 0
    cut: bool = False


def read_picture(grey: Any, dpi: float, scale: float) -> Scanned | None:
    """Read a grey picture; None where nothing in it can be read.

    ``scale`` is how many points of the page one point at the given dpi is.
    """
    found = _upright(grey, dpi)
    if found is None:
        return None
    layout, said, quarters = found
    read_in_context(layout.strips, said, layout.picture, layout.em)
    point = 72 / dpi
    height, width = layout.grey.shape
    frame = Frame(0, 0, width * point, height * point)
    lie = Lie(frame, -quarters % 4, layout.skew, scale)
    scanned = Scanned(frame, lie, [], cut=layout.cut)
    lines: list[tuple[Strip, list[Sign]]] = []
    for strip, one in zip(layout.strips, said, strict=True):
        if not one.text.strip() or one.sureness < settings()["lost_below"]:
            scanned.lost += _is_writing(strip, layout.em)
            continue
        left, _, right, _ = layout.cut_of(strip)
        lines.append((strip, signs_of(one, strip, (left, right), layout.em)))
    for _, inside in itertools.groupby(lines, key=lambda line: line[0].region):
        set_brackets(list(inside), layout.em)
    said_lines: list[Writing] = []
    doubts: list[tuple[Box, float]] = []
    for strip, signs in lines:
        said_lines.append(writing_of(signs, strip, layout.em, point))
        x0, y0, x1, y1 = strip.box
        least = min((sign.sure for sign in signs), default=1.0)
        doubts.append(((x0 * point, y0 * point, x1 * point, y1 * point), least))
    scanned.items = items_of(runs_of(together(said_lines)), layout.tables, frame.height)
    for item in scanned.items:
        _mark(item, doubts)
    return scanned


def _is_writing(strip: Strip, em: float) -> bool:
    """Tell what is about as high as a line of writing from dirt and drawings."""
    x0, y0, x1, y1 = strip.box
    return 0.6 * em < y1 - y0 < 2 * em and x1 - x0 > 0.6 * em


def _mark(item: PageGrid | Line, doubts: list[tuple[Box, float]]) -> None:
    if isinstance(item, Line):
        item.sure = _least(doubts, (item.x0, item.y0, item.x1, item.y1))
        return
    within = [doubt for doubt in doubts if _holds(item.box, doubt[0])]
    for row in item.rows:
        for cell in row:
            cell.sure = _least(within, cell.box)


def _least(doubts: list[tuple[Box, float]], box: Box) -> float:
    return min((sure for one, sure in doubts if _holds(box, one)), default=1.0)


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box[0] <= x <= box[2] and box[1] - 1 <= y <= box[3] + 1


def _upright(grey: Any, dpi: float) -> tuple[Layout, list[Said], int] | None:
    """Return a page set upright, what its lines say, and the quarters it was turned to the left.

    The first way round in which some of its lines are read with certainty is taken.
    """
    import numpy as np

    best: tuple[float, Layout, int] | None = None
    for turn, layout in _both_ways(grey, dpi):
        pictures = [layout.picture(strip) for strip in _sample(layout.strips)]
        for over in (0, 2):
            tried = [np.rot90(picture, over) for picture in pictures]
            sure = _sureness(recognised([np.ascontiguousarray(one) for one in tried]))
            if best is None or sure > best[0]:
                best = sure, layout, turn + over
            if sure >= settings()["turned_below"]:
                break
        if best is not None and best[0] >= settings()["turned_below"]:
            break
    if best is None or best[0] < settings()["page_below"]:
        return None
    _, chosen, turn = best
    if turn >= 2:  # it was only the sample that was turned over
        chosen = _layout(np.ascontiguousarray(np.rot90(grey, turn)), dpi) or chosen
    return chosen, recognised([chosen.picture(strip) for strip in chosen.strips]), turn


def _both_ways(grey: Any, dpi: float) -> Iterator[tuple[int, Layout]]:
    """Yield how a page is laid out as it lies and turned by a quarter, the likelier one first.

    Of a page that lies on its side the pieces are single characters, and the model knows many of
    those lying, too.
    """
    import numpy as np

    layout = _layout(grey, dpi)
    if layout is not None and _lone(layout) < MANY_LONE:
        yield 0, layout
        layout = None
    turned = _layout(np.ascontiguousarray(np.rot90(grey)), dpi)
    ways = [(turn, one) for turn, one in ((0, layout), (1, turned)) if one is not None]
    yield from sorted(ways, key=lambda way: _lone(way[1]))


def _lone(layout: Layout) -> float:
    """Return the share of pieces that have room for one character only."""
    lone = sum(strip.box[2] - strip.box[0] < ALONE * layout.em for strip in layout.strips)
    return lone / len(layout.strips)


def _sample(strips: list[Strip]) -> list[Strip]:
    """Return some of the pieces, those first that are as long as a few words."""

    def odd(strip: Strip) -> float:
        x0, y0, x1, y1 = strip.box
        return abs(math.log((x1 - x0) / (5 * (y1 - y0))))

    return sorted(strips, key=odd)[:SAMPLE]


def _sureness(said: list[Said]) -> float:
    length = sum(max(1, len(one.text)) for one in said)
    return sum(one.sureness * len(one.text) for one in said) / max(1, length)


def _layout(grey: Any, dpi: float) -> Layout | None:
    """Return how a page that lies this way round is laid out; None where nothing is on it."""
    import cv2
    import numpy as np

    grey, skew = straightened(grey)
    ink = ink_of(grey)
    across, down = lines_in(ink, dpi, across=True), lines_in(ink, dpi, across=False)
    em = size_of_writing(ink)
    bare = ink.copy()
    bare[(across.parts > 0) | (down.parts > 0)] = 0
    point, whole = 72 / dpi, (0, 0, grey.shape[1], grey.shape[0])
    sides = open_sides(
        across.rules, down.rules, lambda: _bands(strips_in(bare, whole, 0, em), point)
    )
    found = lattices(across.rules, down.rules + sides)
    tables = without_frames(found or [], grey.shape[1] * grey.shape[0] * point**2)
    lines = across.mask(tables, across=True) | down.mask(tables, across=False)
    lines = cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0
    grey = grey.copy()
    grey[lines] = int(np.median(grey))
    ink[lines] = 0
    layout = Layout(grey, skew, tables, [], [], em, cut=found is None)
    _find_strips(layout, ink, 1 / point)
    return layout if layout.strips else None


def _find_strips(layout: Layout, ink: Any, pixels: float) -> None:
    loose = ink.copy()
    for table in layout.tables:
        for cell in table.cells:
            x0, y0, x1, y1 = (round(edge * pixels) for edge in cell.box)
            region = x0 + 2, y0 + 2, x1 - 1, y1 - 1
            layout.strips += strips_in(ink, region, len(layout.regions), layout.em)
            layout.regions.append(region)
        x0, y0, x1, y1 = (round(edge * pixels) for edge in table.box)
        loose[max(0, y0 - 1) : y1 + 2, max(0, x0 - 1) : x1 + 2] = 0
    whole = 0, 0, ink.shape[1], ink.shape[0]
    layout.strips += strips_in(loose, whole, len(layout.regions), layout.em)
    layout.regions.append(whole)
    most = settings()["max_strips"]
    if len(layout.strips) > most:
        layout.strips, layout.cut = layout.strips[:most], True


def _bands(strips: list[Strip], point: float) -> list[Box]:
    return [
        (x0 * point, y0 * point, x1 * point, y1 * point)
        for x0, y0, x1, y1 in (strip.box for strip in strips)
    ]
