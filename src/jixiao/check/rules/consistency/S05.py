"""S05 overshoot-unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import reported, shown
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import quoted
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_HUNDRED = 100


class S05(ReportRule):
    """大幅超额完成，没有书面说明。

    实际完成值达到指标值的口径规定的百分比以上，偏差原因和备注里都没有说明。只看越高越好的指标；成本、时限低于
    指标值不算超额。

    为什么：超出三成，多半是年初目标定低了，或把别的工作也算了进来，要说清楚，也要扣分。

    反例：

        指标值 ≥200人，实际完成值 480人，偏差原因 无

    正例：

        实际完成值 480人，偏差原因 省厅年中增加一期培训，2025年目标已调高到400人
    """

    code = "S05"
    slug = "overshoot-unexplained"
    title = "大幅超额没有说明"
    severity = Severity.WARNING
    subject = "自评的指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：目标值明显偏低造成超额较多的，按偏离度调减分值"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``over``: percentage of the target from which it must be explained."""

        over: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each value far above its target that nothing is written of."""
        for row in reported(report, project).rows:
            if row.share is None or row.share * _HUNDRED < self.parameters.over:
                continue
            if not row.is_explained:
                yield Hit(
                    "actual",
                    f"实际完成{quoted(row.actual.text)}，是指标值{quoted(row.target.text)}的"
                    f"{shown(row.share * _HUNDRED)}%，没有说明",
                    row.actual.text,
                    "写明为什么超出这么多；目标定低了的，下年调高，并按口径扣分",
                    row.number,
                )
