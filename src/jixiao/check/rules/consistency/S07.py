"""S07 score-disagrees."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import (
    RATE_SCORE,
    RATE_WEIGHT,
    Row,
    points,
    reported,
    shown,
    tells,
)
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import quoted
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_HUNDRED = 100


class S07(ReportRule):
    """得分与完成情况对不上。

    没有完成却得满分，或得分明显高于按比例应得的分；完成了却扣分，又没有写为什么；执行率得分与执行率差得多。
    相差在口径允许的范围内（分档打分、四舍五入）不查。大幅超额而扣分的不算。

    为什么：得分是按完成值算出来的；对不上，不是值填错了，就是分打错了。

    反例：

        指标值 ≥95%，实际完成值 80%，分值 10，得分 10

    正例：

        指标值 ≥95%，实际完成值 80%，分值 10，得分 8.42
    """

    code = "S07"
    slug = "score-disagrees"
    title = "得分与完成情况不符"
    severity = Severity.ERROR
    subject = "自评的项目、指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：完成的得满分，未完成的按完成值与指标值的比例计分"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """What is let pass.

        ``slack``: by how much of its points (in per cent) a score may exceed its proportion;
        ``over``: from which percentage of the target on a loss may be for overshooting.
        """

        slack: Decimal
        over: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each score that does not follow from what was reached."""
        found = reported(report, project)
        yield from self._execution(report, found.rate)
        for row in found.rows:
            told = row.is_explained or (row.said.reason is None and tells(report.problems))
            yield from self._row(row, told)

    def _row(self, row: Row, told: bool) -> Iterator[Hit]:
        if row.full is None or row.points is None or row.full <= 0:
            return
        value = f"指标值{quoted(row.target.text)}，实际完成{quoted(row.actual.text)}"
        if row.reached is False and row.points >= row.full:
            yield _hit(row, f"{value}，没有完成，却得满分", "按完成的程度扣分，并写明偏差原因")
        elif row.reached is False and row.share is not None and self._too_much(row, row.share):
            due = row.full * max(row.share, Decimal(0))
            yield _hit(
                row,
                f"{value}，按比例应得 {shown(due)} 分，却得 {shown(row.points)} 分",
                "按实际完成值与指标值的比例重新计分，或写明按什么办法计分",
            )
        elif row.reached and row.is_short and not told and not self._over(row):
            yield _hit(
                row,
                f"{value}，已经完成，却扣了 {shown(row.full - row.points)} 分，没有写为什么",
                "完成了的应得满分；因质量、佐证等原因扣分的，写在偏差原因里",
            )

    def _too_much(self, row: Row, share: Decimal) -> bool:
        assert row.points is not None
        assert row.full is not None
        return row.points > row.full * (share + self.parameters.slack / _HUNDRED)

    def _over(self, row: Row) -> bool:
        return row.share is not None and row.share * _HUNDRED >= self.parameters.over

    def _execution(self, report: ProjectReport, rate: Decimal | None) -> Iterator[Hit]:
        full, given = points(report.extra.get(RATE_WEIGHT)), points(report.extra.get(RATE_SCORE))
        if rate is None or full is None or given is None or full <= 0:
            return
        due = full * min(rate, Decimal(_HUNDRED)) / _HUNDRED
        if abs(given - due) > full * self.parameters.slack / _HUNDRED:
            yield Hit(
                f"extra.{RATE_SCORE}",
                f"执行率是{shown(rate)}%，执行率得分应为 {shown(due)} 分，却是 {shown(given)} 分",
                report.extra[RATE_SCORE],
                "按执行率×分值重新计分；按分档计分的，写明办法",
            )


def _hit(row: Row, message: str, suggestion: str) -> Hit:
    return Hit("score", message, row.said.score or "", suggestion, row.number)
