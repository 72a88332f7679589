"""The queue: texts or projects that wait for a reviewer, the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jixiao.check import rules
from jixiao.web import scope
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
    found = queues.projects(user, asked) if is_by_project(asked) else queues.texts(user, asked)
    # Sorted and cut by keys alone: a row of a text is large, and few of them are shown.
    page: Page[Any] = Paginator(found.values_list("pk", flat=True), PAGE).get_page(
        request.GET.get("page")
    )
    page.object_list = _shown(found.model, list(page.object_list), asked)
    _tell(user, asked, page.object_list)
    counted = _states(mine)
    reviews = role in scope.REVIEWED_BY
    is_whole = asked.show == "waiting" and not asked.narrowed and not is_by_project(asked)
    waiting = page.paginator.count if is_whole else queues.waiting(user).count() if reviews else 0
    return render(
        request,
        "review/queue.html",
        {
            "asked": asked,
            "page": page,
            "reviews": reviews,
            "appraises": bool(scope.appraisals_of(user)),
            "waiting": waiting,
            "progress": [(state, counted.get(state.value, 0)) for state in State],
            "choices": _choices(queues.base(user, asked), asked, role),
        },
    )


def is_by_project(asked: Filter) -> bool:
    """Tell whether a queue is one of projects."""
    return asked.look == "projects"


def _shown(model: type[Any], keys: list[int], asked: Filter) -> list[Any]:
    """Return what a page shows, without what a text says: it is large, and not shown."""
    before = "text__" if is_by_project(asked) else ""
    found = model.objects.filter(pk__in=keys).select_related(f"{before}unit__department")
    known = {each.pk: each for each in found.defer(f"{before}findings", f"{before}head")}
    return [known[key] for key in keys if key in known]


def _tell(user: Any, asked: Filter, shown: Iterable[Any]) -> None:
    """Set on what a page shows how many comments are open and how many sheets are filled.

    Only of what is shown: counting for all of a county before sorting is what takes time.
    """
    by = "sheet" if is_by_project(asked) else "text"
    keys = {each: each.sheet_id if is_by_project(asked) else each.pk for each in shown}
    within = {f"{by}__in": list(keys.values())}
    comments = _counted(Comment.objects.filter(settled_at=None, **within), by)
    filled = Appraisal.objects.filter(
        role=user.role, sheet__isnull=False, completed_at__isnull=False, **within
    )
    appraised = _counted(filled, by) if scope.appraisals_of(user) else {}
    for each, key in keys.items():
        each.open_comments = comments.get(key, 0)
        each.appraised = appraised.get(key, 0)


def _counted(found: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(found.order_by().values_list(by).annotate(Count("pk")))


def _states(texts: QuerySet[Text]) -> dict[str, int]:
    return dict(texts.order_by().values_list("state").annotate(Count("pk")))


def _choices(texts: QuerySet[Text], asked: Filter, role: Role) -> dict[str, Any]:
    """Return what can be chosen to filter by: only what this reviewer has texts of."""
    found = list(
        texts.order_by("unit__department__code", "unit__code")
        .values_list(
            "unit", "unit__name", "unit__department", "unit__department__name", "year",
        )
        .distinct()
    )  # fmt: skip
    years = sorted({year for *_, year in found}, reverse=True)
    units = list(dict.fromkeys(each[:4] for each in found))
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
        "years": years,
        "states": [(state.value, state.label) for state in State],
        "has": list(HAS.items()),
        "rules": [(code, rule.title) for code, rule in rules().items() if code in known],
    }
