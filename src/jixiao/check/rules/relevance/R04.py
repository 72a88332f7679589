"""R04 uniform-values."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Project, TargetValue


class R04(ProjectRule):
    """一个项目的指标值全都一样。

    为什么：产出、时效、成本和满意度不可能是同一个数，多半是为填满而复制的。

    反例：

        八项指标都是 ≥95百分比

    正例：

        培训人数 ≥120人；培训合格率 ≥95%；培训完成时间 9月底前；人均培训成本 ≤300元
    """

    code = "R04"
    slug = "uniform-values"
    title = "指标值全都相同"
    severity = Severity.WARNING
    subject = "项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"
    for_department = True

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: indicators that a project must have for the rule to say anything."""

        least: int

    parameters: Parameters

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield a hit where all values are one."""
        values = [one.value for one in project.indicators]
        if len(values) < self.parameters.least:
            return
        first = _meant(values[0])
        if first and all(_meant(value) == first for value in values):
            yield Hit(
                "indicators",
                f"{len(values)}项指标的值全是{quoted(project.indicators[0].value.text)}",
                project.indicators[0].value.text,
                "按各项指标量的东西分别定值：数量写数量，时效写日期或天数，成本写金额",
            )


def _meant(value: TargetValue) -> object:
    """Return what a value says, the same for ≥95% and ≥95.00百分比; "" where it is blank."""
    if value.number is None:
        return fold(value.text)
    return value.operator, value.number, value.upper, value.unit
