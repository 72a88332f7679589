"""R06 goal-without-quantity."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.goals import is_checkable
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import is_missing, quoted
from jixiao.model import Project


class R06(ProjectRule):
    """项目的绩效目标没有一条有数量、期限或可核对的结果。

    年份和文号里的数字不算。

    为什么：目标是年底对照的尺子，尺子上没有刻度就量不了。

    反例：

        提高城市品质，增强城市时代感

    正例：

        12月底前完成4个村620户电代煤改造，验收合格率100%
    """

    code = "R06"
    slug = "goal-without-quantity"
    title = "绩效目标没有量化"
    severity = Severity.INFORMATION
    subject = "绩效目标"
    policy = "财预〔2015〕88号：绩效目标应细化、量化"

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield one hit where no goal can be checked."""
        goals = [goal for goal in project.goals if not is_missing(goal)]
        if goals and not any(map(is_checkable, goals)):
            yield Hit(
                "goals.0",
                f"{len(goals)}条绩效目标都没有数量、期限或可核对的结果：{quoted(goals[0])}",
                goals[0],
                "至少在一条目标里写明数量（多少人、多少公里）、期限（几月底前）或比率",
            )
