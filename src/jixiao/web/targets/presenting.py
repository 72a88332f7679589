"""A project as the page shows it: rows of fields, each with what is said of it beside it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import msgspec

from jixiao.check import Finding, Severity
from jixiao.model import PerformanceText, Project
from jixiao.model.text import to_percent
from jixiao.web.targets import auditing, content, fields
from jixiao.web.targets.auditing import Waived
from jixiao.web.targets.models import Comment, Sheet, Text, Waiver

TABLE, WHOLE = "indicators", "whole"
"""Where findings of the table as a whole, and those of no field, are shown."""

_HEAD = ("overall", "sub_objectives", "safeguards")


class CellPlan(msgspec.Struct, frozen=True):
    """A field of the form: its name, label, size, lines, and choices where there are some."""

    field: str
    label: str
    size: str = "full"
    lines: int = 1
    choices: tuple[str, ...] = ()


class RowPlan(msgspec.Struct, frozen=True):
    """A row of the form."""

    anchor: str
    label: str
    cells: tuple[CellPlan, ...]


class FormPlan(msgspec.Struct, frozen=True):
    """The form, as ``form.toml`` says it."""

    rows: tuple[RowPlan, ...]
    columns: dict[str, str]
    anchors: dict[str, str]


class Note(NamedTuple):
    """A finding beside a field, with what would put it right at once (None), and its waiver."""

    finding: Finding
    after: str | None
    waiver: Waiver | None
    field: str
    row: str


class Said(NamedTuple):
    """All that is said of one row of the form."""

    row: str
    anchor: str
    notes: list[Note]
    comments: list[Comment]

    @property
    def key(self) -> str:
        """The name of the place in the page."""
        return f"{self.anchor}-{self.row}" if self.row else self.anchor

    @property
    def worst(self) -> str:
        """The worst severity that is not waived, "" where all is well."""
        left = [note.finding.severity for note in self.notes if note.waiver is None]
        return min(left, key=lambda one: one.rank).value if left else ""


class Cell(NamedTuple):
    """A field with what it says."""

    plan: CellPlan
    value: str
    row: str = ""


class FormRow(NamedTuple):
    """A row of the form, filled."""

    plan: RowPlan
    cells: list[Cell]
    said: Said


class Line(NamedTuple):
    """A row of the indicator table, filled."""

    row: str
    number: int
    cells: list[Cell]
    said: Said


class Share(NamedTuple):
    """What a share of the plan comes to, in 万元."""

    month: str
    amount: Decimal


class ProjectForm(NamedTuple):
    """A project's page."""

    sheet: Sheet
    project: Project
    number: int
    rows: list[FormRow]
    lines: list[Line]
    table: Said
    whole: Said
    counts: dict[str, int]
    total: Decimal
    shares: list[Share]

    @property
    def every(self) -> list[Said]:
        """All places with findings."""
        return [*(r.said for r in self.rows), *(r.said for r in self.lines), self.table, self.whole]


@cache
def plan() -> FormPlan:
    """Return what the form is like."""
    data = resources.files("jixiao.web.targets") / "data" / "form.toml"
    return msgspec.convert(tomllib.loads(data.read_text(encoding="utf-8")), FormPlan)


def project_form(
    text: Text, sheets: Sequence[Sheet], sheet: Sheet, comments: Iterable[Comment]
) -> ProjectForm:
    """Return a project's page."""
    number = [each.pk for each in sheets].index(sheet.pk)
    project = content.project_of(sheet)
    said = _said(text, sheets, sheet, number, project, comments)
    rows = [
        FormRow(
            row,
            [Cell(cell, fields.of_project(project, cell.field)) for cell in row.cells],
            said("", row.anchor),
        )
        for row in plan().rows
    ]
    lines = [
        Line(
            row,
            at + 1,
            [
                Cell(CellPlan(name, label), fields.of_indicator(indicator, name), row)
                for name, label in plan().columns.items()
            ],
            said(row, "row"),
        )
        for at, (row, indicator) in enumerate(zip(sheet.rows, project.indicators, strict=True))
    ]
    form = ProjectForm(
        sheet, project, number, rows, lines, said("", TABLE), said("", WHOLE), {},
        auditing.total(project), shares(project),
    )  # fmt: skip
    form.counts.update(counts(note for each in form.every for note in each.notes))
    return form


