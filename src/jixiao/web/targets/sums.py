"""Running sums beside the form: money against its parts, the plan, the cost indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jixiao.check.costs import is_cost, is_part, is_total_cost, total_of
from jixiao.model import Money, Project, parse_value
from jixiao.model.text import to_percent
from jixiao.model.values import MONEY_UNITS

_CENT = Decimal("0.01")
_WAN = "万元"
_EXACT = 20
"""Places before the point up to which amounts are told to the cent."""


class Share(NamedTuple):
    """What is spent by the end of a month, in 万元: in all, and since the month before."""

    month: str
    amount: Decimal
    step: Decimal


class Sums(NamedTuple):
    """A project's sums, in 万元; None where they cannot be told.

    ``gap`` is what the budget has beyond its parts, ``unplanned`` beyond the plan's last month,
    ``spare`` beyond what the cost indicators come to; below 0 where it has less.
    """

    total: Decimal | None
    parts: Decimal | None
    gap: Decimal | None
    shares: list[Share]
    unplanned: Decimal | None
    costs: Decimal | None
    spare: Decimal | None


def sums(project: Project) -> Sums:
    """Return a project's sums."""
    total = _wan(project.budget.money("total"))
    given = [_wan(project.budget.money(name)) for name in ("fiscal", "other")]
    known = [each for each in given if each is not None]
    parts = sum(known, Decimal(0)) if known else None
    shares = _shares(project, total)
    costs = _costs(project)
    return Sums(
        total,
        parts,
        _less(total, parts),
        shares,
        _less(total, shares[-1].amount) if shares else None,
        costs,
        _less(total, costs),
    )


def _shares(project: Project, total: Decimal | None) -> list[Share]:
    found: list[Share] = []
    before = Decimal(0)
    for month, text in project.plan.items():
        amount = _amount(text, total)
        if amount is not None:
            found.append(Share(month, amount, amount - before))
            before = amount
    return found


def _amount(text: str | None, total: Decimal | None) -> Decimal | None:
    """Return what a cell of the plan comes to: a share of the budget, or an amount."""
    share = to_percent(text)
    if share is not None:
        return None if total is None else _cents(total * share / 100)
    value = parse_value(text or "")
    if value.number is not None and value.upper is None and value.unit in MONEY_UNITS:
        return Money(value.number, value.unit).to(_WAN)
    return None


def _cents(amount: Decimal) -> Decimal:
    """Return an amount to the cent; one with more digits than are calculated with as it is."""
    return amount.quantize(_CENT) if amount.adjusted() < _EXACT else amount


def _costs(project: Project) -> Decimal | None:
    """Return what the cost indicators come to: the one of the whole, else those of its parts."""
    amounts = {
        number: amount / MONEY_UNITS[_WAN]
        for number, one in enumerate(project.indicators)
        if is_cost(one)
        and "/" not in (one.value.unit or "")
        and (amount := total_of(one.value)) is not None
    }
    whole = [
        amounts[number]
        for number, one in enumerate(project.indicators)
        if number in amounts and is_total_cost(one) and not is_part(one)
    ]
    if whole:
        return max(whole)
    return sum(amounts.values(), Decimal(0)) if amounts else None


def _wan(money: Money | None) -> Decimal | None:
    return None if money is None or money.unit not in MONEY_UNITS else money.to(_WAN)


def _less(total: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if total is None or part is None else total - part
