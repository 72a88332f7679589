"""Q08 wrong-direction."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.bounds import is_trivial
from jixiao.check.directions import (
    BAD,
    bad_last,
    begins_bad,
    is_bad_rate,
    is_undone,
    without_newly_bad,
)
from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import category_of, direction_of, measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Direction, Indicator, Kind, Nature, Project
from jixiao.model.values import unit_nature

_UPPER = ("≤", "<")
_LOWER = ("≥", ">")
_EXACT = (None, "=", "≈")
_HUNDRED = 100
_WORDS = words("directions")
_GOOD = one_of(_WORDS["good_counts"])
_HANDLED = one_of(_WORDS["handled"])
_NEWLY_CAUGHT = one_of(f"(?:{word})$" for word in _WORDS["caught"])
_CAUGHT = one_of(f"(?:{word})$" for word in _WORDS["caught"])
_OFFENCE = one_of(_WORDS["offences"])
_SHORTER = one_of(_WORDS["shorter"])
_DRAWN = re.compile(_WORDS["drawn"])
_LOST = one_of(_WORDS["lost"])
_INCIDENTS = frozenset(_WORDS["incidents"])
_GOOD_LAST = re.compile(f"(?:{_GOOD.pattern})$")
_SPAN = re.compile("(?:全?年|当年|累计|每年)?")
_DEALS = re.compile(f"(?:{one_of(_WORDS['deals']).pattern})(?!.?(?:{_WORDS['deals_nouns']}))")
_OBJECTS = re.compile(_WORDS["objects"])
_LIMITED = one_of(_WORDS["limited"])
_LASTING = one_of(_WORDS["lasting"])
_SHORT = frozenset(("小时", "分钟", "秒", "工作日"))
_QUICK = re.compile(_WORDS["quick"])
_WAITS = re.compile(_WORDS["waits"])
_HIGH: int = _WORDS["high_ceiling"]
_MAY_HAVE_CEILING = one_of(_WORDS["may_have_ceiling"])


class Q08(IndicatorRule):
    """符号和指标的方向相反。

    完成率、合格率、满意度等越高越好的写成了“≤”，成本、投诉率、事故数等越低越好的写成了“≥”。

    为什么：方向反了，做得越差得分越高。

    反例：

        项目完成率 ≤80百分比；房屋维修成本 ≥95百分比

    正例：

        项目完成率 ≥80%；房屋维修成本 ≤95万元
    """

    code = "Q08"
    slug = "wrong-direction"
    title = "指标方向相反"
    severity = Severity.ERROR
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2020〕10号：正向指标、反向指标分别计分"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a bound against the direction."""
        value = indicator.value
        if value.number is None or value.upper is not None or value.operator in _EXACT:
            return ()
        if value.unit == "名" and ("前" in value.text or "第" in value.text):
            return ()  # 全市前3名: the place, which is better the lower
        better = _better(indicator)
        # ≤0户 asks that there be none, whatever it is.
        upper = value.operator in _UPPER and value.number > 0 and not is_trivial(indicator)
        if better is Direction.HIGHER and upper:
            right, word = "≥", "越高越好"
        elif better is Direction.LOWER and value.operator in _LOWER:
            right, word = "≤", "越低越好"
        else:
            return ()
        side = "下" if right == "≥" else "上"
        turned = f"“{right}{value.number:f}{value.unit or ''}”这样的" if _fits(indicator) else ""
        return (
            Hit(
                "value",
                f"{quoted(indicator.name)}{word}，指标值却是{quoted(value.text)}",
                value.text,
                f"改为{turned}{side}限，并核对数值和单位",
            ),
        )


def _fits(indicator: Indicator) -> bool:
    """Tell whether the unit is one that the name can have; if not, Q02 says so."""
    money = measure(indicator.name).nature == "money"
    return not money or unit_nature(indicator.value.unit) is Nature.MONEY


