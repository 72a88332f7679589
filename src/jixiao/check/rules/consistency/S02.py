"""S02 actuals-equal-targets."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import Row, reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_HUNDRED = 100
_BOUNDS = ("≥", "≤", ">", "<")


class S02(ReportRule):
    """各项实际完成值都正好等于指标值。

    只看数量能多能少的定量指标（100%、“=600元”这样本该正好相等的不算），够口径规定的项数而全都相等才提示。
    把“≥95%”连符号一起照抄的，由 S10 报告。

    为什么：年初定的目标，年底一个不多一个不少，多半是照着目标填的，不是统计出来的。

    反例：

        指标值 ≥5600人、≥12场、≥95%、≥90%，实际完成值 5600人、12场、95%、90%

    正例：

        实际完成值 5612人、13场、96.4%、93.5%
    """

    code = "S02"
    slug = "actuals-equal-targets"
    title = "完成值都正好等于指标值"
    severity = Severity.WARNING
    subject = "自评的项目"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：结果应客观真实"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: how many indicators must be comparable."""

        least: int

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit where every value that could differ from its target equals it."""
        rows = [row for row in reported(report, project).rows if _could_differ(row)]
        if len(rows) < self.parameters.least or not all(_equal(row) for row in rows):
            return
        yield Hit(
            "indicators",
            f"{len(rows)} 项定量指标的实际完成值都正好等于指标值",
            "、".join(row.actual.text for row in rows),
            "按统计资料填写实际数；确实正好相等的，在佐证资料中写明数据从哪里来",
        )


def _could_differ(row: Row) -> bool:
    target, actual = row.target, row.actual
    if target.number is None or target.upper is not None or actual.number is None:
        return False
    if actual.operator in _BOUNDS or target.operator == "=":
        return False
    return not (target.unit == "%" and target.number >= _HUNDRED)


def _equal(row: Row) -> bool:
    same_unit = not row.actual.unit or not row.target.unit or row.actual.unit == row.target.unit
    return same_unit and row.actual.number == row.target.number and row.actual.upper is None
