"""The first page, by role: my texts, or what waits for my review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.web import scope
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.scope import Action, asks
from jixiao.web.targets import auditing, content
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import State

PAGE = 50
"""Texts on one page of a queue."""


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
        mine = {"texts": texts.order_by("-year"), "years": _years(texts)}
        return render(request, "start_clerk.html", mine)
    waiting = _waiting(role, texts)
    found = _filtered(request, texts if request.GET.get("show") == "all" else waiting)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "show": request.GET.get("show", "") or ("waiting" if role in scope.REVIEWED_BY else "all"),
        "waiting": waiting.count() if role in scope.REVIEWED_BY else None,
        "progress": _progress(texts),
        "asked": request.GET.get("q", "").strip(),
        "severity": request.GET.get("severity", ""),
        "reviews": role in scope.REVIEWED_BY,
    }
    return render(request, "start_reviewer.html", context)


@asks(Action.ADD)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Begin a text for a year."""
    user: Any = request.user
    year = request.POST.get("year", "")
    if not year.isdecimal() or int(year) not in _years(Text.objects.none()):
        messages.error(request, "请选择预算年度。")
        return redirect("start")
    with transaction.atomic():
        text, made = Text.objects.get_or_create(
            unit=user.unit,
            year=int(year),
            original=None,
            defaults={"head": content.dumped(content.blank(user.unit, int(year))), "editor": user},
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


def _waiting(role: Role, texts: QuerySet[Text]) -> QuerySet[Text]:
    """Return what waits for a role; to who reviews nothing, all is shown."""
    state = scope.REVIEWED_BY.get(role)
    if state is None:
        return texts
    found = texts.filter(state=state)
    if role is Role.BUSINESS:
        found = found.filter(business_agreed=False)
    if role is Role.PERFORMANCE:
        found = found.filter(performance_agreed=False)
    return found


def _filtered(request: HttpRequest, texts: QuerySet[Text]) -> QuerySet[Text]:
    """Return texts by what is asked for, the worst and the dearest first."""
    asked = request.GET.get("q", "").strip()
    if asked:
        texts = texts.filter(
            Q(unit__name__icontains=asked) | Q(unit__department__name__icontains=asked)
        )
    if request.GET.get("severity") == "E":
        texts = texts.filter(Q(errors__gt=0) | Q(waived__gt=0))
    if request.GET.get("severity") == "W":
        texts = texts.filter(warnings__gt=0)
    return texts.order_by("-errors", "-waived", "-money", "pk")


def _progress(texts: QuerySet[Text]) -> list[tuple[str, int]]:
    """Return how many texts are in each state."""
    counted = dict(texts.order_by().values_list("state").annotate(Count("pk")))
    return [(state.label, counted.get(state.value, 0)) for state in State]
