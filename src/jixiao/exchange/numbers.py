"""Numbers for analysis: what a text states as a decimal that a column can hold, exactly."""

from __future__ import annotations

from decimal import Context, Decimal

from jixiao.model import Budget, Plan
from jixiao.model.values import MONEY_UNITS

PRECISION, SCALE = 38, 12
"""Digits of a number column, and those behind its point (decimal128 of Arrow and Parquet)."""

_EXACT = Context(prec=4 * PRECISION)


def fitting(number: Decimal | None) -> Decimal | None:
    """Return a number that a column holds as it is, else None: it is never rounded."""
    if number is None or not number.is_finite():
        return None
    if number.adjusted() >= PRECISION - SCALE:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -SCALE:
        # 0.50000000000000 has many places and needs few.
        if number.adjusted() < -SCALE and number:
            return None
        short = number.quantize(Decimal(1).scaleb(-SCALE), context=_EXACT)
        return short if short == number else None
    return number


def budget_numbers(budget: Budget | None, lead: str) -> dict[str, Decimal | None]:
    """Return the columns of a budget's numbers; what is no number, or of no known unit, is None."""
    if budget is None:
        return {}
    total = budget.money("total")
    return {
        f"{lead}_total_number": fitting(total.amount) if total else None,
        f"{lead}_total_yuan": _yuan(budget, "total"),
        f"{lead}_fiscal_yuan": _yuan(budget, "fiscal"),
        f"{lead}_other_yuan": _yuan(budget, "other"),
    }


def plan_shares(plan: Plan) -> dict[str, Decimal | None]:
    """Return the percentages of a plan by checkpoint, 30 for 30%."""
    return {month: fitting(share) for month, share in plan.shares()}


def _yuan(budget: Budget, name: str) -> Decimal | None:
    money = budget.money(name)  # type: ignore[arg-type]
    amount = fitting(money.amount) if money else None
    if money is None or amount is None or money.unit not in MONEY_UNITS:
        return None
    return fitting(_EXACT.multiply(amount, MONEY_UNITS[money.unit]))
