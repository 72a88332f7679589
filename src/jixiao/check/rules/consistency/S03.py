"""S03 shortfall-unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import Reported, reported, shown, tells
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import is_missing, quoted
from jixiao.model import Project
from jixiao.model.reports import ProjectReport


class S03(ReportRule):
    """扣了分或钱没有花出去，却没有写原因和问题。

    得分低于分值的指标要写偏差原因（“无”“无偏差”“已完成”不算）；扣了分或执行率低于口径规定的百分比，“存在的
    问题”就不能写“无”。完成了却扣分的，由 S07 报告。

    为什么：自评的用处在于找出问题；扣了分不说为什么，来年还会一样。

    反例：

        指标值 ≥5%，实际完成值 3%，得分 18（分值30），偏差原因 无；执行率 45%，存在的问题 暂无

    正例：

        偏差原因 两户因继承关系反复信访；改进措施 发放前逐户核定继承人
    """

    code = "S03"
    slug = "shortfall-unexplained"
    title = "扣分或执行率低没有说明"
    severity = Severity.ERROR
    subject = "自评的项目、指标"
    policy = (
        "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：未完成的应分析偏差原因，提出改进措施"
    )

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least_rate``: execution rate in per cent below which it must be explained."""

        least_rate: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each loss that nothing is written of."""
        found = reported(report, project)
        rows = list(self._rows(found, tells(report.problems)))
        yield from rows
        rate = found.rate if found.rate is not None else Decimal(100)
        low = rate < self.parameters.least_rate
        if not low and not any(row.is_short for row in found.rows):
            return
        what = f"执行率只有{shown(rate)}%" if low else "有指标扣了分"
        explained = any(row.is_explained for row in found.rows) or _elsewhere(report)
        if report.problems and report.problems.strip() and not tells(report.problems):
            yield Hit(
                "problems",
                f"{what}，“存在的问题”却写着{quoted(report.problems)}",
                report.problems,
                "写明问题是什么、为什么、怎样改进",
            )
        elif not tells(report.problems) and not explained and (low or not rows):
            yield Hit(
                "funds.spent.total" if low else "problems",
                f"{what}，没有写原因",
                report.problems or "",
                "在“存在的问题”或“偏差原因分析及改进措施”中写明原因和改进措施",
            )

    def _rows(self, found: Reported, problems_told: bool) -> Iterator[Hit]:
        for row in found.rows:
            has_column = row.said.reason is not None
            if not row.is_short or row.reached or row.is_explained:
                continue
            if has_column or (not problems_told and row.said.measures is not None):
                yield Hit(
                    "reason",
                    "扣了分，却没有写偏差原因",
                    f"分值 {row.said.weight or row.full}，得分 {row.said.score}",
                    "写明为什么没有做到、怎样改进",
                    row.number,
                )


def _elsewhere(report: ProjectReport) -> bool:
    """Tell whether a field of the form that this tool does not know gives a reason."""
    return any(
        "原因" in label and not is_missing(text) and tells(text)
        for label, text in report.extra.items()
    )
