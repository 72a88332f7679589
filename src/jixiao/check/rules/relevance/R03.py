"""R03 boilerplate-indicator."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.measures import measure
from jixiao.check.rule import Hit, TextRule
from jixiao.check.suggest import instead
from jixiao.check.topics import of_project
from jixiao.check.wording import is_missing, key, quoted
from jixiao.library import fields
from jixiao.model import PerformanceText, Project

_ANY_PROJECT = frozenset(("satisfaction", "rate", "money", "time"))


class R03(TextRule):
    """同一项指标（名称和值都相同）套用在几个不同领域的项目里。

    满意度、各种率、总成本、完成时间这类哪个项目都有的不算；同一领域的项目有相同的指标也不算。

    为什么：每个项目都用的话，说明它没有反映任何一个项目自己的产出和效果。

    反例：

        工资、征地、绿化三个项目都写“对农村经济社会发展的贡献 成效明显”

    正例：

        按各项目自己的受益对象写：工资按时发放率、被征地户补偿到位率、新增绿化面积
    """

    code = "R03"
    slug = "boilerplate-indicator"
    title = "指标套用"
    severity = Severity.WARNING
    subject = "指标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: projects of other fields that an indicator stands in."""

        least: int

    parameters: Parameters

    def find(self, text: PerformanceText) -> Iterator[Hit]:
        """Yield each place where such an indicator stands."""
        for found in self._repeated(text):
            projects = sorted({position for position, _ in found})
            if len(projects) < self.parameters.least or not _differ(
                [text.projects[position] for position in projects]
            ):
                continue
            for position, number in found:
                project = text.projects[position]
                indicator = project.indicators[number]
                others = "、".join(f"第{other + 1}个" for other in projects if other != position)
                advice = instead(indicator, project)
                yield Hit(
                    "name",
                    f"{quoted(indicator.name)}同样写在{others}项目里，而这些项目不是一个领域",
                    f"{indicator.name} {indicator.value.text}",
                    f"换成本项目自己的指标{f'，{advice}' if advice else ''}",
                    number,
                    position,
                )

    def _repeated(self, text: PerformanceText) -> Iterator[list[tuple[int, int]]]:
        """Yield the positions (project, indicator) of each name that often has the same value."""
        keys = [key(one.name) for project in text.projects for one in project.indicators]
        least = self.parameters.least
        often = {name for name, times in Counter(keys).items() if name and times >= least}
        places = (
            (position, number)
            for position, project in enumerate(text.projects)
            for number in range(len(project.indicators))
        )
        by_name: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for name, place in zip(keys, places, strict=True):
            if name in often:
                by_name[name].append(place)
        for found in by_name.values():
            position, number = found[0]
            written = text.projects[position].indicators[number].name
            if is_missing(written) or measure(written).nature in _ANY_PROJECT:
                continue
            by_value: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for position, number in found:
                value = text.projects[position].indicators[number].value.text
                by_value[key(value)].append((position, number))
            yield from by_value.values()


def _differ(projects: list[Project]) -> bool:
    """Tell whether some two of the projects are of fields that are not near each other."""
    known = fields()
    topics = [of_project(project).first for project in projects]
    topics = [topic for topic in topics if topic]
    near = [
        topic | {other for field in topic if field in known for other in known[field].near}
        for topic in topics
    ]
    return any(not (one & topic) for at, one in enumerate(near) for topic in topics[at + 1 :])
