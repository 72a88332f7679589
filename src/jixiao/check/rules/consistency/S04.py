"""S04 uniform-scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.report_subjects import approved
from jixiao.check.reported import points, reported, shown
from jixiao.check.rule import Hit, ReportsRule
from jixiao.model import PerformanceText, Project
from jixiao.model.reports import ProjectReport, Reports

_HUNDRED = 100


class S04(ReportsRule):
    """打分没有区别：各项都是满分，或各项、各项目都打一样的分。

    一个项目的指标够口径规定的项数，得分全是满分，或都是分值的同一个百分比；或者够口径规定的个数的项目总分
    全都相同。各项目都是满分的，只在整份自评上说一次。

    为什么：难易不同的指标、大小不同的项目，得分不会都一样；一样的分，是打上去的，不是算出来的。

    反例：

        十二项指标全部满分；八个项目的总分都是 98 分

    正例：

        数量 10/10，质量 9.5/10，时效 8/10，满意度 9.6/10
    """

    code = "S04"
    slug = "uniform-scores"
    title = "打分没有区别"
    severity = Severity.WARNING
    subject = "自评的项目、整份自评"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：结果应客观真实"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``indicators`` and ``projects``: from how many on equal scores are told."""

        indicators: int
        projects: int

    parameters: Parameters

    def find(self, reports: Reports, text: PerformanceText | None) -> Iterator[Hit]:
        """Yield a hit for projects whose scores are all alike, and for the whole."""
        shares = {
            position: self._share(report, project)
            for position, report, project in approved(reports, text)
            if position is not None
        }
        many = len(shares) >= self.parameters.projects
        if many and all(share == 1 for share in shares.values()):
            yield _whole(f"{len(shares)} 个项目的各项指标全部满分", "")
            return
        totals = [points(report.score) for report in reports.projects]
        if many and len(set(totals)) == 1 and totals[0] is not None:
            yield _whole(
                f"{len(totals)} 个项目的总分都是 {shown(totals[0])} 分",
                reports.projects[0].score or "",
            )
        for position, share in shares.items():
            if share is not None:
                yield _one(position, len(reports.projects[position].indicators), share)

    def _share(self, report: ProjectReport, project: Project | None) -> Decimal | None:
        """Return the share of its points that every indicator was given, None if they differ."""
        given = [
            row.points / row.full
            for row in reported(report, project).rows
            if row.points is not None and row.full is not None and row.full > 0
        ]
        if len(given) < self.parameters.indicators or len(set(given)) != 1 or given[0] <= 0:
            return None
        return given[0]


def _whole(message: str, evidence: str) -> Hit:
    return Hit("projects", message, evidence, "逐个项目按完成情况重新打分，附上计算过程")


def _one(position: int, count: int, share: Decimal) -> Hit:
    each = "都是满分" if share == 1 else f"都是分值的{shown(share * _HUNDRED)}%"
    return Hit(
        "indicators",
        f"{count} 项指标的得分{each}",
        "",
        "逐项按完成情况打分；确实全部完成的，备好每一项的佐证资料供复核",
        project=position,
    )
