"""Money in 万元, and by how much numbers changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from jixiao.compare.changes import MoneyChange
from jixiao.model import Budget
from jixiao.model.values import MONEY_UNITS, Money

UNIT = "万元"
_CENT = Decimal("0.01")
_MOST_DIGITS = 20
"""A number of more digits is rubbish (9E999999), and arithmetic on it could not be trusted."""


def sane(number: Decimal | None) -> Decimal | None:
    """Return a number that can be reckoned with, None for none and for rubbish."""
    if number is None or abs(number.adjusted()) > _MOST_DIGITS:
        return None
    return number


def in_wan(money: Money | None) -> Decimal | None:
    """Return an amount in 万元, None where there is none or its unit is not known."""
    if money is None or money.unit not in MONEY_UNITS or sane(money.amount) is None:
        return None
    return money.to(UNIT)


def amount(budget: Budget | None, name: Literal["total", "fiscal", "other"]) -> Decimal | None:
    """Return one amount of a budget in 万元."""
    return in_wan(budget.money(name)) if budget else None


def percent(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return by how many percent a number changed, to two decimals; None from zero or none."""
    if not before or after is None:
        return None
    ratio = (after - before) / abs(before) * 100
    return None if ratio.adjusted() > _MOST_DIGITS else ratio.quantize(_CENT)


def money_change(before: Decimal | None, after: Decimal | None) -> MoneyChange:
    """Return what became of an amount."""
    if before is None or after is None:
        return MoneyChange(before, after)
    return MoneyChange(before, after, after - before, percent(before, after))
