"""Q03 missing-operator."""

from __future__ import annotations

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import quoted
from jixiao.model import Direction, Indicator, Kind, Project
from jixiao.model.values import unit_nature

_HUNDRED = 100


class Q03(IndicatorRule):
    """指标值的数字前没有 ≥、≤、=。

    只有数字和单位，不知道是至少、至多还是正好。区间（80%-90%）、期限和带“以上”“以内”“左右”的不算。

    为什么：自评打分时，超过和不足各怎么算，要看这个符号。

    反例：

        培训人数 21个；验收合格率 100百分比

    正例：

        培训人数 ≥21人；验收合格率 =100%
    """

    code = "Q03"
    slug = "missing-operator"
    title = "指标值缺少符号"
    severity = Severity.INFORMATION
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2020〕10号：定量指标按完成比例计分"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a bare number with a unit that can be one."""
        value = indicator.value
        if value.operator or value.upper is not None:
            return ()
        if value.unit is not None and unit_nature(value.unit) is None:
            return ()  # 1及时、2达标：不成其为数量，由 Q01 报告
        return (
            Hit(
                "value",
                f"指标值{quoted(value.text)}没有 ≥、≤ 或 =",
                value.text,
                f"写成“{_with_operator(indicator)}”",
            ),
        )


def _with_operator(indicator: Indicator) -> str:
    value = indicator.value
    cost = "成本" in (indicator.level1 or "") + (indicator.level2 or "")
    full_rate = value.unit == "%" and value.number == _HUNDRED
    operator = "=" if full_rate else "≤" if cost or value.direction is Direction.LOWER else "≥"
    return f"{operator}{value.number:f}{value.unit or ''}"
