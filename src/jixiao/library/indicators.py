"""The indicators of the library, and which of them would fit in place of a poor one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib import resources
from operator import add
from typing import NamedTuple

import msgspec

_FOLDER = resources.files("jixiao.library") / "indicators"

GENERAL = "general"
"""The file of indicators that fit any project; it is no field."""


class LibraryIndicator(msgspec.Struct, frozen=True):
    """A well-formed indicator; ``source`` says where the actual value comes from (佐证资料)."""

    field: str
    level1: str
    level2: str
    name: str
    description: str
    value: str
    unit: str
    direction: str
    source: str

    def __str__(self) -> str:
        """Return it as a suggestion names it: 堤防加固长度 ≥12公里."""
        return f"{self.name} {self.value}"


@cache
def indicators() -> tuple[LibraryIndicator, ...]:
    """Return all indicators of the library."""
    found: list[LibraryIndicator] = []
    for entry in sorted(_FOLDER.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".csv"):
            field = entry.name.removesuffix(".csv")
            rows = csv.DictReader(entry.read_text(encoding="utf-8").splitlines())
            found.extend(msgspec.convert({"field": field, **row}, LibraryIndicator) for row in rows)
    return tuple(found)


class _Shelf(NamedTuple):
    """The indicators of a field and second level, and which of them have a pair of letters."""

    indicators: list[LibraryIndicator]
    having: dict[str, list[int]]


@cache
def _by_place() -> dict[tuple[str, str], _Shelf]:
    found: dict[tuple[str, str], _Shelf] = {}
    for one in indicators():
        shelf = found.setdefault((one.field, one.level2), _Shelf([], {}))
        for pair in _pairs(one.name + one.description):
            shelf.having.setdefault(pair, []).append(len(shelf.indicators))
        shelf.indicators.append(one)
    return found


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:]))


def replacements(
    fields: Iterable[str], level2: str, like: str = "", count: int = 2
) -> list[LibraryIndicator]:
    """Return indicators that would fit a project, best first.

    ``fields`` are those of the project, ``level2`` the second-level category in full (数量指标),
    ``like`` what the indicator should be about. Falls back on indicators that fit any project.
    """
    wanted = _pairs(like)
    found: list[LibraryIndicator] = []
    for field in (*fields, GENERAL):
        here = _by_place().get((field, level2))
        if here is None:
            continue
        shared = [0] * len(here.indicators)
        for pair in wanted & here.having.keys():
            for number in here.having[pair]:
                shared[number] -= 1
        best = sorted(range(len(shared)), key=shared.__getitem__)
        found += [here.indicators[number] for number in best[: count - len(found)]]
        if len(found) >= count:
            break
    return found[:count]
