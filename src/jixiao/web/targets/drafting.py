"""Filling in: each change is saved by itself, and checked in the same breath.

A change says what its author saw before it. Where the field says something else by now, because
another saved it, the change is not made: both values are given back, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from jixiao.model import Indicator, PerformanceText, Project, TargetValue
from jixiao.web import scope
from jixiao.web.errors import MovedOnError
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import auditing, content, fields
from jixiao.web.targets.models import Sheet, Text

_RECORDED = 500
"""Characters of a field's value that the record of what was done quotes."""

MOST_ROWS = 500
"""Indicators that one project may have; the largest known has under 100."""


class At(NamedTuple):
    """Where a field is: its sheet (None: the department's part), its row's name, its name."""

    sheet: int | None
    row: str
    field: str


class Seen(NamedTuple):
    """What the author of a change had before the eyes; None: the value is not known, only when."""

    value: str | None
    revision: int


class Conflict(NamedTuple):
    """A change that was not made: what the field says now, who made it say so, and when."""

    now: str
    mine: str
    person: str
    at: datetime | None
    gone: bool = False


class Saved(NamedTuple):
    """A text after a change, with its sheets in their order."""

    text: Text
    sheets: list[Sheet]
    revision: int
    conflict: Conflict | None = None


@transaction.atomic
def save_field(actor: Actor, text_id: int, at: At, value: str, seen: Seen) -> Saved:
    """Save one field, or return the conflict. Raises FieldError, MovedOnError, Http404."""
    text, sheets = _opened(actor, text_id, Action.RESHAPE if at.sheet is None else Action.EDIT)
    value = fields.clean(value)
    holder = text if at.sheet is None else _sheet(text, sheets, at.sheet)
    now = _value(text, holder, at)
    if now is None:
        gone = Conflict("", value, _name(holder), holder.changed_at, gone=True)
        return Saved(text, sheets, holder.revision, gone)
    if now == value:
        return Saved(text, sheets, holder.revision)
    same = seen.value is not None and now == fields.clean(seen.value)
    if holder.revision != seen.revision and not same:
        conflict = Conflict(now, value, _name(holder), holder.changed_at)
        return Saved(text, sheets, holder.revision, conflict)
    _set(text, holder, at, value)
    detail = {"sheet": at.sheet, "row": at.row, "field": at.field}
    clipped = {"before": now[:_RECORDED], "after": value[:_RECORDED]}
    return _kept(actor, text, sheets, holder, "text.field", **detail, **clipped)


@transaction.atomic
def add_row(actor: Actor, text_id: int, sheet_id: int, given: Indicator, after: str = "") -> Saved:
    """Add an indicator behind the row named, at the end without one."""
    return _rows(
        actor, text_id, sheet_id, "text.row.add", lambda rows: _inserted(rows, given, after)
    )


@transaction.atomic
def add_rows(actor: Actor, text_id: int, sheet_id: int, given: Sequence[Indicator]) -> Saved:
    """Add indicators at the end: what was pasted from Excel or Word."""
    added = [(content.new_row(), each) for each in given]
    return _rows(actor, text_id, sheet_id, "text.row.paste", lambda rows: [*rows, *added])


@transaction.atomic
def remove_row(actor: Actor, text_id: int, sheet_id: int, row: str) -> Saved:
    """Remove an indicator; one that is not there any more is no error."""

    def without(rows: Rows) -> Rows:
        return [each for each in rows if each[0] != row]

    return _rows(actor, text_id, sheet_id, "text.row.remove", without)


@transaction.atomic
def move_row(actor: Actor, text_id: int, sheet_id: int, row: str, steps: int) -> Saved:
    """Move an indicator up (steps below 0) or down."""

    def moved(rows: Rows) -> Rows:
        at = next((number for number, each in enumerate(rows) if each[0] == row), None)
        if at is None:
            return rows
        rest = [*rows[:at], *rows[at + 1 :]]
        to = min(max(at + steps, 0), len(rest))
        return [*rest[:to], rows[at], *rest[to:]]

    return _rows(actor, text_id, sheet_id, "text.row.move", moved)


@transaction.atomic
def add_project(actor: Actor, text_id: int, given: Project) -> Saved:
    """Add a project at the end."""
    text, sheets = _opened(actor, text_id, Action.RESHAPE)
    position = sheets[-1].position + 1 if sheets else 0
    sheet = content.add_sheets(text, [given], position)[0]
    sheets.append(sheet)
    return _kept(actor, text, sheets, sheet, "text.project.add", sheet=sheet.pk)


@transaction.atomic
def remove_project(actor: Actor, text_id: int, sheet_id: int) -> Saved:
    """Remove a project; what it said is recorded."""
    text, sheets = _opened(actor, text_id, Action.RESHAPE)
    sheet = _sheet(text, sheets, sheet_id)
    name = content.project_of(sheet).name
    sheet.delete()
    sheets = [each for each in sheets if each.pk != sheet_id and each.pk is not None]
    return _kept(actor, text, sheets, text, "text.project.remove", sheet=sheet_id, name=name)


@transaction.atomic
def change_head(
    actor: Actor, text_id: int, change: Callable[[PerformanceText], PerformanceText]
) -> Saved:
    """Change the shape of the department's part: a 分项绩效目标 more or less."""
    text, sheets = _opened(actor, text_id, Action.RESHAPE)
    text.head = content.dumped(change(content.head_of(text)))
    return _kept(actor, text, sheets, text, "text.field", field="sub_objectives")


