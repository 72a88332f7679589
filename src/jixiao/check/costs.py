"""Cost indicators and what they say against a project's budget. All sums are in 元, Decimal."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import bare, category, measure
from jixiao.model import Indicator, Money, TargetValue
from jixiao.model.values import MONEY_UNITS

_WORDS = words("costs")
_TOTAL = one_of(_WORDS["total"])
_PART = one_of(_WORDS["part"])
_NO_COST = one_of(_WORDS["no_cost"])
_COST = frozenset(("成本",))


def is_cost(indicator: Indicator) -> bool:
    """Tell whether an indicator is about what the project costs."""
    return _is_cost(indicator.name or "", indicator.level1, indicator.level2)


@lru_cache(maxsize=512)
def _is_cost(name: str, level1: str | None, level2: str | None) -> bool:
    found = measure(name)
    told = found.nature == "money" and found.categories == _COST
    if not told and category(level1, level2) != "成本":
        return False
    return _NO_COST.search(name) is None


def is_total_cost(indicator: Indicator) -> bool:
    """Tell whether a cost indicator is about the whole project, not a part or one unit of it."""
    value = indicator.value
    per_unit = "/" in (value.unit or "")
    return is_cost(indicator) and not per_unit and _is_total(indicator.name or "")


def is_part(indicator: Indicator) -> bool:
    """Tell whether a cost is that of a part or of one unit: 平均每册单价."""
    return _PART.search(indicator.name or "") is not None


@lru_cache(maxsize=512)
def _is_total(name: str) -> bool:
    return _TOTAL.search(bare(name)) is not None and _PART.search(name) is None


def total_of(value: TargetValue) -> Decimal | None:
    """Return the sum that a value of money states, in 元; that of the upper bound of an interval."""
    unit = value.unit
    if unit is None or unit == "%":
        return None
    number = value.number if value.upper is None else value.upper
    times = MONEY_UNITS.get(unit.partition("/")[0])
    return None if number is None or times is None else number * times


def shown(money: Money) -> str:
    """Return a sum as a message shows it: 500万元."""
    return f"{money.amount.normalize():f}{money.unit}"
