"""Ordered lists of words: goals, safeguards, sub-objectives, tasks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from jixiao.compare.changes import ItemChange, ItemSide, Kind, Match
from jixiao.compare.fields import Fields, Places, present, worst
from jixiao.compare.pairing import Pair, Pairing, changes
from jixiao.compare.values import Years
from jixiao.compare.wording import MATCHING, at_most, key, lasting, likeness, relative
from jixiao.model import Budget, Criterion, DepartmentTask, PerformanceText, SubObjective

_ALIKE: float = MATCHING["lists"]["alike"]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An entry: its words by field, its money if it has any, where it stands."""

    words: dict[str, str | None]
    place: Places = {}
    budget: Budget | None = None

    @property
    def text(self) -> str:
        """All its words, a field a line."""
        return "\n".join(word for word in self.words.values() if word)


def texts(words: Sequence[str], field: str, places: Places) -> list[Entry]:
    """Return a list of plain texts as entries; places are named goals.0, goals.1."""
    entries = []
    for at, word in enumerate(words):
        place = places.get(f"{field}.{at}") or places.get(field)
        entries.append(Entry({"text": word}, {"self": place} if place else {}))
    return entries


def sub_objectives(text: PerformanceText) -> list[Entry]:
    """Return the sub-objectives of a text as entries."""
    return [_sub_objective(each) for each in text.sub_objectives]


def tasks(text: PerformanceText) -> list[Entry]:
    """Return the department's tasks as entries."""
    return [_task(each) for each in text.tasks]


def _sub_objective(each: SubObjective) -> Entry:
    words = {
        "title": each.title,
        "duty": each.duty,
        "objective": each.objective,
        "indicators": "\n".join(each.indicators) or None,
        "criteria": "\n".join(map(_criterion, each.criteria)) or None,
    }
    return Entry(words, each.place, each.budget)


def _criterion(each: Criterion) -> str:
    grades = (("优", each.excellent), ("良", each.good), ("中", each.fair), ("差", each.poor))
    return f"{each.indicator}：" + "；".join(f"{name} {words}" for name, words in grades if words)


def _task(each: DepartmentTask) -> Entry:
    return Entry({"name": each.name, "content": each.content}, each.place, each.budget)


def compared(
    before: Sequence[Entry], after: Sequence[Entry], years: Years
) -> tuple[ItemChange, ...]:
    """Return what became of each entry, in the order of the second list."""
    return changes(_paired(before, after, years), before, after, partial(_change, years))


def _paired(before: Sequence[Entry], after: Sequence[Entry], years: Years) -> Pairing:
    pairing = Pairing(len(before), len(after))
    pairing.equal([e.text for e in before], [e.text for e in after], Match.CONTENT)
    pairing.equal([key(e.text) for e in before], [key(e.text) for e in after], Match.CONTENT)
    if years.between:
        pairing.equal(
            [relative(entry.text, years.before) for entry in before],
            [relative(entry.text, years.after) for entry in after],
            Match.CONTENT,
        )
    ours = [lasting(entry.text) for entry in before]
    theirs = [lasting(entry.text) for entry in after]

    def score(one: int, other: int) -> float:
        if at_most(ours[one], theirs[other]) < _ALIKE:
            return -1
        points = likeness(ours[one], theirs[other])
        return points if points >= _ALIKE else -1

    pairing.alike(score, Match.LIKENESS)
    if len(before) == len(after) == 1 and pairing.before:
        # The only goal there was and the only one there is: it was written anew.
        pairing.pairs.append(Pair(0, 0, Match.POSITION))
        pairing.before, pairing.after = [], []
    return pairing


def _change(
    years: Years,
    before: tuple[int, Entry] | None,
    after: tuple[int, Entry] | None,
    match: Match | None,
    moved: bool,
) -> ItemChange:
    ours = before[1] if before else _NOTHING
    theirs = after[1] if after else _NOTHING
    fields = Fields(years, ours.place, theirs.place)
    names = dict.fromkeys([*ours.words, *theirs.words])
    found = present(
        [
            *(fields.text(name, ours.words.get(name), theirs.words.get(name)) for name in names),
            *fields.budget(ours.budget, theirs.budget),
        ]
    )
    if before is None:
        kind = Kind.ADDED
    elif after is None:
        kind = Kind.DROPPED
    else:
        kind = worst((each.kind for each in found), moved=moved)
    return ItemChange(kind, moved, match, _side(before), _side(after), found)


_NOTHING = Entry({})


def _side(entry: tuple[int, Entry] | None) -> ItemSide | None:
    if entry is None:
        return None
    at, what = entry
    return ItemSide(at + 1, what.text, what.place.get("self"))
