"""C11 funding-sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.model import Project

_SOURCE_OF_MONEY = re.compile("资金|拨款|补助|收入|债券|自筹|贷款|转移支付")


class C11(ProjectRule):
    """财政资金加其他资金不等于预算数。

    空白的一栏按 0 计；两栏都空白不查。表上还有别的资金来源栏目时不查，因为合计里含有它。

    为什么：合计与分项对不上，说明至少有一个数填错了，成本指标和执行率都会跟着错。

    反例：

        预算数 500万元，其中：财政资金 400万元，其他资金 （空白）

    正例：

        预算数 500万元，其中：财政资金 400万元，其他资金 100万元
    """

    code = "C11"
    slug = "funding-sum"
    title = "资金合计不符"
    severity = Severity.ERROR
    subject = "项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性、适当性·资金匹配性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``tolerance``: difference that rounding explains, in the form's money unit."""

        tolerance: Decimal

    parameters: Parameters

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield a hit where the sum is another."""
        budget = project.budget
        total, fiscal, other = (budget.money(name) for name in ("total", "fiscal", "other"))
        if total is None or (fiscal is None and other is None):
            return
        if any(_SOURCE_OF_MONEY.search(label) for label in project.extra):
            return
        parts = (fiscal.amount if fiscal else Decimal(0)) + (other.amount if other else Decimal(0))
        gap = total.amount - parts
        if abs(gap) <= self.parameters.tolerance:
            return
        unit = total.unit
        yield Hit(
            "total",
            f"财政资金{budget.fiscal or '（空白）'}加其他资金{budget.other or '（空白）'}"
            f"得{parts.normalize():f}{unit}，预算数却是{budget.total}{unit}，相差{abs(gap).normalize():f}{unit}",
            f"{budget.total} / {budget.fiscal or ''} / {budget.other or ''}",
            f"核对批复：预算数应为{parts.normalize():f}{unit}，或把{'少' if gap > 0 else '多'}填的"
            f"{abs(gap).normalize():f}{unit}改到相应的资金来源",
        )
