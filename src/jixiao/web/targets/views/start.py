"""The first page, by role: my texts, or what waits for my review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.web import inputs, scope
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.review.views.queue import queue
from jixiao.web.scope import Action, asks
from jixiao.web.targets import auditing, content
from jixiao.web.targets.models import Text


@asks(Action.HOME)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show where a user begins."""
    user: Any = request.user
    role = Role(user.role)
    if role is Role.ADMINISTRATOR:
        return redirect("accounts")
    texts = scope.listed(user)
    if role is Role.CLERK:
        years = _years(texts) if scope.may(user, Action.ADD) else []
        mine = {"texts": texts.order_by("-year"), "years": years}
        return render(request, "start_clerk.html", mine)
    return queue(request)


@asks(Action.ADD)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Begin a text for a year."""
    user: Any = request.user
    year = inputs.number(request.POST.get("year", ""))
    if year not in _years(Text.objects.none()):
        messages.error(request, "请选择预算年度。")
        return redirect("start")
    with transaction.atomic():
        text, made = Text.objects.get_or_create(
            unit=user.unit,
            year=year,
            original=None,
            defaults={"head": content.dumped(content.blank(user.unit, year)), "editor": user},
        )
        if made:
            auditing.audit(text)
            text.save()
            record(actor_of(request), "text.add", "text", text.pk, year=text.year)
    return redirect("text", text.pk)


def _years(texts: QuerySet[Text]) -> list[int]:
    """Return the years that a text can be begun for."""
    now = date.today().year
    there = set(texts.values_list("year", flat=True))
    return [year for year in (now + 1, now, now - 1) if year not in there]
