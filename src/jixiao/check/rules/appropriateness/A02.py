"""A02 cost-disagrees."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from jixiao.check.costs import is_cost, is_part, is_total_cost, shown, total_of
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Kind, Project
from jixiao.model.values import MONEY_UNITS


class A02(IndicatorRule):
    """总成本指标与预算数不一致，或预算数写错了单位。

    总成本、项目总金额应等于预算数；少于预算的，也要说明其余的钱用在哪里。数字等于预算数而单位不对的
    （“≤2472.71%”，预算2472.71万元），是单位填错了。超过预算的由 A01 报告。

    为什么：成本与预算对不上，资金和目标就不匹配。

    反例：

        预算数 2472.71万元，项目投入成本 ≤2472.71%

    正例：

        预算数 2472.71万元，项目投入成本 ≤2472.71万元
    """

    code = "A02"
    slug = "cost-disagrees"
    title = "成本与预算不一致"
    severity = Severity.WARNING
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》适当性·资金匹配性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``tolerance``: share of the budget that a total may differ by."""

        tolerance: Decimal

    parameters: Parameters

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for another sum, and for the budget's sum in another unit."""
        value = indicator.value
        if value.number is None or not is_cost(indicator):
            return ()
        budget = project.budget.money("total")
        if budget is None or budget.amount <= 0:
            return ()
        cost, whole = total_of(value), budget.to("元")
        per_unit = "/" in (value.unit or "") or is_part(indicator)
        if (cost is None or cost != whole) and not per_unit:
            unit = _unit_meant(value.number, whole)
            if unit and value.unit != unit and (cost is None or cost < whole):
                return (
                    Hit(
                        "value",
                        f"{quoted(value.text)}的数正是预算数，单位却是“{value.unit or '没有写'}”",
                        value.text,
                        f"改为“{value.operator or '≤'}{value.number:f}{unit}”",
                    ),
                )
        if cost is None or value.upper is not None or not is_total_cost(indicator):
            return ()
        if whole - cost > whole * self.parameters.tolerance:
            limit = shown(budget)
            return (
                Hit(
                    "value",
                    f"总成本{quoted(value.text)}与预算数{limit}不一致",
                    value.text,
                    f"与预算一致，写“≤{limit}”；确实只花这些的，调减预算",
                ),
            )
        return ()


def _unit_meant(number: Decimal, whole: Decimal) -> str | None:
    """Return the unit of money in which a number is a sum that is given in 元."""
    return next((unit for unit, times in MONEY_UNITS.items() if number * times == whole), None)
