"""Q09 description-repeats-name."""

from __future__ import annotations

from jixiao.check.finding import Severity
from jixiao.check.repeats import describes_nothing
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Project


class Q09(IndicatorRule):
    """指标描述没有比名称多说什么。

    描述应说明算什么、怎么算、范围是哪些、数据从哪里来。

    为什么：没有口径，到了自评，各人各算。

    反例：

        验收合格率，描述 验收合格率

    正例：

        验收合格率，描述 年度内一次验收合格的工程数占完工工程数的比例，以竣工验收报告为准
    """

    code = "Q09"
    slug = "description-repeats-name"
    title = "描述重复名称"
    severity = Severity.INFORMATION
    subject = "指标"
    policy = "财预〔2021〕101号：指标应有解释、计算公式和佐证资料"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit where the description is the name again."""
        if describes_nothing(indicator.description, indicator.name):
            return (
                Hit(
                    "description",
                    f"指标描述{quoted(indicator.description)}没有比名称多说什么",
                    indicator.description or "",
                    "写明含义、计算公式、范围或数据来源",
                ),
            )
        return ()