@transaction.atomic
def apply_fix(actor: Actor, text_id: int, at: At, code: str) -> Saved:
    """Put right what a rule says can be put right in a field, as the field stands now."""
    from jixiao.write.fix import fixes

    text, sheets = _opened(actor, text_id)
    sheet = _sheet(text, sheets, at.sheet or 0)
    project = content.project_of(sheet)
    alone = PerformanceText(source="", projects=(project,))
    before = project
    for fix in fixes(alone, (code,)):
        row = "" if fix.indicator is None else sheet.rows[fix.indicator]
        if row == at.row and fix.field == at.field:
            project = _fixed(project, fix.indicator, fix.field, fix.before, fix.after)
    if project == before:
        return Saved(text, sheets, sheet.revision)
    sheet.content = content.dumped(project)
    detail = {"sheet": sheet.pk, "row": at.row, "field": at.field, "code": code}
    return _kept(actor, text, sheets, sheet, "text.fix", **detail)


def _fixed(project: Project, indicator: int | None, field: str, before: str, after: str) -> Project:
    """Return a project with one fix made where its words still stand."""
    if indicator is None:
        if field.startswith("goals."):
            number = int(field.partition(".")[2])
            goals = list(project.goals)
            goals[number] = after if goals[number] == before else goals[number]
            return msgspec.structs.replace(project, goals=tuple(goals))
        if fields.of_project(project, field) != before:
            return project
        return fields.with_project(project, field, after)
    line = project.indicators[indicator]
    if fields.of_indicator(line, field) != before:
        return project
    lines = list(project.indicators)
    lines[indicator] = fields.with_indicator(line, field, after)
    return msgspec.structs.replace(project, indicators=tuple(lines))


def made_indicator(cells: Sequence[str]) -> Indicator:
    """Return an indicator from cells in the order of the form's columns; missing ones are blank."""
    made = blank_indicator()
    for column, cell in zip(fields.INDICATOR, cells, strict=False):
        made = fields.with_indicator(made, column, fields.clean(cell))
    return made


def blank_indicator() -> Indicator:
    """Return an indicator to fill in."""
    return Indicator("", "", "", "", TargetValue(""), "")


Rows = list[tuple[str, Indicator]]
"""Indicators with the lasting names of their rows."""


def _rows(
    actor: Actor, text_id: int, sheet_id: int, action: str, change: Callable[[Rows], Rows]
) -> Saved:
    text, sheets = _opened(actor, text_id)
    sheet = _sheet(text, sheets, sheet_id)
    project = content.project_of(sheet)
    rows = change(list(zip(sheet.rows, project.indicators, strict=True)))
    if len(rows) > MOST_ROWS:
        raise fields.FieldError(
            f"一个项目最多 {MOST_ROWS} 项指标，现在有 {len(rows)} 项", "请只粘贴这个项目的指标"
        )
    sheet.rows = [name for name, _ in rows]
    changed = msgspec.structs.replace(project, indicators=tuple(line for _, line in rows))
    sheet.content = content.dumped(changed)
    return _kept(actor, text, sheets, sheet, action, sheet=sheet.pk, rows=len(rows))


def _inserted(rows: Rows, given: Indicator, after: str) -> Rows:
    names = [name for name, _ in rows]
    at = names.index(after) + 1 if after in names else len(rows)
    return [*rows[:at], (content.new_row(), given), *rows[at:]]


def said(saved: Saved, at: At) -> str:
    """Return what a field says after it was saved; "" where its row is gone."""
    holder = saved.text if at.sheet is None else _sheet(saved.text, saved.sheets, at.sheet)
    return _value(saved.text, holder, at) or ""


def _opened(actor: Actor, text_id: int, action: Action = Action.EDIT) -> tuple[Text, list[Sheet]]:
    if actor.user is None:
        raise PermissionError("nobody fills in a text")
    text = scope.locked(actor.user, action, text_id)
    prefetch_related_objects([text], "waivers")
    return text, list(text.sheets.select_related("editor"))


def _sheet(text: Text, sheets: Sequence[Sheet], sheet_id: int) -> Sheet:
    for sheet in sheets:
        if sheet.pk == sheet_id:
            scope.editable(text, sheet)
            return sheet
    raise MovedOnError("这个项目已经被删除", "请回到文本页面，看最新的项目")


def _value(text: Text, holder: Text | Sheet, at: At) -> str | None:
    """Return what a field says, None where its row is gone."""
    if isinstance(holder, Text):
        return fields.of_head(content.head_of(text), at.field)
    project = content.project_of(holder)
    if not at.row:
        return fields.of_project(project, at.field)
    if at.row not in holder.rows:
        return None
    return fields.of_indicator(project.indicators[holder.rows.index(at.row)], at.field)


def _set(text: Text, holder: Text | Sheet, at: At, value: str) -> None:
    if isinstance(holder, Text):
        text.head = content.dumped(fields.with_head(content.head_of(text), at.field, value))
        return
    project = content.project_of(holder)
    if at.row:
        lines = list(project.indicators)
        number = holder.rows.index(at.row)
        lines[number] = fields.with_indicator(lines[number], at.field, value)
        project = msgspec.structs.replace(project, indicators=tuple(lines))
    else:
        project = fields.with_project(project, at.field, value)
    holder.content = content.dumped(project)


def _kept(
    actor: Actor,
    text: Text,
    sheets: list[Sheet],
    holder: Text | Sheet,
    action: str,
    **detail: object,
) -> Saved:
    """Save what was changed, check the text, record who did it."""
    holder.revision += 1
    holder.editor = actor.user
    if isinstance(holder, Sheet):
        holder.save()
    auditing.audit(text, sheets)
    text.changed_at = timezone.now()
    text.editor = actor.user
    text.save()
    record(actor, action, "text", text.pk, **detail)
    return Saved(text, sheets, holder.revision)


def _name(holder: Text | Sheet) -> str:
    return str(holder.editor or "")
