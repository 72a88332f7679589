"""Rows of a text's tables, parts of its forms, and what was removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jixiao.web import inputs
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import drafting, fields, pasting, reshaping
from jixiao.web.targets.drafting import Saved
from jixiao.web.targets.models import Text
from jixiao.web.targets.places import Table
from jixiao.web.targets.views.projects import form_response
from jixiao.web.targets.views.texts import head_response

_STEPS = {"up": -1, "down": 1}


@asks(Action.EDIT)
@require_POST
def rows(request: HttpRequest, text_id: int, what: str) -> HttpResponse:
    """Add, duplicate, move or remove a row; the answer is the form anew."""
    actor, table = actor_of(request), _table(request)
    row = request.POST.get("row", "")
    if what == "add":
        given = None
        if table.part in ("indicators", "whole_period_indicators"):
            levels = (request.POST.get("level1", ""), request.POST.get("level2", ""))
            given = drafting.made_indicator(levels)
        saved = reshaping.add_row(actor, text_id, table, given, request.POST.get("after", ""))
    elif what == "duplicate":
        saved = reshaping.duplicate_row(actor, text_id, table, row)
    elif what in _STEPS:
        saved = reshaping.move_row(actor, text_id, table, row, _STEPS[what])
    elif what == "remove":
        saved = reshaping.remove_row(actor, text_id, table, row)
    else:
        raise Http404
    return respond(request, saved, table.sheet)


@asks(Action.EDIT)
@require_POST
def preview(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001 - judged by scope
    """Show what a pasted table would add, and what of it is not understood."""
    text: Text = request.text  # type: ignore[attr-defined]
    given = request.POST.get("table", "")
    read = pasting.read(given, request.POST.getlist("role"))
    context = {
        "text": text,
        "read": read,
        "roles": pasting.roles(),
        "given": given,
        "table": _table(request),
        "after": request.POST.get("after", ""),
    }
    return render(request, "_paste.html", context)


@asks(Action.EDIT)
@require_POST
def paste(request: HttpRequest, text_id: int) -> HttpResponse:
    """Add the rows of a table that was pasted from Excel or Word."""
    read = pasting.read(request.POST.get("table", ""), request.POST.getlist("role"))
    if not read.indicators:
        raise fields.FieldError(
            "没有认出表格", "请在 Excel 或 Word 里选中指标的几行几列，复制后再粘贴"
        )
    table = _table(request)
    after = request.POST.get("after", "")
    saved = reshaping.add_rows(actor_of(request), text_id, table, read.indicators, after)
    return respond(request, saved, table.sheet)


@asks(Action.EDIT)
@require_POST
def part(request: HttpRequest, text_id: int, sheet_id: int, what: str) -> HttpResponse:
    """Add a part or a column that not every form has, or take it away while it is blank."""
    change = {"open": reshaping.open_part, "close": reshaping.close_part}.get(what)
    if change is None:
        raise Http404
    named = request.POST.get("part", "") + request.POST.get("label", "").strip()
    return form_response(request, change(actor_of(request), text_id, sheet_id, named), sheet_id)


@asks(Action.EDIT)
@require_POST
def restore(request: HttpRequest, text_id: int, removed_id: int) -> HttpResponse:
    """Bring back a row or a project that was removed."""
    saved = reshaping.restore(actor_of(request), text_id, removed_id)
    if getattr(request, "htmx", False):
        shown = inputs.number(request.POST.get("sheet", ""))
        there = any(each.pk == shown for each in saved.sheets)
        return respond(request, saved, shown if there else None)
    messages.success(request, "已恢复。")
    return redirect("text", text_id)


def respond(request: HttpRequest, saved: Saved, sheet_id: int | None) -> HttpResponse:
    """Return the form of a project, or of the department's part, anew."""
    if sheet_id is None:
        return head_response(request, saved)
    return form_response(request, saved, sheet_id)


def _table(request: HttpRequest) -> Table:
    sheet = inputs.number(request.POST.get("sheet", ""))
    return Table(sheet, request.POST.get("part", "") or "indicators")
