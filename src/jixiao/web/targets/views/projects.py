"""A project: its form, saved field by field."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.model import Budget, PerformanceText, Project
from jixiao.web import scope
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import choices, content, drafting, fields, presenting, projects
from jixiao.web.targets.drafting import At, Saved
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.sums import sums as sums_of
from jixiao.web.targets.views.texts import seen_of

_SUMMED = ("budget.", "plan.")
_SHOWN = 5
"""Removed rows that a project's page offers to bring back."""


@asks(Action.SEE)
@require_GET
def project(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:  # noqa: ARG001
    """Show a project's form, to fill in or to read."""
    text: Text = request.text  # type: ignore[attr-defined]
    sheets = list(text.sheets.all())
    sheet = next((each for each in sheets if each.pk == sheet_id), None)
    if sheet is None:
        raise Http404
    prefetch_related_objects([text], "waivers")
    counts = presenting.by_sheet(text, sheets)
    names = [(each, content.project_of(each).name, counts[each.pk]) for each in sheets]
    user: Any = request.user
    fills = scope.may(user, Action.EDIT, text, sheet)
    context = _context(text, sheets, sheet, filling=fills) | _removed(text, sheet)
    return render(request, "project.html", {**context, "names": names})


@asks(Action.EDIT)
@require_POST
def field(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Save a field as it is left; the answer has the findings of the whole project."""
    at = _at(request, sheet_id)
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
    at = _at(request, sheet_id)
    saved = drafting.apply_fix(actor_of(request), text_id, at, request.POST.get("code", ""))
    return form_response(request, saved, sheet_id)


@asks(Action.EDIT)
@require_POST
def choose(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Apply one of the suggestions of a finding."""
    text: Text = request.text  # type: ignore[attr-defined]
    sheet = get_object_or_404(text.sheets, pk=sheet_id)
    row, label = request.POST.get("row", ""), request.POST.get("label", "")
    said = content.project_of(sheet)
    found = []
    if row in sheet.rows:
        indicator = said.indicators[sheet.rows.index(row)]
        found = choices.of_rule(request.POST.get("code", ""), indicator, said)
    chosen = next((each for each in found if each.label == label), None)
    if chosen is None:
        raise fields.FieldError("这一行已经改过了", "请刷新页面，看最新的意见")
    saved = drafting.put_fields(
        actor_of(request), text_id, sheet_id, row, chosen.changes, chosen.hints
    )
    return form_response(request, saved, sheet_id)


@asks(Action.EDIT)
@require_GET
def sums(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:  # noqa: ARG001
    """Show the sums for what is being typed; nothing is saved."""
    text: Text = request.text  # type: ignore[attr-defined]
    said = content.project_of(get_object_or_404(text.sheets, pk=sheet_id))
    for name in request.GET:
        if name.startswith(_SUMMED):
            said = fields.put(said, name, fields.clean(request.GET.get(name, "")))
    return render(request, "_sums.html", {"sums": sums_of(said)})


@asks(Action.RESHAPE)
@require_POST
def add(request: HttpRequest, text_id: int) -> HttpResponse:
    """Add a project with blank rows for the indicators that it must have."""
    from jixiao.check import load_profile
    from jixiao.write.entry.blank import with_blank_rows

    text: Text = request.text  # type: ignore[attr-defined]
    blank = Project(
        code="",
        name="",
        unit=content.head_of(text).unit,
        budget=Budget(money_unit="万元"),
        purpose="",
        goals=(),
    )
    filled = with_blank_rows(PerformanceText(source="", projects=(blank,)), load_profile())
    saved = projects.add_project(actor_of(request), text_id, filled.projects[0])
    return redirect("project", text_id, saved.sheets[-1].pk)


@asks(Action.RESHAPE)
@require_POST
def duplicate(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Add a project that says the same as another, and open it."""
    _, made = projects.duplicate_project(actor_of(request), text_id, sheet_id)
    messages.success(request, "已复制。请改项目名称，填项目编码。")
    return redirect("project", text_id, made.pk)


@asks(Action.RESHAPE)
@require_POST
def move(request: HttpRequest, text_id: int, sheet_id: int, way: str) -> HttpResponse:
    """Move a project up or down in the text."""
    steps = {"up": -1, "down": 1}.get(way)
    if steps is None:
        raise Http404
    projects.move_project(actor_of(request), text_id, sheet_id, steps)
    return redirect("text", text_id)


@asks(Action.RESHAPE)
@require_POST
def remove(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:
    """Remove a project; the text's page offers to bring it back."""
    _, gone = projects.remove_project(actor_of(request), text_id, sheet_id)
    messages.success(request, f"项目“{gone.label}”已删除，可以在“最近删除”里恢复。")
    return redirect("text", text_id)


def form_response(request: HttpRequest, saved: Saved, sheet_id: int) -> HttpResponse:
    """Return the whole form anew, after a change of its shape."""
    sheet = _sheet(saved.sheets, sheet_id)
    context = _context(saved.text, saved.sheets, sheet) | _removed(saved.text, sheet)
    return render(request, "_project_form.html", {**context, "fresh": True})


def _removed(text: Text, sheet: Sheet) -> dict[str, Any]:
    return {"removed": list(text.removed.filter(sheet=sheet)[:_SHOWN])}


def _context(
    text: Text, sheets: list[Sheet], sheet: Sheet, *, filling: bool = True
) -> dict[str, Any]:
    prefetch_related_objects([text], "waivers")
    comments = text.comments.select_related("person")
    form = presenting.project_form(text, sheets, sheet, comments, filling=filling)
    return {
        "text": text,
        "sheet": sheet,
        "form": form,
        "sums": form.sums,
        "plan": presenting.plan(),
        "previous": next((s for s in reversed(sheets) if s.position < sheet.position), None),
        "next": next((s for s in sheets if s.position > sheet.position), None),
    }


def _saved_context(saved: Saved, sheet_id: int) -> dict[str, Any]:
    sheet = _sheet(saved.sheets, sheet_id)
    context = _context(saved.text, saved.sheets, sheet)
    return {**context, "revision": saved.revision, "said": context["form"].every}


def _sheet(sheets: list[Sheet], sheet_id: int) -> Sheet:
    return next(each for each in sheets if each.pk == sheet_id)


def _at(request: HttpRequest, sheet_id: int) -> At:
    return At(sheet_id, request.POST.get("row", ""), request.POST.get("field", ""))


def _key(at: At) -> str:
    if at.row:
        return f"{'period' if at.field.startswith('whole_period') else 'row'}-{at.row}"
    root = at.field.partition(".")[0]
    return presenting.plan().anchors.get(root, root)
