"""What a request asks for, made out: whatever it sends is a number, a day, some words, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jixiao.web.targets.fields import without_controls

_DIGITS = 15
"""Of the longest number: any key of a row has fewer, and any database holds it."""

_YEARS = range(1990, 2200)
"""Years of days that can be meant; at the ends of the calendar there is no day after, or before."""

LONGEST = 100
"""Characters of what is searched for."""


def number(given: str) -> int | None:
    """Return a whole number that is not below 0; None for what is none."""
    fits = given.isascii() and given.isdecimal() and len(given) <= _DIGITS
    return int(given) if fits else None


def numbers(given: Iterable[str]) -> set[int]:
    """Return the numbers among what was given."""
    return {found for found in map(number, given) if found is not None}


def words(given: str) -> str:
    """Return what is searched for: without controls, which no database looks for, and not too long."""
    return without_controls(given).strip()[:LONGEST]


def day(given: str) -> date | None:
    """Return a day (2026-12-10); None for what is none."""
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if found.year in _YEARS else None
