"""What a project is about, and what an indicator is about: fields of work with their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from jixiao.check.lexicon import words
from jixiao.check.wording import fold
from jixiao.library import ENOUGH_WEAK, common_fields, evidence, fields, own_words, telling_words
from jixiao.model import Project


class Topic(NamedTuple):
    """The fields that a text speaks of, the surest first, and its words of each.

    ``first`` are those that it surely speaks of; the others share a word with them. ``core`` are
    those of the first that it is about, whose neighbours count, too. ``of_unit`` tells whether
    the unit's name tells any.
    """

    fields: tuple[str, ...]
    words: Mapping[str, Sequence[str]]
    first: frozenset[str] = frozenset()
    core: frozenset[str] = frozenset()
    of_unit: bool = False

    def shown(self) -> str:
        """Return the surest field with its words as a message quotes it: 水利防汛（防汛、堤防）."""
        names = []
        for field in self.fields[:2]:
            known = "、".join(sorted(self.words[field], key=lambda word: (-len(word), word))[:3])
            names.append(f"{fields()[field].name}（{known}）")
        return "、".join(names)


_NOTHING = Topic((), {})
_ALL_ROUND = re.compile(words("topics")["all_round"])


def of_project(project: Project) -> Topic:
    """Return what a project is about, by its name, purpose, goals and unit."""
    unit = project.unit.name or project.department.name or ""
    return _of_project(project.name or "", project.purpose or "", project.goals, unit)


@lru_cache(maxsize=512)
def _of_project(name: str, purpose: str, goals: tuple[str, ...], unit: str) -> Topic:
    text = "".join("。".join((name, purpose, *goals)).split())
    strong, shared, weak = evidence(text)
    of_unit = _of_unit(unit)
    common = common_fields()
    many = {field: known for field, known in weak.items() if len(known) >= ENOUGH_WEAK}
    # A word of a field that has others of its own, too, is no hint at those that share it.
    plain = {word for own in strong.values() if len(own) > 1 for word in own}
    hinted = {
        field: known
        for field, known in shared.items()
        if field in many or not plain.issuperset(known)
    }
    said: dict[str, list[str]] = many | hinted | strong
    if of_unit and not strong and not many:
        # Where the unit alone tells, one shared word is enough to say that the project is not
        # only about the unit's own work: 党校 图书资料购置.
        for field in (shared | weak).keys() - common:
            said[field] = shared.get(field, []) + weak.get(field, [])
    for field, named in of_unit.items():
        said[field] = list(dict.fromkeys([*said.get(field, ()), *named]))
    its_own = not common.issuperset(strong)
    # What only the unit's name tells of a project that itself speaks of others is aside, and so
    # is what many words hint at, where some tell for sure.
    surely = strong.keys() or many.keys()
    first = frozenset(surely if its_own else surely | of_unit.keys())
    # By how many of their own words are in the project's name, then anywhere.
    ranked = []
    for field in said:
        own = strong.get(field, ())
        ranked.append((-sum([word in name for word in own]), -len(own), field))
    ranked.sort()
    fields_of = tuple([field for _, _, field in ranked])
    return Topic(fields_of, said, first, _core(first, strong, name), bool(of_unit))


def _core(first: frozenset[str], strong: Mapping[str, Sequence[str]], name: str) -> frozenset[str]:
    """Return the fields that a project is about: of those that it speaks of, the surest.

    Those whose own words are in its name; where none are, those of which it has words that others
    say, too; where none are, those whose own words are anywhere.
    """
    told = {field: strong[field] for field in first if field in strong}
    own = {
        field: [word for word in said if word in own_words(field)] for field, said in told.items()
    }
    for words_of in (own, told):
        named = [field for field, said in words_of.items() if any(word in name for word in said)]
        if named:
            return frozenset(named)
    return frozenset([field for field, said in own.items() if said]) or first


@lru_cache(maxsize=1024)
def _of_unit(name: str) -> Mapping[str, list[str]]:
    """Return the fields that a budget unit's name tells, with the words that do."""
    if _ALL_ROUND.search(name):
        return {}
    named = {
        field.id: [word for word in field.units if word in name] for field in fields().values()
    }
    return {field: known for field, known in named.items() if known}


@lru_cache(maxsize=512)
def of_words(text: str) -> Topic:
    """Return the fields that a text speaks of in words that no others say."""
    said, first = telling_words(fold(text))
    if not said:
        return _NOTHING
    ranked = sorted([(field not in first, -len(known), field) for field, known in said.items()])
    return Topic(tuple([field for _, _, field in ranked]), said, first, first)
