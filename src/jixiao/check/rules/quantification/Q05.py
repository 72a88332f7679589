"""Q05 tautological-value."""

from __future__ import annotations

from jixiao.check.finding import Severity
from jixiao.check.repeats import repeated
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.suggest import instead
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Kind, Project

_LABELS = {"name": "名称", "description": "描述"}


class Q05(IndicatorRule):
    """指标值只是把名称或描述又写了一遍。

    指标值应说做到多少、到什么时候、达到什么标准，不是再说一遍要做什么。

    为什么：没有目标值，就没有可比的东西，自评和复核都无从下手。

    反例：

        会议筹备情况，指标值 会议筹备情况

    正例：

        会议筹备完成率，指标值 =100%
    """

    code = "Q05"
    slug = "tautological-value"
    title = "指标值重复名称"
    severity = Severity.ERROR
    subject = "指标"
    kinds = frozenset((Kind.QUALITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a value that only repeats."""
        field = repeated(indicator)
        if field is None:
            return ()
        other = instead(indicator, project)
        return (
            Hit(
                "value",
                f"指标值{quoted(indicator.value.text)}只是重复{_LABELS[field]}，没有目标值",
                indicator.value.text,
                f"写明做到多少、何时完成或达到什么标准{f'，{other}' if other else ''}",
            ),
        )
