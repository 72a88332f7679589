"""C09 duplicate-goal."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import is_missing, key, quoted
from jixiao.model import Project


class C09(ProjectRule):
    """同一条绩效目标写了两遍。

    比较时不计序号、空格和标点。

    为什么：重复的目标占了位置，没有增加内容，多半是复制后忘了改，真正的目标反而没有写。

    反例：

        1.支持贫困地区发展，衔接乡村振兴
        2.支持贫困地区发展，衔接乡村振兴

    正例：

        1.完成12个村的道路硬化
        2.脱贫户人均收入增长8%以上
    """

    code = "C09"
    slug = "duplicate-goal"
    title = "绩效目标重复"
    severity = Severity.WARNING
    subject = "绩效目标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·明确清晰性"

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield each goal that stands above it already."""
        first: dict[str, int] = {}
        for number, goal in enumerate(project.goals):
            if is_missing(goal):
                continue
            before = first.setdefault(key(goal), number)
            if before != number:
                yield Hit(
                    f"goals.{number}",
                    f"第{number + 1}条绩效目标与第{before + 1}条相同：{quoted(goal)}",
                    goal,
                    f"删去第{number + 1}条，或改写成与第{before + 1}条不同的目标",
                )
