"""Two texts held against each other."""

from __future__ import annotations

from jixiao.compare import indicators, items, projects
from jixiao.compare.changes import Comparison, FieldChange, TextSide
from jixiao.compare.counting import counts, totals, value_counts
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
    objectives = items.compared(items.sub_objectives(before), items.sub_objectives(after), years)
    safeguards = items.compared(
        items.texts(before.safeguards, "safeguards", before.place),
        items.texts(after.safeguards, "safeguards", after.place),
        years,
    )
    tasks = items.compared(items.tasks(before), items.tasks(after), years)
    table = indicators.compared(before.indicators, after.indicators, years)
    found = projects.compared(before.projects, after.projects, years)
    lines = [line for project in found for line in project.indicators]
    parts = (fields, objectives, safeguards, tasks, table, found)
    return Comparison(
        before=_side(before),
        after=_side(after),
        kind=worst(each.kind for part in parts for each in part),
        totals=totals(found),
        project_counts=counts(found),
        indicator_counts=counts(lines),
        value_counts=value_counts(lines),
        fields=fields,
        sub_objectives=objectives,
        safeguards=safeguards,
        tasks=tasks,
        indicators=table,
        projects=found,
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
