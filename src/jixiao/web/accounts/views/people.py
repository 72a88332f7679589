"""Accounts: the administrator's list, and one account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web import inputs, scope
from jixiao.web.accounts import people
from jixiao.web.accounts.lockout import is_locked
from jixiao.web.accounts.models import Department, Region, Section, Unit, User
from jixiao.web.accounts.people import AccountError, Person
from jixiao.web.accounts.roles import OF_REGION, Role
from jixiao.web.journal.chain import actor_of
from jixiao.web.journal.models import Entry
from jixiao.web.scope import Action, asks

_PAGE = 50
_SHOWN = 12
"""Entries of the record that the page of an account shows."""

_STATES = {"active": "在用", "locked": "锁定", "disabled": "停用", "new": "没有登录过"}


@asks(Action.ACCOUNTS)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts that an administrator keeps, found by words, role and state."""
    keeper: Any = request.user
    found = _filtered(request, scope.kept_users(keeper))
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "users": [(user, is_locked(user)) for user in page],
        "asked": inputs.words(request.GET.get("q", "")),
        "roles": Role.choices,
        "role": request.GET.get("role", ""),
        "states": _STATES.items(),
        "state": request.GET.get("state", ""),
    }
    return render(request, "accounts.html", context)


@asks(Action.ACCOUNTS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make an account; its one-time password is shown with the answer, and never again."""
    region = region_asked(request)
    if request.method == "POST":
        try:
            given = people.add(
                actor_of(request), region, request.POST.get("username", ""), _person(request)
            )
        except AccountError as error:
            messages.error(request, str(error))
        else:
            return render(request, "account_password.html", {"given": [given], "is_new": True})
    status = 422 if request.method == "POST" else 200
    return render(request, "account.html", _form(request, region), status=status)


@asks(Action.ACCOUNTS)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show an account, to change its name, role and place."""
    keeper: Any = request.user
    found = scope.kept_users(keeper).select_related("region", "section", "department", "unit")
    user = get_object_or_404(found, pk=user_id)
    if request.method == "POST":
        try:
            people.change(actor_of(request), user_id, _person(request))
        except AccountError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{request.POST.get('name', '')} 的账号已保存。")
            return redirect("account", user_id)
    entries = Entry.objects.filter(Q(user=user.pk) | Q(subject="account", subject_id=user.pk))
    context = {
        **_form(request, user.region, user),
        "account": user,
        "locked": is_locked(user),
        "entries": entries.order_by("-number")[:_SHOWN],
    }
    return render(request, "account.html", context, status=422 if request.method == "POST" else 200)


@asks(Action.ACCOUNTS)
@require_POST
def reset(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a one-time password, shown with the answer, and never again."""
    given = people.reset(actor_of(request), user_id)
    return render(request, "account_password.html", {"given": [given], "is_new": False})


@asks(Action.ACCOUNTS)
@require_POST
def unlock(request: HttpRequest, user_id: int) -> HttpResponse:
    """Unlock an account."""
    user = people.unlock(actor_of(request), user_id)
    messages.success(request, f"{user.name} 的账号已解除锁定。")
    return redirect("account", user_id)


@asks(Action.ACCOUNTS)
@require_POST
def switch(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take an account out of use, or into use again."""
    user = people.switch(actor_of(request), user_id)
    messages.success(request, f"{user.name} 的账号已{'启用' if user.is_active else '停用'}。")
    return redirect("account", user_id)


def region_asked(request: HttpRequest) -> Region:
    """Return the region that an address names, if the administrator keeps it; else the own one."""
    keeper: Any = request.user
    given = request.POST.get("region") or request.GET.get("region") or ""
    if given:
        return get_object_or_404(scope.kept_regions(keeper), pk=inputs.number(given))
    region: Region = keeper.region
    return region


def regions_kept(request: HttpRequest) -> list[Region]:
    """Return the regions to choose from; none where there is but one."""
    keeper: Any = request.user
    found = list(scope.kept_regions(keeper).order_by("code")) if keeper.includes_below else []
    return found if len(found) > 1 else []


def _filtered(request: HttpRequest, users: QuerySet[User]) -> QuerySet[User]:
    asked = inputs.words(request.GET.get("q", ""))
    if asked:
        places = ("unit__name", "unit__code", "department__name", "section__name", "region__name")
        by = Q(username__icontains=asked) | Q(name__icontains=asked)
        for name in places:
            by |= Q(**{f"{name}__icontains": asked})
        users = users.filter(by)
    if request.GET.get("role") in Role.values:
        users = users.filter(role=request.GET["role"])
    by_state = {
        "active": Q(is_active=True),
        "disabled": Q(is_active=False),
        "locked": Q(locked_until__gt=timezone.now()),
        "new": Q(last_login=None),
    }
    users = users.filter(by_state.get(request.GET.get("state", ""), Q()))
    related = users.select_related("unit", "department", "section", "region")
    return related.order_by("-is_active", "unit__code", "department__code", "username")


def _person(request: HttpRequest) -> Person:
    return Person(
        name=request.POST.get("name", ""),
        role=request.POST.get("role", ""),
        unit=request.POST.get("unit", ""),
        department=request.POST.get("department", ""),
        section=request.POST.get("section", ""),
        includes_below=request.POST.get("includes_below") == "1",
    )


def _form(request: HttpRequest, region: Region, user: User | None = None) -> dict[str, Any]:
    """Return what the form of an account is filled with: what was typed, else what is there."""
    keeper: Any = request.user
    said = _person(request)
    if user is not None and request.method != "POST":
        said = Person(
            user.name,
            user.role,
            unit=str(user.unit_id or ""),
            department=str(user.department_id or ""),
            section=str(user.section_id or ""),
            includes_below=user.includes_below,
        )
    units = Unit.objects.filter(department__region=region)
    departments = Department.objects.filter(region=region)
    sections = Section.objects.filter(region=region)
    in_use = Q(is_open=True)
    return {
        "said": said,
        "username": request.POST.get("username", ""),
        "region": region,
        "regions": regions_kept(request),
        "roles": Role.choices,
        "of_region": sorted(OF_REGION),
        "units": units.filter(in_use | Q(pk=inputs.number(said.unit)))
        .select_related("department")
        .order_by("department__code", "code"),
        "departments": departments.filter(in_use | Q(pk=inputs.number(said.department))).order_by(
            "code"
        ),
        "sections": sections.filter(in_use | Q(pk=inputs.number(said.section))).order_by("pk"),
        "may_give_below": keeper.includes_below or said.includes_below,
    }
