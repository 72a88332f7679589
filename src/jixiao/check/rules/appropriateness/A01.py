"""A01 cost-exceeds-budget."""

from __future__ import annotations

from jixiao.check.costs import is_cost, shown, total_of
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Kind, Project


class A01(IndicatorRule):
    """成本指标的金额超过了项目预算。

    金额换算成同一单位再比较。单位成本（元/人、万元/公里）也不会超过整个项目的预算。

    为什么：预算500万元，成本目标1400万元，不是预算编少了，就是目标填错了。

    反例：

        预算数 500万元，资金成本 ≤1400万元

    正例：

        预算数 500万元，资金成本 ≤500万元
    """

    code = "A01"
    slug = "cost-exceeds-budget"
    title = "成本超过预算"
    severity = Severity.ERROR
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》适当性·资金匹配性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a cost above the whole budget."""
        cost = total_of(indicator.value)
        if cost is None or not is_cost(indicator):
            return ()
        budget = project.budget.money("total")
        if budget is None or budget.amount <= 0 or cost <= budget.to("元"):
            return ()
        limit = shown(budget)
        return (
            Hit(
                "value",
                f"成本{quoted(indicator.value.text)}超过了项目预算{limit}",
                indicator.value.text,
                f"改为不超过预算的数（≤{limit}），或核对预算数和金额单位",
            ),
        )
