"""F02 plan-backloaded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.plans import checkpoints, shown
from jixiao.check.rule import Hit, ProjectRule
from jixiao.model import Project

_YEAR_END = "12"
_HUNDRED = 100


class F02(ProjectRule):
    """资金集中在年底支出。

    到10月底（按季填的到9月底）累计支出比例低于口径规定的比例。不是累计数的计划由 F01 报告。

    为什么：两个月花掉大半年的钱，多半办不完，或是年底突击花钱。

    反例：

        0%、0%、0%、100%

    正例：

        25%、50%、80%、100%
    """

    code = "F02"
    slug = "plan-backloaded"
    title = "支出计划过于靠后"
    severity = Severity.WARNING
    subject = "支出计划"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》可行性·实现可能性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: percentage that should be spent by the last checkpoint before December."""

        least: Decimal

    parameters: Parameters

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield a hit where too little is planned before the last checkpoint."""
        plan = checkpoints(project.plan)
        if not plan or plan[-1][0] != _YEAR_END or any(b < a for (_, a), (_, b) in pairwise(plan)):
            return
        if sum(share for _, share in plan) == _HUNDRED and plan[-1][1] < _HUNDRED:
            return  # 10%、20%、30%、40%
        before = plan[-2] if len(plan) > 1 else ("10", Decimal(0))
        if before[1] < self.parameters.least:
            yield Hit(
                f"plan.{before[0]}",
                f"到{int(before[0])}月底只计划支出{before[1]:f}%，年底前才支出大部分资金",
                shown(plan),
                f"提前安排，到10月底累计不低于{self.parameters.least:f}%；确因合同、验收等只能年底支付的，在资金用途中写明",
            )
