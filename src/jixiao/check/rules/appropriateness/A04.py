"""A04 low-target."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Indicator, Kind, Project

_EXPECTED = one_of(words("targets")["expected_full"])


class A04(IndicatorRule):
    """完成率、合格率、及时率一类的目标定得太低。

    这几类本来就应该全部或几乎全部做到。

    为什么：目标低到一定能达到，就没有约束，自评分虚高。

    反例：

        工程验收合格率 ≥60%；项目按时完成率 ≥50%

    正例：

        工程验收合格率 =100%；项目按时完成率 ≥95%
    """

    code = "A04"
    slug = "low-target"
    title = "目标偏低"
    severity = Severity.WARNING
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》适当性·绩效合理性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``floor``: percentage below which such a target is too low."""

        floor: Decimal

    parameters: Parameters

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a low rate of what should be complete."""
        value = indicator.value
        if value.number is None or value.unit != "%" or value.operator in ("≤", "<"):
            return ()
        if value.number < self.parameters.floor and _is_expected_full(indicator.name):
            return (
                Hit(
                    "value",
                    f"{quoted(indicator.name)}的目标{quoted(value.text)}低于{self.parameters.floor:f}%，没有挑战性",
                    value.text,
                    "按应当做到的程度定，如“≥95%”或“=100%”；确有困难的，在描述里说明原因和上年水平",
                ),
            )
        return ()


@lru_cache(maxsize=512)
def _is_expected_full(name: str | None) -> bool:
    return _EXPECTED.search(fold(name)) is not None
