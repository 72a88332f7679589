"""S14 projects-unreported."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.report_subjects import pair
from jixiao.check.rule import Hit, ReportsRule
from jixiao.check.wording import quoted
from jixiao.model import PerformanceText
from jixiao.model.reports import Reports


class S14(ReportsRule):
    """填报的项目与批复的项目对不上。

    批复的文本里有、表上没有的项目，和表上有、批复的文本里没有的项目，先按项目编码、再按项目名称核对。只填了一个
    项目的表不查漏报的项目。

    为什么：所有项目都要自评；漏了的往往正是办得不好的。多出来的，要么是年中追加的，要么没有批复目标。

    反例：

        批复 8 个项目，自评表只有 6 个

    正例：

        批复的 8 个项目各有一张自评表；年中追加的，附上追加时批复的目标
    """

    code = "S14"
    slug = "projects-unreported"
    title = "填报的项目与批复的对不上"
    severity = Severity.WARNING
    subject = "整份自评、监控表"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：单位对预算批复的项目支出全部开展自评"
    kinds = frozenset(("self-evaluation", "monitoring"))

    def find(self, reports: Reports, text: PerformanceText | None) -> Iterator[Hit]:
        """Yield a hit for each project that is only in one of the two."""
        if text is None or not text.projects or not reports.projects:
            return
        pairs = pair(reports, text)
        if not pairs:
            yield Hit(
                "projects",
                "表上没有一个项目在批复的文本里",
                "",
                "核对对照的是不是同一单位、同一年度的文本",
            )
            return
        for position, report in enumerate(reports.projects):
            if position not in pairs:
                yield Hit(
                    "name",
                    f"批复的文本里没有项目{quoted(report.name)}",
                    report.name or "",
                    "核对项目名称和编码；年中追加的，附上追加时批复的目标",
                    project=position,
                )
        if len(reports.projects) == 1:
            return
        for at, project in enumerate(text.projects):
            if at not in pairs.values():
                yield Hit(
                    "projects",
                    f"批复的项目{quoted(project.name)}没有填报",
                    project.code or "",
                    "补报这个项目；已取消的，说明并附批复",
                )
