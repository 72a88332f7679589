"""A text by its parts."""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.model import PerformanceText
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import (
    auditing,
    content,
    drafting,
    fields,
    importing,
    presenting,
    workflow,
)
from jixiao.web.targets.drafting import At, Seen
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import OPEN, REVIEWS, Reason, Stage, State


@asks(Action.SEE)
@require_GET
def text(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001 - judged by scope
    """Show a text: where it is on its way, the department's part, its projects."""
    return render(request, "text.html", _context(request.text))  # type: ignore[attr-defined]


@asks(Action.RESHAPE)
@require_POST
def field(request: HttpRequest, text_id: int) -> HttpResponse:
    """Save a field of the department's part as it is left."""
    at = At(None, "", request.POST.get("field", ""))
    saved = drafting.save_field(
        actor_of(request), text_id, at, request.POST.get("value", ""), seen_of(request)
    )
    notes = presenting.head_notes(saved.text, saved.sheets, saved.text.comments.all())
    anchor = at.field.partition(".")[0]
    context = {
        "text": saved.text,
        "revision": saved.revision,
        "said": list(notes.values()),
        "conflict": saved.conflict,
        "conflict_key": anchor,
        "at": at,
    }
    return render(request, "_saved.html", context, status=409 if saved.conflict else 200)


@asks(Action.RESHAPE)
@require_POST
def add_objective(request: HttpRequest, text_id: int) -> HttpResponse:
    """Add a 分项绩效目标."""

    def longer(head: PerformanceText) -> PerformanceText:
        objectives = (*head.sub_objectives, fields.blank_objective())
        return msgspec.structs.replace(head, sub_objectives=objectives)

    drafting.change_head(actor_of(request), text_id, longer)
    return redirect("text", text_id)


def seen_of(request: HttpRequest) -> Seen:
    """Return what the author of a change says to have seen."""
    revision = request.POST.get("revision", "")
    return Seen(request.POST.get("before", ""), int(revision) if revision.isdecimal() else 0)


def _context(text: Text) -> dict[str, Any]:
    prefetch_related_objects([text], "waivers")
    sheets = list(text.sheets.all())
    head = content.head_of(text)
    counts = presenting.by_sheet(text, sheets)
    comments = list(text.comments.select_related("person"))
    decisions = list(text.decisions.select_related("person"))
    projects = [(sheet, content.project_of(sheet), counts[sheet.pk]) for sheet in sheets]
    sent = text.versions.filter(reason=Reason.SUBMIT).values_list("number", flat=True)
    return {
        "text": text,
        "sent": list(sent[:2]),
        "head": head,
        "projects": [
            (sheet, project, numbers, auditing.total(project))
            for sheet, project, numbers in projects
        ],
        "said": presenting.head_notes(text, sheets, comments),
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
    }


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
