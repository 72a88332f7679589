"""期限: by when something is due, and whether it is done."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.values import numeral, parse_value
from jixiao.score.monitoring.words import HUNDRED, WORDS, has, plain

_DEADLINES = WORDS["deadlines"]
_DATE = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[-./](?P<m1>1[0-2]|0?[1-9])(?:[-./](?P<d1>3[01]|[12]\d|0?[1-9]))?(?!\d)"
    r"|(?:(?P<year2>20\d\d)年)?(?:(?<!\d)(?P<m2>1[0-2]|0?[1-9])|(?P<m3>十[一二]?|[一二三四五六七八九]))月"
    r"(?:份)?(?:(?P<d2>3[01]|[12]\d|0?[1-9])[日号]?)?"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年?")
_WORDS: list[tuple[str, int]] = sorted(_DEADLINES["months"].items(), key=lambda item: -len(item[0]))


class Date(NamedTuple):
    """A date as far as it is written: ``year`` 0 where none is, ``day`` 31 for a month's end."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        """Return the date as a message names it: 2024年9月底, 6月20日."""
        year = f"{self.year}年" if self.year else ""
        return f"{year}{self.month}月{'底' if self.day == 31 else f'{self.day}日'}"

    def in_year(self, year: int) -> Date:
        """Return the date, in this year where it names none."""
        return self if self.year else Date(year, self.month, self.day)


@lru_cache(maxsize=4096)
def due(text: str) -> Date | None:
    """Return when a target is due: the last date it names; None for 每月 and for no date."""
    words = plain(text)
    if has(words, _DEADLINES["recurring"]):
        return None
    return last_date(words)


def last_date(words: str) -> Date | None:
    """Return the last date that a text without blanks names, or the end of a period it names."""
    years = _YEAR.findall(words)
    year = int(years[-1]) if years else 0
    if found := list(_DATE.finditer(words)):
        last = found[-1]
        month = last["m1"] or last["m2"] or numeral(last["m3"] or "十二") or 12
        return Date(year, int(month), int(last["d1"] or last["d2"] or 31))
    for word, month in _WORDS:
        if word in words:
            return Date(year, month, 31)
    return Date(year, 12, 31) if year else None


class Done(NamedTuple):
    """Whether something is done, and when; ``done`` is None where the text does not tell."""

    done: bool | None
    date: Date | None


@lru_cache(maxsize=4096)
def done(text: str) -> Done:
    """Return what a report says of something due: 已完成, 6月20日完成, 尚未开工, 80%."""
    words = plain(text)
    if has(words, _DEADLINES["unfinished"]):
        return Done(False, None)
    date = last_date(words)
    if date or has(words, _DEADLINES["finished"]):
        return Done(True, date)
    value = parse_value(words)
    if value.number is not None and value.unit == "%" and value.upper is None:
        return Done(value.number >= HUNDRED, None)
    return Done(None, None)
