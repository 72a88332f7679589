"""The ruling lines of a page: whatever is drawn thin and straight, however it is drawn.

A line may be a stroke, a thin filled box, the edges of a stroked box, a row of dashes, or several
of these side by side (double lines).
"""

from __future__ import annotations

import ctypes
import itertools
from array import array
from collections.abc import Iterator
from ctypes import c_int, c_ulong, c_void_p
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec

from jixiao.read.pdf.calls import handle, plain
from jixiao.read.pdf.frame import FAR, Box, Frame

THIN = 4.5
"""Points; what is filled and no thicker is a line, what is thicker is a shade."""

SHORT = 6.0
"""Points; what is shorter, pieces joined, is a dot or a sign, and no side of a cell."""

SKEW = 0.7
"""Points that a line may lean; scanners lean, programs do not."""

DASH_GAP = 4.5
"""Points between two pieces that still make one line. Cells are wider."""

MAX_OBJECTS = 60_000
"""Things drawn on one page; a full page of a form has under 2,000."""

MAX_SEGMENTS = 20_000
"""Pieces of one drawn path; more is a map or a picture."""

MAX_LINES = 3_000
"""Lines of one direction on one page, once dashes are joined."""

_FORM_DEPTH = 12

_WHITE = 246
"""From here on (of 255) in all colours a line cannot be seen on paper."""


class Rule(msgspec.Struct, gc=False):
    """A line: where it lies across, and from where to where it runs."""

    at: float
    start: float
    end: float


class Drawn(msgspec.Struct):
    """What is drawn on a page besides words.

    ``images`` are the boxes of pictures; ``paths`` counts drawn shapes of any kind; ``cut`` tells
    that there was too much to take in.
    """

    across: list[Rule]
    down: list[Rule]
    images: list[Box]
    paths: int = 0
    cut: bool = False


def drawn_on(page: Any, frame: Frame) -> Drawn:
    """Return the lines and pictures of a page that is open in pdfium.

    Of a drawing that holds too much no line is taken: part of it would make tables of its own.
    """
    reader = _Reader(frame)
    reader.read(page)
    drawn = reader.drawn
    drawn.across, drawn.down = joined(drawn.across), joined(drawn.down)
    if reader.seen > MAX_OBJECTS or max(len(drawn.across), len(drawn.down)) > MAX_LINES:
        drawn.across, drawn.down, drawn.cut = [], [], True
    return drawn


