"""Logging in and out, one's own password and logins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.web.accounts import people
from jixiao.web.accounts.lockout import failed
from jixiao.web.accounts.models import User
from jixiao.web.accounts.passwords import is_due
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.journal.models import Entry
from jixiao.web.scope import Action, asks

_LONGEST = 2000
"""Characters of the address that a login leads to."""

_SHOWN = 8
"""Logins that a user is shown."""


@asks(Action.ANYONE)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Let a user in. A wrong name, a wrong password and a lock are answered alike."""
    if request.user.is_authenticated:
        return redirect("start")
    form = AuthenticationForm(request, data=request.POST or None)
    form.error_messages["invalid_login"] = (
        f"账号或密码不对；连续错 {settings.LOCKOUT_FAILURES} 次，"
        f"账号锁定 {settings.LOCKOUT_MINUTES} 分钟"
    )
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_goal(request) or "start")
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "login.html", context, status=422 if form.errors else 200)


@asks(Action.HOME)
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Let a user out."""
    record(actor_of(request), "logout", "account", request.user.pk)
    logout(request)
    return redirect("login")


@asks(Action.HOME)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Let a user change the password; show where the account was used last."""
    user: Any = request.user
    due = is_due(user)
    form = PasswordChangeForm(user, request.POST or None)
    form.error_messages["password_incorrect"] = "原密码不对"  # noqa: S105
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user.must_change, user.password_set_at = False, timezone.now()
            form.save()
            record(actor_of(request), "password", "account", user.pk)
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改。")
        return redirect("start")
    is_guess = "old_password" in form.errors and bool(request.POST.get("old_password"))
    if is_guess and failed(actor_of(request)):
        logout(request)
        return redirect("login")
    context = {"form": form, "due": due, "logins": _logins(user)}
    return render(request, "password.html", context, status=422 if form.errors else 200)


@asks(Action.HOME)
@require_POST
def end_elsewhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of a user but the one that asks for it."""
    user: Any = request.user
    with transaction.atomic():
        people.end_sessions(user)
        record(actor_of(request), "logout.elsewhere", "account", user.pk)
    update_session_auth_hash(request, user)
    messages.success(request, "别处的登录都已退出。")
    return redirect("password")


def _goal(request: HttpRequest) -> str:
    """Return the page that was asked for before logging in, "" where it is none of ours."""
    goal = request.POST.get("next", "")
    ours = {request.get_host()}
    # With the slash: what has none, redirect takes for the name of a view.
    is_path = goal.startswith("/") and len(goal) <= _LONGEST
    safe = is_path and url_has_allowed_host_and_scheme(goal, ours, request.is_secure())
    return goal if safe else ""


def _logins(user: User) -> list[Entry]:
    """Return the last logins, and attempts at them, of an account."""
    found = Entry.objects.filter(subject="account", subject_id=user.pk, user=user.pk)
    return list(found.filter(action__startswith="login").order_by("-number")[:_SHOWN])
