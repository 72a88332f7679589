"""An actual value in the unit of its target, where that can be told; else why it cannot."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from msgspec.structs import replace

from jixiao.model.values import Nature, TargetValue
from jixiao.score.outcome import told
from jixiao.score.points import shown

_DATA = resources.files("jixiao.score") / "data"
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_PERCENT = "%"


@lru_cache(maxsize=8)
def words(name: str) -> dict[str, Any]:
    """Return one of the data files of scoring."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, Fraction]]:
    return {
        unit: (measure, Fraction(factor))
        for measure, units in words("units").items()
        for unit, factor in units.items()
    }


class Reconciled(NamedTuple):
    """The actual as a number in the target's unit, None where it cannot be told; and notes."""

    actual: Fraction | None
    target_scale: Fraction
    notes: tuple[str, ...]


def reconciled(
    actual: TargetValue,
    target: TargetValue,
    fraction_from: Fraction,
    bare_times: Fraction | None = None,
) -> Reconciled:
    """Bring an actual number to its target's unit.

    ``fraction_from`` and ``bare_times`` are those of a profile's ``Quantitative``.
    ``target_scale`` is what the target itself is to be multiplied by: 100 where it is a fraction
    (0.95) and the actual a percentage, else 1.
    """
    assert actual.number is not None
    number = Fraction(actual.number)
    if fault := _of_other_period(actual, target):
        return _cannot(fault)
    if whole := _left_out(actual, target):
        found = reconciled(replace(actual, unit=whole), target, fraction_from, bare_times)
        note = f"实际完成值的“{actual.unit}”按“{whole}”计"
        return found._replace(notes=(note, *found.notes))
    if actual.unit == target.unit:
        return Reconciled(number, Fraction(1), ())
    if actual.unit is None:
        return _unit_missing(number, target, fraction_from, bare_times)
    if target.unit is None:
        return _target_unit_missing(number, actual, target)
    ours, theirs = _measure(actual.unit), _measure(target.unit)
    if ours[:2] != theirs[:2]:
        return _cannot(
            f"实际完成值的单位“{actual.unit}”与指标值的单位“{target.unit}”不能换算，请人工确定"
        )
    converted = number * ours[2] / theirs[2]
    if ours[2] == theirs[2]:
        return Reconciled(converted, Fraction(1), ())
    note = f"实际完成值 {shown(number)}{actual.unit} 换算为 {shown(converted)}{target.unit}"
    return Reconciled(converted, Fraction(1), (note,))


def _of_other_period(actual: TargetValue, target: TargetValue) -> str | None:
    """Return why a number of a month cannot be held against one of the year, or the other way."""
    ours, theirs = _period(actual.text), _period(target.text)
    # 500元 of 每人每月500元 is plain; 1次 of 每月1次 may be the year's only one
    same = target.nature is Nature.MONEY and not ours and actual.number == target.number
    if ours == theirs or same:
        return None
    said = f"每{theirs}" if theirs else "全年"
    return f"指标值说的是{said}多少，实际完成值“{told(actual.text)}”看不出{said}是多少，请写明"


def _left_out(actual: TargetValue, target: TargetValue) -> str | None:
    """Return the whole unit of 95.5万 by its target's: 万元, 万人."""
    basic = (target.unit or "").lstrip("".join(_MYRIADS))
    return f"{actual.unit}{basic}" if actual.unit in _MYRIADS and basic else None


def _period(text: str) -> str | None:
    """Return the period within the year that a number is for (每月1次), None for the year's."""
    for period, names in words("words")["periods"].items():
        if any(name in text for name in names):
            return str(period)
    return None


def _cannot(note: str) -> Reconciled:
    return Reconciled(None, Fraction(1), (note,))


def _unit_missing(
    number: Fraction, target: TargetValue, fraction_from: Fraction, bare_times: Fraction | None
) -> Reconciled:
    """A bare number is in the target's unit, but 0.95 of a per cent target may be a fraction."""
    if target.unit == _PERCENT and 0 < number <= 1:
        if Fraction(target.number or 0) >= fraction_from:
            note = f"实际完成值 {shown(number)} 没有单位，按小数计，即 {shown(number * 100)}%"
            return Reconciled(number * 100, Fraction(1), (note,))
        return _cannot(
            f"实际完成值 {shown(number)} 没有单位，看不出是 {shown(number)}% "
            f"还是 {shown(number * 100)}%，请写明"
        )
    if bare_times and _far(number, target, bare_times):
        return _cannot(
            f"实际完成值 {shown(number)} 没有写单位，与指标值相差太多，"
            f"看不出是不是“{target.unit}”，请写明"
        )
    note = f"实际完成值没有写单位，按指标值的单位“{target.unit}”计"
    return Reconciled(number, Fraction(1), (note,))


def _far(number: Fraction, target: TargetValue, times: Fraction) -> bool:
    """Return whether a bare number may well be of another size of unit: 元 where 万元 is meant."""
    unit = target.unit or ""
    wanted = abs(Fraction(target.number or 0))
    if not number or not wanted or not (unit[0] in _MYRIADS or _measure(unit)[0] == "money"):
        return False
    return abs(number) >= wanted * times or abs(number) * times <= wanted


def _target_unit_missing(number: Fraction, actual: TargetValue, target: TargetValue) -> Reconciled:
    if actual.unit == _PERCENT and 0 < Fraction(target.number or 0) <= 1:
        whole = Fraction(target.upper or target.number or 0) * 100
        note = f"指标值没有写单位，按小数计，即 {shown(whole)}%"
        return Reconciled(number, Fraction(100), (note,))
    note = f"指标值没有写单位，按实际完成值的单位“{actual.unit}”计"
    return Reconciled(number, Fraction(1), (note,))


@lru_cache(maxsize=4096)
def _measure(unit: str) -> tuple[str, str, Fraction]:
    """Return what a unit measures, per what, and how many basic units it is."""
    head, _, per = unit.partition("/")
    per = per.replace("·", "/").replace("每", "")
    if per in words("words")["year"]["tails"]:
        per = ""
    measure, factor = _head(head)
    return measure, per, factor


def _head(head: str) -> tuple[str, Fraction]:
    known = _known().get(head) or _known().get(head.lower())
    if known:
        return known
    if len(head) > 1 and head[0] in _MYRIADS:
        measure, factor = _head(head[1:])
        return measure, factor * _MYRIADS[head[0]]
    return head, Fraction(1)
