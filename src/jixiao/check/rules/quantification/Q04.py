"""Q04 vague-qualitative."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import category_of
from jixiao.check.repeats import repeated
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.suggest import instead
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.model import Indicator, Kind, Project

_WORDS = words("qualities")
_VAGUE: tuple[str, ...] = tuple(_WORDS["vague"])
_CHECKABLE = one_of(_WORDS["checkable"])
_NOT_DEGREES = one_of(_WORDS["not_degrees"])
_PLAIN = frozenset(_WORDS["plain"])
_EVENTS = re.compile(_WORDS["events"])
_EFFECTS = frozenset(_WORDS["events_of"])
_LONGEST_PHRASE: int = _WORDS["longest_phrase"]
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
_LONGEST = 30
_OPERATORS = frozenset("≥≤＞＜><＝=")
# 等次、评级的结果就是优、良
_GRADED = re.compile("等[次级]|评[级定审估价比查选]|考核|考评|测评|验收")
_GRADE = re.compile("(?:优秀?|优良|良好?|中等?|合格)(?:及?以上)?(?:等[次级])?")


class Q04(IndicatorRule):
    """定性的指标值说不清，以后没有人能判断做到没有。

    “有所增强”“成效明显”“显著提高”只有程度，没有标准。写了可以核对的标准（通过验收、零投诉、达到
    某文件的要求、比上年如何）的不算。

    为什么：说不清的值，自评时人人都写“已达成”，等于没有考核。

    反例：

        农村生活环境 有所改善；社会影响 成效明显

    正例：

        生活垃圾无害化处理率 ≥95%；群众投诉件数 ≤3件；改造后的道路通过竣工验收
    """

    code = "Q04"
    slug = "vague-qualitative"
    title = "定性指标值空泛"
    severity = Severity.WARNING
    subject = "指标"
    kinds = frozenset((Kind.QUALITATIVE,))
    policy = "财预〔2015〕88号：绩效指标应细化、量化；不能量化的，定性表述应可衡量"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a value of degree words."""
        value = indicator.value
        category = category_of(indicator)
        if category == "时效":
            return ()  # 时效指标的空话由 Q10 报告
        if not _is_vague(value.text, category in _EFFECTS):
            return ()
        if _is_graded(indicator) or repeated(indicator):
            return ()
        other = instead(indicator, project)
        return (
            Hit(
                "value",
                f"指标值{quoted(value.text)}说不清做到什么程度算完成",
                value.text,
                f"改为能计量的指标和数值{f'，{other}' if other else ''}；必须定性的，写明可以核对的标准",
            ),
        )


@lru_cache(maxsize=512)
def _is_vague(text: str, of_effect: bool) -> bool:
    """Tell whether a value has words of degree, or is a phrase for an effect without a standard."""
    plain = fold(text).strip("。；;，,.")
    if plain[:1] in _OPERATORS:
        return False  # ≥长期 is reported by Q01
    if is_missing(plain) or plain in _PLAIN or len(plain) > _LONGEST:
        return False
    if of_effect and len(plain) <= _LONGEST_PHRASE and _CHINESE.fullmatch(plain):
        vague = _EVENTS.search(plain) is None  # 蔚然成风
    else:
        vague = False
    plain = _NOT_DEGREES.sub("", plain)
    vague = vague or any(word in plain for word in _VAGUE)
    return vague and _CHECKABLE.search(plain) is None


def _is_graded(indicator: Indicator) -> bool:
    """Tell whether a value is the grade that a formal assessment gives: 考核等次 优秀."""
    grade = fold(indicator.value.text).strip("。；;，,.")
    return bool(_GRADE.fullmatch(grade) and _GRADED.search(indicator.name or ""))
