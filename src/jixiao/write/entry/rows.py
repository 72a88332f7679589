"""What the sheets of an entry form hold: each row's fields, cells and record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from jixiao.model import Budget, Indicator, PerformanceText, Project, SubObjective
from jixiao.read.blocks import tidy
from jixiao.read.entry_cells import (
    Flat,
    exact_fields,
    extra_column,
    shown,
)
from jixiao.read.entry_layout import EXTRA, Column, SheetLayout, layout
from jixiao.read.entry_records import (
    flat_criterion,
    flat_indicator,
    flat_objective,
    flat_project,
    flat_task,
)
from jixiao.read.entry_values import derived_value

MOST_EXTRA = 100
"""Columns for fields that the model has no name for; more of them are kept, but not shown."""

_LONGEST_NAME = 200


@dataclass
class Line:
    """A row to write: its fields by column id, and what else its record keeps."""

    flat: Flat
    record: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    """Cells that are no field: which project an indicator is of."""


@dataclass
class Filled:
    """A sheet with its rows: the columns that it shows, and every field that it knows."""

    layout: SheetLayout
    columns: list[Column]
    lines: list[Line]

    def cell(self, line: Line, column: Column) -> str:
        """Return what a cell shows."""
        given = line.cells.get(column.id)
        return shown(column, line.flat.get(column.id)) if given is None else given

    def record(self, line: Line) -> dict[str, Any]:
        """Return what the hidden cell of a row keeps."""
        record = dict(line.record)
        known = {column.id: column for column in (*self.layout.columns, *self.columns)}
        known = {id_: column for id_, column in known.items() if column.kind != "link"}
        seen = {column.id for column in self.columns}
        # A field without a column reads as a blank cell.
        exact = exact_fields(
            (each for id_, each in known.items() if id_ in seen), line.flat
        ) | exact_fields((each for id_, each in known.items() if id_ not in seen), line.flat)
        if exact:
            record["exact"] = exact
        more = {
            id_.removeprefix(EXTRA): value
            for id_, value in line.flat.items()
            if id_.startswith(EXTRA) and id_ not in seen
        }
        if more:
            record["more"] = more
        if not any(tidy(self.cell(line, column)) for column in self.columns):
            record["blank"] = True
        return record


def sheets(text: PerformanceText) -> list[tuple[str, Filled]]:
    """Return the list-like sheets of a text's form by key; those that are optional, if needed."""
    projects = [_project_line(at, each) for at, each in enumerate(text.projects, 1)]
    objectives = [_objective_line(at, each) for at, each in enumerate(text.sub_objectives, 1)]
    made = {
        "objectives": objectives,
        "criteria": _criteria(text.sub_objectives, objectives),
        "projects": projects,
        "indicators": _indicators(text.projects, projects),
        "whole_indicators": [_indicator_line(each) for each in text.indicators],
        "tasks": [Line(flat_task(each)) for each in text.tasks],
        "unread": [Line({"text": each.text, "reason": each.reason}) for each in text.unread],
    }
    return [
        (key, _filled(layout().sheets[key], lines))
        for key, lines in made.items()
        if lines or not layout().sheets[key].optional
    ]


def _filled(sheet: SheetLayout, lines: list[Line]) -> Filled:
    columns = [each for each in sheet.columns if _is_shown(each, lines)]
    names = Counter(
        id_.removeprefix(EXTRA) for line in lines for id_ in line.flat if id_.startswith(EXTRA)
    )
    extra = [name for name in names if len(name) <= _LONGEST_NAME][:MOST_EXTRA]
    return Filled(sheet, [*columns, *map(extra_column, extra)], lines)


def _is_shown(column: Column, lines: Sequence[Line]) -> bool:
    if column.show == "always" or (column.show == "form" and not lines):
        return True
    absent: tuple[Any, ...] = (
        (None, "", [], msgspec.UNSET) if column.show == "used" else (None, [], msgspec.UNSET)
    )
    values = (line.cells.get(column.id) or line.flat.get(column.id) for line in lines)
    return any(value not in absent for value in values)


def _project_line(at: int, project: Project) -> Line:
    record: dict[str, Any] = {"id": str(at)}
    whole = project.whole_period_budget
    if whole is not None:
        if whole == Budget():
            record["whole"] = True
        record["whole_unit"] = True
    return Line(flat_project(project), record)


def _objective_line(at: int, each: SubObjective) -> Line:
    record: dict[str, Any] = {"id": str(at)}
    if each.budget == Budget():
        record["budget"] = True
    return Line(flat_objective(each), record)


def _criteria(objectives: Iterable[SubObjective], parents: Sequence[Line]) -> list[Line]:
    sheet = layout().sheets["objectives"]
    made = []
    for each, parent in zip(objectives, parents, strict=True):
        title = _shown(sheet, parent, "title")
        for criterion in each.criteria:
            of = [parent.record["id"], title, ""]
            made.append(Line(flat_criterion(criterion), {"of": of}, {"of": title}))
    return made


def _indicators(projects: Sequence[Project], parents: Sequence[Line]) -> list[Line]:
    """Return the rows of all projects' indicators; codes stand only where names do not tell."""
    sheet = layout().sheets["projects"]
    names = [_shown(sheet, line, "name") for line in parents]
    counts = Counter(names)
    made = []
    for project, parent, name in zip(projects, parents, names, strict=True):
        alone = name and counts[name] == 1
        code = "" if alone else _shown(sheet, parent, "code")
        for indicators, period in (
            (project.indicators, "年度"),
            (project.whole_period_indicators, "实施期"),
        ):
            for each in indicators:
                line = _indicator_line(each)
                line.record["of"] = [parent.record["id"], name, code]
                line.cells = {"of": name, "of_code": code}
                if project.whole_period_indicators:
                    line.cells["period"] = period
                made.append(line)
    return made


def _indicator_line(each: Indicator) -> Line:
    line = Line(flat_indicator(each))
    if derived_value(each.value.text, each.name, each.extra) != each.value:
        line.record["target"] = msgspec.to_builtins(each.value)
    return line


def _shown(sheet: SheetLayout, line: Line, id_: str) -> str:
    column = sheet.column(id_)
    return shown(column, line.flat.get(id_)) if column else ""
