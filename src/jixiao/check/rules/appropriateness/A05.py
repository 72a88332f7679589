"""A05 goal-indicator-conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.check.bounds import at_most_hundred
from jixiao.check.finding import Severity
from jixiao.check.measures import category_of
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Indicator, Nature, Project
from jixiao.model.values import canonical_unit, unit_nature

_SAID = re.compile(
    r"(?P<number>\d{1,9}(?:,\d{3})*(?:\.\d+)?)(?=(?P<unit>[%％]|余?[\u4e00-\u9fff]{1,8}))"
)
_STOP = re.compile(r"[，。；、,;\d]")
_BEFORE = 12  # characters that may be about the number, up to a stop
_DIGIT = re.compile(r"\d")
# 每月巡查2次、在300人的基础上、其中高中生300人：与全年的数不是一回事
_ANOTHER = re.compile("每|均|各|其中|已|原|现有|上年|去年|往年|较|比|增长|提高|下降")
_LARGER = {
    "公里": ("米", 1000),
    "千米": ("米", 1000),
    "公顷": ("亩", 15),
    "平方公里": ("平方米", 1_000_000),
}
_DOCUMENT = re.compile(
    r"[〔\[【(（]\s*(?:19|20)\d\d\s*年?\s*[〕\]】)）]\s*第?\s*\d+\s*号?|(?:19|20)\d\d\s*年度?"
)
# People are counted by several words.
_SAME = {"名": "人", "位": "人", "家": "户"}

_LONGEST_UNIT = 4  # 平方公里
_SHORTEST_RATE = 3
_LONG_RATE = 5
_RATE_SAID = re.compile("[\u4e00-\u9fff]{3,}[率度](?=[^率度]{0,6}$)")
_ANY_PROJECT = {"项目", "完成", "工作", "任务", "开展", "组织", "实施", "年度", "全年", "数量"}


class _Quantity(NamedTuple):
    number: Decimal
    unit: str
    around: str
    text: str
    aside: bool


class A05(ProjectRule):
    """用途或目标里的数与指标值对不上。

    只比较数量和百分比，而且说的是同一件事：单位相同（公里和米、万人和人算相同），指标名称与那个数前后的
    字有相同的词（百分比要名称相同），这个项目里同样单位的数只有一个。按月、按人的数和上年的数不比。

    为什么：目标说培训500人，指标只写300人，到底按哪个考核？

    反例：

        目标 培训农民500人；指标 培训农民人数 ≥300人

    正例：

        目标 培训农民500人；指标 培训农民人数 ≥500人
    """

    code = "A05"
    slug = "goal-indicator-conflict"
    title = "目标与指标的数不一致"
    severity = Severity.WARNING
    subject = "项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield a hit for each indicator that names another number for the same thing."""
        said = [
            one for text in (project.purpose, *project.goals) for one in _quantities(text or "")
        ]
        if not said:
            return
        for number, indicator in enumerate(project.indicators):
            value = indicator.value
            if value.number is None or value.upper is not None or not _is_compared(indicator):
                continue
            counted, unit = _whole(value.number, value.unit or "")
            if any(one.aside for one in said if one.unit == unit):
                continue
            same = [one for one in said if one.unit == unit and _meet(one.around, indicator)]
            rivals = [
                one
                for one in project.indicators
                if one is not indicator
                and _whole(Decimal(1), one.value.unit or "")[1] == unit
                and any(_meet(other.around, one) for other in same)
            ]
            if len({one.number for one in same}) == 1 and counted != same[0].number and not rivals:
                one = same[0]
                yield Hit(
                    "value",
                    f"{quoted(indicator.name)}的值是{quoted(value.text)}，用途或目标里写的却是“{one.text}”",
                    value.text,
                    "核对后改成同一个数；说的不是一回事的，把指标名称写明白",
                    number,
                )


@lru_cache(maxsize=512)
def _quantities(text: str) -> tuple[_Quantity, ...]:
    found: list[_Quantity] = []
    if not _DIGIT.search(text):
        return ()
    plain = _DOCUMENT.sub("", fold(text))
    for one in _SAID.finditer(plain):
        unit = _unit(one["unit"][: _LONGEST_UNIT + 1])
        if unit is None:
            continue
        start = one.start()
        before = _STOP.split(plain[max(0, start - _BEFORE) : start])[-1]
        around = before + one["unit"].removeprefix("余").removeprefix(unit)
        aside = _ANOTHER.search(before) is not None or "基础上" in around
        number, whole = _whole(Decimal(one["number"].replace(",", "")), unit)
        found.append(_Quantity(number, whole, around, one["number"] + unit, aside))
    return tuple(found)


def _whole(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return a quantity in the smaller unit: 1.2万名 is 12000人, 12公里 is 12000米."""
    if unit.startswith("万") and unit not in ("万元", "万"):
        number, unit = number * 10_000, unit[1:]
    smaller, times = _LARGER.get(unit, (unit, 1))
    return number * times, _SAME.get(smaller, smaller)


def _is_compared(indicator: Indicator) -> bool:
    """Tell whether an indicator is a count of output, or a percentage that ends at 100%."""
    return category_of(indicator) == "数量" or at_most_hundred(indicator)


@lru_cache(maxsize=512)
def _unit(text: str) -> str | None:
    """Return % or the longest unit of count that a text begins with."""
    plain = text.removeprefix("余")
    for length in range(min(_LONGEST_UNIT, len(plain)), 0, -1):
        unit = canonical_unit(plain[:length])
        counts = unit_nature(unit) is Nature.COUNT and unit.lstrip("个") in ("", unit)
        if unit in ("%", "天") or counts:
            return unit
    return None


def _meet(around: str, indicator: Indicator) -> bool:
    """Tell whether the words around a number are about an indicator.

    They share a word of two letters with its name; to be the same percentage they must end with
    the name's own: 家长满意度达到95%.
    """
    name = fold(indicator.name)
    if indicator.value.unit == "%":
        return len(name) > _SHORTEST_RATE and (name in around or _same_rate(around, name))
    pairs = {around[at : at + 2] for at in range(len(around) - 1)} - _ANY_PROJECT
    return any(pair in name for pair in pairs)


@lru_cache(maxsize=512)
def _same_rate(around: str, name: str) -> bool:
    """Tell whether a rate is named in fewer or more words: 档案建档率, 电子档案建档率."""
    said = _RATE_SAID.search(around)
    if said is None or said[0][-_SHORTEST_RATE:] != name[-_SHORTEST_RATE:]:
        return False
    short, long = sorted((said[0], name), key=len)
    letters = iter(long)
    return len(short) >= _LONG_RATE and all(letter in letters for letter in short)
