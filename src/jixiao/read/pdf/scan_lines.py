"""A scanned page set straight, and its ruling lines found in the picture (OpenCV)."""

from __future__ import annotations

from typing import Any

import msgspec

from jixiao.read.pdf.lattice import TOUCH, Lattice
from jixiao.read.pdf.rules import Rule, joined

MOST_SKEW = 6.0
"""Degrees to either side that a page may have lain askew on the scanner."""

LEAST_LINE = 0.18
"""Inches; what is dark and straight for less is a stroke of a character."""


def straightened(grey: Any) -> tuple[Any, float]:
    """Return a grey picture turned upright, and by how many degrees it was turned to the left."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    ground = int(np.median(small))
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]

    def sharpness(angle: float) -> float:
        profile = _rotated(ink, angle, 0).sum(axis=1, dtype=np.float64)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    best = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.1, 0.5), key=sharpness)
    best = float(max(np.arange(best - 0.5, best + 0.51, 0.05), key=sharpness))
    return (grey if abs(best) < 0.04 else _rotated(grey, best, ground)), best


def _rotated(picture: Any, angle: float, ground: int) -> Any:
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=ground
    )


class Ruled(msgspec.Struct):
    """The lines of one direction: each in points, and where it is in the picture."""

    rules: list[Rule]
    pieces: list[tuple[Rule, int]]
    parts: Any

    def mask(self, tables: list[Lattice], *, across: bool) -> Any:
        """Return where the picture shows lines that are sides of the tables' cells, as 1."""
        import numpy as np

        is_side = np.zeros(int(self.parts.max()) + 1, dtype=np.uint8)
        for rule, number in self.pieces:
            is_side[number] = any(_is_side(rule, table, across=across) for table in tables)
        return is_side[self.parts]


def _is_side(rule: Rule, table: Lattice, *, across: bool) -> bool:
    """Tell whether a line goes from side to side of cells: words are underlined in their midst."""
    edges, ends = (table.ys, table.xs) if across else (table.xs, table.ys)
    return (
        any(abs(rule.at - edge) <= TOUCH for edge in edges)
        and any(abs(rule.start - end) <= TOUCH for end in ends)
        and any(abs(rule.end - end) <= TOUCH for end in ends)
    )


def lines_in(ink: Any, dpi: float, *, across: bool) -> Ruled:
    """Return the lines across or down that the ink of an upright picture has."""
    import cv2
    import numpy as np

    length, point = int(LEAST_LINE * dpi), 72 / dpi
    shape, bridge = ((1, length), (3, 1)) if across else ((length, 1), (1, 3))
    thick = cv2.dilate(ink, np.ones(bridge, np.uint8))  # a line that is still a little askew
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    count, parts, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    pieces = []
    for number, (left, top, width, height, _) in enumerate(boxes[1:count].tolist(), 1):
        start, long, at, thin = (left, width, top, height) if across else (top, height, left, width)
        if thin <= 0.06 * dpi + 0.02 * long and long >= length:
            rule = Rule((at + thin / 2) * point, start * point, (start + long) * point)
            pieces.append((rule, number))
    return Ruled(joined([rule for rule, _ in pieces]), pieces, parts)
