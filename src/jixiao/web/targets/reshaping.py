"""Changes of a text's shape: rows of its tables, columns and parts of its forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from jixiao.model import Indicator
from jixiao.web.errors import MovedOnError
from jixiao.web.journal.chain import Actor
from jixiao.web.scope import Action
from jixiao.web.targets import content, fields, optional, places
from jixiao.web.targets.drafting import Saved, holder_of, kept, opened, person_of, sheet_of
from jixiao.web.targets.models import Removed, Sheet, Text
from jixiao.web.targets.places import Table

MOST_ROWS = 500
"""Rows that one table may have; the largest known has under 100."""

LABEL = 80
"""Characters of what a removed row is called by."""

Rows = list[tuple[str, Any]]
"""Rows with their lasting names."""


def add_row(
    actor: Actor,
    text_id: int,
    table: Table,
    given: Any = None,
    after: str = "",
    hints: Mapping[str, str] | None = None,
) -> Saved:
    """Add a row behind the row named, at the end without one; a blank one if none is given.

    ``hints`` are what stands beside fields that are left to fill in.
    """
    name = content.new_row()

    def longer(rows: Rows, blank: Any) -> Rows:
        return _inserted(rows, [(name, blank if given is None else given)], after)

    return _change(actor, text_id, table, "text.row.add", longer, {name: dict(hints or {})})


def add_rows(
    actor: Actor, text_id: int, table: Table, given: Sequence[Any], after: str = ""
) -> Saved:
    """Add rows behind the row named, at the end without one: what was pasted."""
    return _change(
        actor,
        text_id,
        table,
        "text.row.paste",
        lambda rows, _: _inserted(rows, _named(given), after),
    )


def duplicate_row(actor: Actor, text_id: int, table: Table, row: str) -> Saved:
    """Add a row that says the same as another, behind it."""

    def longer(rows: Rows, _: Any) -> Rows:
        same = [each for name, each in rows if name == row]
        return _inserted(rows, _named(same), row)

    return _change(actor, text_id, table, "text.row.add", longer)


def move_row(actor: Actor, text_id: int, table: Table, row: str, steps: int) -> Saved:
    """Move a row up (steps below 0) or down."""

    def moved(rows: Rows, _: Any) -> Rows:
        at = next((number for number, each in enumerate(rows) if each[0] == row), None)
        if at is None:
            return rows
        rest = [*rows[:at], *rows[at + 1 :]]
        to = min(max(at + steps, 0), len(rest))
        return [*rest[:to], rows[at], *rest[to:]]

    return _change(actor, text_id, table, "text.row.move", moved)


@transaction.atomic
def remove_row(actor: Actor, text_id: int, table: Table, row: str) -> Saved:
    """Remove a row, so that it can be brought back; one that is not there any more is no error."""
    text, sheets = opened(actor, text_id, _asked(table.sheet))
    holder = holder_of(text, sheets, table.sheet)
    for number, (name, each) in enumerate(_rows(holder, table.part)[1]):
        if name == row and not fields.is_blank(each):
            Removed.objects.create(
                text=text,
                sheet=holder if isinstance(holder, Sheet) else None,
                part=table.part,
                row=row,
                position=number,
                content=content.dumped(each),
                label=_label(each),
                person=person_of(actor),
            )
    return _changed(
        actor, text, sheets, table, "text.row.remove",
        lambda rows, _: [each for each in rows if each[0] != row],
    )  # fmt: skip


@transaction.atomic
def restore(actor: Actor, text_id: int, removed_id: int) -> Saved:
    """Bring back what was removed, where it was. Raises MovedOnError where another did so."""
    gone = Removed.objects.filter(text=text_id, pk=removed_id).first()
    text, sheets = opened(actor, text_id, _asked(gone.sheet_id if gone else None))
    gone = text.removed.filter(pk=removed_id).first()
    if gone is None:
        raise MovedOnError("已经恢复过了", "请刷新页面，看最新的内容")
    if not gone.part:
        saved = _restored_project(actor, text, sheets, gone)
    else:
        table = Table(gone.sheet_id, gone.part)
        holder = holder_of(text, sheets, table.sheet)
        back = content.read_row(content.said_by(holder), gone.part, gone.content)

        def longer(rows: Rows, _: Any) -> Rows:
            at = min(gone.position, len(rows))
            name = content.new_row() if any(each == gone.row for each, _ in rows) else gone.row
            return [*rows[:at], (name, back), *rows[at:]]

        saved = _changed(actor, text, sheets, table, "text.restore", longer)
    gone.delete()
    return saved


@transaction.atomic
def open_part(actor: Actor, text_id: int, sheet_id: int, part: str) -> Saved:
    """Let a project's form have a part or a column that not every form has."""
    text, sheets = opened(actor, text_id)
    sheet = sheet_of(text, sheets, sheet_id)
    content.say(sheet, optional.opened(content.project_of(sheet), part))
    return kept(actor, text, sheets, sheet, "text.part.open", sheet=sheet.pk, part=part)


