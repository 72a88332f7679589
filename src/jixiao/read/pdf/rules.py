"""The ruling lines of a page: whatever is drawn thin and straight, however it is drawn.

A line may be a stroke, a thin filled box, the edges of a stroked box, a row of dashes, or several
of these side by side (double lines).
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from ctypes import c_int, c_void_p
from typing import Any

import msgspec

from jixiao.read.pdf.calls import address, plain
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


class _Reader:
    def __init__(self, frame: Frame) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        self.frame = frame
        self.drawn = Drawn([], [], [])
        self.seen = 0
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._color = [ctypes.c_uint() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def read(self, page: Any) -> None:
        pdfium = self.pdfium
        words, whole = pdfium.FPDF_PAGEOBJ_TEXT, address(page)
        thing_at = plain("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
        kind_of = plain("FPDFPageObj_GetType", c_int, c_void_p)
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            if kind_of(thing_at(whole, index)) == words:  # most of a page
                self.seen += 1
            elif not self._object(pdfium.FPDFPage_GetObject(page, index), (), 0):
                return

    def _object(self, thing: Any, outer: tuple[Any, ...], depth: int) -> bool:
        """Take a thing; return False where the page holds too much."""
        pdfium = self.pdfium
        self.seen += 1
        if self.seen > MAX_OBJECTS:
            self.drawn.cut = True
            return False
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.drawn.paths += 1
            self._path(thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if (box := self._bounds(thing, outer)) is not None:
                self.drawn.images.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(thing, matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
                inner = pdfium.FPDFFormObj_GetObject(thing, index)
                if not self._object(inner, (*outer, matrix), depth + 1):
                    return False
        return True

    def _bounds(self, thing: Any, outer: tuple[Any, ...]) -> Box | None:
        """Return the box of a thing on the page, None where it is nowhere near it."""
        edges = self._edges
        if not self.pdfium.FPDFPageObj_GetBounds(thing, *edges):
            return None
        left, bottom, right, top = (edge.value for edge in edges)
        if outer:
            corners = [
                _through(outer, x, y)
                for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))
            ]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        return self._clipped(*self.frame.place(left, bottom, right, top))

    def _clipped(self, x0: float, y0: float, x1: float, y1: float) -> Box | None:
        width, height = self.frame.width, self.frame.height
        if not (x0 < width and x1 > 0 and y0 < height and y1 > 0):  # nor what is not a number
            return None
        return max(x0, -1.0), max(y0, -1.0), min(x1, width + 1), min(y1, height + 1)

    def _path(self, thing: Any, outer: tuple[Any, ...]) -> None:
        pdfium = self.pdfium
        pdfium.FPDFPath_GetDrawMode(thing, self._fill, self._stroke)
        stroked, filled = bool(self._stroke.value), bool(self._fill.value)
        stroked = stroked and self._is_seen(pdfium.FPDFPageObj_GetStrokeColor, thing)
        filled = filled and self._is_seen(pdfium.FPDFPageObj_GetFillColor, thing)
        if not stroked and not filled:
            return
        box = self._bounds(thing, outer)
        if box is None:
            return
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            self._add(*box)
            return
        count = pdfium.FPDFPath_CountSegments(thing)
        if count > MAX_SEGMENTS:
            self.drawn.cut = True
            return
        if filled and not stroked and count <= 5 and self._is_box(thing, count, outer):
            return  # a shade
        for shape in self._shapes(thing, count, outer):
            self._shape(shape, stroked)

    def _is_seen(self, color_of: Any, thing: Any) -> bool:
        color = self._color
        if not color_of(thing, *color):
            return True
        red, green, blue, alpha = (part.value for part in color)
        return alpha > 8 and min(red, green, blue) < _WHITE

    def _is_box(self, thing: Any, count: int, outer: tuple[Any, ...]) -> bool:
        return all(_is_upright(shape) for shape in self._shapes(thing, count, outer))

    def _shapes(
        self, thing: Any, count: int, outer: tuple[Any, ...]
    ) -> Iterator[list[tuple[float, float]]]:
        """Yield the corners of each closed or open line of a path, as shown."""
        pdfium = self.pdfium
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, matrix)
        through = (*outer, matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        shape: list[tuple[float, float]] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(thing, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(shape) > 1:
                    yield shape
                shape = []
            at_x, at_y = _through(through, x.value, y.value)
            if not (-FAR < at_x < FAR and -FAR < at_y < FAR):
                at_x, at_y = max(-FAR, min(at_x, FAR)), max(-FAR, min(at_y, FAR))
            left, top, _, _ = self.frame.place(at_x, at_y, at_x, at_y)
            shape.append((left, top))
            if pdfium.FPDFPathSegment_GetClose(segment) and len(shape) > 1:
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


def joined(rules: list[Rule]) -> list[Rule]:
    """Join the pieces of each line: those in one place across whose ends meet."""
    rules = sorted(rules, key=lambda rule: rule.at)
    found: list[Rule] = []
    first = 0
    for index in range(1, len(rules) + 1):
        if (
            index < len(rules)
            and rules[index].at - rules[index - 1].at <= 0.6
            and rules[index].at - rules[first].at <= 1.5
        ):
            continue
        found.extend(_end_to_end(rules[first:index]))
        first = index
    return found


def _end_to_end(rules: list[Rule]) -> Iterator[Rule]:
    rules.sort(key=lambda rule: rule.start)
    at = sum(rule.at for rule in rules) / len(rules)
    start, end = rules[0].start, rules[0].end
    for rule in rules[1:]:
        if rule.start - end > DASH_GAP:
            if end - start >= SHORT:
                yield Rule(at, start, end)
            start, end = rule.start, rule.end
        else:
            end = max(end, rule.end)
    if end - start >= SHORT:
        yield Rule(at, start, end)
