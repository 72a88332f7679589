"""领域: the fields of government work, after 支出功能分类, and which of them a text speaks of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import chain
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
    fields whose benefits its projects may have, too, ``overlaps`` those whose work is in part the
    same, so that projects may have any indicators of theirs; ``units`` words in the names of its budget units; ``strong`` words
    that only this field says, ``shared`` words that it and a few others say (``shared.toml``),
    ``weak`` words that anyone may say. What a ``common`` field does, projects of all others may do as well (a
    computer system, a building, a letter of complaint); ``outcomes`` are the categories of benefits
    in which projects of others often have an effect, ``effects`` the words that say such an effect.
    ``also`` are parts of words of other fields that its projects' indicators may have as well.
    A field is ``indoors`` where its work is with people and papers and does nothing to nature.
    """

    id: str
    name: str
    functions: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()
    overlaps: frozenset[str] = frozenset()
    common: bool = False
    indoors: bool = False
    outcomes: frozenset[str] = frozenset()
    effects: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    units_of_measure: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """The words that a text has, by field: a field's own, those of a few fields, those of many.

    Each word stands there once. A word of a few fields is taken for the own one of that which it
    speaks of first.
    """

    strong: dict[str, list[str]]
    shared: dict[str, list[str]]
    weak: dict[str, list[str]]

    def enough(self) -> set[str]:
        """Return the fields that the text speaks of."""
        return {field for field, words in self.weak.items() if len(words) >= ENOUGH_WEAK}.union(
            self.strong
        )


def searchable(text: str) -> str:
    """Return a text that words can be looked for in: without halves of characters, which some PDF have."""
    if text.isprintable():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def fields() -> Mapping[str, Field]:
    """Return all fields by their id."""
    found = {}
    for entry in sorted(_FOLDER.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            field = msgspec.convert(tomllib.loads(entry.read_text(encoding="utf-8")), Field)
            found[field.id] = field
    shared = _shared()
    overlaps = _both_ways({field.id: field.overlaps for field in found.values()})
    near = _both_ways({field.id: field.near for field in found.values()})
    return {
        name: msgspec.structs.replace(
            field,
            near=near[name] | overlaps[name],
            overlaps=overlaps[name],
            shared=tuple(shared.get(name, ())),
        )
        for name, field in found.items()
    }


def _both_ways(named: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Return what goes both ways, whichever of the two says it."""
    return {
        one: those | {other for other, of_other in named.items() if one in of_other}
        for one, those in named.items()
    }


class _Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that a few fields say and no others, one of ``shared.toml``."""

    fields: tuple[str, ...]
    words: tuple[str, ...]


class _SharedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``shared.toml``; ``pairs`` are weak words of which two tell a field, ``plain``
    those that everyone says, which no word of a field begins in the midst of: 提高|考核.
    """

    pairs: frozenset[str]
    shared: tuple[_Shared, ...]
    plain: tuple[str, ...] = ()


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
    """The fields that say a word: all, and those that it hints at, by how surely it does.

    The first are those that have it among their own words; where none has, it is the one that
    ``shared.toml`` names first. A word that many share with others hints at none of them.
    """

    by: tuple[str, ...]
    first: tuple[str, ...]
    shared: tuple[str, ...]
    weak: tuple[str, ...]


_OWN, _OF_FEW, _WEAK = range(3)

_FEW = 7
"""How many fields share a word at most that hints at each of them: 老年人 hints at none."""


@cache
def _index() -> tuple[AhoCorasick, dict[str, _Said]]:
    sure: dict[str, dict[str, int]] = {}
    for field in fields().values():
        of_field = ((field.weak, _WEAK), (field.shared, _OF_FEW), (field.strong, _OWN))
        for known, how in of_field:
            for word in known:
                sure.setdefault(word, {})[field.id] = how
    for word, field_id in _leads().items():
        if _OWN not in sure[word].values():
            sure[word][field_id] = _OWN
    said = {word: _as_said(by) for word, by in sure.items()}
    for word in _shared_words().plain:
        said.setdefault(word, _as_said({}))
    index = AhoCorasick(said, matchkind=MatchKind.LeftmostLongest, store_patterns=True)
    return index, said


def _as_said(by: Mapping[str, int]) -> _Said:
    own, few, weak = (
        tuple(field for field, how in by.items() if how == sure) for sure in (_OWN, _OF_FEW, _WEAK)
    )
    return _Said(tuple(by), own, few if len(by) <= _FEW else (), weak)


class Telling(NamedTuple):
    """The words of a text that tell what it is about, by field, and the fields they mean first."""

    words: Mapping[str, Sequence[str]]
    first: frozenset[str]


_NOTHING = Telling({}, frozenset())


def telling_words(text: str) -> Telling:
    """Return the words that only one field says, or a few, by field; see ``evidence``.

    A word that tells some fields and is also heard in others may mean any of them. Where no word
    tells anything, two that many fields say tell of the one that says both: 高危儿随访.
    """
    index, said = _index()
    found = index.find_matches_as_strings(searchable(text))
    if not found:
        return _NOTHING
    telling = [word for word in dict.fromkeys(found) if said[word].first]
    if not telling:
        return _by_pairs(found)
    if len(telling) > 1:
        # 道路客运站 is about 客运: what many fields say tells least.
        telling = [word for word in telling if len(said[word].by) <= _FEW] or telling
    first = frozenset(chain.from_iterable([said[word].first for word in telling]))
    return Telling(_by_field(telling), first)


def _by_field(found: Iterable[str]) -> dict[str, list[str]]:
    said = _index()[1]
    words: dict[str, list[str]] = {}
    for word in found:
        for field in said[word].by:
            words.setdefault(field, []).append(word)
    return words


def _by_pairs(found: list[str]) -> Telling:
    """Return the fields of which a text has several words, of those that tell in pairs."""
    pairing = _pairing()
    if len(pairing.intersection(found)) < ENOUGH_WEAK:
        return _NOTHING
    words = _by_field(dict.fromkeys(found))
    first = frozenset(
        field
        for field, known in words.items()
        if sum(word in pairing for word in known) >= ENOUGH_WEAK
    )
    return Telling(words, first) if first else _NOTHING


def evidence(text: str) -> Evidence:
    """Return the words of each field that a text has.

    Of words that stand in one place the longest counts: 粮食烘干 is not also 粮食.
    """
    index, said = _index()
    strong: dict[str, list[str]] = {}
    shared: dict[str, list[str]] = {}
    weak: dict[str, list[str]] = {}
    for word in dict.fromkeys(index.find_matches_as_strings(searchable(text))):
        _, own, few, many = said[word]
        if own:
            for field in own:
                strong.setdefault(field, []).append(word)
        if few:
            for field in few:
                shared.setdefault(field, []).append(word)
        if many:
            for field in many:
                weak.setdefault(field, []).append(word)
    return Evidence(strong, shared, weak)


@cache
def is_at_home(word: str, field: str) -> bool:
    """Tell whether projects of a field, by its id, may have a word of others in indicators.

    What has a word of its own in it is at home there, too: 中药饮片 where 饮片 is.
    """
    known = fields()[field]
    return any(part in word for part in chain(known.also, known.strong) if len(part) > 1)


@cache
def common_fields() -> frozenset[str]:
    """Return the fields of what every project may be about."""
    return frozenset(field.id for field in fields().values() if field.common)


@cache
def own_words(field: str) -> frozenset[str]:
    """Return the words that only one field says, by its id."""
    return frozenset(fields()[field].strong)
