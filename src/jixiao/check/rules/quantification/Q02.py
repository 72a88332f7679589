"""Q02 unit-mismatch."""

from __future__ import annotations

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.suggest import instead
from jixiao.check.units import mismatch
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Kind, Project


class Q02(IndicatorRule):
    """计量单位量不了名称所说的东西。

    数量用了百分比，比率用了个，时间用了百分比，金额用了百分比或个。看名称的中心词：××率、比例是
    比率，××数、数量、面积是数量，成本、费用、金额是金额，时间、期限、天数是时间。面积、里程、人数、户数
    还要用面积、长度、人、户的单位。

    为什么：单位和名称不搭，实际完成值就没法填，自评只能随意打分。

    反例：

        年度服务部门数量 ≥95百分比；完工项目验收率 ≥100个；项目投入成本 ≤2472.71%

    正例：

        年度服务部门数量 ≥95个；完工项目验收率 =100%；项目投入成本 ≤2472.71万元
    """

    code = "Q02"
    slug = "unit-mismatch"
    title = "单位与指标不符"
    severity = Severity.ERROR
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a unit that cannot measure what the name says."""
        wrong = mismatch(indicator)
        if wrong is None:
            return ()
        value = indicator.value
        what, units = wrong
        other = instead(indicator, project)
        return (
            Hit(
                "value",
                f"{quoted(indicator.name)}量的是{what}，单位却是“{value.unit}”",
                value.text,
                f"单位改为{units}，或改指标名称，使两者一致{f'；{other}' if other else ''}",
            ),
        )
