"""Two texts held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from jixiao.compare import indicators, items, projects
from jixiao.compare.amounts import money_change
from jixiao.compare.changes import (
    Comparison,
    Counts,
    FieldChange,
    IndicatorChange,
    Kind,
    ProjectChange,
    TextSide,
    Totals,
    ValueCounts,
)
from jixiao.compare.fields import Fields, present, worst
from jixiao.compare.values import Years
from jixiao.model import PerformanceText


def compare(before: PerformanceText, after: PerformanceText) -> Comparison:
    """Return what changed from the first text to the second, or from one year's to the next.

    Files, contents pages, warnings and places are not compared. ``compare(b, a)`` says the same
    as ``compare(a, b)`` the other way round.
    """
    years = Years(before.year, after.year)
    fields = _fields(before, after, years)
    part_one = (
        items.compared(items.sub_objectives(before), items.sub_objectives(after), years),
        items.compared(
            items.texts(before.safeguards, "safeguards", before.place),
            items.texts(after.safeguards, "safeguards", after.place),
            years,
        ),
        items.compared(items.tasks(before), items.tasks(after), years),
    )
    table = indicators.compared(before.indicators, after.indicators, years)
    found = projects.compared(before.projects, after.projects, years)
    lines = [line for project in found for line in project.indicators]
    kinds = [each.kind for part in (fields, *part_one, table, found) for each in part]
    return Comparison(
        _side(before),
        _side(after),
        worst(kinds),
        _totals(found),
        _counts(found, renamed=sum(each.renamed for each in found)),
        _counts(lines),
        _value_counts(lines),
        fields,
        *part_one,
        table,
        found,
    )


def _fields(
    before: PerformanceText, after: PerformanceText, years: Years
) -> tuple[FieldChange, ...]:
    fields = Fields(years, before.place, after.place)
    return present(
        [
            fields.text("year", _number(before.year), _number(after.year)),
            fields.text("region", before.region.name, after.region.name),
            fields.text("region_code", before.region.code, after.region.code),
            fields.text("unit", before.unit.name, after.unit.name),
            fields.text("unit_code", before.unit.code, after.unit.code),
            fields.text("draft", _status(before), _status(after)),
            fields.text("overall", before.overall, after.overall),
            *fields.budget(before.budget, after.budget),
        ]
    )


def _number(year: int | None) -> str | None:
    return None if year is None else str(year)


def _status(text: PerformanceText) -> str:
    return "草案" if text.draft else "正式文本"


def _side(text: PerformanceText) -> TextSide:
    return TextSide(
        text.source,
        text.year,
        text.unit.name,
        len(text.projects),
        sum(len(project.indicators) for project in text.projects),
    )


def _totals(found: Sequence[ProjectChange]) -> Totals:
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


def _counts(found: Sequence[ProjectChange | IndicatorChange], renamed: int = 0) -> Counts:
    kinds = [each.kind for each in found]
    return Counts(
        added=kinds.count(Kind.ADDED),
        dropped=kinds.count(Kind.DROPPED),
        changed=kinds.count(Kind.CHANGED),
        rolled=kinds.count(Kind.ROLLED),
        reworded=kinds.count(Kind.REWORDED),
        same=kinds.count(Kind.SAME) + kinds.count(Kind.MOVED),
        moved=sum(each.moved for each in found),
        renamed=renamed,
    )


def _value_counts(lines: Sequence[IndicatorChange]) -> ValueCounts:
    kept = [line for line in lines if line.before and line.after]
    values = [each.value for line in kept for each in line.fields if each.value]
    return ValueCounts(
        kept=len(kept),
        unchanged=sum(map(indicators.target_unchanged, kept)),
        raised=sum(value.number == "raised" for value in values),
        lowered=sum(value.number == "lowered" for value in values),
        tightened=sum(value.demand == "tightened" for value in values),
        loosened=sum(value.demand == "loosened" for value in values),
    )
