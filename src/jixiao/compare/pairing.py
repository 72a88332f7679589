"""Pairs up two ordered lists: which entry of the one is which entry of the other.

Every step is blind to which of the two lists is the first, so that the comparison of B with A is
that of A with B seen from the other side. Each entry is used at most once, and the best pairs are
made first. Where entries repeat each other, the first goes with the first, the second with the
second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from jixiao.compare.changes import Match
from jixiao.compare.wording import MATCHING

_MOST_PAIRS: int = MATCHING["limits"]["most_pairs"]

T = TypeVar("T")
C = TypeVar("C")
K = TypeVar("K", bound=Hashable)
Score = Callable[[int, int], float]
"""How well two entries, given by their positions, go together; below 0 they do not."""


Side = tuple[int, T] | None
"""An entry with its position; None where the other list alone has it."""

Change = Callable[[Side[T], Side[T], "Match | None", bool], C]
"""Makes a change of an entry before and after, why they are one, and whether it has moved."""


class Pair(NamedTuple):
    """Positions of one thing in the two lists, counted from 0, and why it is one."""

    before: int
    after: int
    match: Match


class Pairing:
    """Two lists being paired: the pairs so far, and the positions that are left."""

    def __init__(self, before: int, after: int) -> None:
        """Begin with lists of so many entries, none of them paired."""
        self.pairs: list[Pair] = []
        self.before = list(range(before))
        self.after = list(range(after))

    def equal(self, before: Sequence[K | None], after: Sequence[K | None], match: Match) -> None:
        """Pair what has the same key, in order; None is no key."""
        for ours, theirs in self._groups(before, after):
            self._take(zip(ours, theirs, strict=False), match)

    def keyed(
        self, before: Sequence[K | None], after: Sequence[K | None], score: Score, match: Match
    ) -> None:
        """Pair what has the same key; of several with one key, the best pairs first."""
        for ours, theirs in self._groups(before, after):
            alone = len(ours) == len(theirs) == 1
            self._take([(ours[0], theirs[0])] if alone else best(ours, theirs, score), match)

    def alike(self, score: Score, match: Match) -> None:
        """Pair what goes together by a score, the best pairs first."""
        self._take(best(self.before, self.after, score), match)

    def _groups(
        self, before: Sequence[K | None], after: Sequence[K | None]
    ) -> list[tuple[list[int], list[int]]]:
        groups: dict[K, tuple[list[int], list[int]]] = {}
        for side, positions, keys in ((0, self.before, before), (1, self.after, after)):
            for position in positions:
                key = keys[position]
                if key is not None:
                    groups.setdefault(key, ([], []))[side].append(position)
        return [both for both in groups.values() if both[0] and both[1]]

    def _take(self, pairs: Iterable[tuple[int, int]], match: Match) -> None:
        made = [Pair(ours, theirs, match) for ours, theirs in pairs]
        if made:
            self.pairs += made
            ours, theirs = {each.before for each in made}, {each.after for each in made}
            self.before = [position for position in self.before if position not in ours]
            self.after = [position for position in self.after if position not in theirs]


def best(before: Sequence[int], after: Sequence[int], score: Score) -> list[tuple[int, int]]:
    """Return the pairs that a score allows, best first, each entry once.

    Of pairs that go equally well the one is taken whose entries stand at the most similar place.
    """
    # Two pairs of the same distance and sum have no entry in common: their order is no matter.
    candidates = []
    reach = max(1, _MOST_PAIRS // max(1, len(before) + len(after)))
    for row, ours in enumerate(before):
        for column in range(max(0, row - reach), min(len(after), row + reach + 1)):
            theirs = after[column]
            points = score(ours, theirs)
            if points >= 0:
                candidates.append((-points, abs(row - column), row + column, ours, theirs))
    candidates.sort()
    used_before: set[int] = set()
    used_after: set[int] = set()
    pairs = []
    for *_, ours, theirs in candidates:
        if ours not in used_before and theirs not in used_after:
            used_before.add(ours)
            used_after.add(theirs)
            pairs.append((ours, theirs))
    return pairs


def out_of_order(pairs: Iterable[Pair]) -> set[Pair]:
    """Return the pairs that moved: without them all others stand in the same order in both lists.

    A pair stays where every longest run of pairs in order has it; of two that changed places
    neither does.
    """
    ordered = sorted(pairs)
    rising = _lengths([pair.after for pair in ordered])
    falling = _lengths([-pair.after for pair in reversed(ordered)])[::-1]
    longest = max(rising, default=0)
    in_some: dict[int, list[Pair]] = {}
    for pair, up, down in zip(ordered, rising, falling, strict=True):
        if up + down - 1 == longest:
            in_some.setdefault(up, []).append(pair)
    stay = {each[0] for each in in_some.values() if len(each) == 1}
    return set(ordered) - stay


def _lengths(numbers: Sequence[int]) -> list[int]:
    """Return of each number the length of the longest rising sequence that ends with it."""
    ends: list[int] = []
    lengths = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        lengths.append(at + 1)
    return lengths


def in_order(pairing: Pairing) -> list[tuple[int | None, int | None, Match | None]]:
    """Return all entries in the order of the second list; what is gone, after what it followed."""
    after_of = {pair.before: pair.after for pair in pairing.pairs}
    entries: list[tuple[tuple[int, int, int], int | None, int | None, Match | None]] = [
        ((pair.after, 0, 0), pair.before, pair.after, pair.match) for pair in pairing.pairs
    ]
    entries += [((position, 0, 0), None, position, None) for position in pairing.after]
    left = set(pairing.before)
    last = -1
    for position in range(len(after_of) + len(left)):
        if position in left:
            entries.append(((last, 1, position), position, None, None))
        else:
            last = after_of[position]
    entries.sort(key=lambda entry: entry[0])
    return [(ours, theirs, match) for _, ours, theirs, match in entries]


def changes(
    pairing: Pairing, before: Sequence[T], after: Sequence[T], change: Change[T, C]
) -> tuple[C, ...]:
    """Return what became of each entry of two lists, in the order of the second one."""
    moved = {(pair.before, pair.after) for pair in out_of_order(pairing.pairs)}
    return tuple(
        change(
            None if ours is None else (ours, before[ours]),
            None if theirs is None else (theirs, after[theirs]),
            match,
            (ours, theirs) in moved,
        )
        for ours, theirs, match in in_order(pairing)
    )
