"""领域: the fields of government work, after 支出功能分类, and which of them a text speaks of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

_LIBRARY = resources.files("jixiao.library")
_FOLDER = _LIBRARY / "fields"

ENOUGH_WEAK = 2
"""How many different words that other fields share make a field's evidence."""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of government work.

    ``functions`` are codes of 政府收支分类科目 (支出功能分类: 类 of 3 digits, 款 of 5); ``near`` the
    fields whose work overlaps; ``units`` words in the names of its budget units; ``strong`` words
    that only this field says, ``shared`` words that it and a few others say (``shared.toml``),
    ``weak`` words that anyone may say. What a ``common`` field does, projects of all others may do as well (a
    computer system, a building, a letter of complaint); ``outcomes`` are the categories of benefits
    in which projects of others often have an effect, ``effects`` the words that say such an effect.
    A field is ``indoors`` where its work is with people and papers and does nothing to nature.
    """

    id: str
    name: str
    functions: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()
    common: bool = False
    indoors: bool = False
    outcomes: frozenset[str] = frozenset()
    effects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    units_of_measure: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """The words of one field that a text has: its own, those of a few fields, those of many.

    A word of a few fields is taken for the own one of that which it speaks of first.
    """

    strong: frozenset[str]
    shared: frozenset[str]
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
    shared = _shared()
    # Nearness goes both ways, whichever of the two says it.
    both = {
        one.id: one.near | {other.id for other in found.values() if one.id in other.near}
        for one in found.values()
    }
    return {
        name: msgspec.structs.replace(field, near=both[name], shared=tuple(shared.get(name, ())))
        for name, field in found.items()
    }


class _Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that a few fields say and no others, one of ``shared.toml``."""

    fields: tuple[str, ...]
    words: tuple[str, ...]


class _SharedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``shared.toml``; ``pairs`` are weak words of which two tell a field."""

    pairs: frozenset[str]
    shared: tuple[_Shared, ...]


@cache
def _shared_words() -> _SharedWords:
    content = tomllib.loads((_LIBRARY / "shared.toml").read_text(encoding="utf-8"))
    return msgspec.convert(content, _SharedWords)


def _groups() -> tuple[_Shared, ...]:
    return _shared_words().shared


def _pairing() -> frozenset[str]:
    return _shared_words().pairs


def _shared() -> Mapping[str, list[str]]:
    """Return the words that each field shares with a few others, by field."""
    words: dict[str, list[str]] = {}
    for one in _groups():
        for field in one.fields:
            words.setdefault(field, []).extend(one.words)
    return words


def _leads() -> Mapping[str, str]:
    """Return for each shared word the field that is named first."""
    return {word: one.fields[0] for one in reversed(_groups()) for word in one.words}


class _Said(NamedTuple):
    """A word, the fields that say it, each with how surely, and those that it speaks of first.

    These have it among their own words; where none has, it is the one that ``shared.toml`` names
    first.
    """

    word: str
    by: list[tuple[str, int]]
    first: list[str]


_WEAK, _OF_FEW, _OWN = range(3)

_FEW = 7
"""How many fields share a word at most that hints at each of them: 老年人 hints at none."""


@cache
def _index() -> tuple[AhoCorasick, list[_Said]]:
    sure: dict[str, dict[str, int]] = {}
    for field in fields().values():
        of_field = ((field.weak, _WEAK), (field.shared, _OF_FEW), (field.strong, _OWN))
        for known, how in of_field:
            for word in known:
                sure.setdefault(word, {})[field.id] = how
    for word, field_id in _leads().items():
        if _OWN not in sure[word].values():
            sure[word][field_id] = _OWN
    said = [
        _Said(word, list(by.items()), [field for field, how in by.items() if how == _OWN])
        for word, by in sure.items()
    ]
    return AhoCorasick(sure, matchkind=MatchKind.LeftmostLongest), said


class Telling(NamedTuple):
    """The words of a text that tell what it is about, by field, and the fields they mean first."""

    words: Mapping[str, frozenset[str]]
    first: frozenset[str]


_NOTHING = Telling({}, frozenset())


def telling_words(text: str) -> Telling:
    """Return the words that only one field says, or a few, by field; see ``evidence``.

    A word that tells some fields and is also heard in others may mean any of them. Where no word
    tells anything, two that many fields say tell of the one that says both: 高危儿随访.
    """
    index, said = _index()
    found = index.find_matches_as_indexes(text)
    telling = [one for one in (said[match[0]] for match in found) if one.first]
    if len(telling) > 1:
        # 道路客运站 is about 客运: what many fields say tells least.
        telling = [one for one in telling if len(one.by) <= _FEW] or telling
    words: dict[str, set[str]] = {}
    first: set[str] = set()
    for word, by, leads in telling:
        first.update(leads)
        for field, _ in by:
            words.setdefault(field, set()).add(word)
    if not words:
        return _by_pairs({match[0] for match in found}) if len(found) > 1 else _NOTHING
    return Telling({field: frozenset(known) for field, known in words.items()}, frozenset(first))


def _by_pairs(numbers: set[int]) -> Telling:
    """Return the fields of which a text has several words, of those that tell in pairs."""
    said, pairing = _index()[1], _pairing()
    words: dict[str, set[str]] = {}
    pairs: dict[str, int] = {}
    for number in numbers:
        word, by, _ = said[number]
        for field, _ in by:
            words.setdefault(field, set()).add(word)
            if word in pairing:
                pairs[field] = pairs.get(field, 0) + 1
    first = frozenset(field for field, times in pairs.items() if times >= ENOUGH_WEAK)
    if not first:
        return _NOTHING
    return Telling({field: frozenset(known) for field, known in words.items()}, first)


def evidence(text: str) -> Mapping[str, Evidence]:
    """Return the words of each field that a text has, by field.

    Of words that stand in one place the longest counts: 粮食烘干 is not also 粮食.
    """
    index, said = _index()
    found = index.find_matches_as_indexes(text)
    if not found:
        return {}
    words: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for number in {match[0] for match in found}:
        word, by, _ = said[number]
        few = len(by) <= _FEW
        for field, how in by:
            if few or how != _OF_FEW:
                words.setdefault(field, (set(), set(), set()))[_OWN - how].add(word)
    return {field: Evidence(*map(frozenset, known)) for field, known in words.items()}
