"""资金: money spent against the months gone and against the spending plan."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Literal

import msgspec

from jixiao.model.monitoring import Forecast, FundsMonitoring, Judgement, PartMonitoring
from jixiao.model.reports import Funds
from jixiao.model.scores import Lamp
from jixiao.model.text import Budget, Plan, Project
from jixiao.model.values import MONEY_UNITS, Money, Nature, parse_value, to_decimal
from jixiao.score.arithmetic import exact
from jixiao.score.monitoring.settings import Limits, MonitoringSettings
from jixiao.score.monitoring.words import HUNDRED, shown
from jixiao.score.points import rounded, usable

MONTHS = 12
_Part = Literal["total", "fiscal", "other"]
_PARTS: tuple[tuple[_Part, str], ...] = (
    ("total", "合计"),
    ("fiscal", "财政资金"),
    ("other", "其他资金"),
)
_WITHIN: tuple[_Part, ...] = ("fiscal", "other")
_MYRIAD = Decimal(10_000)


def monitor_funds(
    project: Project, funds: Funds, month: int, settings: MonitoringSettings
) -> tuple[FundsMonitoring, list[str]]:
    """Return how the money stands at the end of a month, and notes."""
    notes: list[str] = []
    unit = _money_unit(project, funds, notes)
    parts = tuple(_part(name, title, project, funds, unit) for name, title in _PARTS)
    total = parts[0]
    notes.extend(_oddities(total))
    planned, plan_notes = planned_share(project.plan, month)
    exact = _exact_rate(total)
    by_time = _by_time(total, month, settings.money)
    return (
        FundsMonitoring(
            parts=parts,
            rate=total.rate,
            by_time=by_time,
            planned=None if planned is None else rounded(planned),
            ahead=None if planned is None or exact is None else rounded(exact - planned),
            by_plan=_by_plan(exact, planned, month, settings.plan, plan_notes),
            forecast=_forecast(total, month),
        ),
        notes,
    )


def _money_unit(project: Project, funds: Funds, notes: list[str]) -> str:
    """Return the unit of amounts that name none: that of the other amounts, of the text, or 元."""
    budgets = (funds.spent, funds.adjusted, funds.initial, funds.expected, project.budget)
    units = [each.money_unit for each in budgets if each.money_unit in MONEY_UNITS]
    missing = any(_bare(each) and each.money_unit not in MONEY_UNITS for each in budgets)
    unit = units[0] if units else "元"
    if missing:
        notes.append(f"有的金额没有写单位，按“{unit}”理解")
    return unit


@exact
def annual_budget(project: Project, funds: Funds) -> Decimal | None:
    """Return 全年预算数 in 元: as adjusted, else as approved, else that of the targets' table."""
    return _part("total", "合计", project, funds, _money_unit(project, funds, [])).budget


def _bare(budget: Budget) -> bool:
    """Tell whether an amount is a number alone, without a unit in its cell."""
    return any(
        to_decimal(text) is not None for text in (budget.total, budget.fiscal, budget.other) if text
    )


def _amount(budget: Budget, part: _Part, unit: str) -> Decimal | None:
    """Return an amount in 元; a blank total is the sum of its parts.

    A unit in the cell itself (93.5万元) goes before that of the form.
    """
    text = (getattr(budget, part) or "").strip()
    if not text and part == "total":
        parts = [_amount(budget, one, unit) for one in _WITHIN]
        known = [one for one in parts if one is not None]
        return sum(known, Decimal(0)) if known else None
    number = to_decimal(text)
    if number is not None:
        return _yuan(number, budget.money_unit, unit) if usable(number) else None
    value = parse_value(text)
    if value.nature is not Nature.MONEY or value.upper is not None:
        return None
    if value.number is None or value.unit not in MONEY_UNITS or not usable(value.number):
        return None
    return Money(value.number, value.unit).to("元")


def _yuan(number: Decimal, own: str | None, unit: str) -> Decimal:
    return Money(number, own if own in MONEY_UNITS else unit).to("元")


def _part(part: _Part, title: str, project: Project, funds: Funds, unit: str) -> PartMonitoring:
    initial = _amount(funds.initial, part, unit)
    if initial is None:
        initial = _amount(project.budget, part, unit)
    adjusted = _amount(funds.adjusted, part, unit)
    found = PartMonitoring(
        name=title,
        initial=initial,
        budget=initial if adjusted is None else adjusted,
        spent=_amount(funds.spent, part, unit),
        rate=None,
        expected=_amount(funds.expected, part, unit),
    )
    rate = _exact_rate(found)
    return found if rate is None else msgspec.structs.replace(found, rate=rounded(rate))


def _exact_rate(part: PartMonitoring) -> Decimal | None:
    """Return 执行率 in percent, unrounded; None without a budget or without what was spent."""
    if part.spent is None or part.budget is None or part.budget <= 0:
        return None
    return part.spent * HUNDRED / part.budget


def _oddities(total: PartMonitoring) -> list[str]:
    """Return notes on amounts that a person should look at."""
    notes = []
    if total.spent is not None and total.spent < 0:
        notes.append("执行数是负数，请核对（退回的资金应从支出里减去）")
    if total.budget is not None and total.spent is not None and total.spent > total.budget:
        notes.append(f"执行数 {money(total.spent)} 超过预算数 {money(total.budget)}，请核对")
    if total.expected is not None and total.spent is not None and total.expected < total.spent:
        notes.append(f"全年预计执行数 {money(total.expected)} 少于已执行的 {money(total.spent)}")
    return notes


