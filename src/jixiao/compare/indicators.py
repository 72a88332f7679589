"""Indicator tables: which line of the one is which of the other, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.compare.changes import FieldChange, IndicatorChange, IndicatorSide, Kind, Match
from jixiao.compare.fields import Fields, present, worst
from jixiao.compare.pairing import Pairing, in_order, out_of_order
from jixiao.compare.values import Years
from jixiao.compare.wording import MATCHING, at_most, key, lasting, likeness, plain
from jixiao.model import Indicator

_ALIKE: float = MATCHING["indicators"]["alike"]
_ALIKE_ELSEWHERE: float = MATCHING["indicators"]["alike_elsewhere"]
_ALIKE_IN_PLACE: float = MATCHING["indicators"]["alike_in_place"]
_WORDS = ("level1", "level2", "name", "description")
_MORE_WORDS = ("basis", "weight", "formula", "scoring", "previous", "remark")
_NO_INDICATOR = Indicator()

_Levels = tuple[str, str]


def compared(
    before: Sequence[Indicator], after: Sequence[Indicator], years: Years
) -> tuple[IndicatorChange, ...]:
    """Return what became of each indicator, in the order of the second table."""
    pairing = paired(before, after)
    moved = {(pair.before, pair.after) for pair in out_of_order(pairing.pairs)}
    return tuple(
        _change(
            None if ours is None else (ours, before[ours]),
            None if theirs is None else (theirs, after[theirs]),
            match,
            years,
            moved=(ours, theirs) in moved,
        )
        for ours, theirs, match in in_order(pairing)
    )


def paired(before: Sequence[Indicator], after: Sequence[Indicator]) -> Pairing:
    """Pair indicators: by levels and name, by name, by like names, by what stands in their place."""
    pairing = Pairing(len(before), len(after))
    pairing.equal([_whole(one) for one in before], [_whole(one) for one in after], Match.CONTENT)
    ours_levels, theirs_levels = [_levels(one) for one in before], [_levels(one) for one in after]
    ours_names, theirs_names = (
        [lasting(one.name) for one in before],
        [lasting(one.name) for one in after],
    )
    ours_gists, theirs_gists = [_gist(one) for one in before], [_gist(one) for one in after]

    def content(one: int, other: int) -> float:
        return _content(ours_gists[one], theirs_gists[other])

    def nearness(one: int, other: int) -> float:
        ours, theirs = ours_levels[one], theirs_levels[other]
        same = (ours[0] == theirs[0]) + (ours[1] == theirs[1])
        return same + content(one, other)

    def names(one: int, other: int) -> float:
        ours, theirs = ours_names[one], theirs_names[other]
        least = _ALIKE if ours_levels[one] == theirs_levels[other] else _ALIKE_ELSEWHERE
        if not ours or not theirs or at_most(ours, theirs) < least:
            return -1
        points = likeness(ours, theirs)
        # Nearer levels win among names that are equally like.
        return points + (least == _ALIKE) if points >= least else -1

    def in_place(one: int, other: int) -> float:
        if ours_levels[one] != theirs_levels[other]:
            return -1
        if not ours_names[one] or not theirs_names[other]:
            return 1
        points = content(one, other)
        return points if points >= _ALIKE_IN_PLACE else -1

    pairing.keyed(
        [(*levels, key(one.name)) for levels, one in zip(ours_levels, before, strict=True)],
        [(*levels, key(one.name)) for levels, one in zip(theirs_levels, after, strict=True)],
        content,
        Match.NAME,
    )
    pairing.keyed(
        [key(one.name) or None for one in before],
        [key(one.name) or None for one in after],
        nearness,
        Match.NAME,
    )
    pairing.keyed(
        [name or None for name in ours_names],
        [name or None for name in theirs_names],
        nearness,
        Match.NAME_WITHOUT_YEAR,
    )
    pairing.alike(names, Match.LIKENESS)
    pairing.alike(in_place, Match.POSITION)
    return pairing


def _whole(one: Indicator) -> tuple[str | None, ...]:
    return (
        one.level1, one.level2, one.name, one.description, one.value.text, one.basis, one.weight,
    )  # fmt: skip


def _levels(one: Indicator) -> _Levels:
    return key(one.level1), key(one.level2)


def _gist(one: Indicator) -> tuple[str, str, str]:
    return key(one.value.text), key(one.description), key(one.basis)


def _content(one: tuple[str, str, str], other: tuple[str, str, str]) -> float:
    """Return how alike two indicators are but for their names, from 0 to 1."""
    told = [
        likeness(ours, theirs) for ours, theirs in zip(one, other, strict=True) if ours or theirs
    ]
    return sum(told) / len(told) if told else 0.0


def _change(
    before: tuple[int, Indicator] | None,
    after: tuple[int, Indicator] | None,
    match: Match | None,
    years: Years,
    *,
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
