"""Whether a reported value reaches a target, and how much of it: comparing only, no scoring.

How many points that is worth is the business of ``score``, by the rules of a place.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.check.measures import measure
from jixiao.check.report_words import pattern, unit_groups
from jixiao.check.wording import fold
from jixiao.model import Direction, Kind, TargetValue
from jixiao.model.values import MONEY_UNITS, canonical_unit, unit_nature

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?:年|[-./]))?"
    r"(?<!\d)(?P<month>1[0-2]|0?[1-9])(?:月份?|[-./](?=\d))(?P<day>3[01]|[12]\d|0?[1-9])?"
)
_SAME_UNIT = {"公里": ("米", 1000), "千米": ("米", 1000), "吨": ("公斤", 1000)}
_MYRIAD = 10_000
_FEW_PERCENT = Decimal("1.5")


class Attained(NamedTuple):
    """What a reported value comes to: is the target reached, and what share of it (1 = all).

    ``reached`` is None where it cannot be told; ``share`` is only there for a number that is to be
    as high as possible and a target above 0.
    """

    reached: bool | None
    share: Decimal | None = None


_UNKNOWN = Attained(None)


def attained(target: TargetValue, actual: TargetValue, name: str | None) -> Attained:
    """Return what a reported value comes to against its target."""
    if actual.number is None and pattern("missed").search(fold(actual.text)):
        return Attained(False)
    if target.kind is Kind.DEADLINE:
        return Attained(_in_time(target.text, actual.text))
    if target.number is None or actual.number is None or actual.upper is not None:
        return _UNKNOWN
    wanted, most, got = _comparable(target, actual)
    if got is None or wanted is None:
        return _UNKNOWN
    if most is not None:
        return Attained(wanted <= got <= most)
    return _against(target, wanted, got, measure(name).direction or target.direction)


def _against(
    target: TargetValue, wanted: Decimal, got: Decimal, better: Direction | None
) -> Attained:
    if target.operator in ("≤", "<"):
        return Attained(got < wanted or (got == wanted and target.operator == "≤"))
    share = got / wanted if wanted > 0 else None
    if target.operator in ("≥", ">"):
        return Attained(got > wanted or (got == wanted and target.operator == "≥"), share)
    if got == wanted:
        return Attained(True, share)
    if better is Direction.HIGHER:
        return Attained(got > wanted, share)
    return Attained(got < wanted) if better is Direction.LOWER else _UNKNOWN


def differ_in_kind(target: TargetValue, actual: TargetValue) -> bool:
    """Tell whether a number is reported in a unit that cannot be the target's: 户 for 人, % for 个."""
    if not target.unit or not actual.unit:
        return False
    ours, theirs = canonical_unit(target.unit), canonical_unit(actual.unit)
    if ours == theirs:
        return False
    natures = unit_nature(ours), unit_nature(theirs)
    if None not in natures and natures[0] != natures[1]:
        return True
    groups = unit_groups().get(_bare(ours)[1]), unit_groups().get(_bare(theirs)[1])
    return None not in groups and groups[0] != groups[1]


def _comparable(
    target: TargetValue, actual: TargetValue
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return target, its upper bound and actual in one unit; None where there is none."""
    wanted, got, most = target.number, actual.number, target.upper
    if wanted is None or got is None:
        return None, None, None
    ours, theirs = target.unit or "", actual.unit or ""
    if not theirs or not ours or ours == theirs:
        if ours == "%" and not theirs and 0 < got <= 1 and wanted > _FEW_PERCENT:
            got *= 100  # a cell of a sheet that shows 95% and holds 0.95
        return wanted, most, got
    (times, one), (other_times, other) = _bare(ours), _bare(theirs)
    if one != other:
        return None, None, None
    return wanted * times, None if most is None else most * times, got * other_times


def _bare(unit: str) -> tuple[Decimal, str]:
    """万人 is 10000 of 人, 万元 10000 of 元, 公里 1000 of 米."""
    if unit in MONEY_UNITS:
        return MONEY_UNITS[unit], "元"
    if unit in _SAME_UNIT:
        smaller, times = _SAME_UNIT[unit]
        return Decimal(times), smaller
    if unit.startswith("万") and len(unit) > 1:
        return Decimal(_MYRIAD), unit[1:]
    return Decimal(1), unit.removeprefix("个") if len(unit) > 1 else unit


@lru_cache(maxsize=512)
def _in_time(target: str, actual: str) -> bool | None:
    """Tell whether a date is no later than a deadline; a day that is not named is read kindly."""
    due, done = _DATE.findall(fold(target)), _DATE.findall(fold(actual))
    if not due or not done or pattern("next_year").search(target):
        return None
    years = due[-1][0], done[-1][0]
    known = all(years)
    last = _day(due[-1], years[0] if known else "2000", 31)
    first = _day(done[-1], years[1] if known else "2000", 1)
    return None if last is None or first is None else first <= last


def _day(found: tuple[str, str, str], year: str, otherwise: int) -> tuple[int, int, int] | None:
    _, month, day = found
    number = int(day) if day else otherwise
    try:
        date(int(year), int(month), min(number, 28))
    except ValueError:
        return None
    return int(year), int(month), number


def has_date(text: str) -> bool:
    """Tell whether a text names a month or a day."""
    return _DATE.search(fold(text)) is not None