class _Calls:
    """What pdfium tells of the things drawn on a page."""

    def __init__(self) -> None:
        self.thing_at = plain("FPDFPage_GetObject", c_void_p)
        self.kind_of = plain("FPDFPageObj_GetType", c_int, c_void_p)
        self.mode_of = plain("FPDFPath_GetDrawMode", c_int)
        self.stroke_of = plain("FPDFPageObj_GetStrokeColor", c_int)
        self.fill_of = plain("FPDFPageObj_GetFillColor", c_int)
        self.bounds_of = plain("FPDFPageObj_GetBounds", c_int)
        self.matrix_of = plain("FPDFPageObj_GetMatrix", c_int)
        self.count_of = plain("FPDFPath_CountSegments", c_int)
        self.segment_at = plain("FPDFPath_GetPathSegment", c_void_p)
        self.point_of = plain("FPDFPathSegment_GetPoint", c_int)
        self.way_of = plain("FPDFPathSegment_GetType", c_int)
        self.closes = plain("FPDFPathSegment_GetClose", c_int)
        self.inner_count = plain("FPDFFormObj_CountObjects", c_int)
        self.inner_at = plain("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)


@lru_cache(maxsize=1)
def _calls() -> _Calls:
    return _Calls()


def _members(room: array[Any]) -> list[c_void_p]:
    """Return where each member of an array lies, as pdfium takes it; it must not grow."""
    first = room.buffer_info()[0]
    return [c_void_p(first + room.itemsize * index) for index in range(len(room))]


class _Reader:
    def __init__(self, frame: Frame) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        self.calls = _calls()
        self.frame = frame
        self.drawn = Drawn([], [], [])
        self.seen = 0
        self._width, self._height = frame.width, frame.height
        self._edges, self._color = array("f", [0] * 4), array("I", [0] * 4)
        self._mode, self._point = array("i", [0] * 2), array("f", [0] * 2)
        self._to_edges, self._to_color = _members(self._edges), _members(self._color)
        self._to_mode, self._to_point = _members(self._mode), _members(self._point)

    def read(self, page: Any) -> None:
        calls, whole = self.calls, handle(page)
        words = self.pdfium.FPDF_PAGEOBJ_TEXT  # most of a page
        count = self.pdfium.FPDFPage_CountObjects(page)
        things = map(calls.thing_at, itertools.repeat(whole), range(count))
        kinds = list(map(calls.kind_of, things))
        before = -1
        for index in [index for index, kind in enumerate(kinds) if kind != words]:
            self.seen += index - before - 1
            before = index
            if not self._object(c_void_p(calls.thing_at(whole, index)), kinds[index], (), 0):
                return
        self.seen += count - before - 1

    def _object(self, thing: c_void_p, kind: int, outer: tuple[Any, ...], depth: int) -> bool:
        """Take a thing; return False where the page holds too much."""
        pdfium, calls = self.pdfium, self.calls
        self.seen += 1
        if self.seen > MAX_OBJECTS:
            self.drawn.cut = True
            return False
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.drawn.paths += 1
            self._path(thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if (box := self._bounds(thing, outer)) is not None:
                self.drawn.images.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            inward = (*outer, self._matrix(thing))
            for index in range(calls.inner_count(thing)):
                inner = c_void_p(calls.inner_at(thing, index))
                if not self._object(inner, calls.kind_of(inner), inward, depth + 1):
                    return False
        return True

    def _matrix(self, thing: c_void_p) -> Any:
        matrix = self.pdfium.FS_MATRIX()
        self.calls.matrix_of(thing, ctypes.byref(matrix))
        return matrix

    def _bounds(self, thing: c_void_p, outer: tuple[Any, ...]) -> Box | None:
        """Return the box of a thing on the page, None where it is nowhere near it."""
        if not self.calls.bounds_of(thing, *self._to_edges):
            return None
        left, bottom, right, top = self._edges
        if outer:
            corners = [
                _through(outer, x, y)
                for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))
            ]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        return self._clipped(*self.frame.place(left, bottom, right, top))

    def _clipped(self, x0: float, y0: float, x1: float, y1: float) -> Box | None:
        width, height = self._width, self._height
        if not (x0 < width and x1 > 0 and y0 < height and y1 > 0):  # nor what is not a number
            return None
        if x0 > -1 and y0 > -1 and x1 < width + 1 and y1 < height + 1:
            return x0, y0, x1, y1  # most
        return max(x0, -1.0), max(y0, -1.0), min(x1, width + 1), min(y1, height + 1)

    def _path(self, thing: c_void_p, outer: tuple[Any, ...]) -> None:
        calls = self.calls
        calls.mode_of(thing, *self._to_mode)
        fill, stroke = self._mode
        stroked = stroke != 0 and self._is_seen(calls.stroke_of, thing)
        filled = fill != 0 and self._is_seen(calls.fill_of, thing)
        if not stroked and not filled:
            return
        box = self._bounds(thing, outer)
        if box is None:
            return
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            self._add(*box)
            return
        count = calls.count_of(thing)
        if count > MAX_SEGMENTS:
            self.drawn.cut = True
            return
        if filled and not stroked and count <= 5 and self._is_box(thing, count, outer):
            return  # a shade
        for shape in self._shapes(thing, count, outer):
            self._shape(shape, stroked)

    def _is_seen(self, color_of: Any, thing: c_void_p) -> bool:
        if not color_of(thing, *self._to_color):
            return True
        red, green, blue, alpha = self._color
        return alpha > 8 and min(red, green, blue) < _WHITE

    def _is_box(self, thing: c_void_p, count: int, outer: tuple[Any, ...]) -> bool:
        return all(_is_upright(shape) for shape in self._shapes(thing, count, outer))

    def _shapes(
        self, thing: c_void_p, count: int, outer: tuple[Any, ...]
    ) -> Iterator[list[tuple[float, float]]]:
        """Yield the corners of each closed or open line of a path, as shown."""
        calls, corner = self.calls, self.pdfium.FPDF_SEGMENT_MOVETO
        through = (*outer, self._matrix(thing))
        shape: list[tuple[float, float]] = []
        for index in range(count):
            segment = c_void_p(calls.segment_at(thing, index))
            calls.point_of(segment, *self._to_point)
            x, y = self._point
            if calls.way_of(segment) == corner:
                if len(shape) > 1:
                    yield shape
                shape = []
            at_x, at_y = _through(through, x, y)
            if not (-FAR < at_x < FAR and -FAR < at_y < FAR):
                at_x, at_y = max(-FAR, min(at_x, FAR)), max(-FAR, min(at_y, FAR))
            left, top, _, _ = self.frame.place(at_x, at_y, at_x, at_y)
            shape.append((left, top))
            if calls.closes(segment) and len(shape) > 1:
                shape.append(shape[0])
        if len(shape) > 1:
            yield shape

    def _shape(self, shape: list[tuple[float, float]], stroked: bool) -> None:
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if x1 - x0 <= THIN or y1 - y0 <= THIN:
            self._line(x0, y0, x1, y1)
        elif stroked:
            for (ax, ay), (bx, by) in itertools.pairwise(shape):
                if abs(ax - bx) <= SKEW or abs(ay - by) <= SKEW:
                    self._line(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        clipped = self._clipped(x0 - 0.01, y0 - 0.01, x1 + 0.01, y1 + 0.01)
        if clipped is not None:
            self._add(*clipped)

    def _add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        wide, high = x1 - x0, y1 - y0
        is_dot = wide <= THIN and high <= THIN  # a piece of a line either way, if of any
        if wide >= high or is_dot:
            self.drawn.across.append(Rule((y0 + y1) / 2, x0, x1))
        if high > wide or is_dot:
            self.drawn.down.append(Rule((x0 + x1) / 2, y0, y1))


def _through(matrices: tuple[Any, ...], x: float, y: float) -> tuple[float, float]:
    """Return a point of a form in the coordinates of the page; the innermost matrix is last."""
    for m in reversed(matrices):
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y


def _is_upright(shape: list[tuple[float, float]]) -> bool:
    return all(
        abs(ax - bx) <= SKEW or abs(ay - by) <= SKEW
        for (ax, ay), (bx, by) in itertools.pairwise(shape)
    )


_at, _start = attrgetter("at"), attrgetter("start")


def joined(rules: list[Rule]) -> list[Rule]:
    """Join the pieces of each line: those in one place across whose ends meet."""
    rules = sorted(rules, key=_at)
    found: list[Rule] = []
    first = 0
    places = [rule.at for rule in rules]
    for index in range(1, len(rules) + 1):
        if (
            index < len(rules)
            and places[index] - places[index - 1] <= 0.6
            and places[index] - places[first] <= 1.5
        ):
            continue
        found.extend(_end_to_end(rules[first:index]))
        first = index
    return found


def _end_to_end(rules: list[Rule]) -> Iterator[Rule]:
    rules.sort(key=_start)
    at = sum([rule.at for rule in rules]) / len(rules)
    start, end = rules[0].start, rules[0].end
    for rule in rules[1:]:
        if rule.start - end > DASH_GAP:
            if end - start >= SHORT:
                yield Rule(at, start, end)
            start, end = rule.start, rule.end
        elif rule.end > end:
            end = rule.end
    if end - start >= SHORT:
        yield Rule(at, start, end)
