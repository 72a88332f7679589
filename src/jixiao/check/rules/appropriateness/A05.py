"""A05 goal-indicator-conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.check.finding import Severity
from jixiao.check.measures import category_of
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Indicator, Nature, Project
from jixiao.model.values import canonical_unit, unit_nature

_SAID = re.compile(
    r"(?P<before>[^，。；、,;\d]{0,8})(?P<number>\d{1,9}(?:,\d{3})*(?:\.\d+)?)(?P<unit>余?[\u4e00-\u9fff]{1,8})"
)
_DOCUMENT = re.compile(
    r"[〔\[【(（]\s*(?:19|20)\d\d\s*年?\s*[〕\]】)）]\s*第?\s*\d+\s*号?|(?:19|20)\d\d\s*年度?"
)
# People are counted by several words.
_SAME = {"名": "人", "位": "人", "家": "户"}


class _Quantity(NamedTuple):
    number: Decimal
    unit: str
    around: str
    text: str


class A05(ProjectRule):
    """用途或目标里的数与指标值对不上。

    只比较说的是同一件事的：单位相同，指标名称与那个数前后的字有相同的词，且这个项目里同样单位的数
    两边都只有一个。

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
            if value.number is None or value.upper is not None or category_of(indicator) != "数量":
                continue
            unit = _SAME.get(value.unit or "", value.unit or "")
            same = [one for one in said if one.unit == unit and _meet(one.around, indicator)]
            counted = {one.number for one in same}
            rivals = [
                one
                for one in project.indicators
                if one is not indicator
                and _SAME.get(one.value.unit or "", one.value.unit or "") == unit
                and any(_meet(other.around, one) for other in same)
            ]
            if len(counted) == 1 and value.number not in counted and not rivals:
                one = same[0]
                yield Hit(
                    "value",
                    f"{quoted(indicator.name)}的值是{quoted(value.text)}，用途或目标里写的却是“{one.text}”",
                    value.text,
                    "核对后改成同一个数；说的不是一回事的，把指标名称写明白",
                    number,
                )


@lru_cache(maxsize=8192)
def _quantities(text: str) -> tuple[_Quantity, ...]:
    found = []
    for one in _SAID.finditer(_DOCUMENT.sub("", fold(text))):
        unit = _unit(one["unit"])
        if unit is None:
            continue
        around = one["before"] + one["unit"].removeprefix("余").removeprefix(unit)
        number = Decimal(one["number"].replace(",", ""))
        found.append(_Quantity(number, _SAME.get(unit, unit), around, one["number"] + unit))
    return tuple(found)


def _unit(text: str) -> str | None:
    """Return the longest unit of count that a text begins with."""
    plain = text.removeprefix("余")
    for length in range(min(3, len(plain)), 0, -1):
        unit = canonical_unit(plain[:length])
        if unit_nature(unit) is Nature.COUNT:
            return unit
    return None


def _meet(around: str, indicator: Indicator) -> bool:
    """Tell whether the words around a number and an indicator's name share a word of two letters."""
    name = fold(indicator.name)
    return any(around[at : at + 2] in name for at in range(len(around) - 1))
