"""A project: its form, saved field by field."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.model import Budget, Project
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content, drafting, fields, presenting
from jixiao.web.targets.drafting import At, Saved
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.views.texts import seen_of

_LARGEST_TABLE = 1_000_000
"""Characters of the largest table that is pasted."""


@asks(Action.SEE)
@require_GET
def project(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:  # noqa: ARG001
    """Show a project's form, to fill in or to read."""
    text: Text = request.text  # type: ignore[attr-defined]
    sheets = list(text.sheets.all())
    sheet = next((each for each in sheets if each.pk == sheet_id), None)
    if sheet is None:
        raise Http404
    counts = presenting.by_sheet(text, sheets)
    names = [(each, content.project_of(each).name, counts[each.pk]) for each in sheets]
    return render(request, "project.html", {**_context(text, sheets, sheet), "names": names})


@asks(Action.EDIT)
@require_POST
def field(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Save a field as it is left; the answer has the findings of the whole project."""
    at = At(sheet_id, request.POST.get("row", ""), request.POST.get("field", ""))
    saved = drafting.save_field(
        actor_of(request), text_id, at, request.POST.get("value", ""), seen_of(request)
    )
    context = _saved_context(saved, sheet_id)
    if saved.conflict:
        context |= {"conflict": saved.conflict, "at": at, "conflict_key": _key(at)}
    return render(request, "_saved.html", context, status=409 if saved.conflict else 200)


@asks(Action.EDIT)
@require_POST
def fix(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Apply one suggestion."""
    at = At(sheet_id, request.POST.get("row", ""), request.POST.get("field", ""))
    saved = drafting.apply_fix(actor_of(request), text_id, at, request.POST.get("code", ""))
    return form_response(request, saved, sheet_id)


@asks(Action.RESHAPE)
@require_POST
def add(request: HttpRequest, text_id: int) -> HttpResponse:
    """Add a project with blank rows for the indicators that it must have."""
    from jixiao.check import load_profile
    from jixiao.model import PerformanceText
    from jixiao.write.entry.blank import with_blank_rows

    blank = Project(code="", name="", budget=Budget(money_unit="万元"), purpose="", goals=())
    filled = with_blank_rows(PerformanceText(source="", projects=(blank,)), load_profile())
    saved = drafting.add_project(actor_of(request), text_id, filled.projects[0])
    return redirect("project", text_id, saved.sheets[-1].pk)


@asks(Action.RESHAPE)
@require_POST
def remove(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Remove a project."""
    drafting.remove_project(actor_of(request), text_id, sheet_id)
    messages.success(request, "项目已删除。")
    return redirect("text", text_id)


@asks(Action.EDIT)
@require_POST
def add_row(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Add a blank indicator behind another, of the same levels."""
    after = request.POST.get("after", "")
    blank = drafting.made_indicator(
        (request.POST.get("level1", ""), request.POST.get("level2", ""))
    )
    return form_response(
        request, drafting.add_row(actor_of(request), text_id, sheet_id, blank, after), sheet_id
    )


@asks(Action.EDIT)
@require_POST
def paste(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Add the rows of a table that was pasted from Excel or Word."""
    rows = pasted(request.POST.get("table", ""))
    if not rows:
        raise fields.FieldError(
            "没有认出表格", "请在 Excel 或 Word 里选中指标的几行几列，复制后再粘贴"
        )
    given = [drafting.made_indicator(row) for row in rows]
    return form_response(
        request, drafting.add_rows(actor_of(request), text_id, sheet_id, given), sheet_id
    )


@asks(Action.EDIT)
@require_POST
def remove_row(request: HttpRequest, text_id: int, sheet_id: int, row: str) -> HttpResponse:
    """Remove an indicator."""
    return form_response(
        request, drafting.remove_row(actor_of(request), text_id, sheet_id, row), sheet_id
    )


@asks(Action.EDIT)
@require_POST
def move_row(request: HttpRequest, text_id: int, sheet_id: int, row: str, way: str) -> HttpResponse:
    """Move an indicator up or down."""
    steps = {"up": -1, "down": 1}.get(way)
    if steps is None:
        raise Http404
    saved = drafting.move_row(actor_of(request), text_id, sheet_id, row, steps)
    return form_response(request, saved, sheet_id)


def pasted(table: str) -> list[list[str]]:
    """Return the rows of a pasted table, without its heads; merged levels are filled down."""
    columns = list(presenting.plan().columns.values())
    found: list[list[str]] = []
    for row in _rows_of(table):
        cells = [cell.strip() for cell in row]
        if not any(cells) or len(cells) < 2 or set(filter(None, cells)) <= set(columns):
            continue
        if found:
            cells[:2] = [cell or above for cell, above in zip(cells, found[-1][:2], strict=False)]
        found.append(cells[: len(columns)])
    return found


def _rows_of(table: str) -> list[list[str]]:
    """Return the cells of a table as Excel and Word put them on the clipboard."""
    lines = fields.without_controls(table[:_LARGEST_TABLE])
    try:
        return list(csv.reader(io.StringIO(lines), delimiter="\t"))
    except csv.Error:  # a quotation mark that is never closed: no more than marks
        return [line.split("\t") for line in lines.split("\n")]


def form_response(request: HttpRequest, saved: Saved, sheet_id: int) -> HttpResponse:
    """Return the whole form anew, after a change of its shape."""
    sheet = next(each for each in saved.sheets if each.pk == sheet_id)
    context = _context(saved.text, saved.sheets, sheet)
    return render(request, "_project_form.html", {**context, "fresh": True})


def _context(text: Text, sheets: list[Sheet], sheet: Sheet) -> dict[str, Any]:
    comments = text.comments.select_related("person")
    return {
        "text": text,
        "sheet": sheet,
        "form": presenting.project_form(text, sheets, sheet, comments),
        "plan": presenting.plan(),
        "previous": next((s for s in reversed(sheets) if s.position < sheet.position), None),
        "next": next((s for s in sheets if s.position > sheet.position), None),
    }


def _saved_context(saved: Saved, sheet_id: int) -> dict[str, Any]:
    sheet = next(each for each in saved.sheets if each.pk == sheet_id)
    context = _context(saved.text, saved.sheets, sheet)
    return {**context, "revision": saved.revision, "said": context["form"].every}


def _key(at: At) -> str:
    if at.row:
        return f"row-{at.row}"
    root = at.field.partition(".")[0]
    return presenting.plan().anchors.get(root, root)
