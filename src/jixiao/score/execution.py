"""预算执行率: spent ÷ adjusted budget, and its score: rate × 10, never above 10 (财预〔2020〕10号)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from jixiao.model.reports import Funds
from jixiao.model.scores import Score
from jixiao.model.text import Budget
from jixiao.model.values import MONEY_UNITS, Money, Nature, parse_value
from jixiao.score.points import rounded, shown, usable
from jixiao.score.profile import Scoring

RULE = "预算执行率"
_Part = Literal["total", "fiscal", "other"]
_PARTS: tuple[_Part, ...] = ("total", "fiscal", "other")


class ExecutionRate(NamedTuple):
    """The rate as an exact fraction (1 is all spent), None where it cannot be told; its score."""

    rate: Fraction | None
    score: Score

    @property
    def percent(self) -> Decimal | None:
        """Return the rate in per cent, at two decimals."""
        return None if self.rate is None else rounded(self.rate * 100)


def execution(funds: Funds, planned: Budget, profile: Scoring) -> ExecutionRate:
    """Score what was spent against the adjusted budget.

    Where that is blank, against the one at the year's beginning, and where that is blank too,
    against the budget of the targets (``planned``), each with a note.
    """
    notes: list[str] = []
    budget, base = _base(funds, planned, notes)
    spent = amount(funds.spent, "全年执行数", notes)
    full = profile.execution.points
    if budget is None or spent is None:
        missing = "预算数" if budget is None else "全年执行数"
        return _unknown(full, profile, (*notes, f"没有可用的{missing}，算不出预算执行率，请补填"))
    paid, base_amount, unit = _in_one_unit(spent, budget, funds.spent, base, notes)
    if base_amount <= 0 or paid < 0:
        what = f"执行数为 {shown(paid)}" if paid < 0 else f"预算数为 {shown(base_amount)}"
        note = f"{what}{unit}，算不出预算执行率，请人工确定"
        return _unknown(full, profile, (*notes, note))
    return _scored(paid, base_amount, full, profile, notes)


def _scored(
    spent: Fraction, budget: Fraction, full: Decimal, profile: Scoring, notes: list[str]
) -> ExecutionRate:
    rate = spent / budget
    exact = Fraction(full) * rate
    points = rounded(min(exact, Fraction(full)))
    formula = f"{shown(full)} × {shown(spent)} ÷ {shown(budget)} = {shown(rounded(exact))}"
    if rate > 1:
        formula += f"，至多 {shown(full)}"
        notes.append(f"执行率 {shown(rounded(rate * 100))}%，支出超过预算，请核实预算数和执行数")
    score = Score(full, points, formula, RULE, profile.execution.source, tuple(notes))
    return ExecutionRate(rate, score)


def _unknown(full: Decimal, profile: Scoring, notes: tuple[str, ...]) -> ExecutionRate:
    return ExecutionRate(None, Score(full, None, "算不出来", RULE, profile.execution.source, notes))


def _base(funds: Funds, planned: Budget, notes: list[str]) -> tuple[Money | None, Budget]:
    adjusted = amount(funds.adjusted, "全年预算数", notes)
    if adjusted is not None:
        return adjusted, funds.adjusted
    initial = amount(funds.initial, "年初预算数", notes)
    if initial is not None:
        notes.append("没有全年预算数（调整后），按年初预算数计算")
        return initial, funds.initial
    target = amount(planned, "绩效目标表的预算数", notes)
    if target is not None:
        notes.append("自评表没有预算数，按绩效目标表的预算数计算")
    return target, planned


def amount(budget: Budget, name: str, notes: list[str]) -> Money | None:
    """Return the sum that a form states, else that of its parts with a note; None for neither."""
    if (budget.total or "").strip():
        total = _money(budget, "total")
        if total is None:
            notes.append(f"{name}“{_short(budget.total)}”不是能用的金额")
        return total
    found = [_money(budget, part) for part in _PARTS if (getattr(budget, part) or "").strip()]
    known = [money for money in found if money is not None]
    if not known or len(known) < len(found) or len({money.unit for money in known}) > 1:
        return None
    notes.append(f"{name}合计栏空白，按财政资金和其他资金相加")
    return Money(sum((money.amount for money in known), Decimal(0)), known[0].unit)


def _money(budget: Budget, part: _Part) -> Money | None:
    """Return an amount; a unit written in the cell itself (93.5万元) goes before the form's."""
    text = getattr(budget, part) or ""
    money = budget.money(part)
    if money is None:
        value = parse_value(text)
        if value.number is None or value.upper is not None or value.nature is not Nature.MONEY:
            return None
        money = Money(value.number, value.unit or "元")
    return money if usable(money.amount) and money.unit in MONEY_UNITS else None


def _in_one_unit(
    spent: Money, budget: Money, spent_form: Budget, budget_form: Budget, notes: list[str]
) -> tuple[Fraction, Fraction, str]:
    """Return both in one unit, the budget's; where one form names none, it is the other's."""
    paid, planned = Fraction(spent.amount), Fraction(budget.amount)
    if spent.unit == budget.unit:
        return paid, planned, budget.unit
    if spent_form.money_unit is None and _bare(spent_form):
        notes.append(f"执行数没有写金额单位，按预算数的单位“{budget.unit}”计")
        return paid, planned, budget.unit
    if budget_form.money_unit is None and _bare(budget_form):
        notes.append(f"预算数没有写金额单位，按执行数的单位“{spent.unit}”计")
        return paid, planned, spent.unit
    notes.append(f"金额单位不同（{budget.unit}、{spent.unit}），已换算为{budget.unit}")
    factor = Fraction(MONEY_UNITS[spent.unit]) / Fraction(MONEY_UNITS[budget.unit])
    return paid * factor, planned, budget.unit


def _bare(form: Budget) -> bool:
    """Return whether the form's amounts are numbers alone, without a unit in the cell."""
    return all(form.money(part) is not None or not getattr(form, part) for part in _PARTS)


def _short(text: str | None) -> str:
    plain = " ".join((text or "").split())
    return plain if len(plain) <= 20 else plain[:20] + "…"
