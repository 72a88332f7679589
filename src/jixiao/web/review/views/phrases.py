"""A reviewer's own phrases, and findings turned into comments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.web import scope
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.review import phrases as stock
from jixiao.web.review.models import Phrase
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content
from jixiao.web.targets.models import Text
from jixiao.web.targets.views import comments


@asks(Action.REVIEW_MANY)
@require_GET
def phrases(request: HttpRequest) -> HttpResponse:
    """List a reviewer's phrases."""
    user: Any = request.user
    context = {"own": Phrase.objects.filter(user=user), "common": stock.stock().common}
    return render(request, "review/phrases.html", context)


@asks(Action.REVIEW_MANY)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was written as a phrase of one's own."""
    written = request.POST.get("body", "") or request.POST.get("opinion", "")
    kept = stock.keep(actor_of(request), written)
    if getattr(request, "htmx", False):
        return render(request, "review/_kept.html", {"kept": kept})
    messages.success(request, "已存为常用语。")
    return redirect("phrases")


@asks(Action.REVIEW_MANY)
@require_POST
def drop(request: HttpRequest, phrase_id: int) -> HttpResponse:
    """Drop one of one's own phrases."""
    stock.drop(actor_of(request), phrase_id)
    messages.success(request, "已删去。")
    return redirect("phrases")


@asks(Action.REVIEW)
@require_POST
def comment_of_finding(request: HttpRequest, text_id: int) -> HttpResponse:
    """Write a finding to the unit as a comment on its place."""
    text: Text = request.text  # type: ignore[attr-defined]
    return comments.write(request, text_id, _words(text, request.POST))


def _words(text: Text, told: Any) -> str:
    """Return the finding that a page names, as it stands now. Raises Http404 where it is gone."""
    sheets = list(text.sheets.all())
    for finding in content.findings_of(text.findings):
        sheet = None if finding.project is None else sheets[finding.project]
        row = sheet.rows[finding.indicator] if sheet and finding.indicator is not None else ""
        where = (str(sheet.pk) if sheet else "", row, finding.field or "", finding.code)
        if where == tuple(told.get(name, "") for name in ("sheet", "row", "of", "code")):
            return stock.of_finding(finding)
    raise Http404


@asks(Action.REVIEW)
@require_POST
def withdraw(request: HttpRequest, text_id: int, comment_id: int) -> HttpResponse:
    """Take back a comment of one's own that nobody has seen to."""
    user: Any = request.user
    with transaction.atomic():
        text = scope.locked(user, Action.REVIEW, text_id)
        comment = get_object_or_404(text.comments, pk=comment_id, person=user, settled_at=None)
        comment.delete()
        record(
            actor_of(request),
            "text.comment.withdraw",
            "text",
            text.pk,
            at=comment.label,
            body=comment.body,
        )
    return HttpResponse("")
