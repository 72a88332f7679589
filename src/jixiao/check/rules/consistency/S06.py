"""S06 outputs-without-spending."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.measures import category
from jixiao.check.report_words import pattern
from jixiao.check.reported import Row, reported, shown, written_of
from jixiao.check.rule import Hit, ReportRule
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_OUTPUTS = ("数量", "质量", "时效")


class S06(ReportRule):
    """钱几乎没有花，产出却报全部完成。

    执行率低于口径规定的百分比，而数量、质量、时效指标都报完成或满分。写明了未支付、待结算、欠款、结转等原因的不查。

    为什么：没有花钱就办成了，要么事情不是用这笔钱办的，要么没有办成，要么形成了欠账。

    反例：

        全年预算 500万元，执行 0 元；新建蓄水池 12座，实际完成 12座，满分

    正例：

        执行 0 元，存在的问题：工程12月完工，决算审计未完成，尾款2025年支付
    """

    code = "S06"
    slug = "outputs-without-spending"
    title = "钱没花产出却全完成"
    severity = Severity.WARNING
    subject = "自评的项目"
    policy = (
        "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：预算执行情况与目标完成情况应相互印证"
    )

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least_rate``: execution rate in per cent below which outputs are doubted."""

        least_rate: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit where outputs are complete and nearly nothing was spent."""
        found = reported(report, project)
        if found.rate is None or found.rate >= self.parameters.least_rate:
            return
        outputs = [done for row in found.rows if (done := _complete(row)) is not None]
        if not outputs or not all(outputs) or pattern("unpaid").search(written_of(report)):
            return
        yield Hit(
            "funds.spent.total",
            f"执行率只有{shown(found.rate)}%，{len(outputs)} 项产出指标却都报完成",
            report.funds.spent.total or "",
            "核对执行数和完成值；事情办了钱没有付的，写明还欠多少、为什么、何时支付",
        )


def _complete(row: Row) -> bool | None:
    """Tell whether an output is reported complete; None for what is none, or is not told."""
    if category(row.said.level1, row.said.level2) not in _OUTPUTS:
        return None
    if row.reached is not None:
        return row.reached
    return row.is_full if row.points is not None else None
