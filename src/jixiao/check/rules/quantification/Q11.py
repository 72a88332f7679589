"""Q11 nonstandard-unit."""

from __future__ import annotations

from functools import lru_cache

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import quoted
from jixiao.model import Indicator, Kind, Project

_SPELLINGS: dict[str, str] = words("units")["spellings"]
_FOUND = one_of([rf"(?<=\d)\s*(?P<u{n}>{spelling})" for n, spelling in enumerate(_SPELLINGS)])
_RIGHT = list(_SPELLINGS.values())
_BEFORE_UNIT = "≥≤><=0123456789.,"


class Q11(IndicatorRule):
    """计量单位的写法不规范。

    百分比、百分数和全角的 ％ 写作 %，平方、平米写作平方米，等等。可以自动更正。

    为什么：同一个单位几种写法，汇总、比对和检索时就成了几个单位。

    反例：

        ≥95百分比；≥240000平米

    正例：

        ≥95%；≥240000平方米
    """

    code = "Q11"
    slug = "nonstandard-unit"
    title = "计量单位写法不规范"
    severity = Severity.INFORMATION
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "《中华人民共和国法定计量单位》；财预〔2015〕88号审核表 完整性·规范完整性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a unit that has a usual spelling."""
        text = indicator.value.text
        right = standard_units(text)
        if right != text:
            return (Hit("value", f"指标值{quoted(text)}的单位写法不规范", text, f"写成“{right}”"),)
        return ()


def standard_units(text: str) -> str:
    """Return a target value with its units in their usual spelling."""
    # Of most values all that follows the number is a unit, and there are few of those.
    unit = text.lstrip(_BEFORE_UNIT)
    before = text[: len(text) - len(unit)]
    return before + _spelled("0" + unit)[1:] if before[-1:].isdigit() else _spelled(text)


@lru_cache(maxsize=512)
def _spelled(text: str) -> str:
    return _FOUND.sub(lambda found: _RIGHT[int((found.lastgroup or "u0")[1:])], text)
