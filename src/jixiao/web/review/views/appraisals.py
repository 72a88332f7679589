"""Review sheets: shown, decided field by field, taken as files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from jixiao.web import inputs, scope
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.review import appraising, filing, proposing
from jixiao.web.review.appraising import Kept
from jixiao.web.review.proposing import Shown
from jixiao.web.scope import Action, asks
from jixiao.web.targets.drafting import At
from jixiao.web.targets.models import Text


@asks(Action.SEE_APPRAISALS)
@require_GET
def appraisal(request: HttpRequest, text_id: int, sheet_id: int = 0) -> HttpResponse:  # noqa: ARG001
    """Show the review sheet of a project, or of the whole text, and those of all its projects."""
    text: Text = request.text  # type: ignore[attr-defined]
    role = role_of(request)
    sheets = list(text.sheets.all())
    if sheet_id and all(sheet.pk != sheet_id for sheet in sheets):
        raise Http404
    every = proposing.all_of(text, sheets, role)
    shown = next(each for each in every if each.key == (sheet_id or None))
    context = {
        **form_context(request, text, shown),
        "every": every,
        "roles": scope.appraisals_of(request.user),  # type: ignore[arg-type]
    }
    return render(request, "review/appraisal.html", context)


@asks(Action.APPRAISE)
@require_POST
def field(request: HttpRequest, text_id: int) -> HttpResponse:
    """Save a field as it is left."""
    at = At(_sheet(request), request.POST.get("row", ""), request.POST.get("field", ""))
    value, before = request.POST.get("value", ""), request.POST.get("before", "")
    kept = appraising.save(actor_of(request), text_id, at, value, before)
    context = {**form_context(request, kept.text, kept.shown), "at": at, "conflict": kept.conflict}
    status = 409 if kept.conflict else 200
    return render(request, "review/_appraisal_saved.html", context, status=status)


@asks(Action.APPRAISE)
@require_POST
def take(request: HttpRequest, text_id: int) -> HttpResponse:
    """Decide as proposed wherever nothing is decided yet."""
    return _whole(request, appraising.take(actor_of(request), text_id, _sheet(request)))


@asks(Action.APPRAISE)
@require_POST
def complete(request: HttpRequest, text_id: int) -> HttpResponse:
    """Say that a sheet is filled, or that it is not."""
    done = request.POST.get("done") == "1"
    made = appraising.complete(actor_of(request), text_id, _sheet(request), done=done)
    return _whole(request, made)


@asks(Action.SEE_APPRAISALS)
@require_GET
def download(request: HttpRequest, text_id: int, kind: str) -> HttpResponse:  # noqa: ARG001
    """Give all review sheets of a text as a file, what was decided beside what is proposed."""
    text: Text = request.text  # type: ignore[attr-defined]
    if kind not in filing.TYPES:
        raise Http404
    role = role_of(request)
    data = filing.appraisals(text, role, kind)
    record(actor_of(request), "review.download", "text", text.pk, kind=kind, role=role.value)
    return as_file(data, kind, f"{text.unit.name}{text.year}年审核表（{role.label}）")


def as_file(data: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be kept."""
    response = HttpResponse(data, content_type=filing.TYPES[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response


def form_context(request: HttpRequest, text: Text, shown: Shown) -> dict[str, Any]:
    """Return what the form of a review sheet is drawn from."""
    user: Any = request.user
    mine = shown.role == user.role and scope.may(user, Action.APPRAISE, text)
    return {"text": text, "shown": shown, "fillable": mine, "choices": appraising.choices()}


def role_of(request: HttpRequest) -> Role:
    """Return whose sheets are asked for: one's own, unless one may read another's."""
    user: Any = request.user
    asked = request.GET.get("role", "")
    return Role(asked) if asked in scope.appraisals_of(user) else Role(user.role)


def _whole(request: HttpRequest, kept: Kept) -> HttpResponse:
    return render(request, "review/_appraisal.html", form_context(request, kept.text, kept.shown))


def _sheet(request: HttpRequest) -> int | None:
    return inputs.number(request.POST.get("sheet", ""))
