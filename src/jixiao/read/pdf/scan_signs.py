"""What a line was recognised as, set out in the picture: where each character stands, how wide.

The model tells characters by their look alone; what looks the same at full and half width is told
by the room that it takes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

import msgspec

from jixiao.read.pdf.lines import is_wide
from jixiao.read.pdf.scan_ink import Strip
from jixiao.read.pdf.scan_settings import dashes, plain, twins
from jixiao.read.pdf.scan_words import Said
from jixiao.read.pdf.writing import Writing

NARROW = 0.55
"""Ems that a Latin letter or figure is wide."""

GAP = 0.4
"""Ems between two characters beyond their own room that are a blank. The model tells where a
character is to about a quarter."""

HALF, FULL = 0.62, 0.82
"""Ems between what stands on either side of a sign: up to here it is of half width, from here on
of full width. Between them the model's word stands."""

FLAT = 0.25
"""Ems that a dash is high at most, with what the scanner made of it."""


class Sign(msgspec.Struct):
    """A character of a line, where its middle is in the picture, and how sure it is.

    ``is_settled`` tells that its room has told its width.
    """

    text: str
    x: float
    sure: float
    is_settled: bool = False


def signs_of(said: Said, strip: Strip, span: tuple[float, float], em: float) -> list[Sign]:
    """Return a line's characters as print has them; ``span`` is from where to where it was cut."""
    left, right = span
    signs = [
        Sign(text.translate(plain()), left + middle * (right - left), sure)
        for text, middle, sure in zip(said.text, said.middles, said.sure, strict=True)
        if not text.isspace()
    ]
    if _is_dash(signs, strip, em):
        return _dashes(signs, strip, em)
    _tell_widths(signs, strip, size_of(signs, em))
    return signs


def _is_dash(signs: Sequence[Sign], strip: Strip, em: float) -> bool:
    x0, y0, x1, y1 = strip.box
    return (
        y1 - y0 < FLAT * em
        and x1 - x0 > 1.5 * em
        and bool(signs)
        and all(sign.text in dashes() for sign in signs)
    )


def _dashes(signs: Sequence[Sign], strip: Strip, em: float) -> list[Sign]:
    """Return so many dashes as have room in a stroke: each is as wide as a Chinese character."""
    x0, _, x1, _ = strip.box
    count = max(1, round((x1 - x0) / em))
    step, sure = (x1 - x0) / count, max(sign.sure for sign in signs)
    return [Sign("—", x0 + (number + 0.5) * step, max(sure, 0.9)) for number in range(count)]


def _tell_widths(signs: list[Sign], strip: Strip, size: float) -> None:
    """Set signs that are printed at half or full width right, by the room between their neighbours.

    At the end of a line that room is not seen: there the model's word stands, or its partner's.
    """
    full_of = twins()
    half_of = {full: half for half, full in full_of.items()}
    inks = _inks(signs, strip)
    for number, sign in enumerate(signs):
        if sign.text not in full_of and sign.text not in half_of:
            continue
        if number in (0, len(signs) - 1):
            if number and sign.text in ",;" and is_wide(signs[number - 1].text):
                sign.text = full_of[sign.text]
            continue
        before, after = inks[number - 1], inks[number + 1]
        if before is None or after is None:
            continue
        room = (after[0] - before[1]) / size
        if room < HALF:
            sign.text, sign.is_settled = half_of.get(sign.text, sign.text), True
        elif room > FULL:
            sign.text, sign.is_settled = full_of.get(sign.text, sign.text), True


def _inks(signs: Sequence[Sign], strip: Strip) -> list[tuple[int, int] | None]:
    """Return from where to where the ink of each character goes, None where none is its own."""
    found: list[tuple[int, int] | None] = [None] * len(signs)
    for start, end in strip.inked:
        middle = (start + end) / 2
        nearest = min(range(len(signs)), key=lambda number: abs(signs[number].x - middle))
        known = found[nearest]
        found[nearest] = (min(known[0], start), max(known[1], end)) if known else (start, end)
    return found


def set_brackets(lines: Sequence[tuple[Strip, Sequence[Sign]]], em: float) -> None:
    """Give brackets whose width is not seen that of their partners, over the lines of one text.

    Where neither is seen and they differ, they are as wide as what they hold.
    """
    _tell_first(lines, em)
    full_of = twins()
    opened: list[tuple[Sign, Sign]] = []  # a bracket, and what follows it
    signs = [sign for _, line in lines for sign in line]
    for number, sign in enumerate(signs):
        if sign.text in ("(", "（"):
            opened.append((sign, signs[min(number + 1, len(signs) - 1)]))
        elif sign.text in (")", "）") and opened:
            partner, inner = opened.pop()
            if partner.is_settled == sign.is_settled:
                is_full = is_wide(inner.text)
                if partner.is_settled or (partner.text == "(") == (sign.text == ")"):
                    continue
            else:
                is_full = partner.text == "（" if partner.is_settled else sign.text == "）"
            partner.text = full_of["("] if is_full else "("
            sign.text = full_of[")"] if is_full else ")"


def _tell_first(lines: Sequence[tuple[Strip, Sequence[Sign]]], em: float) -> None:
    """Tell the width of brackets that begin a line: full ones are drawn in by half their room."""
    if len(lines) < 2:
        return
    lefts = [strip.box[0] for strip, _ in lines]
    for strip, signs in lines:
        if not signs or signs[0].text not in ("(", "（"):
            continue
        left = min(lefts)
        other = lines[lefts.index(left)][0]
        centred = abs(sum(other.box[::2]) - sum(strip.box[::2])) < 0.4 * em
        if other is not strip and not centred and 0.35 < (strip.box[0] - left) / em < 0.75:
            signs[0].text, signs[0].is_settled = twins()["("], True


def writing_of(signs: Sequence[Sign], strip: Strip, em: float, point: float) -> Writing:
    """Return a line's characters in points; ``em`` is the usual size in the picture."""
    if not signs:
        return Writing([], [], [], [], [])
    x0, y0, x1, y1 = strip.box
    size = size_of(signs, em)
    middle = (y0 + y1) / 2
    half = max(y1 - y0, 0.9 * size) / 2
    edges = _edges(signs, size, x0, x1)
    return Writing(
        [sign.text for sign in signs],
        [left * point for left, _ in edges],
        [(middle - half) * point] * len(signs),
        [right * point for _, right in edges],
        [(middle + half) * point] * len(signs),
    )


def size_of(signs: Sequence[Sign], em: float) -> float:
    """Return how far Chinese characters of a line lie apart; the usual size where it has few."""
    steps = [
        after.x - before.x
        for before, after in itertools.pairwise(signs)
        if is_wide(before.text) and is_wide(after.text)
    ]
    own = median(steps) if len(steps) >= 3 else em
    return em if 0.85 * em < own < 1.15 * em else own


def _edges(
    signs: Sequence[Sign], size: float, first: float, last: float
) -> list[tuple[float, float]]:
    """Return from where to where each character goes: up to the next one, but for blanks."""
    halves = [0.5 * size * (1 if is_wide(sign.text) else NARROW) for sign in signs]
    lefts, rights = [first], []
    for number in range(len(signs) - 1):
        here, there = signs[number].x, signs[number + 1].x
        right, left = here + halves[number], there - halves[number + 1]
        if left - right < GAP * size:
            share = halves[number] / (halves[number] + halves[number + 1])
            right = left = here + share * (there - here)
        rights.append(right)
        lefts.append(left)
    end = signs[-1].x + halves[-1]
    rights.append(max(last, end) if is_wide(signs[-1].text) else last)
    return list(zip(lefts, rights, strict=True))
