"""The indicators of the library, and which of them would fit in place of a poor one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache, cached_property
from importlib import resources
from operator import add

import msgspec
from ahocorasick_rs import AhoCorasick

from jixiao.library.fields import searchable

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


class _Shelf:
    """The indicators of a field and second level, and which of them have a pair of letters."""

    def __init__(self) -> None:
        self.indicators: list[LibraryIndicator] = []

    @cached_property
    def _pairs(self) -> tuple[AhoCorasick, list[list[int]]]:
        having: dict[str, list[int]] = {}
        for number, one in enumerate(self.indicators):
            text = one.name + one.description
            for pair in set(map(add, text, text[1:])):
                having.setdefault(pair, []).append(number)
        return AhoCorasick(having), list(having.values())

    def like(self, text: str, count: int) -> list[LibraryIndicator]:
        """Return those that share most pairs of letters with a text, the first ones first."""
        index, having = self._pairs
        found = index.find_matches_as_indexes(searchable(text), overlapping=True)
        shared = [0] * len(self.indicators)
        for pair in {match[0] for match in found}:
            for number in having[pair]:
                shared[number] -= 1
        best = sorted(range(len(shared)), key=shared.__getitem__)
        return [self.indicators[number] for number in best[:count]]


@cache
def _shelves() -> dict[tuple[str, str], _Shelf]:
    found: dict[tuple[str, str], _Shelf] = {}
    for one in indicators():
        found.setdefault((one.field, one.level2), _Shelf()).indicators.append(one)
    return found


def replacements(
    fields: Iterable[str], level2: str, like: str = "", count: int = 2
) -> list[LibraryIndicator]:
    """Return indicators that would fit a project, best first.

    ``fields`` are those of the project, ``level2`` the second-level category in full (数量指标),
    ``like`` what the indicator should be about. Falls back on indicators that fit any project.
    """
    found: list[LibraryIndicator] = []
    for field in (*fields, GENERAL):
        shelf = _shelves().get((field, level2))
        if shelf is not None:
            found += shelf.like(like, count - len(found))
        if len(found) >= count:
            break
    return found
