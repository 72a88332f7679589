"""Target values held against each other: by what they mean, and then by how they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from jixiao.compare.amounts import UNIT, percent, sane
from jixiao.compare.changes import Kind, ValueChange
from jixiao.compare.wording import key, plain, relative, unspaced
from jixiao.model import Direction, TargetValue
from jixiao.model import Kind as ValueKind
from jixiao.model.values import MONEY_UNITS, canonical_unit

_NOTE = re.compile(r"\(([^()]*)\)$")
_DATE = re.compile(r"(?:(20\d\d)年)?(?<!\d)(1[0-2]|0?[1-9])月")
_FLOORS, _CEILINGS = ("≥", ">"), ("≤", "<")
_MONTHS = 12


class Years(NamedTuple):
    """The budget years of the two texts, as far as they are known."""

    before: int | None = None
    after: int | None = None

    @property
    def between(self) -> int:
        """How many years the second text is later than the first; 0 where it cannot be told."""
        return self.after - self.before if self.before and self.after else 0


class _Range(NamedTuple):
    """What a target allows. The second of each bound makes a stricter bound sort as one."""

    low: tuple[Decimal, bool] | None
    high: tuple[Decimal, bool] | None

    def within(self, other: _Range) -> bool:
        return (other.low is None or (self.low is not None and self.low >= other.low)) and (
            other.high is None or (self.high is not None and self.high <= other.high)
        )


def compared(
    before: TargetValue, after: TargetValue, years: Years
) -> tuple[Kind, ValueChange | None]:
    """Return what became of a target value, and by how much where that can be told."""
    ours, theirs = before.text, after.text
    if ours == theirs or unspaced(ours) == unspaced(theirs):
        return Kind.SAME, None
    if not plain(ours) or not plain(theirs):
        return (Kind.DROPPED if plain(ours) else Kind.ADDED), None
    if before.kind is after.kind is ValueKind.QUANTITATIVE:
        return _quantities(before, after)
    if _signs(ours) == _signs(theirs):
        return Kind.REWORDED, None
    if years.between and relative(ours, years.before) == relative(theirs, years.after):
        return Kind.ROLLED, None
    if before.kind is after.kind is ValueKind.DEADLINE:
        return Kind.CHANGED, _deadlines(ours, theirs, years)
    return Kind.CHANGED, _measured(before, after)


def _signs(text: str) -> str:
    """Return a value's key; a lone sign such as ★ or √ has none and counts as it is."""
    return key(text) or plain(text)


def _quantities(before: TargetValue, after: TargetValue) -> tuple[Kind, ValueChange | None]:
    if _signs(before.text) == _signs(after.text):
        return Kind.REWORDED, None
    both = _in_one_unit(before, after)
    if both is None:
        return Kind.CHANGED, None
    ours, theirs = both
    alike = _meaning(ours) == _meaning(theirs)
    if alike and _note(before) == _note(after):
        return Kind.REWORDED, None
    first, second = sane(ours.number), sane(theirs.number)
    if first is None or second is None:
        return Kind.CHANGED, None
    single = ours.upper is None and theirs.upper is None
    difference = second - first if single else None
    change = ValueChange(
        number=_number(ours, theirs),
        demand=_demand(ours, theirs),
        difference=difference or None,
        percent=percent(first, second) if difference else None,
        unit=ours.unit,
        turned=_turned(before, after),
    )
    return Kind.CHANGED, change


def _meaning(value: TargetValue) -> tuple[object, ...]:
    """No sign of comparison says as much as =."""
    operator = None if value.operator == "=" else value.operator
    return operator, value.number, value.upper


def _note(value: TargetValue) -> str:
    """Return what stands in brackets behind a value, if it is no unit: ≥95%(问卷调查)."""
    found = _NOTE.search(plain(value.text))
    if found is None or canonical_unit(found[1]) == value.unit:
        return ""
    return key(found[1])


