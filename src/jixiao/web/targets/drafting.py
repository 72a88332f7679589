"""Filling in: each change is saved by itself, and checked in the same breath.

A change says what its author saw before it. Where the field says something else by now, because
another saved it, the change is not made: both values are given back, and a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from jixiao.model import Indicator, PerformanceText, Project
from jixiao.web import scope
from jixiao.web.errors import MovedOnError
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import auditing, content, fields, places
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.places import At

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User

__all__ = ["At", "Conflict", "Saved", "Seen", "apply_fix", "put_fields", "said", "save_field"]

_RECORDED = 500
"""Characters of a field's value that the record of what was done quotes."""


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
    text, sheets = opened(actor, text_id, Action.RESHAPE if at.sheet is None else Action.EDIT)
    value = fields.clean(value)
    holder = holder_of(text, sheets, at.sheet)
    said = content.said_by(holder)
    path = places.path_of(holder, said, at)
    if path is None:
        gone = Conflict("", value, _name(holder), holder.changed_at, gone=True)
        return Saved(text, sheets, holder.revision, gone)
    now = fields.of(said, path)
    if now == value:
        return Saved(text, sheets, holder.revision)
    same = seen.value is not None and now == fields.clean(seen.value)
    if holder.revision != seen.revision and not same:
        conflict = Conflict(now, value, _name(holder), holder.changed_at)
        return Saved(text, sheets, holder.revision, conflict)
    if path == "year":
        _move_to_year(text, value)
    content.say(holder, fields.put(said, path, value))
    detail = {"sheet": at.sheet, "row": at.row, "field": at.field}
    clipped = {"before": now[:_RECORDED], "after": value[:_RECORDED]}
    return kept(actor, text, sheets, holder, "text.field", **detail, **clipped)


@transaction.atomic
def apply_fix(actor: Actor, text_id: int, at: At, code: str) -> Saved:
    """Put right what a rule says can be put right in a field, as the field stands now."""
    from jixiao.write.fix import fixes

    text, sheets = opened(actor, text_id)
    sheet = sheet_of(text, sheets, at.sheet or 0)
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
    return kept(actor, text, sheets, sheet, "text.fix", **detail)


@transaction.atomic
def put_fields(
    actor: Actor,
    text_id: int,
    sheet_id: int,
    row: str,
    changes: Mapping[str, str],
    hints: Mapping[str, str],
) -> Saved:
    """Let an indicator say something else in several columns, as one of the suggestions asks.

    ``hints`` are what stands beside columns that are left to fill in.
    """
    text, sheets = opened(actor, text_id)
    sheet = sheet_of(text, sheets, sheet_id)
    project = content.project_of(sheet)
    if row not in sheet.rows:
        raise MovedOnError("这一行已经被删除", "请刷新页面，看最新的表")
    path = f"indicators.{sheet.rows.index(row)}"
    before = {name: fields.of(project, f"{path}.{name}") for name in changes}
    for name, value in changes.items():
        project = fields.put(project, f"{path}.{name}", fields.clean(value))
    sheet.content = content.dumped(project)
    sheet.marks = {**sheet.marks, row: {**sheet.marks.get(row, {}), **hints}}
    detail = {"sheet": sheet.pk, "row": row, "before": before}
    return kept(actor, text, sheets, sheet, "text.fix", **detail)


def said(saved: Saved, at: At) -> str:
    """Return what a field says after it was saved; "" where its row is gone."""
    holder = holder_of(saved.text, saved.sheets, at.sheet)
    says = content.said_by(holder)
    path = places.path_of(holder, says, at)
    return "" if path is None else fields.of(says, path)


def opened(actor: Actor, text_id: int, action: Action = Action.EDIT) -> tuple[Text, list[Sheet]]:
    """Return a text to fill in, locked, and its sheets. Raises Http404, MovedOnError."""
    text = scope.locked(person_of(actor), action, text_id)
    prefetch_related_objects([text], "waivers")
    return text, list(text.sheets.select_related("editor"))


def person_of(actor: Actor) -> User:
    """Return who fills in."""
    if actor.user is None:
        raise PermissionError("nobody fills in a text")
    return actor.user


def kept(
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


def holder_of(text: Text, sheets: Sequence[Sheet], sheet_id: int | None) -> Text | Sheet:
    """Return the row of the database that says something. Raises MovedOnError."""
    return text if sheet_id is None else sheet_of(text, sheets, sheet_id)


def sheet_of(text: Text, sheets: Sequence[Sheet], sheet_id: int) -> Sheet:
    """Return a project's sheet. Raises MovedOnError where it was removed, or is not to be changed."""
    for sheet in sheets:
        if sheet.pk == sheet_id:
            scope.editable(text, sheet)
            return sheet
    raise MovedOnError("这个项目已经被删除", "请回到文本页面，看最新的项目")


def made_indicator(cells: Sequence[str]) -> Indicator:
    """Return an indicator from cells in the order of the form's columns; missing ones are blank."""
    made: Indicator = fields.blank(Project(), "indicators")
    for column, cell in zip(fields.INDICATOR, cells, strict=False):
        made = fields.put(made, column, fields.clean(cell))
    return made


def _fixed(project: Project, indicator: int | None, field: str, before: str, after: str) -> Project:
    """Return a project with one fix made where its words still stand."""
    if indicator is None and field.startswith("goals."):
        number = int(field.partition(".")[2])
        goals = list(project.goals)
        goals[number] = after if goals[number] == before else goals[number]
        return msgspec.structs.replace(project, goals=tuple(goals))
    path = field if indicator is None else f"indicators.{indicator}.{field}"
    return fields.put(project, path, after) if fields.of(project, path) == before else project


def _move_to_year(text: Text, value: str) -> None:
    """Let a text be of another year, where the unit has none of that year yet."""
    fields.put(content.head_of(text), "year", value)
    year = int(value)
    if text.submitted_at is not None:
        raise fields.FieldError("提交过的文本不能改年度", "请另外新建那一年的文本")
    if Text.objects.filter(unit=text.unit, year=year, original=None).exclude(pk=text.pk).exists():
        raise fields.FieldError(f"{year} 年的文本已经有了", "请打开那一份填写")
    text.year = year


def _name(holder: Text | Sheet) -> str:
    return str(holder.editor or "")
