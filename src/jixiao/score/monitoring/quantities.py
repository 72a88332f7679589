"""What a number so far says of a target: bounds, units, what adds up over the year."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jixiao.model.text import Indicator
from jixiao.model.values import (
    MONEY_UNITS,
    Direction,
    Nature,
    TargetValue,
    canonical_unit,
    parse_value,
)
from jixiao.score.monitoring.words import HUNDRED, WORDS, has, scales, shown
from jixiao.score.points import usable

_QUANTITIES = WORDS["quantities"]


class Bounds(NamedTuple):
    """What a target allows: at least ``low``, at most ``high``; ``strict`` leaves the bound out."""

    low: Decimal | None
    high: Decimal | None
    strict: bool = False

    def missed(self, value: Decimal) -> Decimal | None:
        """Return the bound that a value misses, None if it is within."""
        if self.low is not None and (value < self.low or (self.strict and value == self.low)):
            return self.low
        if self.high is not None and (value > self.high or (self.strict and value == self.high)):
            return self.high
        return None

    @property
    def lower_is_better(self) -> bool:
        """Whether only an upper bound is set (反向指标)."""
        return self.low is None


def bounds(indicator: Indicator) -> tuple[Bounds, str | None]:
    """Return what the target allows, and a note where sign and name are at odds.

    The sign decides, as it is what was approved; a number with no sign is a lower bound unless
    the name or the category says that less is better.
    """
    value = indicator.value
    assert value.number is not None
    if value.upper is not None:
        high = None if value.direction is Direction.HIGHER else value.upper
        low = None if value.direction is Direction.LOWER else value.number
        return Bounds(low, high), None
    strict = value.operator in ("<", ">")
    if value.operator in ("≥", ">"):
        return Bounds(value.number, None, strict), None
    if value.operator in ("≤", "<"):
        note = None
        if value.direction is Direction.HIGHER:
            note = "指标值的符号是上限，名称却是越高越好，请核对指标值；这里按符号判断"
        return Bounds(None, value.number, strict), note
    category = f"{indicator.level1 or ''}{indicator.level2 or ''}"
    if value.direction is Direction.LOWER or has(category, _QUANTITIES["cost_words"]):
        return Bounds(None, value.number), None
    return Bounds(value.number, None), None


def accrues(indicator: Indicator) -> bool:
    """Tell whether the quantity adds up over the year (people trained), or is a level (a rate)."""
    value, name = indicator.value, indicator.name or ""
    if value.nature not in (Nature.COUNT, Nature.MONEY) or value.unit is None:
        return False
    if "/" in value.unit or value.unit in _QUANTITIES["level_units"]:
        return False
    return not has(name, _QUANTITIES["level_words"])


def grows(indicator: Indicator) -> bool:
    """Tell whether a rate rises with the work through the year (完成率), so that less is normal."""
    name = indicator.name or ""
    return indicator.value.nature is Nature.RATE and bool(has(name, _QUANTITIES["growing_rates"]))


class Measured(NamedTuple):
    """A reported number in the target's unit, with a note on how it was understood."""

    number: Decimal | None
    note: str | None = None


def measured(text: str | None, indicator: Indicator) -> Measured:
    """Return the number that a report gives for an indicator, in the unit of its target."""
    if not text or not text.strip():
        return Measured(None)
    value = parse_value(text, indicator.name or "")
    if value.number is None or value.upper is not None:
        return Measured(None, f"“{text.strip()[:40]}”看不出是多少")
    if not usable(value.number):
        return Measured(None, "填报的数大得离谱，请核对")
    return _in_unit(value.number, value, indicator.value)


def _in_unit(number: Decimal, value: TargetValue, target: TargetValue) -> Measured:
    """Return a number in the target's unit."""
    own = value.unit
    if own == target.unit:
        return Measured(number)
    if own is None:
        return Measured(number, f"没有写单位，按指标值的单位“{target.unit}”理解")
    if target.unit is None:
        return Measured(number, f"指标值没有写单位，按“{own}”理解")
    if (factor := _factor(own, target.unit)) is not None:
        return Measured(number * factor, f"{value.text.strip()}换算为{target.unit}")
    if own == "%" and target.nature in (Nature.COUNT, Nature.MONEY) and target.number is not None:
        part = target.number * number / HUNDRED
        return Measured(part, f"填的是完成率，按 {shown(target.number)} × {shown(number)}% 折算")
    return Measured(None, f"单位“{own}”与指标值的单位“{target.unit}”不能换算")


def _factor(unit: str, other: str) -> Decimal | None:
    """Return how many of the other unit one unit is; None where they do not convert."""
    head, _, per = canonical_unit(unit).partition("/")
    other_head, _, other_per = canonical_unit(other).partition("/")
    if per and per != other_per:
        return None
    if head == other_head:
        return Decimal(1)
    if head in MONEY_UNITS and other_head in MONEY_UNITS:
        return MONEY_UNITS[head] / MONEY_UNITS[other_head]
    one, two = scales().get(head), scales().get(other_head)
    if one and two and one[0] == two[0]:
        return one[1] / two[1]
    return None


def with_unit(number: Decimal, unit: str | None) -> str:
    """Return a number with its unit, for reading: 120人, 95%."""
    return f"{shown(number)}{unit or ''}"
