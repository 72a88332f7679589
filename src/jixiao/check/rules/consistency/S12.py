"""S12 funds-inconsistent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import RATE, budget_of, execution_rate, money_shown, shown
from jixiao.check.rule import Hit, ReportRule
from jixiao.model import Budget, Money, Project, parse_value
from jixiao.model.reports import ProjectReport

Part = Literal["total", "fiscal", "other"]
_PARTS: tuple[tuple[Part, str], ...] = (
    ("total", "资金总额"),
    ("fiscal", "财政拨款"),
    ("other", "其他资金"),
)
_STAGES = (("initial", "年初预算数"), ("adjusted", "全年预算数"), ("spent", "执行数"))
_HUNDRED = 100


class S12(ReportRule):
    """资金的几个数自相矛盾。

    执行数大于全年预算数（没有全年预算数的，年初预算数）；财政拨款加其他资金大于资金总额；写的执行率与按金额
    算的不同。相差在口径允许的尾差以内不算。分项合计小于总额的不查，表上可能另有上年结转。

    为什么：花的不可能比预算多；多出来的，不是填错了，就是挪用了别的钱。

    反例：

        全年预算数 403.20万元，执行数 421.50万元

    正例：

        年初预算数 403.20万元，全年预算数 425.00万元（年中追加21.80万元），执行数 421.50万元
    """

    code = "S12"
    slug = "funds-inconsistent"
    title = "资金数字自相矛盾"
    severity = Severity.ERROR
    subject = "自评、监控的项目"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：预算执行率＝全年执行数÷全年预算数；《预算法》第十三条：支出以批准的预算为依据"
    kinds = frozenset(("self-evaluation", "monitoring"))

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """What rounding explains.

        ``tolerance``: in the form's unit of money; ``rate_tolerance``: percentage points.
        """

        tolerance: Decimal
        rate_tolerance: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each two sums that cannot both be right."""
        funds = report.funds
        budget, of = budget_of(funds), "全年预算数"
        if budget is funds.initial:
            of = "年初预算数"
        for part, label in _PARTS:
            spent, limit = funds.spent.money(part), budget.money(part)
            if spent and limit and self._above(spent, limit):
                yield Hit(
                    f"funds.spent.{part}",
                    f"{label}的执行数{money_shown(spent)}大于{of}{money_shown(limit)}",
                    getattr(funds.spent, part) or "",
                    "核对执行数和预算数；年中追加的写在全年预算数",
                )
                break
        for stage, label in _STAGES:
            yield from self._parts(stage, label, getattr(funds, stage))
        yield from self._rate(report)

    def _parts(self, stage: str, label: str, budget: Budget) -> Iterator[Hit]:
        total, fiscal, other = (budget.money(part) for part, _ in _PARTS)
        if total is None or fiscal is None:
            return
        summed = Money(fiscal.amount + (other.amount if other else 0), total.unit)
        if self._above(summed, total):
            yield Hit(
                f"funds.{stage}.total",
                f"{label}：财政拨款和其他资金共{money_shown(summed)}，大于总额{money_shown(total)}",
                budget.total or "",
                "核对三个数，使合计相符",
            )

    def _rate(self, report: ProjectReport) -> Iterator[Hit]:
        said = parse_value(report.extra.get(RATE, ""))
        money = msgspec.structs.replace(report, extra={})
        rate = execution_rate(money)
        if said.number is None or rate is None or said.unit not in ("%", None):
            return
        percent = said.number
        if said.unit is None and percent <= 1:
            percent *= _HUNDRED
        if abs(percent - rate) > self.parameters.rate_tolerance:
            yield Hit(
                f"extra.{RATE}",
                f"执行率写的是{shown(percent)}%，按金额算是{shown(rate)}%",
                report.extra[RATE],
                "按全年执行数÷全年预算数重新计算",
            )

    def _above(self, one: Money, other: Money) -> bool:
        return one.to(other.unit) - other.amount > self.parameters.tolerance