@transaction.atomic
def close_part(actor: Actor, text_id: int, sheet_id: int, part: str) -> Saved:
    """Let a project's form be without a part again. Raises FieldError where it is filled in."""
    text, sheets = opened(actor, text_id)
    sheet = sheet_of(text, sheets, sheet_id)
    content.say(sheet, optional.closed(content.project_of(sheet), part))
    return kept(actor, text, sheets, sheet, "text.part.close", sheet=sheet.pk, part=part)


@transaction.atomic
def _change(
    actor: Actor,
    text_id: int,
    table: Table,
    action: str,
    change: Callable[[Rows, Any], Rows],
    marks: Mapping[str, dict[str, str]] | None = None,
) -> Saved:
    text, sheets = opened(actor, text_id, _asked(table.sheet))
    if marks:
        holder = holder_of(text, sheets, table.sheet)
        holder.marks = {**holder.marks, **{row: said for row, said in marks.items() if said}}
    return _changed(actor, text, sheets, table, action, change)


def _changed(
    actor: Actor,
    text: Text,
    sheets: list[Sheet],
    table: Table,
    action: str,
    change: Callable[[Rows, Any], Rows],
) -> Saved:
    holder = holder_of(text, sheets, table.sheet)
    path, before = _rows(holder, table.part)
    said = content.said_by(holder)
    rows = change(before, fields.blank(said, path))
    if rows == before:
        return Saved(text, sheets, holder.revision)
    if len(rows) > MOST_ROWS:
        raise fields.FieldError(
            f"一个表最多 {MOST_ROWS} 行，现在有 {len(rows)} 行", "请只粘贴这个项目的内容"
        )
    content.set_names(holder, table.part, [name for name, _ in rows])
    content.say(holder, fields.with_rows(said, path, tuple(each for _, each in rows)))
    detail = {"sheet": table.sheet, "part": table.part, "rows": len(rows)}
    return kept(actor, text, sheets, holder, action, **detail)


def _asked(sheet_id: int | None) -> Action:
    """Return what is asked for: the department's part is more than one project."""
    return Action.RESHAPE if sheet_id is None else Action.EDIT


def _rows(holder: Text | Sheet, part: str) -> tuple[str, Rows]:
    said = content.said_by(holder)
    path = places.numbered(holder, said, part)
    if path is None:
        raise MovedOnError("这个分项绩效目标已经被删除", "请刷新页面，看最新的内容")
    known = fields.rows(said, path)
    return path, list(zip(content.names_of(holder, part, len(known)), known, strict=True))


def _inserted(rows: Rows, given: Rows, after: str) -> Rows:
    names = [name for name, _ in rows]
    at = names.index(after) + 1 if after in names else len(rows)
    return [*rows[:at], *given, *rows[at:]]


def _named(given: Sequence[Any]) -> Rows:
    return [(content.new_row(), each) for each in given]


def _restored_project(actor: Actor, text: Text, sheets: list[Sheet], gone: Removed) -> Saved:
    from jixiao.web.targets.projects import insert

    rows = gone.names.pop("indicators", [])
    sheet = Sheet(text=text, content=gone.content, rows=rows, names=gone.names)
    sheets = insert(sheets, sheet, gone.position)
    return kept(actor, text, sheets, sheet, "text.restore", sheet=sheet.pk)


def _label(row: Any) -> str:
    said = row.name if isinstance(row, Indicator) else ""
    said = said or next((getattr(row, name, None) for name in ("title", "name", "indicator")), "")
    return (said or "（没有名称）")[:LABEL]
