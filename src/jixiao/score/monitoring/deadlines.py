"""期限: by when something is due, and whether it is done."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.values import parse_value
from jixiao.score.dates import deadline_of, last_mention
from jixiao.score.monitoring.words import HUNDRED, WORDS, has, plain

_DEADLINES = WORDS["deadlines"]
_SEASONS: dict[str, int] = _DEADLINES["seasons"]


@lru_cache(maxsize=4096)
def due(text: str, year: int) -> date | None:
    """Return the last day that a target allows, in its mildest reading.

    None where it names no one day (每月) or no day at all. ``year`` is for a day without one.
    """
    words = plain(text)
    if has(words, _DEADLINES["recurring"]):
        return None
    if found := deadline_of(words, year):
        return found.mild
    season = has(words, list(_SEASONS))
    return month_end(year, _SEASONS[season]) if season else None


def named_year(text: str) -> int | None:
    """Return the year that a deadline names itself."""
    found = last_mention(plain(text), date.today().year)
    return found.last.year if found and found.year else None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def told(day: date) -> str:
    """Return a day as a message names it: 2024年9月底, 2024年6月20日."""
    at_end = day == month_end(day.year, day.month)
    return f"{day.year}年{day.month}月{'底' if at_end else f'{day.day}日'}"


def percent_of(text: str) -> Decimal | None:
    """Return the percentage that a text states, and nothing else: 60%, 已完成60%."""
    value = parse_value(text)
    return value.number if value.unit == "%" and value.upper is None else None


class Done(NamedTuple):
    """Whether something is done, and when; ``done`` is None where the text does not tell."""

    done: bool | None
    day: date | None


@lru_cache(maxsize=4096)
def done(text: str, today: date) -> Done:
    """Return what a report says of something due: 已完成, 6月20日完成, 尚未开工, 80%.

    A day after ``today`` is when it will be done, not when it was.
    """
    words = plain(text)
    if (percent := percent_of(words)) is not None:
        return Done(percent >= HUNDRED, None)
    if has(words, _DEADLINES["unfinished"]):
        return Done(False, None)
    mention = last_mention(words, today.year)
    if mention is None:
        return Done(True if has(words, _DEADLINES["finished"]) else None, None)
    if mention.first > today:
        return Done(False, mention.last)
    return Done(True, mention.last if mention.last <= today else None)
