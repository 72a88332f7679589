"""R01 misplaced-indicator."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.directions import BAD, has_bad_letters_last
from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import CATEGORIES, category_of, measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Indicator, Nature, Project
from jixiao.model.values import unit_nature

# 宕机次数 is quality, too: how often it goes wrong.
_QUALITY = one_of(words("measures")["quality"]["words"])
_TIMELY = re.compile("及时|按时|按期|准时|如期")
_COUNTED = {name: frozenset(units) for name, units in words("heads")["counted"].items()}
_OFTEN = re.compile(
    "每(?:[日天周月季年]|个月|季度|学期|半[月年])|[日周月季]均|延[误迟期]|滞后|推迟|超期|逾期|晚点|迟|拖[欠延]|误[期点]"
)
_HOW_OFTEN = re.compile("每(?:[日天周月旬季年]|半|个月|季度|学期|\\d)")
_OF_MONEY = re.compile(words("costs")["rates"])
_SAVES = re.compile("损失|节约|节省|降低|减少|下降|增|减轻")
_BENEFITS = frozenset(("经济效益", "社会效益", "生态效益", "可持续影响"))
_SATISFIED = ("满意", "认可", "好评", "幸福", "获得感", "评价", "投诉", "支持", "信任", "安全感")


class R01(IndicatorRule):
    """指标放错了二级类别。

    成本放在质量下，人数、个数放在时效下，培训人数放在成本下，满意度放在效益下，等等。看名称的中心词
    应归哪一类，归哪类都说得通的（完成率、执行率）不算。

    为什么：放错类别，这一类就等于空着；自评按类别给分，分也就给错了地方。

    反例：

        质量指标 项目投入成本；时效指标 支持整县推进项目县个数

    正例：

        成本指标 项目投入成本；数量指标 支持整县推进项目县个数
    """

    code = "R01"
    slug = "misplaced-indicator"
    title = "指标类别不当"
    severity = Severity.WARNING
    subject = "指标"
    policy = "财预〔2015〕88号：产出、效益、满意度各类指标的含义"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for an indicator under another category than its own."""
        here = category_of(indicator)
        if here is None or not indicator.name:
            return ()
        if here == "时效" and _HOW_OFTEN.search(indicator.value.text):
            return ()  # 发放次数 每季度一次: when, not how many
        right = (
            _right(indicator.name, here, here in _BENEFITS and _saves(indicator.value.text))
            or _capped(indicator, here)
            or _by_unit(indicator, here)
        )
        if right is None:
            return ()
        return (
            Hit(
                "level2",
                f"{quoted(indicator.name)}看“{measure(indicator.name).word or '名称'}”应是{right}指标，却放在{here}指标下",
                indicator.name,
                f"移到{right}指标；{here}指标另写一项"
                if right != "别的"
                else f"移到合适的类别；{here}指标另写一项",
            ),
        )


@lru_cache(maxsize=512)
def _right(name: str, here: str, saves: bool) -> str | None:
    """Return the category that a name belongs to where it is not the one it stands in.

    ``saves`` tells that the value speaks of a saving: 用人成本 下降 is an effect.
    """
    found = measure(name)
    right = found.categories
    if here == "满意度":
        if any(word in name for word in _SATISFIED) or found.nature in (None, "rate", "state"):
            return None
        return _first(right) or "别的"
    if found.nature == "rate" and here in ("数量", "成本") and _TIMELY.search(name):
        return "时效"
    if here == "成本" and not right and found.nature == "rate" and not _OF_MONEY.search(name):
        return "质量"  # 问题整改完成率
    if not right or here in right:
        return None
    if here == "时效" and _OFTEN.search(name):
        return None  # 每月活动次数
    if here in _BENEFITS:
        # 效益下面的数量、质量、时长常是成效本身；成本、满意度和及时与否不是。
        if right == {"成本"}:
            return None if saves or _saves(name) else "成本"
        return next((one for one in ("满意度",) if right == {one}), None) or (
            "时效" if right == {"时效"} else None
        )
    if right & _BENEFITS and here in ("数量", "质量", "时效") and not right - _BENEFITS:
        # 改善、提升之类的名称放在产出下，常是写法问题；放在成本、时效下才明显不对。
        return _first(right) if here == "时效" else None
    if here == "质量" and found.nature in ("count", "money") and _is_quality(name):
        return None  # 返修次数、优秀学员人数
    return _first(right)


def _capped(indicator: Indicator, here: str) -> str | None:
    """Return 成本 for a sum of money that a benefit may not exceed: 稿费标准 ≤75元/篇."""
    if here not in _BENEFITS or indicator.value.operator not in ("≤", "<"):
        return None
    found = measure(indicator.name)
    is_money = found.nature == "money" and "成本" in found.categories
    return "成本" if is_money and not _saves(indicator.name or "") else None


def _by_unit(indicator: Indicator, here: str) -> str | None:
    """Return where the unit shows that an indicator belongs, where its name does not tell.

    Sums of money are 成本; people or things counted under 成本 or 时效 are 数量.

    A cost may be kept low by a limit on things (接待批次 ≤20批); at least so many are no cost.
    """
    unit = indicator.value.unit
    if unit is None or measure(indicator.name).nature is not None:
        return None
    if here in ("质量", "时效") and unit_nature(unit) is Nature.MONEY:
        name = indicator.name or ""
        return None if _saves(name) or _is_quality(name) else "成本"
    if here not in _COUNTED:
        return None
    if indicator.value.operator in ("≤", "<") or _saves(indicator.name or ""):
        return None
    return "数量" if unit in _COUNTED[here] else None


def _is_quality(name: str) -> bool:
    return bool(_QUALITY.search(name) or BAD.search(name) or has_bad_letters_last(name))


def _saves(name: str) -> bool:
    return _SAVES.search(fold(name)) is not None


def _first(categories: frozenset[str]) -> str | None:
    """Return the one to name first, in the order of the form."""
    return next((one for one in CATEGORIES if one in categories), None)
