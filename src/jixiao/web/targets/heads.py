"""The department's part as the page shows it: its fields, 分项绩效目标, tasks, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from jixiao.model import PerformanceText
from jixiao.web.targets import content, fields
from jixiao.web.targets.form_plan import CellPlan, RowPlan, plan
from jixiao.web.targets.models import Comment, Sheet, Text
from jixiao.web.targets.saying import Said, Spoken, head_findings

WHOLE = "whole"
TABLES = ("sub_objectives", "tasks", "indicators")


class HeadRow(NamedTuple):
    """A row of a table of the department's part: an objective, a task."""

    row: str
    number: int
    cells: list[Any]
    more: list[Any]
    criteria: list[Any]
    said: Said

    @property
    def has_more(self) -> bool:
        """Whether it has what few forms have: a duty, money and criteria of its own."""
        return bool(self.criteria) or any(cell.value for cell in self.more)


class HeadForm(NamedTuple):
    """The department's part."""

    rows: dict[str, Any]
    objectives: list[HeadRow]
    tasks: list[HeadRow]
    table: Any
    of_tables: dict[str, Said]
    whole: Said
    has_department: bool

    @property
    def every(self) -> list[Said]:
        """All places with findings."""
        lines = [line.said for line in self.table.lines]
        rows = [each.said for each in (*self.objectives, *self.tasks)]
        own = [row.said for row in self.rows.values()]
        return [*own, *rows, *lines, *self.of_tables.values(), self.whole]


def head_form(text: Text, sheets: Sequence[Sheet], comments: Iterable[Comment]) -> HeadForm:
    """Return the department's part as the page shows it."""
    from jixiao.web.targets.presenting import Cell, FormRow, TableForm, columns_of, indicator_lines

    head = content.head_of(text)
    names = {part: content.names_of(text, part, len(fields.rows(head, part))) for part in TABLES}
    own = [each for each in comments if each.sheet_id is None]
    spoken = Spoken(head_findings(text, sheets, names), own, lambda r, f: _place(names, r, f))
    department = bool(head.tasks or head.indicators or not fields.is_blank(head.budget))

    def mark(row: str, field: str) -> str:
        return str(text.marks.get(row, {}).get(field, ""))

    def cells(path: str, named: str, row: str, plans: Iterable[CellPlan]) -> list[Cell]:
        return [
            Cell(
                CellPlan(f"{named}{each.field}", each.label, each.size, each.lines, each.choices),
                fields.of(head, f"{path}{each.field}"),
                row,
                mark(row, f"{named}{each.field}"),
            )
            for each in plans
        ]

    def rows(part: str) -> list[HeadRow]:
        plans = plan().head_tables[part].cells
        own = [each for each in plans if not each.more]
        more = [each for each in plans if each.more]
        return [
            HeadRow(
                row,
                at + 1,
                cells(f"{part}.{at}.", f"{part}.", row, own),
                cells(f"{part}.{at}.", f"{part}.", row, more),
                _criteria(text, head, at, row, cells) if part == "sub_objectives" else [],
                spoken.of(row, part),
            )
            for at, row in enumerate(names[part])
        ]

    def form_row(row: RowPlan) -> FormRow:
        return FormRow(row, cells("", "", "", row.cells), spoken.of("", row.anchor))

    extra = dict.fromkeys(f"extra.{label}" for one in head.indicators for label in one.extra)
    have = [name for name in plan().more_columns
            if any(getattr(one, name) is not None for one in head.indicators)]  # fmt: skip
    columns = columns_of([*have, *extra])
    lines = indicator_lines(
        head.indicators, names["indicators"], columns, "indicators.",
        lambda row: spoken.of(row, "line"), mark,
    )  # fmt: skip
    return HeadForm(
        {row.anchor: form_row(row) for row in plan().head if row.cells},
        rows("sub_objectives"),
        rows("tasks"),
        TableForm("indicators", "部门整体支出绩效指标", columns, lines, [], {}, None),
        {part: spoken.of("", part) for part in TABLES},
        spoken.of("", WHOLE),
        department,
    )


def head_notes(text: Text, sheets: Sequence[Sheet], comments: Iterable[Comment]) -> dict[str, Said]:
    """Return what is said of the department's part, by the names of the places in the page."""
    return {said.key: said for said in head_form(text, sheets, comments).every}


def _criteria(
    text: Text, head: PerformanceText, at: int, row: str, cells: Any
) -> list[tuple[str, list[Any]]]:
    part = f"sub_objectives.{row}.criteria"
    known = head.sub_objectives[at].criteria
    plans = [CellPlan(name, label) for name, label in plan().criteria.items()]
    return [
        (name, cells(f"sub_objectives.{at}.criteria.{number}.", f"{part}.", name, plans))
        for number, name in enumerate(content.names_of(text, part, len(known)))
    ]


def _place(names: dict[str, list[str]], row: str, field: str) -> tuple[str, str]:
    root = field.partition(".")[0]
    if row and root in names and row in names[root] and root != "indicators":
        return row, root
    if row and row in names["indicators"]:
        return row, "line"
    known = {each.anchor for each in plan().head if each.cells} | set(TABLES)
    return "", root if root in known else WHOLE
