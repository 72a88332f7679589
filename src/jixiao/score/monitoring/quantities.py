"""What a number so far says of a target: bounds, units, what adds up over the year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jixiao.model.text import Indicator
from jixiao.model.values import Direction, Nature, TargetValue, parse_value
from jixiao.score.monitoring.settings import IndicatorSettings
from jixiao.score.monitoring.words import HUNDRED, WORDS, has, shown
from jixiao.score.points import usable
from jixiao.score.quantitative import bounds_of
from jixiao.score.units import reconciled, words

_QUANTITIES = WORDS["quantities"]
_LONGEST = 200
_SHOWN = 40


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


def bounds(
    indicator: Indicator, scale: Fraction, settings: IndicatorSettings
) -> tuple[Bounds, str | None]:
    """Return what the target allows, and a note where sign and name are at odds.

    The sign decides, as it is what was approved. Of a number without one, or an interval, only
    the worse side counts where it is known which that is; a cost is better the lower.
    ``scale`` is what the target is to be multiplied by (see ``units.reconciled``).
    """
    value = indicator.value
    found = bounds_of(value, scale, Fraction(settings.about) / 100)
    low = None if found.low is None else decimal(found.low)
    high = None if found.high is None else decimal(found.high)
    if low is None or high is None:
        odd = value.operator in ("≤", "<") and value.direction is Direction.HIGHER
        note = "指标值的符号是上限，名称却是越高越好，请核对指标值；这里按符号判断"
        return Bounds(low, high, found.open), note if odd else None
    category = f"{indicator.level1 or ''}{indicator.level2 or ''}"
    is_cost = has(category, _QUANTITIES["cost_words"]) is not None
    if value.direction is Direction.LOWER or is_cost or not low:
        return Bounds(None, high), None
    if value.direction is Direction.HIGHER or value.upper is None:
        return Bounds(low, None), None
    return Bounds(low, high), None


def decimal(number: Fraction) -> Decimal:
    """Return a fraction as a decimal number, of 28 digits where it has no end."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def accrues(indicator: Indicator) -> bool:
    """Tell whether the quantity adds up over the year (people trained), or is a level (a rate)."""
    value, name = indicator.value, indicator.name or ""
    if value.nature not in (Nature.COUNT, Nature.MONEY) or value.unit is None:
        return False
    unit, _, per = value.unit.partition("/")
    if (per and per not in words("words")["year"]["tails"]) or unit in _QUANTITIES["level_units"]:
        return False
    return not has(name, _QUANTITIES["level_words"]) and not is_stock(unit, name)


def is_stock(unit: str, name: str) -> bool:
    """Tell whether a count is of what is there all year: the people on a pension, the villages.

    The same ones are counted each month; twelve months of them are not twelve times as many.
    """
    if has(name, _QUANTITIES["flow_words"]):
        return False
    plain = unit.lstrip("万亿千百十")
    return plain in _QUANTITIES["stock_units"] or has(name, _QUANTITIES["stock_words"]) is not None


def extrapolated(indicator: Indicator, allowed: Bounds) -> bool:
    """Tell whether the months so far tell the year.

    They do for what adds up, but for a cost: money goes out by the plan of the work, not by the
    month, and the lamp of the money looks at that.
    """
    is_cost = indicator.value.nature is Nature.MONEY and allowed.lower_is_better
    return accrues(indicator) and not is_cost


def may_still_rise(indicator: Indicator) -> bool:
    """Tell whether being below the target is normal before the year ends.

    So it is for a rate that rises with the work (完成率), and for a number that is a year's whole
    or a level, one cannot see which (人均收入, 服务时长). 合格率 should be kept at any time.
    """
    nature = indicator.value.nature
    if nature is not Nature.RATE:
        return nature in (Nature.COUNT, Nature.MONEY, Nature.TIME)
    name = indicator.name or ""
    if has(name, _QUANTITIES["growing_rates"]):
        return True
    in_category = has(indicator.level2 or "", _QUANTITIES["growing_categories"])
    return bool(in_category) and not has(name, _QUANTITIES["steady_rates"])


class Measured(NamedTuple):
    """A reported number in the target's unit, with notes on how it was understood.

    ``scale`` is what the target is to be multiplied by to be in that unit itself.
    """

    number: Decimal | None
    notes: tuple[str, ...] = ()
    scale: Fraction = Fraction(1)


def measured(text: str | None, indicator: Indicator, settings: IndicatorSettings) -> Measured:
    """Return the number that a report gives for an indicator, in the unit of its target."""
    if not text or not text.strip():
        return Measured(None)
    text, target = text.strip()[:_LONGEST], indicator.value
    value = parse_value(text, indicator.name or "")
    if value.number is None or value.upper is not None:
        return Measured(None, (f"“{text[:_SHOWN]}”看不出是多少",))
    if not usable(value.number):
        return Measured(None, (f"“{text[:_SHOWN]}”大得离谱，请核对",))
    vague: tuple[str, ...] = ()
    if value.operator not in (None, "="):
        vague = (f"“{text[:_SHOWN]}”不是确定的数，请写实际的数；这里按 {shown(value.number)} 判断",)
    if value.unit == "%" and target.nature in (Nature.COUNT, Nature.MONEY):
        return _share(value.number, target, vague)
    found = reconciled(value, target, Fraction(settings.fraction_from))
    number = None if found.actual is None else decimal(found.actual)
    return Measured(number, (*vague, *found.notes), found.target_scale)


def _share(percent: Decimal, target: TargetValue, vague: tuple[str, ...]) -> Measured:
    """Return how much a percentage of a count or a sum is: whoever reports 60% of 120人 has 72."""
    assert target.number is not None
    note = f"填的是完成率，按 {shown(target.number)} × {shown(percent)}% 折算"
    return Measured(target.number * percent / HUNDRED, (*vague, note))


def with_unit(number: Decimal, unit: str | None) -> str:
    """Return a number with its unit, for reading: 120人, 95%."""
    return f"{shown(number)}{unit or ''}"
