"""Q10 vague-deadline."""

from __future__ import annotations

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import category_of, measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.model import Indicator, Kind, Project

_HURRIED = one_of(words("qualities")["hurried"])
_DATED = one_of(
    [
        r"\d",
        "年[初底末终内]",
        "月[初底末]?",
        "季",
        "[上下]半年",
        "当[年月日天]",
        "每(?:半?年|[月周日天])",
        "即办|当场|立等",
        "学期",
        "[汛暖火假]期",
        "全年",
        "永久|终身|无限期",
        "节假?日",
        "(?<![提目当先空])前(?![期列沿])",  # 春节前、开学前
    ]
)


class Q10(IndicatorRule):
    """时效指标没有日期、期限，也没有比率。

    “及时办会”“按时完成”没有说到哪一天算按时。

    为什么：没有期限，就没有“晚了”这回事，时效等于没有考核。

    反例：

        时效指标 会议召开时间 及时办会

    正例：

        时效指标 会议召开时间 2024年6月30日前；资金拨付及时率 ≥95%
    """

    code = "Q10"
    slug = "vague-deadline"
    title = "时效指标没有期限"
    severity = Severity.WARNING
    subject = "指标"
    kinds = frozenset((Kind.QUALITATIVE,))
    policy = "财预〔2015〕88号：时效指标反映产出的及时程度，应有明确时限"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a time indicator without any time."""
        value = indicator.value
        if is_missing(value.text):
            return ()
        text = fold(value.text)
        timely = category_of(indicator) == "时效"
        if not timely and measure(indicator.name).nature == "time":
            timely = True
        if timely and not _DATED.search(text):
            hurried = "，没有说到哪一天算" + found[0] if (found := _HURRIED.search(text)) else ""
            return (
                Hit(
                    "value",
                    f"时效指标的值{quoted(value.text)}没有日期、期限或比率{hurried}",
                    value.text,
                    "写明完成的日期（如“11月30日前”）、时限（如“≤15个工作日”）或及时率（如“≥95%”）",
                ),
            )
        return ()
