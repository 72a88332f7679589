"""The projects of a text as a list: added, moved, duplicated, removed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from jixiao.model import Project
from jixiao.web.journal.chain import Actor
from jixiao.web.scope import Action
from jixiao.web.targets import content, fields
from jixiao.web.targets.drafting import Saved, kept, opened, person_of, sheet_of
from jixiao.web.targets.models import Removed, Sheet


@transaction.atomic
def add_project(actor: Actor, text_id: int, given: Project) -> Saved:
    """Add a project at the end."""
    text, sheets = opened(actor, text_id, Action.RESHAPE)
    position = sheets[-1].position + 1 if sheets else 0
    sheet = content.add_sheets(text, [given], position)[0]
    sheets.append(sheet)
    return kept(actor, text, sheets, sheet, "text.project.add", sheet=sheet.pk)


@transaction.atomic
def duplicate_project(actor: Actor, text_id: int, sheet_id: int) -> tuple[Saved, Sheet]:
    """Add a project that says the same as another but for its code, behind it."""
    text, sheets = opened(actor, text_id, Action.RESHAPE)
    model = sheet_of(text, sheets, sheet_id)
    project = content.project_of(model)
    if project.code:
        project = fields.put(project, "code", "")
    rows = [content.new_row() for _ in project.indicators]
    made = Sheet(text=text, content=content.dumped(project), rows=rows)
    sheets = insert(sheets, made, [each.pk for each in sheets].index(model.pk) + 1)
    return kept(actor, text, sheets, made, "text.project.add", sheet=made.pk, like=model.pk), made


@transaction.atomic
def move_project(actor: Actor, text_id: int, sheet_id: int, steps: int) -> Saved:
    """Move a project up (steps below 0) or down."""
    text, sheets = opened(actor, text_id, Action.RESHAPE)
    sheet = sheet_of(text, sheets, sheet_id)
    at = [each.pk for each in sheets].index(sheet_id)
    rest = [each for each in sheets if each.pk != sheet_id]
    to = min(max(at + steps, 0), len(rest))
    sheets = insert(rest, sheet, to)
    return kept(actor, text, sheets, sheet, "text.project.move", sheet=sheet.pk, to=to)


@transaction.atomic
def remove_project(actor: Actor, text_id: int, sheet_id: int) -> tuple[Saved, Removed]:
    """Remove a project, so that it can be brought back."""
    text, sheets = opened(actor, text_id, Action.RESHAPE)
    sheet = sheet_of(text, sheets, sheet_id)
    name = content.project_of(sheet).name or ""
    gone = Removed.objects.create(
        text=text,
        position=[each.pk for each in sheets].index(sheet_id),
        content=sheet.content,
        names={**sheet.names, "indicators": sheet.rows},
        label=(name or "（没有名称）")[:80],
        person=person_of(actor),
    )
    sheet.delete()
    sheets = [each for each in sheets if each.pk != sheet_id and each.pk is not None]
    saved = kept(actor, text, sheets, text, "text.project.remove", sheet=sheet_id, name=name)
    return saved, gone


def insert(sheets: Sequence[Sheet], sheet: Sheet, at: int) -> list[Sheet]:
    """Put a sheet at a place among others, and number all of them anew."""
    ordered = [*sheets[:at], sheet, *sheets[at:]]
    for position, each in enumerate(ordered):
        each.position = position
    if sheet.pk is None:
        sheet.save()
    Sheet.objects.bulk_update(ordered, ["position"])
    return ordered
