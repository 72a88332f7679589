"""How much changed, counted and in money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from jixiao.compare.amounts import money_change
from jixiao.compare.changes import (
    Counts,
    IndicatorChange,
    Kind,
    ProjectChange,
    Totals,
    ValueCounts,
)
from jixiao.compare.indicators import target_unchanged


def totals(found: Sequence[ProjectChange]) -> Totals:
    """Return the money of all projects, and what came and went with them."""
    ours = [each.before.total for each in found if each.before]
    theirs = [each.after.total for each in found if each.after]
    both = [each for each in found if each.before and each.after]
    return Totals(
        money_change(_stated(ours), _stated(theirs)),
        _sum(each.money.after for each in found if each.kind is Kind.ADDED),
        _sum(each.money.before for each in found if each.kind is Kind.DROPPED),
        _sum(each.money.after for each in both) - _sum(each.money.before for each in both),
        sum(total is None for total in ours),
        sum(total is None for total in theirs),
    )


def _stated(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum of what is stated, None where there are projects and none states it."""
    return None if amounts and all(each is None for each in amounts) else _sum(amounts)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in amounts if each is not None), Decimal(0))


def counts(found: Sequence[ProjectChange | IndicatorChange]) -> Counts:
    """Return how many became what."""
    kinds = [each.kind for each in found]
    return Counts(
        added=kinds.count(Kind.ADDED),
        dropped=kinds.count(Kind.DROPPED),
        changed=kinds.count(Kind.CHANGED),
        rolled=kinds.count(Kind.ROLLED),
        reworded=kinds.count(Kind.REWORDED),
        same=kinds.count(Kind.SAME) + kinds.count(Kind.MOVED),
        moved=sum(each.moved for each in found),
        renamed=sum(isinstance(each, ProjectChange) and each.renamed for each in found),
    )


def value_counts(lines: Sequence[IndicatorChange]) -> ValueCounts:
    """Return what became of the targets of the indicators that are in both texts."""
    kept = [line for line in lines if line.before and line.after]
    values = [each.value for line in kept for each in line.fields if each.value]
    return ValueCounts(
        kept=len(kept),
        unchanged=sum(map(target_unchanged, kept)),
        raised=sum(value.number == "raised" for value in values),
        lowered=sum(value.number == "lowered" for value in values),
        tightened=sum(value.demand == "tightened" for value in values),
        loosened=sum(value.demand == "loosened" for value in values),
    )
