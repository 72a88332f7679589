"""C10 duplicate-indicator."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import fold, is_missing, key, quoted
from jixiao.model import Project, TargetValue


class C10(ProjectRule):
    """同一项指标在一个项目里出现两次。

    名称和指标值都相同就算：空格、标点和单位的写法（百分比与 %）不计。

    为什么：重复的指标在自评时会把同一件事算两次分，挤掉了该考核的别的方面。

    反例：

        质量指标 验收合格率 ≥95%
        社会效益指标 验收合格率 ≥95百分比

    正例：

        质量指标 验收合格率 ≥95%
        社会效益指标 受益群众人数 ≥3200人
    """

    code = "C10"
    slug = "duplicate-indicator"
    title = "指标重复"
    severity = Severity.WARNING
    subject = "指标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"
    for_department = True

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield each indicator that stands above it already."""
        named: dict[str, list[int]] = {}
        for number, indicator in enumerate(project.indicators):
            name = indicator.name
            if name is None or is_missing(name):
                continue
            above = named.setdefault(key(name), [])
            above.append(number)
            if len(above) == 1:
                continue
            meant = _meaning(indicator.value)
            before = next(n for n in above if _meaning(project.indicators[n].value) == meant)
            if before != number:
                yield Hit(
                    "name",
                    f"与本项目第{before + 1}项指标重复：{quoted(name)} {indicator.value.text}".rstrip(),
                    name,
                    "删去其中一项，或换成考核另一方面的指标",
                    number,
                )


def _meaning(value: TargetValue) -> object:
    if value.number is None:
        return fold(value.text)
    return value.operator, value.number, value.upper, value.unit
