"""Q01 malformed-value."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.finding import Severity
from jixiao.check.lexicon import words
from jixiao.check.measures import measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, is_missing, quoted, shape
from jixiao.model import Indicator, Kind, Project
from jixiao.model.values import unit_nature

_LOOKS_LIKE_PERCENT = 50
_HUNDRED = 100
# 5强、2高 may be what is counted; a longer word of degree never is.
_STATES = {
    *words("qualities")["states"],
    *(word for word in words("qualities")["vague"] if len(word) > 1),
}
_STATE = "|".join(sorted(_STATES, key=len, reverse=True))
_NUMBER_AND_STATE = re.compile(rf"[≥≤=＝><＞＜≧≦]*\s*[-+]?[\d,.]+\s*(?:{_STATE})+[。.]?")
_OPERATOR_AND_STATE = re.compile(rf"[≥≤=＝><＞＜≧≦]+\s*(?:{_STATE}|[是否])+[。.]?")
_TWO_UNITS = re.compile(r"[≥≤=＝><＞＜≧≦]?[\d.,]+(?:百分比|[%％])(?P<unit>\D{1,4})")
_ALONE = re.compile(r"[≥≤=＝><＞＜≧≦]+|[≥≤=＝><＞＜≧≦]*(?:[%％]|百分比|个|人|次|项|天|元|万元)")
_OPERATOR_AND_WORD = re.compile(r"[≥≤=＝><＞＜≧≦]+(?P<unit>[\u4e00-\u9fff]{1,4})")
_TWO_POINTS = re.compile(r"[≥≤=＝><＞＜≧≦]*\d+(?:\.\d+){2,}\D{0,4}")
_WORD = re.compile("[\u4e00-\u9fff]+")
_TWO_SIGNS = re.compile(r"(?!>=|<=|=>|=<|≥=|≤=|==|<>)[≥≤＞＜><≧≦=＝]{2}")


class Q01(IndicatorRule):
    """数字和单位凑不成一个指标值。

    “1及时”“≥2达标”“≥95及时”：数字后面是状态词，不是单位。只有符号、只有单位、两个单位叠在一起的也算。

    为什么：这样的值没有人能说出完成了没有，多是系统里数值和单位分两栏、填岔了。

    反例：

        资金拨付 ≥95及时；村庄整洁 1达标

    正例：

        资金拨付及时率 ≥95%；达标村数 ≥58个
    """

    code = "Q01"
    slug = "malformed-value"
    title = "指标值不成立"
    severity = Severity.ERROR
    subject = "指标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a value that is none."""
        text = indicator.value.text
        if indicator.value.kind is Kind.DEADLINE:
            return ()
        if not _is_malformed(shape(text)) and not _has_no_unit_of_rates(indicator):
            return ()
        return (
            Hit(
                "value", f"指标值{quoted(text)}的数字和单位不成其为一个值", text, _advice(indicator)
            ),
        )


def _has_no_unit_of_rates(indicator: Indicator) -> bool:
    """Tell whether a number is followed by a word that is no unit at all.

    It is a rate's (≥95存活), or the word is the name's own last one: 漏洞修补 ≥95修补.
    """
    unit = indicator.value.unit
    return (
        unit is not None
        and len(unit) > 1
        and unit_nature(unit) is None
        and _WORD.fullmatch(unit) is not None
        and (
            measure(indicator.name).nature in ("rate", "satisfaction")
            or (unit_nature(unit[-1]) is None and fold(indicator.name).endswith(unit))
        )
    )


@lru_cache(maxsize=512)
def _is_malformed(text: str) -> bool:
    plain = fold(text)
    if is_missing(plain):
        return False
    return bool(
        _NUMBER_AND_STATE.fullmatch(plain)
        or _OPERATOR_AND_STATE.fullmatch(plain)
        or ((found := _TWO_UNITS.fullmatch(plain)) and unit_nature(found["unit"]))
        or _ALONE.fullmatch(plain)
        or ((found := _OPERATOR_AND_WORD.fullmatch(plain)) and unit_nature(found["unit"]))
        or _TWO_POINTS.fullmatch(plain)
        or _TWO_SIGNS.match(plain)
    )


def _advice(indicator: Indicator) -> str:
    number = indicator.value.number
    nature = measure(indicator.name).nature
    if nature == "count":
        return f"写明数量和单位，如“≥{number or 10:f}个”"
    if nature == "rate" or (number is not None and _LOOKS_LIKE_PERCENT <= number <= _HUNDRED):
        share = number if number is not None and number >= _LOOKS_LIKE_PERCENT else 95
        return f"写成比率，如“≥{min(share, 95)}%”，名称写明是什么率"
    return "改成能计量的值：数量（≥5个）、比率（≥95%）或期限（12月底前）；只能定性的，写可核对的标准，如“通过验收”"
