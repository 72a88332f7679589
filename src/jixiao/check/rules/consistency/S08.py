"""S08 points-do-not-add-up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import RATE_SCORE, RATE_WEIGHT, Row, points, reported, shown
from jixiao.check.rule import Hit, ReportRule
from jixiao.model import Project
from jixiao.model.reports import ProjectReport


class S08(ReportRule):
    """分值、得分加不起来。

    得分高于分值或是负数；各项分值之和既不是满分，也不是满分减去执行率的分值；总分不等于各项得分之和（加执行率
    得分）。有一项的分值或得分没有填的，不查合计。

    为什么：合计不对，总分和等级就都不对。

    反例：

        各项分值之和 95，执行率 10；各项得分合计 91.2，执行率得分 9.8，总分 98

    正例：

        各项分值之和 90，执行率 10；各项得分合计 88.8，执行率得分 9.96，总分 98.76
    """

    code = "S08"
    slug = "points-do-not-add-up"
    title = "分值或得分合计不对"
    severity = Severity.ERROR
    subject = "自评的项目、指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：自评总分为100分，预算执行率权重10分"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``full`` and ``execution``: points of all and of the execution rate; ``tolerance``."""

        full: Decimal
        execution: Decimal
        tolerance: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each score out of range and each sum that is wrong."""
        rows = reported(report, project).rows
        for row in rows:
            yield from _out_of_range(row)
        execution = points(report.extra.get(RATE_WEIGHT)) or self.parameters.execution
        given = points(report.extra.get(RATE_SCORE))
        if given is not None and not 0 <= given <= execution:
            yield Hit(
                f"extra.{RATE_SCORE}",
                f"执行率得分 {shown(given)} 分，不在 0 到分值 {shown(execution)} 分之间",
                report.extra[RATE_SCORE],
                "改为 0 到分值之间的得分",
            )
        weights = [row.full for row in rows if row.full is not None]
        if not rows or len(weights) < len(rows):
            return
        whole = sum(weights, Decimal(0))
        alone = self._near(whole, self.parameters.full)
        if not alone and not self._near(whole + execution, self.parameters.full):
            yield Hit(
                "indicators",
                f"各项指标的分值合计 {shown(whole)} 分，应为 {shown(self.parameters.full)} 分，"
                f"或 {shown(self.parameters.full - execution)} 分（另有执行率 {shown(execution)} 分）",
                "、".join(row.said.weight or shown(row.full or Decimal(0)) for row in rows),
                "调整各项分值，使合计相符",
            )
        yield from self._total(report, rows, given, Decimal(0) if alone else execution)

    def _total(
        self,
        report: ProjectReport,
        rows: tuple[Row, ...],
        given: Decimal | None,
        execution: Decimal,
    ) -> Iterator[Hit]:
        total = points(report.score)
        scores = [row.points for row in rows if row.points is not None]
        if total is None or len(scores) < len(rows):
            return
        summed = sum(scores, Decimal(0))
        least = summed + (given or 0 if execution else 0)
        most = summed + (execution if given is None else given if execution else 0)
        slack = self.parameters.tolerance
        if least - slack <= total <= most + slack:
            return
        parts = f"各项得分合计 {shown(summed)} 分"
        if execution and given is not None:
            parts += f"，加执行率得分 {shown(given)} 分，共 {shown(least)} 分"
        elif execution:
            parts += f"，加执行率得分最多 {shown(execution)} 分"
        yield Hit("score", f"总分是 {shown(total)} 分，{parts}", report.score or "", "重新合计总分")

    def _near(self, number: Decimal, wanted: Decimal) -> bool:
        return abs(number - wanted) <= self.parameters.tolerance


def _out_of_range(row: Row) -> Iterator[Hit]:
    if row.points is None or (row.points >= 0 and (row.full is None or row.points <= row.full)):
        return
    how = "是负数" if row.points < 0 else f"高于分值 {shown(row.full or Decimal(0))} 分"
    yield Hit(
        "score",
        f"得分 {shown(row.points)} 分{how}",
        row.said.score or "",
        "改为 0 到分值之间的得分",
        row.number,
    )
