"""S20 same-reason-everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import reported, tells
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import key, quoted
from jixiao.model import Project
from jixiao.model.reports import ProjectReport


class S20(ReportRule):
    """好几项指标用同一句偏差原因。

    扣了分的指标中，够口径规定的项数写着一字不差的偏差原因。

    为什么：数量少了、质量差了、群众不满意，原因不会是同一句话；同一句话是复制的，不是分析的。

    反例：

        数量、质量、满意度三项扣分，偏差原因都是“受客观因素影响”

    正例：

        数量：两个村征地未完成；质量：沥青摊铺遇雨返工；满意度：夜间施工扰民
    """

    code = "S20"
    slug = "same-reason-everywhere"
    title = "偏差原因千篇一律"
    severity = Severity.WARNING
    subject = "自评的项目"
    policy = (
        "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：未完成的应分析偏差原因，提出改进措施"
    )

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: indicators that must share a reason."""

        least: int

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each reason that stands at too many indicators."""
        rows: dict[str, list[str]] = defaultdict(list)
        for row in reported(report, project).rows:
            if row.is_short and tells(row.said.reason):
                rows[key(row.said.reason)].append(row.said.reason or "")
        for same in rows.values():
            if len(same) >= self.parameters.least:
                yield Hit(
                    "indicators",
                    f"{len(same)} 项扣分指标的偏差原因都是{quoted(same[0])}",
                    same[0],
                    "逐项写明各自为什么没有做到、怎样改进",
                )
