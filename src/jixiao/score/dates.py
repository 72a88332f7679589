"""Dates as targets and reports write them: 2023年12月底前, 6月30日, 2023-11-20, 第三季度.

A mention is a span of days; a deadline is the last day allowed, in its strictest and its mildest
reading (10月前 may mean before October or within it).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from jixiao.score.units import words

_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)(?:年度?|[-./]))?"
    r"(?:"
    # only after a year is 12-31 a day: 3-10月 is a range of months
    r"(?<!\d)(?P<month>1[0-2]|0?[1-9])(?(year)(?:月份?|[-./](?=\d))|月份?)"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])(?![\d月])[日号]?|(?P<part>底|末|初|上旬|中旬|下旬)?)"
    r"|(?P<half>[上下])半年"
    r"|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<end>年底|年末|年终|年内|年度内|全年|当年|本年度?)"
    r")"
    r"|(?<!\d)(?P<bare>(?:19|20)\d\d)[-./](?P<bare_month>1[0-2]|0?[1-9])(?!\d|[-./]\d)"
    r"|(?<!\d)(?P<only>(?:19|20)\d\d)年度?(?P<tail>底|末|终|内)?"
)
_BEFORE = re.compile(r"(?:之|以)?前")
_CLOCK = re.compile(r"(?<=\d)[ T]\d{1,2}:\d\d(?::\d\d)?")  # a spreadsheet's 2023-12-30 00:00:00
_TENS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20)}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"上": (1, 6), "下": (7, 12)}


class Span(NamedTuple):
    """The days that a text may mean; ``year`` is whether it names its year itself.

    ``before`` is whether it only says that something is done before (12月底前).
    """

    first: date
    last: date
    year: bool
    before: bool = False


class Deadline(NamedTuple):
    """The last day allowed, in the strictest and in the mildest reading."""

    strict: date
    mild: date
    year: bool


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(_CLOCK.sub("", text).split()))


def last_mention(text: str, year: int) -> Span | None:
    """Return the last date that a text names, in the year given where it names none.

    None where there is no date, no such day (2月30日), or it is about the next year (次年).
    """
    return _last(_plain(text), year)


def deadline_of(text: str, year: int) -> Deadline | None:
    """Return by when a target must be reached; a range of months (3–10月) ends with its last."""
    span = _last(_plain(text), year)
    if span is None:
        return None
    # 12月15日前 includes the 15th, as budgets are read; 10月前 may or may not include October
    if span.before and span.first != span.last:
        return Deadline(span.first - timedelta(days=1), span.last, span.year)
    return Deadline(span.last, span.last, span.year)


def _last(plain: str, year: int) -> Span | None:
    if any(word in plain for word in words("words")["next_year"]["words"]):
        return None
    named: int | None = None
    found: Span | None = None
    for match in _DATE.finditer(plain):
        own = match["year"] or match["only"] or match["bare"]
        named = int(own) if own else named
        try:
            span = _span(match, named or year)
        except ValueError:  # 2月30日
            return None
        before = _BEFORE.match(plain, match.end()) is not None
        found = Span(*span, named is not None, before)
    return found


def _span(match: re.Match[str], year: int) -> tuple[date, date]:
    if match["bare"]:
        return _months(year, int(match["bare_month"]), int(match["bare_month"]))
    if match["month"]:
        return _in_month(match, year, int(match["month"]))
    if match["half"]:
        return _months(year, *_HALVES[match["half"]])
    if match["quarter"]:
        last = 3 * _QUARTERS[match["quarter"]]
        return _months(year, last - 2, last)
    if match["only"] and match["tail"] is None:
        return _months(year, 1, 12)
    return date(year, 12, 31), date(year, 12, 31)


def _in_month(match: re.Match[str], year: int, month: int) -> tuple[date, date]:
    last = monthrange(year, month)[1]
    if match["day"]:
        day = date(year, month, int(match["day"]))
        return day, day
    part = match["part"]
    if part in ("底", "末"):
        return date(year, month, last), date(year, month, last)
    if part in _TENS:
        first, end = _TENS[part]
        return date(year, month, first), date(year, month, end)
    return date(year, month, 21 if part == "下旬" else 1), date(year, month, last)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def months_late(due: date, done: date) -> int:
    """Return how many months late, each begun one counted; from the end of a month to the next."""
    months = (done.year - due.year) * 12 + done.month - due.month
    at_end = due.day == monthrange(due.year, due.month)[1]
    if not at_end and done.day > due.day:
        months += 1
    return max(months, 1)
