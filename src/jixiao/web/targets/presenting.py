"""A project as the page shows it: rows of fields, each with what is said of it beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.check.profile import Category, category_key
from jixiao.model import Indicator, Project
from jixiao.web.targets import auditing, content, fields, optional
from jixiao.web.targets.form_plan import CellPlan, PartPlan, RowPlan, plan
from jixiao.web.targets.heads import head_form, head_notes
from jixiao.web.targets.models import Comment, Sheet, Text
from jixiao.web.targets.saying import (
    Note,
    Said,
    Spoken,
    by_sheet,
    counts,
    is_missing,
    project_notes,
    total,
)
from jixiao.web.targets.sums import Share, Sums, sums

__all__ = [
    "Note", "Said", "Share", "by_sheet", "counts", "head_form", "head_notes", "plan",
    "project_form", "rows_of", "total",
]  # fmt: skip

TABLE, WHOLE = "indicators", "whole"
"""Where findings of the table as a whole, and those of no field, are shown."""

PERIOD = "whole_period_indicators"

_GIVEN = ("level1", "level2", "budget.money_unit")
"""Fields that a new form has filled."""


class Cell(NamedTuple):
    """A field with what it says, and what stands beside it while it is blank (上年：…)."""

    plan: CellPlan
    value: str
    row: str = ""
    mark: str = ""


class FormRow(NamedTuple):
    """A row of the form, filled."""

    plan: RowPlan
    cells: list[Cell]
    said: Said


class Line(NamedTuple):
    """A row of an indicator table, filled."""

    row: str
    number: int
    cells: list[Cell]
    said: Said


class Ghost(NamedTuple):
    """A category that a project must have and has not."""

    level1: str
    level2: str
    after: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.level2 or self.level1


class TableForm(NamedTuple):
    """An indicator table; ``more`` are the columns that it could have besides."""

    part: str
    title: str
    columns: dict[str, str]
    lines: list[Line]
    ghosts: list[Ghost]
    more: dict[str, str]
    sheet: int | None
    closable: frozenset[str] = frozenset()


class ProjectForm(NamedTuple):
    """A project's page."""

    sheet: Sheet
    project: Project
    number: int
    rows: list[FormRow]
    tables: list[TableForm]
    table: Said
    whole: Said
    counts: dict[str, int]
    total: Decimal
    sums: Sums
    parts: list[PartPlan]
    open_parts: list[PartPlan]
    is_empty: bool

    @property
    def lines(self) -> list[Line]:
        """The rows of the year's indicators."""
        return self.tables[0].lines

    @property
    def every(self) -> list[Said]:
        """All places with findings."""
        lines = [line.said for table in self.tables for line in table.lines]
        return [*(row.said for row in self.rows), *lines, self.table, self.whole]


def project_form(
    text: Text,
    sheets: Sequence[Sheet],
    sheet: Sheet,
    comments: Iterable[Comment],
    *,
    filling: bool = False,
) -> ProjectForm:
    """Return a project's page; to who fills it in, what is missing is said in few words."""
    project = content.project_of(sheet)
    rows = rows_of(project)
    anchors = {row.anchor for row in rows}
    own = [each for each in comments if each.sheet_id == sheet.pk]
    spoken = Spoken(
        project_notes(text, sheets, sheet, project), own, lambda row, field: _place(
            sheet, anchors, row, field
        ),
    )  # fmt: skip
    spoken.filling = filling
    spoken.folds = filling and is_mostly_empty(spoken, project)
    form_rows = [
        FormRow(
            row,
            [Cell(cell, fields.of(project, cell.field), "", _mark(sheet, "", cell.field))
             for cell in row.cells],
            spoken.of("", row.anchor),
        )
        for row in rows
    ]  # fmt: skip
    return ProjectForm(
        sheet,
        project,
        [each.pk for each in sheets].index(sheet.pk),
        form_rows,
        _tables(sheet, project, spoken),
        spoken.of("", TABLE),
        spoken.of("", WHOLE),
        spoken.count(),
        auditing.total(project),
        sums(project),
        [each for each in plan().parts if not optional.has(project, each.part)],
        [each for each in plan().parts if optional.has(project, each.part)],
        spoken.folds,
    )


def is_mostly_empty(spoken: Spoken, project: Project) -> bool:
    """Tell whether more is left to fill in than is filled: then what is missing is one line."""
    missing = sum(map(is_missing, spoken.notes))
    said = [
        fields.of(project, cell.field)
        for row in rows_of(project)
        for cell in row.cells
        if cell.field not in _GIVEN
    ]
    said += [
        fields.of(one, name)
        for one in project.indicators
        for name in fields.INDICATOR
        if name not in _GIVEN
    ]
    return missing > sum(map(bool, said))


