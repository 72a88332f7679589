"""F03 plan-total."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.plans import adds_up, checkpoints, shown
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import is_missing
from jixiao.model import Project

_HUNDRED = 100


class F03(ProjectRule):
    """资金支出计划最后不是100%，或有超过100%的。

    12月底空白时看最后一个填了的时点；它不足100%而后面空白的由 C12 报告，各期比例没有累计的由 F01 报告。

    为什么：当年预算当年花完，最后必须是100%；超过100%就是超预算。

    反例：

        25%、50%、75%、95%；50%、80%、120%、100%

    正例：

        25%、50%、75%、100%
    """

    code = "F03"
    slug = "plan-total"
    title = "支出计划合计不对"
    severity = Severity.ERROR
    subject = "支出计划"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》可行性·实现可能性"

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield a hit for a share above 100%, and for a last one below."""
        plan = checkpoints(project.plan)
        over = next(((month, share) for month, share in plan if share > _HUNDRED), None)
        if over:
            yield Hit(
                f"plan.{over[0]}",
                f"到{int(over[0])}月底计划支出{over[1]:f}%，超过了100%",
                shown(plan),
                "累计支出比例最高为100%，请核对",
            )
        elif (
            plan
            and plan[-1][1] < _HUNDRED
            and not adds_up(plan)
            and not is_missing(project.plan.december)
        ):
            yield Hit(
                f"plan.{plan[-1][0]}",
                f"到12月底只计划支出{plan[-1][1]:f}%，不是100%",
                shown(plan),
                "12月底填100%；确实跨年支付的，调减本年预算数",
            )
