"""领域: the fields of government work, after 支出功能分类, and which of them a text speaks of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

_FOLDER = resources.files("jixiao.library") / "fields"

ENOUGH_WEAK = 2
"""How many different words that other fields share make a field's evidence."""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of government work.

    ``functions`` are codes of 政府收支分类科目 (支出功能分类: 类 of 3 digits, 款 of 5); ``near`` the
    fields whose work overlaps; ``units`` words in the names of its budget units; ``strong`` words
    that only this field says, ``weak`` words that others say, too. What a ``common`` field does,
    projects of all others may do as well (a computer system, a building, a letter of complaint);
    ``outcomes`` are the categories of benefits in which projects of others often have an effect.
    """

    id: str
    name: str
    functions: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()
    common: bool = False
    outcomes: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    units_of_measure: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """The words of one field that a text has."""

    strong: frozenset[str]
    weak: frozenset[str]

    @property
    def is_enough(self) -> bool:
        """Whether the text speaks of the field."""
        return bool(self.strong) or len(self.weak) >= ENOUGH_WEAK


@cache
def fields() -> Mapping[str, Field]:
    """Return all fields by their id."""
    found = {}
    for entry in sorted(_FOLDER.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            field = msgspec.convert(tomllib.loads(entry.read_text(encoding="utf-8")), Field)
            found[field.id] = field
    # Nearness goes both ways, whichever of the two says it.
    both = {
        one.id: one.near | {other.id for other in found.values() if one.id in other.near}
        for one in found.values()
    }
    return {name: msgspec.structs.replace(field, near=both[name]) for name, field in found.items()}


_Said = tuple[str, list[tuple[str, bool]]]
"""A word, and which fields say it, with whether only they do."""


@cache
def _index() -> tuple[AhoCorasick, list[_Said]]:
    words: dict[str, list[tuple[str, bool]]] = {}
    for field in fields().values():
        for known, strong in ((field.strong, True), (field.weak, False)):
            for word in known:
                words.setdefault(word, []).append((field.id, strong))
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), list(words.items())


@cache
def _strong() -> list[_Said]:
    """Return the words of the index again, with those fields alone that only they say."""
    return [(word, [(field, True) for field, strong in by if strong]) for word, by in _index()[1]]


def strong_words(text: str) -> Mapping[str, frozenset[str]]:
    """Return the words that only one field says, by field; see ``evidence``."""
    found = _index()[0].find_matches_as_indexes(text)
    if not found:
        return {}
    said = _strong()
    words: dict[str, set[str]] = {}
    for number, _, _ in found:
        word, by = said[number]
        for field, _ in by:
            words.setdefault(field, set()).add(word)
    return {field: frozenset(known) for field, known in words.items()}


def evidence(text: str) -> Mapping[str, Evidence]:
    """Return the words of each field that a text has, by field.

    Of words that stand in one place the longest counts: 粮食烘干 is not also 粮食.
    """
    index, said = _index()
    found = index.find_matches_as_indexes(text)
    if not found:
        return {}
    words: dict[str, tuple[set[str], set[str]]] = {}
    for number in {match[0] for match in found}:
        word, by = said[number]
        for field, strong in by:
            words.setdefault(field, (set(), set()))[0 if strong else 1].add(word)
    return {
        field: Evidence(frozenset(strong), frozenset(weak))
        for field, (strong, weak) in words.items()
    }
