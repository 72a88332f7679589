"""Characters alone on their line: what they are shows beside those before and after them.

The model was taught words. A bracket by itself looks like a letter to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jixiao.read.pdf.scan_ink import Strip
from jixiao.read.pdf.scan_words import HEIGHT, Said, recognised

ALONE = 1.3
"""Ems; a piece that is narrower is one character or two."""

CERTAIN = 0.95
"""From here on a character is taken as it was recognised by itself."""

BESIDE = 6 * HEIGHT
"""Picture points of the neighbouring lines that are shown beside it."""

GAP = HEIGHT // 4


def read_in_context(
    strips: Sequence[Strip], said: list[Said], picture: Callable[[Strip], Any], em: float
) -> None:
    """Recognise lone characters that are uncertain once more, between their neighbours."""
    numbers = [
        number
        for number, (strip, one) in enumerate(zip(strips, said, strict=True))
        if strip.box[2] - strip.box[0] < ALONE * em and min(one.sure, default=0.0) < CERTAIN
    ]
    shown = [_between(strips, number, picture) for number in numbers]
    found = recognised([whole for whole, _, _ in shown])
    for number, (_, start, end), whole in zip(numbers, shown, found, strict=True):
        part = _part(whole, start, end)
        if part.sureness > said[number].sureness:
            said[number] = part


def _between(
    strips: Sequence[Strip], number: int, picture: Callable[[Strip], Any]
) -> tuple[Any, float, float]:
    """Return a piece between the last of the one before and the first of the one after it.

    Tell also from where to where it is in that, as shares of it.
    """
    import numpy as np

    mine = _at_height(picture(strips[number]))
    ground = np.full((HEIGHT, GAP), int(np.median(mine)), dtype=np.uint8)
    parts = [ground, mine, ground]
    left = GAP
    if number and strips[number - 1].region == strips[number].region:
        before = _at_height(picture(strips[number - 1]))[:, -BESIDE:]
        parts.insert(0, before)
        left += before.shape[1]
    if number + 1 < len(strips) and strips[number + 1].region == strips[number].region:
        parts.append(_at_height(picture(strips[number + 1]))[:, :BESIDE])
    whole = np.hstack(parts)
    width = whole.shape[1]
    return whole, (left - GAP / 2) / width, (left + mine.shape[1] + GAP / 2) / width


def _at_height(picture: Any) -> Any:
    import cv2

    height, width = picture.shape
    return cv2.resize(picture, (max(8, round(width * HEIGHT / height)), HEIGHT))


def _part(whole: Said, start: float, end: float) -> Said:
    """Return what is said between two places of a line, the middles as shares of that."""
    part = Said("", [], [])
    for text, sure, middle in zip(whole.text, whole.sure, whole.middles, strict=True):
        if start < middle < end and not text.isspace():
            part.text += text
            part.sure.append(sure)
            part.middles.append((middle - start) / (end - start))
    return part
