"""S15 spent-without-outputs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.measures import category
from jixiao.check.reported import reported, shown
from jixiao.check.rule import Hit, ReportRule
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_HUNDRED = 100


class S15(ReportRule):
    """钱差不多花完了，数量指标却远没有完成。

    执行率达到口径规定的百分比，而能算出比例的数量指标全都低于口径规定的完成率。

    为什么：钱花了事没办，不是单位成本翻了倍，就是钱预付了、挪用了，是复核的重点。

    反例：

        执行率 98%；改造危房 指标值 ≥200户，实际完成 60户

    正例：

        执行率 35%，改造危房 实际完成 60户，其余140户的资金结转下年
    """

    code = "S15"
    slug = "spent-without-outputs"
    title = "钱花完了事没办完"
    severity = Severity.WARNING
    subject = "自评的项目"
    policy = (
        "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：预算执行情况与目标完成情况应相互印证"
    )

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``rate``: execution rate from which on; ``done``: share of targets below which."""

        rate: Decimal
        done: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit where the money went and the outputs did not come."""
        found = reported(report, project)
        if found.rate is None or found.rate < self.parameters.rate:
            return
        shares = [
            row.share * _HUNDRED
            for row in found.rows
            if row.share is not None and category(row.said.level1, row.said.level2) == "数量"
        ]
        if shares and max(shares) < self.parameters.done:
            yield Hit(
                "funds.spent.total",
                f"执行率{shown(found.rate)}%，数量指标最多只完成{shown(max(shares))}%",
                report.funds.spent.total or "",
                "核对执行数和完成值；预付、单价上涨等情况写明，并说明余下的怎样完成",
            )
