"""Q08 wrong-direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jixiao.check.bounds import is_trivial
from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import direction_of, measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Direction, Indicator, Kind, Nature, Project
from jixiao.model.values import unit_nature

_UPPER = ("≤", "<")
_LOWER = ("≥", ">")
_GOOD_COUNT = one_of(words("directions")["good_counts"])
_HANDLED = one_of(words("directions")["handled"])
_BAD_COUNT = one_of(words("directions")["bad_counts"])
_BAD_THING = re.compile(
    f"(?:{_BAD_COUNT.pattern})(?:{'|'.join(words('directions')['bad_things'])})*$"
)


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

    def find(self, indicator: Indicator, project: Project) -> Iterator[Hit]:
        """Yield a hit for a bound against the direction."""
        value = indicator.value
        if value.number is None or value.upper is not None or value.operator is None:
            return
        better = _better(indicator)
        if better is Direction.HIGHER and value.operator in _UPPER and not is_trivial(indicator):
            right, word = "≥", "越高越好"
        elif better is Direction.LOWER and value.operator in _LOWER:
            right, word = "≤", "越低越好"
        else:
            return
        side = "下" if right == "≥" else "上"
        turned = f"“{right}{value.number:f}{value.unit or ''}”这样的" if _fits(indicator) else ""
        yield Hit(
            "value",
            f"{quoted(indicator.name)}{word}，指标值却是{quoted(value.text)}",
            value.text,
            f"改为{turned}{side}限，并核对数值和单位",
        )


def _fits(indicator: Indicator) -> bool:
    """Tell whether the unit is one that the name can have; if not, Q02 says so."""
    money = measure(indicator.name).nature == "money"
    return not money or unit_nature(indicator.value.unit) is Nature.MONEY


def _better(indicator: Indicator) -> Direction | None:
    counted = unit_nature(indicator.value.unit) is Nature.COUNT
    nature = measure(indicator.name).nature
    return direction_of(indicator) or _better_count(indicator.name, nature, counted)


@lru_cache(maxsize=8192)
def _better_count(name: str | None, nature: str | None, counted: bool) -> Direction | None:
    """Return which side is better for a count, as the words of its name tell."""
    plain = fold(name)
    if nature is None and counted:
        return Direction.LOWER if _BAD_THING.search(plain) and not _says_handled(plain) else None
    if nature != "count":
        return None
    bad, good = _BAD_COUNT.search(plain), _GOOD_COUNT.search(plain)
    # 违法建筑拆除面积 has both, 事故调查报告数 is about handling it: neither tells.
    if bad and not _says_handled(plain):
        return Direction.LOWER
    return Direction.HIGHER if good and not bad else None


def _says_handled(plain: str) -> bool:
    """Tell whether a name speaks of what is done about bad things: then more may be better."""
    return bool(_GOOD_COUNT.search(plain) or _HANDLED.search(plain))
