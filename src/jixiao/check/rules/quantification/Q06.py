"""Q06 trivial-bound."""

from __future__ import annotations

from jixiao.check.bounds import at_most_hundred
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import quoted
from jixiao.model import Direction, Indicator, Kind, Project

_HUNDRED = 100


class Q06(IndicatorRule):
    """指标值是怎样都能达到的界限。

    完成率、合格率、满意度最高就是100%，“≤100%”什么也没有要求；同样，“≥0”也没有要求。增长率、
    成本控制率等可以超过100%的不算。

    为什么：这样的指标一定得满分，等于没有考核。

    反例：

        资金执行率 ≤100百分比

    正例：

        资金执行率 ≥95%
    """

    code = "Q06"
    slug = "trivial-bound"
    title = "恒成立的指标值"
    severity = Severity.ERROR
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性、适当性·绩效合理性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a bound that no result can miss."""
        value = indicator.value
        if value.number is None or value.upper is not None:
            return ()
        if value.operator in ("≤", "<"):
            # <100% still asks for something: less than all.
            least = value.number >= _HUNDRED if value.operator == "≤" else value.number > _HUNDRED
            if not least or not at_most_hundred(indicator):
                return ()
            lower = value.direction is Direction.LOWER and "率" in (indicator.name or "")
            advice = (
                "写明不得超过多少，如“≤5%”"
                if lower
                else "改为下限，如“≥95%”；必须全部做到的写“=100%”"
            )
            return (
                Hit(
                    "value",
                    f"指标值{quoted(value.text)}怎样都能达到：百分比最高就是100%",
                    value.text,
                    advice,
                ),
            )
        if value.operator == "≥" and value.number <= 0 and value.direction is not Direction.LOWER:
            return (
                Hit(
                    "value",
                    f"指标值{quoted(value.text)}怎样都能达到：不会小于0",
                    value.text,
                    "写明至少要达到多少",
                ),
            )
        return ()
