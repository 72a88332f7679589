"""What holds of any two texts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.mirror import flat, mirrored
from compare.texts import texts
from jixiao.compare import Comparison, Kind, compare
from jixiao.compare.wording import key, likeness

_PARTS = ("sub_objectives", "safeguards", "tasks", "indicators", "projects")


@given(texts())
@settings(max_examples=25, deadline=None)
def test_a_text_against_itself_shows_no_change(text):
    made = compare(text, text)
    assert made.kind is Kind.SAME
    assert made.fields == ()
    for part in _PARTS:
        assert all(each.kind is Kind.SAME and not each.moved for each in getattr(made, part))
    for project in made.projects:
        assert project.fields == ()
        assert all(line.fields == () for line in project.indicators)
    assert not made.totals.money.difference
    assert made.totals.kept == made.totals.added == made.totals.dropped == 0


@given(texts(), texts())
@settings(max_examples=80, deadline=None)
def test_the_other_way_round_it_says_the_same_the_other_way_round(one, other):
    assert flat(compare(other, one)) == mirrored(compare(one, other))


@given(texts(), texts())
@settings(max_examples=40, deadline=None)
def test_every_entry_of_both_texts_is_told_of_once(one, other):
    made = compare(one, other)
    for part in _PARTS:
        _once(getattr(made, part), len(getattr(one, part)), len(getattr(other, part)))
    for change in made.projects:
        ours = one.projects[change.before.number - 1] if change.before else None
        theirs = other.projects[change.after.number - 1] if change.after else None
        for part in ("goals", "indicators"):
            _once(
                getattr(change, part),
                len(getattr(ours, part)) if ours else 0,
                len(getattr(theirs, part)) if theirs else 0,
            )
    _adds_up(made)


def _once(changes, before, after):
    assert sorted(each.before.number for each in changes if each.before) == [*range(1, before + 1)]
    assert sorted(each.after.number for each in changes if each.after) == [*range(1, after + 1)]


def _adds_up(made: Comparison) -> None:
    totals, counts = made.totals, made.project_counts
    if totals.money.difference is not None:
        assert totals.money.difference == totals.added - totals.dropped + totals.kept
    kinds = Counter(each.kind for each in made.projects)
    assert counts.added == kinds[Kind.ADDED]
    assert counts.dropped == kinds[Kind.DROPPED]
    assert made.before.projects - counts.dropped == made.after.projects - counts.added
    assert made.value_counts.unchanged <= made.value_counts.kept


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_both_ways(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
    assert key(key(one)) == key(one)
