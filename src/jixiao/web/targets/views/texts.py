"""A text by its parts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from jixiao.check import Severity
from jixiao.web import inputs
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import (
    auditing,
    carrying,
    content,
    drafting,
    heads,
    importing,
    listing,
    presenting,
    workflow,
)
from jixiao.web.targets.drafting import At, Saved, Seen
from jixiao.web.targets.models import Comment, Sheet, Text
from jixiao.web.targets.states import OPEN, REVIEWS, Reason, Stage, State

_SHOWN = 5
"""Removed projects and rows that a text's page offers to bring back."""


@asks(Action.SEE)
@require_GET
def text(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001 - judged by scope
    """Show a text: where it is on its way, the department's part, its projects."""
    return render(request, "text.html", _context(request.text))  # type: ignore[attr-defined]


@asks(Action.SEE)
@require_GET
def findings(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001
    """Show all that was found in a text, in its order; each leads to its field."""
    text: Text = request.text  # type: ignore[attr-defined]
    sheets = list(text.sheets.all())
    severity = request.GET.get("severity", "")
    groups = listing.groups(text, sheets, severity)
    context = {
        "text": text,
        "groups": groups,
        "severity": severity,
        "severities": [("", "全部"), *((each.value, each.chinese) for each in Severity)],
    }
    return render(request, "findings.html", context)


@asks(Action.RESHAPE)
@require_POST
def field(request: HttpRequest, text_id: int) -> HttpResponse:
    """Save a field of the department's part as it is left."""
    at = At(None, request.POST.get("row", ""), request.POST.get("field", ""))
    saved = drafting.save_field(
        actor_of(request), text_id, at, request.POST.get("value", ""), seen_of(request)
    )
    form = heads.head_form(saved.text, saved.sheets, saved.text.comments.select_related("person"))
    root = at.field.partition(".")[0]
    root = "line" if at.row and root == "indicators" else root
    at_row = at.field.split(".")[1] if ".criteria." in at.field else at.row
    context = {
        "text": saved.text,
        "counts": presenting.total(presenting.by_sheet(saved.text, saved.sheets).values()),
        "revision": saved.revision,
        "said": form.every,
        "conflict": saved.conflict,
        "conflict_key": f"{root}-{at_row}" if at_row else "unit" if root == "year" else root,
        "at": at,
    }
    return render(request, "_saved.html", context, status=409 if saved.conflict else 200)


def head_response(request: HttpRequest, saved: Saved) -> HttpResponse:
    """Return the department's part anew, after a change of its shape."""
    counts = presenting.total(presenting.by_sheet(saved.text, saved.sheets).values())
    context = {**_head(saved.text, saved.sheets), "text": saved.text, "counts": counts, "fresh": 1}
    return render(request, "_head_form.html", context)


def seen_of(request: HttpRequest) -> Seen:
    """Return what the author of a change says to have seen."""
    revision = inputs.number(request.POST.get("revision", ""))
    return Seen(request.POST.get("before", ""), revision or 0)


def _context(text: Text) -> dict[str, Any]:
    prefetch_related_objects([text], "waivers")
    sheets = list(text.sheets.all())
    counts = presenting.by_sheet(text, sheets)
    comments = list(text.comments.select_related("person"))
    decisions = list(text.decisions.select_related("person"))
    projects = [(sheet, content.project_of(sheet), counts[sheet.pk]) for sheet in sheets]
    sent = text.versions.filter(reason=Reason.SUBMIT).values_list("number", flat=True)
    return {
        "text": text,
        "sent": list(sent[:2]),
        "projects": [
            (sheet, project, numbers, auditing.total(project))
            for sheet, project, numbers in projects
        ],
        "counts": presenting.total(counts.values()),
        **_head(text, sheets, comments),
        "open_comments": [each for each in comments if each.settled_at is None],
        "decisions": decisions,
        "returned": next((d for d in reversed(decisions) if d.step == "return"), None)
        if text.state == "returned"
        else None,
        "waived": [each for each in workflow.blocking(text, sheets) if each[1]],
        "sheet_names": {sheet.pk: project.name for sheet, project, _ in projects},
        "steps": _steps(text),
        "imports_waiting": text.imports.filter(status__in=importing.WAITING).only(
            "name", "status", "text"
        ),
        "upload_limit": settings.UPLOAD_LIMIT,
        "last_year": carrying.source_of(text) if _is_open(text) else None,
    }


def _head(text: Text, sheets: list[Sheet], comments: list[Comment] | None = None) -> dict[str, Any]:
    if comments is None:
        comments = list(text.comments.select_related("person"))
    form = heads.head_form(text, sheets, comments)
    removed = list(text.removed.filter(sheet=None)[: 2 * _SHOWN]) if _is_open(text) else []
    return {
        "head_form": form,
        "said": {said.key: said for said in form.every},
        "plan": presenting.plan(),
        "removed": [each for each in removed if each.part][:_SHOWN],
        "removed_projects": [each for each in removed if not each.part][:_SHOWN],
    }


def _is_open(text: Text) -> bool:
    """Tell whether the text as a whole is filled in: an adjustment is not."""
    return text.state in OPEN and text.original_id is None


def _steps(text: Text) -> list[tuple[str, str]]:
    """Return the way of a text, each step with whether it is done, now, or to come."""
    end = State.ISSUED if text.stage == Stage.FIRST else State.APPROVED
    order = (State.DRAFT, *REVIEWS, end)
    last = "调整批复" if text.original_id else end.label
    names = ("填报", *(each.label for each in REVIEWS), last)
    has_ended = text.state in (State.ISSUED, State.APPROVED, State.CLOSED)
    now = 0 if text.state in OPEN else len(order) if has_ended else order.index(State(text.state))
    return [
        (name, "done" if at < now else "now" if at == now else "ahead")
        for at, name in enumerate(names)
    ]
