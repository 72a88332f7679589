"""S18 report-incomplete."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.reported import Reported, budget_of, reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import is_missing
from jixiao.model import Project
from jixiao.model.reports import ProjectReport


class S18(ReportRule):
    """该填的没有填：实际完成值、得分、执行数、总分。

    表上有这一栏而空着的才查。满分而没有实际完成值的由 S01 报告；得0分并写明原因的，可以没有实际完成值。总体目标的
    实际完成情况由 S17 报告。

    为什么：缺一项，总分就算不出来，这份表就不能用。

    反例：

        指标值 ≥5%，实际完成值 （空），得分 （空）

    正例：

        指标值 ≥5%，实际完成值 4.8%，得分 28.8
    """

    code = "S18"
    slug = "report-incomplete"
    title = "完成情况没有填全"
    severity = Severity.ERROR
    subject = "自评、监控的项目、指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》附件：项目支出绩效自评表"
    kinds = frozenset(("self-evaluation", "monitoring"))

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each field that is blank."""
        found = reported(report, project)
        spent = report.funds.spent
        if budget_of(report.funds).money("total") and all(
            is_missing(amount) for amount in (spent.total, spent.fiscal, spent.other)
        ):
            yield _blank("funds.spent.total", "执行数没有填", "填写执行数；没有执行的填 0")
        if found.has_scores and report.score is not None and is_missing(report.score):
            yield _blank("score", "总分没有填", "填写总分")
        yield from _rows(found)


def _rows(found: Reported) -> Iterator[Hit]:
    has_actuals = any(row.said.actual is not None for row in found.rows)
    for row in found.rows:
        without = row.points == 0 and row.is_explained
        if has_actuals and row.is_unfilled and not row.is_full and not without:
            yield _blank("actual", "实际完成值没有填", "填写实际完成值；没有开展的写明", row.number)
        if found.has_scores and is_missing(row.said.score):
            yield _blank("score", "得分没有填", "填写得分", row.number)


def _blank(field: str, message: str, suggestion: str, number: int | None = None) -> Hit:
    return Hit(field, message, "", suggestion, number)
