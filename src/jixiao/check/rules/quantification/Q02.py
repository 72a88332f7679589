"""Q02 unit-mismatch."""

from __future__ import annotations

import re

from jixiao.check.finding import Severity
from jixiao.check.lexicon import words
from jixiao.check.measures import measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.suggest import instead
from jixiao.check.wording import fold, quoted
from jixiao.model import Indicator, Kind, Nature, Project
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
_CHANGE = re.compile(
    "减量|增量|降低|下降|减少|压减|压降|节约|节省|压缩|缩短|提高|提升|增长|增加|递增|变化|削减|减排|缩减|扩大|占"
)


class Q02(IndicatorRule):
    """计量单位量不了名称所说的东西。

    数量用了百分比，比率用了个，时间用了百分比，金额用了百分比或个。看名称的中心词：××率、比例是
    比率，××数、数量、面积是数量，成本、费用、金额是金额，时间、期限、天数是时间。面积、里程、人数、户数
    还要用面积、长度、人、户的单位。

    为什么：单位和名称不搭，实际完成值就没法填，自评只能随意打分。

    反例：

        年度服务部门数量 ≥95百分比；完工项目验收率 ≥100个；项目投入成本 ≤2472.71%

    正例：

        年度服务部门数量 ≥95个；完工项目验收率 =100%；项目投入成本 ≤2472.71万元
    """

    code = "Q02"
    slug = "unit-mismatch"
    title = "单位与指标不符"
    severity = Severity.ERROR
    subject = "指标"
    kinds = frozenset((Kind.QUANTITATIVE,))
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a unit that cannot measure what the name says."""
        value = indicator.value
        if value.unit is None:
            return ()
        wrong = _mismatch(indicator.name, indicator.description, value.unit)
        if wrong is None or _CHANGE.search(value.text):
            return ()  # 事故起数 较上年下降10%
        what, units = wrong
        other = instead(indicator, project)
        return (
            Hit(
                "value",
                f"{quoted(indicator.name)}量的是{what}，单位却是“{value.unit}”",
                value.text,
                f"单位改为{units}，或改指标名称，使两者一致{f'；{other}' if other else ''}",
            ),
        )


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


def _mismatch(name: str | None, description: str | None, unit: str) -> tuple[str, str] | None:
    """Return what a name measures, and its units, where a unit cannot measure it."""
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
