"""A03 satisfaction-target."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.measures import category_of, measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Kind, Project

_HUNDRED = 100
_POINTS = ("%", "分")
_HIGHEST_MARK = 10
_CHANGE = re.compile("提升|提高|增长|上升|增幅|改善|排名|名次")


class A03(IndicatorRule):
    """满意度目标定到100%，或定得太低。

    为什么：人人满意做不到，写100%等于没有想过怎么测；低于口径规定的，又等于没有要求。

    反例：

        服务对象满意度 ≥100%；群众满意度 ≥60%

    正例：

        服务对象满意度 ≥90%
    """

    code = "A03"
    slug = "satisfaction-target"
    title = "满意度目标不当"
    severity = Severity.WARNING
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》适当性·绩效合理性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``floor``: percentage below which a target is too low."""

        floor: Decimal

    parameters: Parameters

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a target of 100% or more, and for one under the floor."""
        value = indicator.value
        if value.number is None or value.unit not in _POINTS or value.operator in ("≤", "<"):
            return ()
        highest = value.number if value.upper is None else value.upper
        if value.unit == "分" and highest <= _HIGHEST_MARK:
            return ()  # 五分制、十分制
        if highest >= _HUNDRED:
            why, advice = "要求人人满意，做不到也测不出", "改为“≥90%”等留有余地的目标"
        elif value.number < self.parameters.floor:
            why = f"低于{self.parameters.floor:f}%，偏低"
            advice = f"改为不低于{self.parameters.floor:f}%，并参照上年调查结果"
        else:
            return ()
        if not _is_satisfaction(indicator.name or "", category_of(indicator)):
            return ()
        return (Hit("value", f"满意度目标{quoted(value.text)}{why}", value.text, advice),)


@lru_cache(maxsize=512)
def _is_satisfaction(name: str, category: str | None) -> bool:
    """Dissatisfaction, complaints and the like are no satisfaction, though they stand there."""
    nature = measure(name).nature
    if nature != "satisfaction" and (nature or category != "满意度" or "投诉" in name):
        return False
    return _CHANGE.search(name) is None