def _in_one_unit(before: TargetValue, after: TargetValue) -> tuple[TargetValue, TargetValue] | None:
    """Return two values in one unit, money of different units in 万元; None where none is theirs."""
    if before.unit == after.unit:
        return before, after
    ours, _, ours_per = (before.unit or "").partition("/")
    theirs, _, theirs_per = (after.unit or "").partition("/")
    if ours_per != theirs_per or ours not in MONEY_UNITS or theirs not in MONEY_UNITS:
        return None
    return _in_wan(before, ours), _in_wan(after, theirs)


def _in_wan(value: TargetValue, unit: str) -> TargetValue:
    def turned(number: Decimal | None) -> Decimal | None:
        sound = sane(number)
        return None if sound is None else sound * MONEY_UNITS[unit] / MONEY_UNITS[UNIT]

    head = value.unit or unit
    return msgspec.structs.replace(
        value,
        number=turned(value.number),
        upper=turned(value.upper),
        unit=UNIT + head.removeprefix(unit),
    )


def _number(before: TargetValue, after: TargetValue) -> Literal["raised", "lowered"] | None:
    """Return where the number went; of an interval, where both its ends went."""
    if (before.upper is None) != (after.upper is None):
        return None
    steps = [
        theirs - ours
        for ours, theirs in ((before.number, after.number), (before.upper, after.upper))
        if ours is not None and theirs is not None and sane(ours - theirs) is not None
    ]
    if any(step > 0 for step in steps) and all(step >= 0 for step in steps):
        return "raised"
    if any(step < 0 for step in steps) and all(step <= 0 for step in steps):
        return "lowered"
    return None


def _demand(before: TargetValue, after: TargetValue) -> Literal["tightened", "loosened"] | None:
    """Return whether the second target allows less than the first or more."""
    better = before.direction if before.direction is after.direction else None
    ours, theirs = _range(before, better), _range(after, better)
    if ours is None or theirs is None or ours == theirs:
        return None
    if theirs.within(ours):
        return "tightened"
    return "loosened" if ours.within(theirs) else None


def _range(value: TargetValue, better: Direction | None) -> _Range | None:
    """Return what a value allows; where one side is better, a plain number is the least asked."""
    number = value.number
    if number is None:
        return None
    if value.upper is not None:
        return _Range((number, False), (value.upper, False))
    if value.operator in _FLOORS:
        return _Range((number, value.operator == ">"), None)
    if value.operator in _CEILINGS:
        return _Range(None, (number, value.operator == "≤"))
    if better is Direction.HIGHER:
        return _Range((number, False), None)
    if better is Direction.LOWER:
        return _Range(None, (number, True))
    return _Range((number, False), (number, True))


def _turned(before: TargetValue, after: TargetValue) -> bool:
    signs = before.operator, after.operator
    return any(sign in _FLOORS for sign in signs) and any(sign in _CEILINGS for sign in signs)


def _deadlines(before: str, after: str, years: Years) -> ValueChange | None:
    """Return by how many months a deadline moves within its budget year."""
    ours, theirs = _month(before, years.before), _month(after, years.after)
    if ours is None or theirs is None or ours == theirs:
        return None
    later = theirs - ours
    return ValueChange(
        demand="loosened" if later > 0 else "tightened",
        difference=Decimal(later),
        unit="月",
        deadline=True,
    )


def _month(text: str, year: int | None) -> int | None:
    """Return the month of the budget year that a deadline names, 13 for January after it."""
    found = _DATE.findall(plain(text))
    if len(found) != 1 or (found[0][0] and year is None):
        return None
    stated, month = found[0]
    return int(month) + (_MONTHS * (int(stated) - year) if stated and year else 0)


def _measured(before: TargetValue, after: TargetValue) -> ValueChange | None:
    if before.kind is ValueKind.QUALITATIVE and after.kind is ValueKind.QUANTITATIVE:
        return ValueChange(measured="gained", unit=after.unit)
    if before.kind is ValueKind.QUANTITATIVE and after.kind is ValueKind.QUALITATIVE:
        return ValueChange(measured="lost", unit=before.unit)
    return None
