"""Q07 impossible-bound."""

from __future__ import annotations

from jixiao.check.bounds import at_most_hundred
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.units import mismatch
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Kind, Nature, Project

_HUNDRED = 100


class Q07(IndicatorRule):
    """指标值要求超过可能的最大值。

    比率和满意度最高是100%，“≥100%”里大于的部分不可能出现，“>100%”根本达不到；要求全部做到应写
    “=100%”。增长率等可以超过100%的不算。

    为什么：写法不成立，自评时超过100%的“完成值”也无从谈起；满意度要求100%以上更不现实。

    反例：

        服务对象满意度 ≥100百分比

    正例：

        服务对象满意度 ≥90%；资金发放率 =100%
    """

    code = "Q07"
    slug = "impossible-bound"
    title = "不可能的指标值"
    severity = Severity.ERROR
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性、可行性·实现可能性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a bound beyond 100%."""
        value = indicator.value
        highest = value.number if value.upper is None else value.upper
        if highest is None or value.operator in ("≤", "<"):
            return ()
        too_much = highest >= _HUNDRED if value.operator in ("≥", ">") else highest > _HUNDRED
        if not too_much or not at_most_hundred(indicator):
            return ()
        if highest > _HUNDRED and mismatch(indicator):
            return ()  # 培训人数 ≥150%: Q02 says that it is no percentage
        satisfaction = value.nature is Nature.SATISFACTION
        return (
            Hit(
                "value",
                f"指标值{quoted(value.text)}不可能达到：{'满意度' if satisfaction else '比率'}最高是100%",
                value.text,
                "满意度写“≥90%”等留有余地的下限"
                if satisfaction
                else "要求全部做到写“=100%”，否则写合理的下限，如“≥95%”",
            ),
        )
