"""Which approved indicator a reported one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from jixiao.check.wording import fold, key
from jixiao.model import Indicator
from jixiao.model.reports import IndicatorReport

_ALIKE = 0.6
_Either = Indicator | IndicatorReport


def pair_indicators(
    reports: Sequence[IndicatorReport], indicators: Sequence[Indicator]
) -> dict[int, int]:
    """Return the position of the approved indicator for that of each reported one that has one.

    First by category and name, then by name, then, where a name was changed a little, by the
    likeness of names in one second-level category.
    """
    pairs: dict[int, int] = {}
    for told in (_full, _name):
        _equal(reports, indicators, told, pairs)
    left = [at for at in range(len(indicators)) if at not in pairs.values()]
    for number, report in enumerate(reports):
        if number in pairs or not left:
            continue
        best = max(left, key=lambda at: _alike(report, indicators[at]))
        if _alike(report, indicators[best]) >= _ALIKE:
            pairs[number] = best
            left.remove(best)
    return pairs


def _equal(
    reports: Sequence[IndicatorReport],
    indicators: Sequence[Indicator],
    told: Callable[[_Either], str],
    pairs: dict[int, int],
) -> None:
    wanted: dict[str, list[int]] = {}
    taken = set(pairs.values())
    for at, indicator in enumerate(indicators):
        if at not in taken and told(indicator):
            wanted.setdefault(told(indicator), []).append(at)
    for number, report in enumerate(reports):
        same = wanted.get(told(report), [])
        if number not in pairs and same:
            pairs[number] = same.pop(0)


def _full(one: _Either) -> str:
    return f"{_category(one)}|{key(one.name)}" if key(one.name) else ""


def _name(one: _Either) -> str:
    return key(one.name)


def _category(one: _Either) -> str:
    return fold(one.level2).removesuffix("指标")


def _alike(report: IndicatorReport, indicator: Indicator) -> float:
    if report.level2 and indicator.level2 and _category(report) != _category(indicator):
        return 0.0
    return SequenceMatcher(None, key(report.name), key(indicator.name), autojunk=False).ratio()
