"""The indicators of the library, and which of them would fit in place of a poor one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib import resources

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


_Known = tuple[LibraryIndicator, frozenset[str]]


@cache
def _by_place() -> dict[tuple[str, str], list[_Known]]:
    """Return the indicators, each with its pairs of letters, by field and second level."""
    found: dict[tuple[str, str], list[_Known]] = {}
    for one in indicators():
        pairs = _bigrams(one.name + one.description)
        found.setdefault((one.field, one.level2), []).append((one, pairs))
    return found


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def replacements(
    fields: Iterable[str], level2: str, like: str = "", count: int = 2
) -> list[LibraryIndicator]:
    """Return indicators that would fit a project, best first.

    ``fields`` are those of the project, ``level2`` the second-level category in full (数量指标),
    ``like`` what the indicator should be about. Falls back on indicators that fit any project.
    """
    wanted = _bigrams(like)
    found: list[LibraryIndicator] = []
    for field in (*fields, GENERAL):
        here = _by_place().get((field, level2), ())
        best = sorted(here, key=lambda known: -len(wanted & known[1]))
        found += [one for one, _ in best]
        if len(found) >= count:
            break
    return found[:count]
