"""Indicator tables: which line of the one is which of the other, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from jixiao.compare.changes import FieldChange, IndicatorChange, IndicatorSide, Kind, Match
from jixiao.compare.fields import Fields, present, worst
from jixiao.compare.pairing import Pairing, changes
from jixiao.compare.values import Years
from jixiao.compare.wording import MATCHING, at_most, key, lasting, likeness, plain
from jixiao.model import Indicator

_ALIKE: float = MATCHING["indicators"]["alike"]
_ALIKE_ELSEWHERE: float = MATCHING["indicators"]["alike_elsewhere"]
_ALIKE_IN_PLACE: float = MATCHING["indicators"]["alike_in_place"]
_WORDS = ("level1", "level2", "name", "description")
_MORE_WORDS = ("basis", "weight", "formula", "scoring", "previous", "remark")
_NO_INDICATOR = Indicator()


def compared(
    before: Sequence[Indicator], after: Sequence[Indicator], years: Years
) -> tuple[IndicatorChange, ...]:
    """Return what became of each indicator, in the order of the second table."""
    return changes(paired(before, after), before, after, partial(_change, years))


def paired(before: Sequence[Indicator], after: Sequence[Indicator]) -> Pairing:
    """Pair indicators: by levels and name, by name, by like names, by what stands in their place."""
    pairing = Pairing(len(before), len(after))
    ours, theirs = [_Gist(one) for one in before], [_Gist(one) for one in after]
    score = _Score(ours, theirs)
    pairing.equal([_whole(one) for one in before], [_whole(one) for one in after], Match.CONTENT)
    pairing.keyed(
        [(one.levels, one.name) for one in ours],
        [(one.levels, one.name) for one in theirs],
        score.nearness,
        Match.NAME,
    )
    pairing.keyed(
        [one.name or None for one in ours],
        [one.name or None for one in theirs],
        score.nearness,
        Match.NAME,
    )
    pairing.keyed(
        [one.lasting or None for one in ours],
        [one.lasting or None for one in theirs],
        score.nearness,
        Match.NAME_WITHOUT_YEAR,
    )
    pairing.alike(score.names, Match.LIKENESS)
    pairing.alike(score.in_place, Match.POSITION)
    return pairing


class _Gist:
    """What of an indicator is looked at to tell whether it is another."""

    def __init__(self, one: Indicator) -> None:
        self.levels = key(one.level1), key(one.level2)
        self.name = key(one.name)
        self.lasting = lasting(one.name)
        self.content = key(one.value.text), key(one.description), key(one.basis)


class _Score:
    """How well two indicators go together; -1 where they do not."""

    def __init__(self, before: Sequence[_Gist], after: Sequence[_Gist]) -> None:
        self._before = before
        self._after = after

    def nearness(self, one: int, other: int) -> float:
        """Prefer the same levels, then the most similar content."""
        ours, theirs = self._before[one], self._after[other]
        (ours1, ours2), (theirs1, theirs2) = ours.levels, theirs.levels
        return (ours1 == theirs1) + (ours2 == theirs2) + _content(ours, theirs)

    def names(self, one: int, other: int) -> float:
        """Take like names, those of the same levels first: there less likeness is enough."""
        ours, theirs = self._before[one], self._after[other]
        near = ours.levels == theirs.levels
        least = _ALIKE if near else _ALIKE_ELSEWHERE
        if not ours.lasting or not theirs.lasting or at_most(ours.lasting, theirs.lasting) < least:
            return -1
        points = likeness(ours.lasting, theirs.lasting)
        return points + near if points >= least else -1

    def in_place(self, one: int, other: int) -> float:
        """Take what has the same levels and like content, or no name to tell it by."""
        ours, theirs = self._before[one], self._after[other]
        if ours.levels != theirs.levels:
            return -1
        points = _content(ours, theirs)
        if not ours.lasting or not theirs.lasting:
            return 1 + points
        return points if points >= _ALIKE_IN_PLACE else -1


def _whole(one: Indicator) -> tuple[str | None, ...]:
    return (
        one.level1, one.level2, one.name, one.description, one.value.text, one.basis, one.weight,
    )  # fmt: skip


def _content(one: _Gist, other: _Gist) -> float:
    """Return how alike two indicators are but for their names, from 0 to 1."""
    told = [
        likeness(ours, theirs)
        for ours, theirs in zip(one.content, other.content, strict=True)
        if ours or theirs
    ]
    return sum(told) / len(told) if told else 0.0


def _change(
    years: Years,
    before: tuple[int, Indicator] | None,
    after: tuple[int, Indicator] | None,
    match: Match | None,
    moved: bool,
) -> IndicatorChange:
    ours = before[1] if before else _NO_INDICATOR
    theirs = after[1] if after else _NO_INDICATOR
    found = _fields(ours, theirs, years)
    if before is None:
        kind = Kind.ADDED
    elif after is None:
        kind = Kind.DROPPED
    else:
        kind = worst((each.kind for each in found), moved=moved)
    return IndicatorChange(kind, moved, match, _side(before), _side(after), found)


def _fields(ours: Indicator, theirs: Indicator, years: Years) -> tuple[FieldChange, ...]:
    fields = Fields(years, ours.place, theirs.place)

    def words(names: tuple[str, ...]) -> list[FieldChange | None]:
        return [fields.text(name, getattr(ours, name), getattr(theirs, name)) for name in names]

    return present(
        [
            *words(_WORDS),
            fields.value("value", ours.value, theirs.value),
            *words(_MORE_WORDS),
            *fields.others(ours.extra, theirs.extra),
        ]
    )


def _side(indicator: tuple[int, Indicator] | None) -> IndicatorSide | None:
    if indicator is None:
        return None
    at, one = indicator
    return IndicatorSide(
        at + 1, one.level1, one.level2, one.name, one.value.text, one.place.get("self")
    )


def target_unchanged(change: IndicatorChange) -> bool:
    """Tell whether an indicator of both texts promises what it did; a blank target does not."""
    if change.before is None or change.after is None or not plain(change.after.value):
        return False
    return not any(each.field == "value" and each.kind.matters for each in change.fields)
