"""The queue: texts or projects that wait for a reviewer, the worst first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jixiao.check import rules
from jixiao.web import scope
from jixiao.web.accounts.models import Unit
from jixiao.web.accounts.roles import Role
from jixiao.web.review import queue as queues
from jixiao.web.review import standing
from jixiao.web.review.models import Appraisal
from jixiao.web.review.queue import HAS, Filter
from jixiao.web.scope import Action, asks
from jixiao.web.targets import auditing
from jixiao.web.targets.models import Comment, Text
from jixiao.web.targets.states import State

PAGE = 50
"""Texts or projects on one page of a queue."""


@asks(Action.QUEUE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show the queue as the address asks for it."""
    user: Any = request.user
    role = Role(user.role)
    asked = queues.asked_of(request.GET, role)
    mine = scope.listed(user)
    standing.fill(mine)
    found = projects_shown(user, asked) if asked.look == "projects" else texts_shown(user, asked)
    page: Page[Any] = Paginator(found, PAGE).get_page(request.GET.get("page"))
    counted = _states(mine)
    return render(
        request,
        "review/queue.html",
        {
            "asked": asked,
            "page": page,
            "reviews": role in scope.REVIEWED_BY,
            "appraises": bool(scope.appraisals_of(user)),
            "waiting": queues.waiting(user).count() if role in scope.REVIEWED_BY else None,
            "progress": [(state, counted.get(state.value, 0)) for state in State],
            "choices": _choices(queues.base(user, asked), asked, role),
        },
    )


def texts_shown(user: Any, asked: Filter) -> QuerySet[Text]:
    """Return the texts of a queue with what the page tells of each."""
    return queues.texts(user, asked).annotate(
        open_comments=_count(Comment, text=OuterRef("pk"), settled_at=None),
        appraised=_count(
            Appraisal,
            text=OuterRef("pk"),
            sheet__isnull=False,
            role=user.role,
            completed_at__isnull=False,
        ),
    )


def projects_shown(user: Any, asked: Filter) -> QuerySet[Any]:
    found = queues.projects(user, asked).select_related("text__unit__department")
    return found.annotate(
        open_comments=_count(Comment, sheet=OuterRef("sheet"), settled_at=None),
        appraised=_count(
            Appraisal, sheet=OuterRef("sheet"), role=user.role, completed_at__isnull=False
        ),
    )


def _count(model: type[Any], **of: object) -> Coalesce:
    """Return a subquery that counts rows; it is 0 where there are none."""
    key = next(iter(of))
    counted = model.objects.filter(**of).order_by().values(key).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _states(texts: QuerySet[Text]) -> dict[str, int]:
    return dict(texts.order_by().values_list("state").annotate(Count("pk")))


def _choices(texts: QuerySet[Text], asked: Filter, role: Role) -> dict[str, Any]:
    """Return what can be chosen to filter by: only what this reviewer has texts of."""
    units = list(
        Unit.objects.filter(texts__in=texts.order_by().values("pk"))
        .distinct()
        .order_by("department__code", "code")
        .values_list("pk", "name", "department_id", "department__name")
    )
    departments = {department: name for _, _, department, name in units}
    within = [
        (unit, name)
        for unit, name, department, _ in units
        if asked.department in (None, department)
    ]
    known = auditing.checker().codes
    return {
        "departments": list(departments.items()) if role is not Role.UNIT_HEAD else [],
        "units": within if len(units) > 1 else [],
        "years": list(texts.order_by("-year").values_list("year", flat=True).distinct()),
        "states": [(state.value, state.label) for state in State],
        "has": list(HAS.items()),
        "rules": [(code, rule.title) for code, rule in rules().items() if code in known],
    }
