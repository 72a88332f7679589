"""Tables without lines at their sides: the sides are put in, so that full rows belong to them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from jixiao.read.pdf.frame import Box
from jixiao.read.pdf.lattice import TOUCH
from jixiao.read.pdf.rules import Rule

SAME = 3.0
"""Points by which the lines of one table may end elsewhere."""

SHORTEST = 150.0
"""Points; what is shorter underlines words."""

TALLEST = 160.0
"""Points between two lines of one table: a row of ten lines of writing."""

FILLED = 0.5
"""The share of the height between two lines of a table that is written on at least. Above a
table's title, and around words between two rules of a page, more is blank."""


def open_sides(
    across: Sequence[Rule], down: Sequence[Rule], writing: Callable[[], Sequence[Box]]
) -> list[Rule]:
    """Return the lines that are missing at the sides of tables.

    Two lines across make a row where they begin and end alike, nothing stands at their ends, no
    other line lies between them, and words fill most of the room there. ``writing`` gives the
    boxes of the rows of words.
    """
    long = sorted(
        (rule for rule in across if rule.end - rule.start >= SHORTEST), key=lambda rule: rule.at
    )
    found: list[Rule] = []
    bands: Sequence[Box] | None = None
    for upper, lower in itertools.pairwise(long):
        if (
            abs(upper.start - lower.start) > SAME
            or abs(upper.end - lower.end) > SAME
            or lower.at - upper.at > TALLEST
            or _is_closed(upper, down)
            or _is_closed(lower, down)
        ):
            continue
        bands = writing() if bands is None else bands
        within = [box for box in bands if upper.at < (box[1] + box[3]) / 2 < lower.at]
        if any(box[0] < upper.start - SAME or box[2] > upper.end + SAME for box in within):
            continue
        if not _is_crossed(upper, lower, down) and _stands_off(within, upper.at, lower.at):
            continue
        if sum(box[3] - box[1] for box in within) >= FILLED * (lower.at - upper.at):
            found.append(Rule(upper.start, upper.at, lower.at))
            found.append(Rule(upper.end, upper.at, lower.at))
    return found


def _is_crossed(upper: Rule, lower: Rule, down: Sequence[Rule]) -> bool:
    """Tell whether a line down leads from one line across to the other, between cells."""
    return any(
        upper.start < one.at < upper.end
        and one.start - TOUCH <= upper.at
        and one.end + TOUCH >= lower.at
        for one in down
    )


def _stands_off(within: Sequence[Box], top: float, bottom: float) -> bool:
    """Tell words that a blank line keeps from a line across: they stand between two tables."""
    if not within:
        return True
    height = max(box[3] - box[1] for box in within)
    return min(box[1] for box in within) - top > height or (
        bottom - max(box[3] for box in within) > height
    )


def _is_closed(rule: Rule, down: Sequence[Rule]) -> bool:
    """Tell whether a line down stands at an end of a line across."""
    return any(
        one.start - TOUCH <= rule.at <= one.end + TOUCH
        and (abs(one.at - rule.start) <= TOUCH or abs(one.at - rule.end) <= TOUCH)
        for one in down
    )
