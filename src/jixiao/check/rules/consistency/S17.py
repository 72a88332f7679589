"""S17 goal-unanswered."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.reported import tells
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import is_missing, key, quoted
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_ADVICE = "写做成了什么：实际的数量、时间、效果"


class S17(ReportRule):
    """年度总体目标的实际完成情况空着、照抄目标，或只写“已完成”。

    实际完成情况与预期目标（或批复的绩效目标）除标点外一字不差，或只有“已完成”“完成目标”几个字。

    为什么：目标是打算做的，完成情况是做成的；一样的话，等于没有回答做成了没有。

    反例：

        预期目标 为5600名移民发放直补资金；实际完成情况 为5600名移民发放直补资金

    正例：

        实际完成情况 12月12日前为5612名移民发放直补资金336.72万元，问卷满意度93.5%
    """

    code = "S17"
    slug = "goal-unanswered"
    title = "总体完成情况没有内容"
    severity = Severity.WARNING
    subject = "自评的项目"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：年度总体目标应填写实际完成情况"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: letters that a goal must have to be looked at."""

        least: int

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit where what was reached is the goal's own words."""
        said = report.goal_reached or ""
        if is_missing(said):
            if report.goal_reached is not None and report.goal:
                yield Hit("goal_reached", "总体目标的实际完成情况没有填", said, _ADVICE)
            return
        goals = {key(report.goal)}
        if project is not None:
            goals |= {key(goal) for goal in project.goals} | {key("".join(project.goals))}
        plain = key(said)
        if plain in goals and len(plain) >= self.parameters.least:
            yield Hit(
                "goal_reached",
                f"实际完成情况{quoted(said)}与预期目标一字不差",
                said,
                _ADVICE,
            )
        elif not tells(said) and key(report.goal):
            yield Hit(
                "goal_reached",
                f"实际完成情况只写了{quoted(said)}，看不出做成了什么",
                said,
                _ADVICE,
            )
