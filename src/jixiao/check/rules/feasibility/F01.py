"""F01 plan-not-cumulative."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from jixiao.check.finding import Severity
from jixiao.check.plans import adds_up, checkpoints, shown
from jixiao.check.rule import Hit, ProjectRule
from jixiao.model import Project


class F01(ProjectRule):
    """资金支出计划没有按累计比例填。

    每个时点填的是到那时一共支出的比例，只会持平或上升，到12月底为100%。往下降的，或者几个数加起来
    正好100的，是把各期单独的比例填进去了。

    为什么：监控按累计比例与执行率相比，填成各期比例，全年都显示超前支出。

    反例：

        70%、10%、10%、10%

    正例：

        70%、80%、90%、100%
    """

    code = "F01"
    slug = "plan-not-cumulative"
    title = "支出计划不是累计数"
    severity = Severity.ERROR
    subject = "支出计划"
    policy = (
        "财预〔2015〕88号《项目支出绩效目标审核表》可行性·实现可能性；河北表样：支出计划为累计比例"
    )

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield a hit where the plan falls, or its steps add up to 100."""
        plan = checkpoints(project.plan)
        if len(plan) < 2:
            return
        shares = [share for _, share in plan]
        falls = next((month for (_, a), (month, b) in pairwise(plan) if b < a), None)
        if adds_up(plan):
            sums = [
                (month, share) for (month, _), share in zip(plan, accumulate(shares), strict=True)
            ]
            yield Hit(
                f"plan.{falls or plan[-1][0]}",
                "资金支出计划填的是各期比例，不是累计比例：几个数相加正好100%",
                shown(plan),
                f"改为累计：{shown(sums)}",
            )
        elif falls:
            yield Hit(
                f"plan.{falls}",
                f"资金支出计划到{int(falls)}月底反而下降，累计比例只会持平或上升",
                shown(plan),
                "按到各时点累计支出的比例重填，12月底为100%",
            )
