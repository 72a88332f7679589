"""What scoring one indicator comes to, before its points are rounded and named."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jixiao.model.scores import Score

UNKNOWN = "算不出来"


class Outcome(NamedTuple):
    """``rate`` is the 完成率 (1 is reached), None for what has none; ``score`` says the rest."""

    rate: Fraction | None
    score: Score


def undecided(full: Decimal, rule: str, source: str, *notes: str) -> Outcome:
    """Return that a person must decide, and why."""
    return Outcome(None, Score(full, None, UNKNOWN, rule, source, notes))


def told(text: str | None, most: int = 24) -> str:
    """Return a user's words in a note: on one line, and not too long."""
    plain = " ".join((text or "").split())
    return plain if len(plain) <= most else plain[:most] + "…"
