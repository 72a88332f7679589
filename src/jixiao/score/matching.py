"""Which indicator of the targets a report's row is about: by its words, then by its position."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.reports import IndicatorReport
from jixiao.model.text import Indicator

_Key = Callable[[Indicator | IndicatorReport], tuple[str, ...] | None]


class Matched(NamedTuple):
    """For each indicator the row that reports it (None: no row), and the rows that are left.

    ``by_position`` are the indicators whose row has other words and only the same position.
    """

    rows: tuple[IndicatorReport | None, ...]
    left: tuple[IndicatorReport, ...]
    by_position: frozenset[int]


@lru_cache(maxsize=16_384)
def folded(text: str | None) -> str:
    """Return words without blanks, punctuation at the end, and the width they are typed in."""
    plain = unicodedata.normalize("NFKC", "".join((text or "").split()))
    return plain.rstrip("。;,:.；，：").lower()


@lru_cache(maxsize=4096)
def category(text: str | None) -> str:
    """Return a category's words without 指标 at the end: 产出指标 is 产出."""
    return folded(text).removesuffix("指标")


def _full(one: Indicator | IndicatorReport) -> tuple[str, ...] | None:
    name = folded(one.name)
    return (category(one.level1), category(one.level2), name) if name else None


def _lower(one: Indicator | IndicatorReport) -> tuple[str, ...] | None:
    name = folded(one.name)
    return (category(one.level2), name) if name else None


def _name(one: Indicator | IndicatorReport) -> tuple[str, ...] | None:
    name = folded(one.name)
    return (name,) if name else None


def matched(indicators: Sequence[Indicator], rows: Sequence[IndicatorReport]) -> Matched:
    """Pair indicators with rows: levels and name, level 2 and name, name, then position.

    Where several have the same words, the first goes with the first. Position counts only where
    the second levels do not contradict each other.
    """
    found: dict[int, int] = {}
    for key in (_full, _lower, _name):
        _by_words(key, indicators, rows, found)
    taken = set(found.values())
    by_position = {
        i
        for i, one in enumerate(indicators)
        if i not in found and i < len(rows) and i not in taken and _agree(one, rows[i])
    }
    found.update((i, i) for i in by_position)
    taken = set(found.values())
    return Matched(
        tuple(rows[found[i]] if i in found else None for i in range(len(indicators))),
        tuple(row for i, row in enumerate(rows) if i not in taken),
        frozenset(by_position),
    )


def _by_words(
    key: _Key,
    indicators: Sequence[Indicator],
    rows: Sequence[IndicatorReport],
    found: dict[int, int],
) -> None:
    taken = set(found.values())
    waiting: dict[tuple[str, ...], list[int]] = {}
    for i, row in enumerate(rows):
        words = key(row)
        if i not in taken and words:
            waiting.setdefault(words, []).append(i)
    for i, one in enumerate(indicators):
        words = key(one)
        if i not in found and words and waiting.get(words):
            found[i] = waiting[words].pop(0)


def _agree(one: Indicator, row: IndicatorReport) -> bool:
    ours, theirs = category(one.level2), category(row.level2)
    return not ours or not theirs or ours == theirs
