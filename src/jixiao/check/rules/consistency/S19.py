"""S19 qualitative-copied."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import key, quoted
from jixiao.model import Kind, Project
from jixiao.model.reports import ProjectReport


class S19(ReportRule):
    """定性指标的实际完成值照抄指标值。

    指标值是文字，实际完成值与它一字不差，偏差原因、佐证资料、备注里也没有别的说明。“合格”“达标”“优秀”这样本身
    就是结论的短词不算。

    为什么：“有效改善”答“有效改善”，没有说出改善在哪里、凭什么说改善了。

    反例：

        指标值 有效改善农村人居环境，实际完成值 有效改善农村人居环境

    正例：

        实际完成值 达成年度指标：12个村通过县级人居环境验收，佐证资料 验收通报
    """

    code = "S19"
    slug = "qualitative-copied"
    title = "定性完成值照抄指标值"
    severity = Severity.INFORMATION
    subject = "自评的指标"
    policy = (
        "财预〔2020〕10号《项目支出绩效评价管理办法》：定性指标按达成、部分达成、未达成三档评分"
    )

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: letters from which on a value is no plain verdict such as 合格."""

        least: int

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each qualitative target that is given back as it is."""
        for row in reported(report, project).rows:
            plain = key(row.said.actual)
            if row.target.kind is not Kind.QUALITATIVE or len(plain) < self.parameters.least:
                continue
            if (
                plain == key(row.target.text)
                and not row.is_explained
                and not key(row.said.evidence)
            ):
                yield Hit(
                    "actual",
                    f"实际完成值照抄了指标值{quoted(row.target.text)}",
                    row.said.actual or "",
                    "写明属于达成、部分达成还是未达成，凭什么这样说",
                    row.number,
                )