def shares(project: Project) -> list[Share]:
    """Return what the plan's shares come to, where they and the budget are numbers."""
    total = auditing.total(project)
    found = []
    for month, text in project.plan.items():
        share = to_percent(text)
        if share is not None and total:
            found.append(Share(month, (total * share / 100).quantize(Decimal("0.01"))))
    return found


def counts(notes: Iterable[Note]) -> dict[str, int]:
    """Return how many findings of each severity there are, and how many errors are waived."""
    numbers = _none()
    for note in notes:
        numbers["waived" if note.waiver else note.finding.severity.value] += 1
    return numbers


def _none() -> dict[str, int]:
    return {**{severity.value: 0 for severity in Severity}, "waived": 0}


def by_sheet(text: Text, sheets: Sequence[Sheet]) -> dict[int | None, dict[str, int]]:
    """Return the counts of each sheet's findings; of None those of the department's part."""
    waived = Waived(text.waivers.all(), sheets)
    numbers: dict[int | None, dict[str, int]] = defaultdict(_none)
    for finding in content.findings_of(text.findings):
        key = None if finding.project is None else sheets[finding.project].pk
        numbers[key]["waived" if waived.of(finding) else finding.severity.value] += 1
    return numbers


def head_notes(text: Text, sheets: Sequence[Sheet], comments: Iterable[Comment]) -> dict[str, Said]:
    """Return what is said of the department's part, by its fields."""
    waived = Waived(text.waivers.all(), sheets)
    found = {anchor: Said("", anchor, [], []) for anchor in (*_HEAD, WHOLE)}
    for finding in content.findings_of(text.findings):
        if finding.project is None:
            root = (finding.field or "").partition(".")[0]
            anchor = root if root in _HEAD else WHOLE
            note = Note(finding, None, waived.of(finding), finding.field or "", "")
            found[anchor].notes.append(note)
    for comment in comments:
        if comment.sheet_id is None:
            found.get(comment.field, found[WHOLE]).comments.append(comment)
    return found


def _said(
    text: Text,
    sheets: Sequence[Sheet],
    sheet: Sheet,
    number: int,
    project: Project,
    comments: Iterable[Comment],
) -> Any:
    """Return what gives the findings and comments of a place of one project."""
    waived = Waived(text.waivers.all(), sheets)
    ready = _fixes(project)
    notes: dict[tuple[str, str], list[Note]] = defaultdict(list)
    spoken: dict[tuple[str, str], list[Comment]] = defaultdict(list)
    for finding in content.findings_of(text.findings):
        if finding.project != number:
            continue
        field = finding.field or ""
        row = sheet.rows[finding.indicator] if finding.indicator is not None else ""
        after = ready.get((finding.code, finding.indicator, field))
        spot = (row, "row") if row else ("", _anchor(field))
        notes[spot].append(Note(finding, after, waived.of(finding), field, row))
    for comment in comments:
        if comment.sheet_id == sheet.pk:
            row = comment.row if comment.row in sheet.rows else ""
            spot = (row, "row") if row else ("", _anchor(comment.field))
            spoken[spot].append(comment)

    def said(row: str, anchor: str) -> Said:
        key = (row, anchor)
        ordered = sorted(notes[key], key=lambda note: note.finding.severity.rank)
        return Said(row, anchor, ordered, spoken[key])

    return said


def _anchor(field: str) -> str:
    root = field.partition(".")[0]
    root = plan().anchors.get(root, root)
    if root in (TABLE, *(row.anchor for row in plan().rows)):
        return root
    return TABLE if root in fields.INDICATOR else WHOLE


def _fixes(project: Project) -> dict[tuple[str, int | None, str], str]:
    """Return what each rule would make of a field at one click."""
    from jixiao.write.fix import CODES, fixes

    alone = PerformanceText(source="", projects=(project,))
    return {
        (fix.code, fix.indicator, fix.field): fix.after
        for code in CODES
        for fix in fixes(alone, (code,))
    }