def indicator_lines(
    indicators: Sequence[Indicator],
    names: Sequence[str],
    columns: dict[str, str],
    prefix: str,
    said: Callable[[str], Said],
    mark: Callable[[str, str], str],
) -> list[Line]:
    """Return the rows of an indicator table; ``prefix`` leads the names of its fields."""
    return [
        Line(
            name,
            at + 1,
            [
                Cell(
                    CellPlan(f"{prefix}{column}", label),
                    fields.of(one, column) if not column.startswith("extra.") else
                    one.extra.get(column.removeprefix("extra."), ""),
                    name,
                    mark(name, f"{prefix}{column}"),
                )
                for column, label in columns.items()
            ],
            said(name),
        )
        for at, (name, one) in enumerate(zip(names, indicators, strict=True))
    ]  # fmt: skip


def columns_of(extra: Iterable[str]) -> dict[str, str]:
    """Return the columns of a table by name: the usual ones and those that it has besides."""
    known = plan().columns | plan().more_columns
    return plan().columns | {name: known.get(name) or name.removeprefix("extra.") for name in extra}


def ghosts(indicators: Sequence[Indicator], rows: Sequence[str]) -> list[Ghost]:
    """Return the categories that the profile requires and no row has, as rule C03 looks for them.

    Each goes behind the last row of its first level.
    """
    here = {category_key(one.level1) for one in indicators} | {
        category_key(one.level2) for one in indicators
    }
    last = {category_key(one.level1): row for one, row in zip(indicators, rows, strict=True)}
    found: list[Ghost] = []
    for first in auditing.checker().profile.categories:
        below = [second for second in first.second if second.required]
        names = first.names.union(*(second.names for second in first.second))
        after = next((last[name] for name in first.names if name in last), "")
        if below:
            found += [Ghost(first.name, one.name, after) for one in below if not here & one.names]
        elif first.required and not here & names:
            found.append(Ghost(first.name, _only(first), after))
    return found


def _only(first: Category) -> str:
    return first.second[0].name if len(first.second) == 1 else ""


def rows_of(project: Project) -> list[RowPlan]:
    """Return the rows of the form that a project has."""
    months = optional.months(project.plan)
    found = []
    for row in plan().rows:
        if row.part == "extra":
            cells = [CellPlan(f"extra.{label}", label) for label in project.extra]
            found += [RowPlan(row.anchor, row.label, tuple(cells))] if cells else []
        elif row.anchor == "plan":
            shown = tuple(cell for cell in row.cells if cell.field in months)
            found.append(RowPlan(row.anchor, row.label, shown))
        elif not row.part or optional.has(project, row.part):
            found.append(row)
    return found


def _tables(sheet: Sheet, project: Project, spoken: Spoken) -> list[TableForm]:
    have = optional.columns(project)
    columns = columns_of(have)
    more = {name: label for name, label in plan().more_columns.items() if name not in have}
    blank = frozenset(
        name
        for name in have
        if not any(
            _says(one, name) for one in (*project.indicators, *project.whole_period_indicators)
        )
    )

    def table(part: str, title: str, prefix: str, anchor: str) -> TableForm:
        known: tuple[Indicator, ...] = getattr(project, part)
        lines = indicator_lines(
            known,
            content.names_of(sheet, part, len(known)),
            columns,
            prefix,
            lambda row: spoken.of(row, anchor),
            lambda row, field: _mark(sheet, row, field),
        )
        missing = ghosts(known, sheet.rows) if part == TABLE else []
        return TableForm(part, title, columns, lines, missing, more, sheet.pk, blank)

    found = [table(TABLE, "绩效指标", "", "row")]
    if optional.has(project, optional.WHOLE_PERIOD):
        found.append(table(PERIOD, "实施期绩效指标", f"{PERIOD}.", "period"))
    return found


def _says(one: Indicator, column: str) -> str:
    if column.startswith("extra."):
        return one.extra.get(column.removeprefix("extra."), "")
    return fields.of(one, column)


def _mark(sheet: Sheet, row: str, field: str) -> str:
    return str(sheet.marks.get(row, {}).get(field, ""))


def _place(sheet: Sheet, anchors: set[str], row: str, field: str) -> tuple[str, str]:
    if row and row in sheet.rows:
        return row, "row"
    if row and row in sheet.names.get(PERIOD, []):
        return row, "period"
    root = field.partition(".")[0]
    root = plan().anchors.get(root, root)
    if root in anchors or root == TABLE:
        return "", root
    return "", TABLE if root in fields.INDICATOR else WHOLE