def _better(indicator: Indicator) -> Direction | None:
    told = direction_of(indicator)
    if told is not None:
        return told
    nature = measure(indicator.name).nature
    plain, unit = fold(indicator.name), indicator.value.unit
    guess = _guessed(plain, nature, unit_nature(unit))
    if guess is None and nature is None and unit in _INCIDENTS:
        dealt = _is_handled(plain) or _DEALS.search(plain) or _GOOD.search(plain)
        return None if dealt else Direction.LOWER
    if guess is not None:
        # What a cost counts may be kept low: 打井眼数 ≤3眼.
        at_cost = guess is Direction.HIGHER and nature is None and category_of(indicator) == "成本"
        return None if at_cost else guess
    if nature == "time" and unit in _SHORT and category_of(indicator) != "数量":
        return None if _LASTING.search(plain) else Direction.LOWER
    return Direction.HIGHER if nature == "rate" and _has_high_ceiling(indicator) else None


@lru_cache(maxsize=512)
def _guessed(plain: str, nature: str | None, of_unit: Nature | None) -> Direction | None:
    """Return which side is better where a name's head does not tell, as its other words do."""
    if nature == "time" or (nature in (None, "count") and of_unit is Nature.TIME):
        slow = _QUICK.search(plain) or _WAITS.search(plain)
        if slow or nature != "count":
            return Direction.LOWER if slow and not _SHORTER.search(plain) else None
    told = nature in ("count", "rate") or of_unit in (Nature.COUNT, Nature.RATE)
    last = bad_last(plain) if told else None
    if last and (_was_not_done(plain, last[0]) or not _DEALS.search(plain, 0, last.start() + 1)):
        return Direction.LOWER
    if told and begins_bad(plain) and not _DEALS.search(plain, 2):
        return Direction.LOWER  # 冒领补贴人次
    if nature == "rate":
        return Direction.LOWER if is_bad_rate(plain) and not _is_handled(plain) else None
    if of_unit is Nature.MONEY and _DRAWN.search(plain):
        return Direction.HIGHER
    bad = BAD.search(plain)
    if nature == "count":
        good = _GOOD.search(plain)
        # 违法建筑拆除面积 has both, 事故调查报告数 is about handling it: neither tells.
        if bad:
            dealt = _is_handled(plain) or _begins_dealing(plain)
            return None if dealt else Direction.LOWER
        return Direction.HIGHER if good else None
    if bad is None:
        if nature is not None or of_unit is not Nature.COUNT:
            return None
        span = _SPAN.match(plain)
        more = _GOOD.match(plain, span.end() if span else 0) or _GOOD_LAST.search(plain)
        return Direction.HIGHER if more and not _LIMITED.search(plain) else None
    if _is_handled(plain):
        return None
    if nature is None and of_unit is Nature.COUNT:
        caught = _OFFENCE.search(plain) and _CAUGHT.search(plain)
        return None if caught or _begins_dealing(plain) else Direction.LOWER
    if nature in (None, "money") and of_unit is Nature.MONEY:
        return Direction.LOWER if _LOST.search(plain) else None
    return None


def _was_not_done(plain: str, last: str) -> bool:
    """Tell whether what a name ends with was not done, or done wrong: 整改不到位, not 清退违规户."""
    return is_undone(last) and not (_OBJECTS.match(last) and _begins_dealing(plain))


def _begins_dealing(plain: str) -> bool:
    """Tell whether a name begins with a word of two letters for dealing with something: 清退违规户."""
    dealt = _DEALS.match(plain)
    return dealt is not None and len(dealt[0]) > 1


def _is_handled(plain: str) -> bool:
    """Tell whether a name speaks of what is done about bad things: then more may be better."""
    if _GOOD.search(without_newly_bad(plain)) or _HANDLED.search(plain):
        return True
    bad = BAD.search(plain)
    return bad is not None and _DEALS.search(plain, bad.end()) is not None  # 坑槽修补


def _has_high_ceiling(indicator: Indicator) -> bool:
    """Tell whether a rate that nothing is known of may be 85% to 99% at most: 通达率 ≤95%."""
    value = indicator.value
    return (
        value.unit == "%"
        and value.number is not None
        and _HIGH <= value.number < _HUNDRED
        and category_of(indicator) != "成本"
        and not _MAY_HAVE_CEILING.search(f"{indicator.name}{indicator.description}")
    )
