"""S13 adjustment-unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.report_words import pattern
from jixiao.check.reported import money_shown, shown, written_of
from jixiao.check.rule import Hit, ReportRule
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_HUNDRED = 100


class S13(ReportRule):
    """预算年中有较大调整，没有说明。

    全年预算数与年初预算数相差超过口径规定的百分比，问题、措施、偏差原因、备注和其他栏目里都没有提到调整、追加、
    压减、收回、结转一类。

    为什么：预算变了，目标多半也要变；不说明，就不知道自评该按哪个目标。

    反例：

        年初预算数 403.20万元，全年预算数 210.00万元，全表没有一句说明

    正例：

        存在的问题：10月收回未支付资金193.20万元，发放人数相应调整，批复文号……
    """

    code = "S13"
    slug = "adjustment-unexplained"
    title = "预算调整没有说明"
    severity = Severity.WARNING
    subject = "自评的项目"
    policy = "财预〔2015〕88号《中央部门预算绩效目标管理办法》：预算调整的，绩效目标相应调整并报批"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``most``: change of the budget, in per cent of 年初预算数, that needs no word."""

        most: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for a budget that was changed much and nothing is written of."""
        initial, adjusted = (
            report.funds.initial.money("total"),
            report.funds.adjusted.money("total"),
        )
        if initial is None or adjusted is None or initial.amount <= 0:
            return
        change = (adjusted.to("元") - initial.to("元")) * _HUNDRED / initial.to("元")
        if abs(change) <= self.parameters.most or pattern("adjustment").search(written_of(report)):
            return
        how = "增加" if change > 0 else "减少"
        yield Hit(
            "funds.adjusted.total",
            f"全年预算数{money_shown(adjusted)}比年初预算数{money_shown(initial)}"
            f"{how}{shown(abs(change))}%，没有说明",
            report.funds.adjusted.total or "",
            "写明为什么调整、批复文号，绩效目标是否相应调整",
        )
