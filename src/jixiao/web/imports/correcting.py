"""Each correction of what was read: made under a lock, kept at once, and recorded."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import transaction
from django.http import Http404

from jixiao.web import scope
from jixiao.web.errors import MovedOnError
from jixiao.web.imports import drafts, merging
from jixiao.web.imports.drafts import MINE, THEIRS, Draft
from jixiao.web.imports.models import Correction
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import content, fields, importing
from jixiao.web.targets.models import Import
from jixiao.web.targets.states import ImportStatus

_OBJECTIVE = re.compile(r"sub_objectives\.\d{1,3}")
"""A 分项绩效目标 as a whole: it may be left out."""

_RECORDED = 500
"""Characters of a field's value that the record of what was done quotes."""


def correct(
    actor: Actor, text_id: int, import_id: int, row: str, field: str, value: str, before: str
) -> Draft:
    """Let a field that was read say something else. Raises FieldError, MovedOnError, Http404.

    Who corrects a field wants it so: where the text says something else, the correction is taken
    over unless one chooses what is there.
    """
    value = fields.clean(value)

    def change(draft: Draft, made: Import) -> None:
        now = drafts.value(draft, row, field)
        if now not in (value, fields.clean(before)):
            raise MovedOnError(f"这一栏刚被别人改成“{now[:50]}”，没有存上", "请刷新页面后再改")
        drafts.correct(draft, row, field, value)
        spot = f"{row}|{field}"
        if value == drafts.read_value(content.read_whole(made.reading), row, field):
            draft.choices.pop(spot, None)
        else:
            draft.choices[spot] = THEIRS

    return _changed(
        actor, text_id, import_id, change, row=row, field=field, after=value[:_RECORDED]
    )


def leave_out(actor: Actor, text_id: int, import_id: int, row: str) -> Draft:
    """Leave an indicator out, or take it back in."""
    return _changed(
        actor,
        text_id,
        import_id,
        lambda draft, _: drafts.leave_out(draft, row),
        row=row,
        how="drop",
    )


def add_row(actor: Actor, text_id: int, import_id: int, number: int) -> Draft:
    """Add a blank indicator to a project."""
    return _changed(
        actor, text_id, import_id, lambda draft, _: drafts.add_row(draft, number),
        project=number, how="add",
    )  # fmt: skip


def join(actor: Actor, text_id: int, import_id: int, number: int) -> Draft:
    """Make a project part of the one before it."""
    return _changed(
        actor, text_id, import_id, lambda draft, _: drafts.join(draft, number),
        project=number, how="join",
    )  # fmt: skip


def restore(actor: Actor, text_id: int, import_id: int, number: int) -> Draft:
    """Let a project say again what was read of it."""

    def change(draft: Draft, made: Import) -> None:
        draft.part(number)
        drafts.restore(draft, content.read_whole(made.reading), number)

    return _changed(actor, text_id, import_id, change, project=number, how="restore")


def take(actor: Actor, text_id: int, import_id: int, number: int | None, *, taken: bool) -> Draft:
    """Choose to take a project over, or to leave it out; without a number, the department's part."""

    def change(draft: Draft, _: Import) -> None:
        if number is None:
            draft.head_taken = taken
        else:
            draft.part(number).taken = taken

    return _changed(actor, text_id, import_id, change, project=number, taken=taken)


def choose(actor: Actor, text_id: int, import_id: int, row: str, field: str, side: str) -> Draft:
    """Choose which side's words a field is to say. Raises FieldError."""
    _check(side)

    def change(draft: Draft, _: Import) -> None:
        drafts.value(draft, row, f"{field}.title" if _OBJECTIVE.fullmatch(field) else field)
        draft.choices[f"{row}|{field}"] = side

    return _changed(actor, text_id, import_id, change, row=row, field=field, side=side)


def choose_all(actor: Actor, text_id: int, import_id: int, number: int | None, side: str) -> Draft:
    """Choose one side for all fields of a project (None: the department's part) that differ."""
    _check(side)

    def change(draft: Draft, made: Import) -> None:
        sheets = list(made.text.sheets.all())
        if number is None:
            found = merging.merge_head(content.head_of(made.text), draft).differences
        else:
            part = draft.part(number)
            sheet = importing.matched(draft.parts, sheets).get(number)
            ours = content.project_of(sheet) if sheet else None
            found = merging.merge(ours, part, draft).differences if ours else {}
        draft.choices |= {f"{row}|{field}": side for row, field in found}

    return _changed(actor, text_id, import_id, change, project=number, side=side, how="all")


def _check(side: str) -> None:
    if side not in (MINE, THEIRS):
        raise fields.FieldError("没有这种选择", "请刷新页面后再试")


def _changed(
    actor: Actor,
    text_id: int,
    import_id: int,
    change: Callable[[Draft, Import], object],
    **detail: object,
) -> Draft:
    if actor.user is None:
        raise PermissionError("a correction is made by a person")
    with transaction.atomic():
        text = scope.locked(actor.user, Action.RESHAPE, text_id)
        made = text.imports.select_for_update().defer("data").filter(pk=import_id).first()
        if made is None:
            raise Http404
        if made.status != ImportStatus.READ:
            raise MovedOnError(
                f"这次导入“{made.get_status_display()}”，不能再更正", "请回到文本页面"
            )
        made.text = text
        draft = importing.draft_of(made)
        change(draft, made)
        kept = {"content": content.dumped(draft)}
        Correction.objects.update_or_create(pk=made.pk, defaults=kept)
        record(actor, "text.import.correct", "text", text.pk, file=made.name, **detail)
    return draft
