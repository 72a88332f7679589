"""A scanned page set straight, and its ruling lines found in the picture (OpenCV)."""

from __future__ import annotations

from typing import Any

from jixiao.read.pdf.rules import Rule, joined

MOST_SKEW = 5.0
"""Degrees to either side that a page may have lain askew on the scanner."""

LEAST_LINE = 0.18
"""Inches; what is dark and straight for less is a stroke of a character."""


def straightened(grey: Any) -> tuple[Any, float]:
    """Return a grey picture turned upright, and by how many degrees it was askew."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]

    def sharpness(angle: float) -> float:
        profile = _rotated(ink, angle, 0).sum(axis=1, dtype=np.float64)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    best = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.1, 0.5), key=sharpness)
    best = float(max(np.arange(best - 0.5, best + 0.51, 0.05), key=sharpness))
    return (grey if abs(best) < 0.05 else _rotated(grey, best, 255)), -best


def _rotated(picture: Any, angle: float, ground: int) -> Any:
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=ground
    )


def lines_in(grey: Any, dpi: float) -> tuple[list[Rule], list[Rule]]:
    """Return the lines across and down of an upright picture, in points from its top left."""
    import cv2

    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 12
    )
    return _long(ink, dpi, across=True), _long(ink, dpi, across=False)


def _long(ink: Any, dpi: float, *, across: bool) -> list[Rule]:
    import cv2
    import numpy as np

    length, point = int(LEAST_LINE * dpi), 72 / dpi
    shape, bridge = ((length, 1), (1, 3)) if across else ((1, length), (3, 1))
    thick = cv2.dilate(ink, np.ones(bridge[::-1], np.uint8))  # a line that is still a little askew
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    rules = []
    for left, top, width, height, _ in boxes[1:count].tolist():
        start, long, at, thin = (left, width, top, height) if across else (top, height, left, width)
        if thin <= 0.06 * dpi + 0.02 * long and long >= length:
            rules.append(Rule((at + thin / 2) * point, start * point, (start + long) * point))
    return joined(rules)
