"""Where a scanned page is written on: its ink without the ruling lines, and the lines of writing."""

from __future__ import annotations

from typing import Any

import msgspec

PixelBox = tuple[int, int, int, int]

APART = 1.6
"""Ems of blank between two pieces of a line that are recognised each by itself."""

SPECK = 0.16
"""Ems; ink no wider and no higher is dirt, or a dot that belongs to nothing."""


DUST = 7
"""Picture points of connected ink; what has fewer is noise. At 200 dpi a full stop has 9."""


class Strip(msgspec.Struct):
    """A piece of a line in the picture: left, upper, right, lower; ``region`` is where it stands.

    ``inked`` are the columns of it that have ink, each from where to where.
    """

    box: PixelBox
    region: int
    inked: list[tuple[int, int]]


def ink_of(grey: Any) -> Any:
    """Return where a grey picture is dark, as 1: the threshold rises with the picture's noise."""
    import cv2
    import numpy as np

    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    darker = min(40.0, max(10.0, 3.0 * _noise(smooth)))
    ink = cv2.adaptiveThreshold(
        smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, darker
    )
    _, parts, about, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = (about[:, cv2.CC_STAT_AREA] >= DUST).astype(np.uint8)
    kept[0] = 0
    return kept[parts]


def _noise(grey: Any) -> float:
    """Return the usual deviation of greys from those beside them."""
    import numpy as np

    part = grey[::3].astype(np.int16)
    return float(np.median(np.abs(part[:, 2:] - part[:, :-2]))) / 0.954


def size_of_writing(ink: Any) -> float:
    """Return how large a Chinese character is in picture points: most connected ink is no larger."""
    import cv2
    import numpy as np

    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = boxes[1:count, cv2.CC_STAT_HEIGHT]
    widths = boxes[1:count, cv2.CC_STAT_WIDTH]
    heights = heights[(heights >= 10) & (heights <= 120) & (widths <= 120)]
    return float(np.percentile(heights, 80)) / 0.9 if len(heights) >= 5 else 30.0


def strips_in(ink: Any, region: PixelBox, number: int, em: float) -> list[Strip]:
    """Return the pieces of lines within a region, from top to bottom and left to right."""
    left, top, right, bottom = region
    part = ink[top:bottom, left:right]
    strips = []
    for upper, lower in _rows(part, em):
        for x0, x1 in _pieces(part[upper:lower], em):
            piece = part[upper:lower, x0:x1]
            inner = piece.any(axis=1).nonzero()[0]
            y0, y1 = upper + int(inner[0]), upper + int(inner[-1]) + 1
            if max(x1 - x0, y1 - y0) > SPECK * em:
                box = left + x0, top + y0, left + x1, top + y1
                inked = [(a + box[0], b + box[0]) for a, b in _runs(piece.any(axis=0))]
                strips.append(Strip(box, number, inked))
    return strips


def _runs(filled: Any, least_gap: int = 1) -> list[tuple[int, int]]:
    """Return from where to where values are true, across gaps shorter than the least."""
    import numpy as np

    steps = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for start, end in zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True):
        if runs and start - runs[-1][1] < least_gap:
            runs[-1] = runs[-1][0], end
        else:
            runs.append((start, end))
    return runs


def _rows(part: Any, em: float) -> list[tuple[int, int]]:
    """Return from where to where lines go: pieces of one line joined, lines that touch parted."""
    import numpy as np

    profile = part.sum(axis=1, dtype=np.int32)
    joined: list[tuple[int, int]] = []
    for start, end in _runs(profile > 0):
        if joined and start - joined[-1][1] <= 0.4 * em and end - joined[-1][0] <= 1.15 * em:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    rows: list[tuple[int, int]] = []
    for start, end in joined:
        rows += _parted(profile, start, end, em)
    return rows


def _parted(profile: Any, start: int, end: int, em: float) -> list[tuple[int, int]]:
    """Part lines that touch each other, at the height between them where the least ink is."""
    if end - start <= 1.6 * em:
        return [(start, end)]
    first, last = start + int(0.6 * em), min(end - int(0.5 * em), start + int(1.7 * em))
    if last <= first:
        return [(start, end)]
    least = first + int(profile[first:last].argmin())
    if profile[least] > 0.2 * profile[start:end].mean():
        return [(start, end)]
    return [(start, least), *_parted(profile, least + 1, end, em)]


def _pieces(part: Any, em: float) -> list[tuple[int, int]]:
    return _runs(part.any(axis=0), max(4, int(APART * em)))
