"""What a project is about, and what an indicator is about: fields of work with their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from jixiao.check.lexicon import words
from jixiao.check.wording import fold
from jixiao.library import Evidence, evidence, fields, telling_words
from jixiao.model import Project


class Topic(NamedTuple):
    """The fields that a text speaks of, the surest first, and its words of each.

    ``first`` are those that it surely speaks of; the others share a word with them. ``core`` are
    those of the first that it is about, whose neighbours count, too. ``of_unit`` tells whether
    the unit's name tells any.
    """

    fields: tuple[str, ...]
    words: Mapping[str, frozenset[str]]
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
    hinted = evidence(text)
    found = {field: one for field, one in hinted.items() if one.is_enough}
    said = {field: one.strong or one.shared or one.weak for field, one in found.items()}
    plain = frozenset().union(*(one.strong for one in found.values() if len(one.strong) >= 2))
    for field, one in hinted.items():
        if one.shared - plain:
            said.setdefault(field, one.shared)
    of_unit = _of_unit(unit)
    if of_unit and not found:
        # Where the unit alone tells, one shared word is enough to say that the project is not
        # only about the unit's own work: 党校 图书资料购置.
        said |= {
            field: one.shared | one.weak
            for field, one in hinted.items()
            if not fields()[field].common
        }
    for field_id, named in of_unit.items():
        said[field_id] = said.get(field_id, frozenset()) | named
    its_own = any(one.strong and not fields()[field].common for field, one in found.items())
    # What only the unit's name tells of a project that itself speaks of others is aside, and so
    # is what many words hint at, where some tell for sure.
    surely = {field for field, one in found.items() if one.strong} or found.keys()
    first = frozenset(surely if its_own else surely | of_unit.keys())
    ranked = tuple(sorted(said, key=lambda field: _rank(field, found, name)))
    return Topic(ranked, said, first, _core(first, found, name), bool(of_unit))


def _core(first: frozenset[str], found: Mapping[str, Evidence], name: str) -> frozenset[str]:
    """Return the fields that a project is about: of those that it speaks of, the surest.

    Those whose own words are in its name; where none are, those of which it has words that others
    say, too; where none are, those whose own words are anywhere.
    """
    strong = {field: found[field].strong for field in first & found.keys()}
    own = {field: said & frozenset(fields()[field].strong) for field, said in strong.items()}
    for words_of in (own, strong):
        named = frozenset(
            field for field, said in words_of.items() if any(word in name for word in said)
        )
        if named:
            return named
    return frozenset(field for field, said in own.items() if said) or first


@lru_cache(maxsize=1024)
def _of_unit(name: str) -> Mapping[str, frozenset[str]]:
    """Return the fields that a budget unit's name tells, with the words that do."""
    if _ALL_ROUND.search(name):
        return {}
    named = {
        field.id: frozenset(word for word in field.units if word in name)
        for field in fields().values()
    }
    return {field: known for field, known in named.items() if known}


def _rank(field: str, found: Mapping[str, Evidence], name: str) -> tuple[int, int, str]:
    """Order fields: by how many of their own words are in the project's name, then anywhere."""
    one = found.get(field)
    if one is None:
        return 0, 0, field
    return -sum(word in name for word in one.strong), -len(one.strong), field


@lru_cache(maxsize=512)
def of_words(text: str) -> Topic:
    """Return the fields that a text speaks of in words that no others say."""
    said, first = telling_words(fold(text))
    if not said:
        return _NOTHING
    ranked = sorted(said, key=lambda field: (field not in first, -len(said[field]), field))
    return Topic(tuple(ranked), said, first, first)
