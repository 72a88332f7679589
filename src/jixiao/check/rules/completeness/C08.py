"""C08 duplicate-project."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, TextRule
from jixiao.check.wording import fold, is_missing, key, quoted
from jixiao.model import PerformanceText, Project


class C08(TextRule):
    """两个项目的编码相同，或名称和预算数都相同。

    为什么：同一个项目报了两次，或者复制一张表后忘了改，预算会重复计算。

    反例：

        第3个项目和第7个项目的编码都是 13073024P000433100036

    正例：

        每个项目的编码不同
    """

    code = "C08"
    slug = "duplicate-project"
    title = "项目重复"
    severity = Severity.ERROR
    subject = "项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性；项目编码一项一码"

    def find(self, text: PerformanceText) -> Iterator[Hit]:
        """Yield each project that stands before it already."""
        codes: dict[str, int] = {}
        named: dict[str, list[int]] = {}
        for position, project in enumerate(text.projects):
            code, name = fold(project.code).upper(), project.name
            if not is_missing(code) and (before := codes.setdefault(code, position)) != position:
                yield Hit(
                    "code",
                    f"项目编码{quoted(code)}与第{before + 1}个项目{quoted(text.projects[before].name)}相同",
                    code,
                    "核对两个项目的编码，删去重复的一张表",
                    project=position,
                )
                continue
            sum_ = _sum(project)
            if is_missing(name) or sum_ is None:
                continue
            above = named.setdefault(key(name), [])
            same = (one for one in above if _sum(text.projects[one]) == sum_)
            if (before := next(same, position)) != position:
                yield Hit(
                    "name",
                    f"项目名称和预算数与第{before + 1}个项目都相同：{quoted(name)}",
                    name or "",
                    "删去重复的一张表；确是两个项目的，名称上要能区分",
                    project=position,
                )
            else:
                above.append(position)


def _sum(project: Project) -> object:
    budget = project.budget.money("total")
    return None if budget is None else budget.to("元")
