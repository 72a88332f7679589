"""Characters with their boxes: as they were written on, and as they stand on a line."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from operator import add, lt, sub

import msgspec

PARTED = 1.5
"""Points between two characters that a line parts; letters over a line touch each other."""


class Writing(msgspec.Struct, gc=False):
    """Some characters in order: what they are and their boxes, in lists of one length.

    Pages have thousands of characters: lists of figures take a fraction of the time that a thing
    for each would. ``turn`` is which way the writing runs (0 right, 1 down, 2 left, 3 up);
    ``blanks`` tells which are spaces of any width, None where none is. ``is_run`` tells that no
    two of them stand PARTED points apart. The last three are measured from the others.
    """

    texts: Sequence[str]
    x0s: list[float]
    y0s: list[float]
    x1s: list[float]
    y1s: list[float]
    turn: int = 0
    blanks: list[bool] | None = None
    is_run: bool = False
    widths: list[float] = []
    top: float = 0.0
    bottom: float = 0.0

    def __post_init__(self) -> None:
        """Measure it."""
        if self.x0s:
            self.widths = list(map(sub, self.x1s, self.x0s))
            self.top, self.bottom = min(self.y0s), max(self.y1s)

    @property
    def is_blank(self) -> bool:
        """Tell that it says nothing."""
        return self.blanks is not None and all(self.blanks)

    @property
    def ends_blank(self) -> bool:
        """Tell that its last character is a blank."""
        return self.blanks is not None and self.blanks[-1]

    def picked(self, places: Sequence[int]) -> Writing:
        """Return the characters at some places."""
        return Writing(
            [self.texts[place] for place in places],
            [self.x0s[place] for place in places],
            [self.y0s[place] for place in places],
            [self.x1s[place] for place in places],
            [self.y1s[place] for place in places],
            self.turn,
            None if self.blanks is None else [self.blanks[place] for place in places],
        )

    def part(self, start: int, end: int) -> Writing:
        """Return the characters from one place to another."""
        blanks = None if self.blanks is None else self.blanks[start:end]
        return Writing(
            self.texts[start:end], self.x0s[start:end], self.y0s[start:end], self.x1s[start:end],
            self.y1s[start:end], self.turn, blanks,
        )  # fmt: skip

    def said(self) -> Writing:
        """Return the characters that are no blanks."""
        if self.blanks is None:
            return self
        said = self.picked([place for place, blank in enumerate(self.blanks) if not blank])
        said.blanks = None
        return said

    def turned(self, turn: int) -> Writing:
        """Return writing that runs in a direction turned the right way up; blanks are signs then."""
        x0s, y0s, x1s, y1s = self.x0s, self.y0s, self.x1s, self.y1s
        if turn == 1:
            return Writing(self.texts, y0s, _negative(x1s), y1s, _negative(x0s))
        if turn == 2:
            return Writing(
                self.texts, _negative(x1s), _negative(y1s), _negative(x0s), _negative(y0s)
            )
        return Writing(self.texts, _negative(y1s), x0s, _negative(y0s), x1s)


def _negative(values: list[float]) -> list[float]:
    return [-value for value in values]


def together(runs: Sequence[Writing]) -> Writing:
    """Return runs as one."""
    if len(runs) == 1:
        return runs[0]
    texts: list[str] = []
    x0s: list[float] = []
    y0s: list[float] = []
    x1s: list[float] = []
    y1s: list[float] = []
    for run in runs:
        texts += run.texts
        x0s += run.x0s
        y0s += run.y0s
        x1s += run.x1s
        y1s += run.y1s
    blanks = None
    if any(run.blanks is not None for run in runs):
        blanks = [blank for run in runs for blank in (run.blanks or [False] * len(run.texts))]
    return Writing(texts, x0s, y0s, x1s, y1s, 0, blanks)


def runs_of(writing: Writing) -> list[Writing]:
    """Return the characters that were written on without a gap."""
    starts: list[int] = []
    blanks = writing.blanks or [False] * len(writing.texts)
    right, upper, lower = 0.0, 1.0, 0.0  # at first nothing is between upper and lower
    boxes = zip(writing.x0s, writing.y0s, writing.x1s, writing.y1s, blanks, strict=True)
    for place, (x0, y0, x1, y1, blank) in enumerate(boxes):
        if not (upper < (y0 + y1) / 2 < lower and -PARTED < x0 - right < PARTED):
            starts.append(place)
        right, upper = x1, y0
        # A blank at a line's end may reach into the next cell: no run goes over it.
        lower = -1.0 if blank else y1
    return [
        writing.part(start, end) for start, end in itertools.pairwise([*starts, len(writing.texts)])
    ]


def rows_of(runs: Sequence[Writing]) -> list[Writing]:
    """Group characters that stand on one line, from top to bottom; each line from left to right.

    Most runs are a line each, and it is plain that they are: those are spared the way character by
    character.
    """
    if _are_lines(runs):
        return list(runs)
    rows: list[Writing] = []
    for band in _bands(runs):
        row = band[0] if len(band) == 1 else together(sorted(band, key=_left))
        if _is_level(row) and _runs_right(row):
            rows.append(row)
        else:
            rows += _rows(together(band))
    return rows


def _are_lines(runs: Sequence[Writing]) -> bool:
    """Tell whether it is plain that runs are a line each, from top to bottom: most are."""
    bottom = -math.inf
    for run in runs:
        if run.top <= bottom or not run.is_run or not _is_level(run):
            return False
        if min(run.widths) <= PARTED:
            return False
        bottom = run.bottom
    return True


def _is_level(row: Writing) -> bool:
    """Tell whether all characters share the better part of the height."""
    return 2 * (min(row.y1s) - max(row.y0s)) >= row.bottom - row.top


def _bands(runs: Sequence[Writing]) -> list[list[Writing]]:
    """Return the runs that stand clear of all others above and below, from top to bottom."""
    tops = [run.top for run in runs]
    bands: list[list[int]] = []
    bottom = -math.inf
    for number in sorted(range(len(runs)), key=tops.__getitem__):
        if tops[number] > bottom:
            bands.append([])
        bands[-1].append(number)
        bottom = max(bottom, runs[number].bottom)
    return [[runs[number] for number in sorted(band)] for band in bands]


def _runs_right(row: Writing) -> bool:
    """Tell whether each character's middle is to the right of that of the one before it."""
    middles = list(map(add, row.x0s, row.x1s))
    return all(map(lt, middles, middles[1:]))


def _left(run: Writing) -> float:
    return run.x0s[0] + run.x1s[0]


def _rows(writing: Writing) -> list[Writing]:
    """Group characters into lines, one by one."""
    y0s, y1s = writing.y0s, writing.y1s
    levels = list(map(add, y0s, y1s))
    middles = list(map(add, writing.x0s, writing.x1s))
    rows: list[list[int]] = []
    row: list[int] = []
    top = bottom = 0.0
    for place in sorted(range(len(levels)), key=levels.__getitem__):
        y0, y1 = y0s[place], y1s[place]
        shared = (bottom if bottom < y1 else y1) - (top if top > y0 else y0)
        height = y1 - y0
        if row and 2 * shared >= (height if height < bottom - top else bottom - top):
            row.append(place)
            if height > bottom - top:
                top, bottom = y0, y1
        else:
            row = [place]
            rows.append(row)
            top, bottom = y0, y1
    for row in rows:
        row.sort(key=middles.__getitem__)
    if len(rows) == 1 and rows[0] == list(range(len(levels))):
        return [writing]
    return [writing.picked(row) for row in rows]
