"""Whether a unit can measure what an indicator's name says."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.bounds import can_exceed
from jixiao.check.lexicon import words
from jixiao.check.measures import category_of, measure
from jixiao.check.wording import fold
from jixiao.model import Indicator, Nature
from jixiao.model.values import unit_nature

_IS = {"count": "数量", "rate": "比率", "money": "金额", "time": "时间", "satisfaction": "满意度"}
_UNITS = {
    "count": "个、人、公里等数量单位",
    "rate": "%",
    "money": "元或万元",
    "time": "天、小时，或写明日期",
    "satisfaction": "%",
}
# 名称量的是什么 → 单位可以是什么
_FITS = {
    "count": {Nature.COUNT, Nature.TIME},
    "rate": {Nature.RATE},
    "money": {Nature.MONEY},
    "time": {Nature.TIME},
    "satisfaction": {Nature.RATE},
}
_POINTS = ("分", "星", "级")
_OF_TIME = re.compile(words("heads")["of_time"])
_HEADS = [
    (re.compile(f"(?:{one['name']})$"), re.compile(one["unit"]), (one["is"], one["units"]))
    for one in words("heads")["heads"]
]
_LONGEST_HEAD = 8
_HEADS_END: str = words("heads")["heads_end"]
_COUNTS_END: str = words("heads")["counts_end"]
_PER = re.compile("每|[百千万](?:名|人|户|辆|车|台|件|公里|小时|人口)")
_THINGS = re.compile(f"(?:{words('heads')['things']})$")
_NO_PERCENTAGE = 200
_HUNDRED = 100
_CHANGE = re.compile(
    "减量|增量|降低|下降|减少|压减|压降|节约|节省|压缩|缩短|提高|提升|增长|增加|递增|变化|削减|减排|缩减|扩大|占"
)
_OFTEN = re.compile(r"每.{0,4}[\d一两二三]次")
_ASIDE = re.compile(f"{_CHANGE.pattern}|[前第]\\d")


def _shown(nature: str) -> tuple[str, str]:
    """Return what is measured and the units for it, as a message says them."""
    return _IS[nature], _UNITS[nature]


def _cannot_count(name: str, of_unit: Nature, unit: str) -> tuple[str, str] | None:
    """Return what a count is of where its name rules its unit out: 面积 ≥3处, 网点数 ≥6年."""
    if of_unit is Nature.TIME:
        counts = measure(name).nature == "count" and _OF_TIME.search(name) is None
        return _shown("count") if counts else None
    if name[-1:] in _HEADS_END:
        tail = fold(name)[-_LONGEST_HEAD:]
        for ending, units, shown in _HEADS:
            if ending.search(tail):
                return None if units.match(unit) else shown
    return None


def mismatch(indicator: Indicator) -> tuple[str, str] | None:
    """Return what a name measures, and its units, where the value's unit cannot measure it."""
    value = indicator.value
    if value.unit is None:
        return None
    wrong = _mismatch(indicator.name, indicator.description, value.unit)
    if wrong is None and value.unit.endswith("%") and value.number is not None:
        wrong = _shown("count") if _is_count(indicator) else None
    # 事故起数 较上年下降10%, 群众满意度 全市前3名, 检定周期 每年1次
    aside = wrong and (_ASIDE.search(value.text) or _OFTEN.search(value.text))
    return None if aside else wrong


def _is_count(indicator: Indicator) -> bool:
    """Tell whether percents are meant as a count: far more than 100, or so many % of pipes."""
    name, description, number = indicator.name, indicator.description, indicator.value.number
    if not name or number is None or measure(name).nature is not None:
        return False
    thing = category_of(indicator) == "数量" and number != _HUNDRED and _THINGS.search(fold(name))
    # ≥2万%
    if not thing and number <= _NO_PERCENTAGE and indicator.value.unit == "%":
        return False
    if can_exceed(name, description) or measure(description).nature == "rate":
        return False
    return not _CHANGE.search(f"{name}{description}")


@lru_cache(maxsize=512)
def _mismatch(name: str | None, description: str | None, unit: str) -> tuple[str, str] | None:
    nature = measure(name).nature
    of_unit = unit_nature(unit)
    if nature is None and of_unit is Nature.RATE and description and description[-1] in _COUNTS_END:
        # 新建点位，描述 新建抓拍点位数；名称说的是变化的不算
        counts = measure(description).nature == "count"
        return _shown("count") if counts and not _CHANGE.search(f"{name}{description}") else None
    if nature not in _FITS or of_unit is None:
        return None
    if of_unit in _FITS[nature]:
        return _cannot_count(name or "", of_unit, unit)
    if nature in ("rate", "satisfaction"):
        # 满意度90分、发案率3起/万人、万人发案率3起
        fits = unit in _POINTS or "/" in unit or bool(_PER.search(name or ""))
    else:
        # 降低用电成本5%；名称说数量，描述说明了算的是比例
        fits = of_unit is Nature.RATE and (
            bool(_CHANGE.search(name or ""))
            or (nature == "count" and measure(description).nature == "rate")
        )
    return None if fits else _shown(nature)