def lamp_of(ratio: Decimal, limits: Limits) -> Lamp:
    """Return the lamp of a percentage: below the limits red, yellow; at a limit it is the better."""
    if ratio < limits.red_below:
        return "red"
    return "yellow" if ratio < limits.yellow_below else "green"


def _compared(ratio: Decimal, limits: Limits) -> str:
    """Return how a percentage stands to the limits: 60% ≤ 77.14% < 80%."""
    low, high = limits.red_below, limits.yellow_below
    text = shown(ratio, low, high)
    if ratio < low:
        return f"{text}% < {shown(low)}%"
    if ratio < high:
        return f"{shown(low)}% ≤ {text}% < {shown(high)}%"
    return f"{text}% ≥ {shown(high)}%"


def _unjudged(why: str, limits: Limits, notes: tuple[str, ...] = ()) -> Judgement:
    return Judgement(None, why, limits.rule, limits.source, notes)


def _by_time(total: PartMonitoring, month: int, limits: Limits) -> Judgement:
    """Return the lamp of (spent ÷ budget) ÷ (month ÷ 12)."""
    if total.budget is None:
        return _unjudged("没有预算数，算不出执行率", limits)
    if total.spent is None:
        return _unjudged("没有填报执行数", limits)
    if total.budget <= 0:
        return _unjudged(f"预算数为 {money(total.budget)}，算不出执行率", limits)
    ratio = total.spent * HUNDRED * MONTHS / (total.budget * month)
    formula = (
        f"（{money(total.spent)} ÷ {money(total.budget)}）÷（{month} ÷ {MONTHS}）"
        f"= {_result(ratio, limits)}"
    )
    return Judgement(lamp_of(ratio, limits), formula, limits.rule, limits.source)


def _result(ratio: Decimal, limits: Limits) -> str:
    text = shown(ratio, limits.red_below, limits.yellow_below)
    return f"{text}%，{_compared(ratio, limits)}"


def _by_plan(
    rate: Decimal | None, planned: Decimal | None, month: int, limits: Limits, notes: list[str]
) -> Judgement:
    """Return the lamp of 执行率 ÷ what the plan says for the month."""
    told = tuple(notes)
    if planned is None:
        return _unjudged("没有可用的资金支出计划", limits, told)
    if rate is None:
        return _unjudged("算不出执行率", limits, told)
    plan = f"计划到{month}月底支出 {shown(planned)}%"
    if planned <= 0:
        return Judgement("green", f"{plan}，没有该支出的", limits.rule, limits.source, told)
    ratio = rate * HUNDRED / planned
    formula = f"{plan}，{shown(rate)}% ÷ {shown(planned)}% = {_result(ratio, limits)}"
    return Judgement(lamp_of(ratio, limits), formula, limits.rule, limits.source, told)


@exact
def planned_share(plan: Plan, month: int) -> tuple[Decimal | None, list[str]]:
    """Return the percentage that a plan says to have spent by a month's end, and notes.

    The plan is cumulative (3, 6, 9, 10, 12月底); between two checkpoints, and from 0 in January
    to the first, the money is taken to go out evenly. Blank checkpoints are passed over. None
    where the plan is blank, or falls: then it is not cumulative and means something else.
    """
    points = [(0, Decimal(0))]
    for checkpoint, share in plan.shares():
        if share is not None and usable(share):
            points.append((int(checkpoint), share))
    if len(points) == 1:
        return None, []
    shares = [share for _, share in points]
    if shares != sorted(shares):
        return None, ["资金支出计划后面的比前面的小，不是累计数，请改正"]
    if shares[-1] > HUNDRED:
        return None, [f"资金支出计划到了 {shown(shares[-1])}%，超过100%，请改正"]
    if points[-1][0] == MONTHS and shares[-1] < HUNDRED and sum(shares) == HUNDRED:
        return None, ["资金支出计划各期加起来是100%，写的像是各期数，应写累计数"]
    if points[-1][0] < month:
        return None, [f"资金支出计划只到{points[-1][0]}月底"]
    return _interpolated(points, month), []


def _interpolated(points: list[tuple[int, Decimal]], month: int) -> Decimal:
    for (start, low), (end, high) in pairwise(points):
        if start <= month <= end:
            return low + (high - low) * (month - start) / (end - start)
    raise AssertionError(month)


def _forecast(total: PartMonitoring, month: int) -> Forecast:
    """Return what will be spent in the year: as reported, else by the months so far."""
    if total.expected is not None:
        return Forecast("reported", total.expected, "元", money(total.expected), "单位填报")
    if total.spent is None:
        return Forecast("none", None, None, "", "没有填报执行数")
    number = total.spent * MONTHS / month
    formula = f"{money(total.spent)} ÷ {month} × {MONTHS} = {money(number)}"
    if total.budget is not None and number > total.budget > 0:
        formula += f"，不超过预算数，取 {money(total.budget)}"
        number = max(total.budget, total.spent)
    return Forecast("linear", rounded(number), "元", money(number), formula)


def money(amount: Decimal) -> str:
    """Return an amount in 元 for reading, in 万元 where that is exact to two decimals."""
    in_myriads = amount / _MYRIAD
    if abs(amount) >= _MYRIAD and in_myriads == rounded(in_myriads):
        return f"{shown(in_myriads)}万元"
    return f"{shown(amount)}元"
