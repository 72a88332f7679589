"""Logging in and out, one's password, and the administrator's list of accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web.accounts.lockout import is_locked
from jixiao.web.accounts.models import User
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.scope import Action, asks


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
        goal = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure())
        return redirect(goal if safe and goal else "start")
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
    """Let a user change the password."""
    user: Any = request.user
    form = PasswordChangeForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            record(actor_of(request), "password", "account", user.pk)
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改。")
        return redirect("start")
    return render(request, "password.html", {"form": form}, status=422 if form.errors else 200)


@asks(Action.ACCOUNTS)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts of the administrator's region."""
    users = _accounts(request).select_related("unit", "department", "section", "region")
    return render(request, "accounts.html", {"users": [(user, is_locked(user)) for user in users]})


@asks(Action.ACCOUNTS)
@require_POST
def unlock(request: HttpRequest, user_id: int) -> HttpResponse:
    """Unlock an account."""
    with transaction.atomic():
        user = get_object_or_404(_accounts(request).select_for_update(), pk=user_id)
        user.failures, user.locked_until = 0, None
        user.save(update_fields=["failures", "locked_until"])
        record(actor_of(request), "account.unlock", "account", user.pk)
    return redirect("accounts")


@asks(Action.ACCOUNTS)
@require_POST
def switch(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take an account out of use, or into use again; one's own stays."""
    with transaction.atomic():
        users = _accounts(request).exclude(pk=request.user.pk).select_for_update()
        user = get_object_or_404(users, pk=user_id)
        user.is_active = not user.is_active
        user.save(update_fields=["is_active"])
        record(actor_of(request), "account.switch", "account", user.pk, active=user.is_active)
    return redirect("accounts")


def _accounts(request: HttpRequest) -> Any:
    """Return the accounts that an administrator keeps: those of the region."""
    user: Any = request.user
    return User.objects.filter(region=user.region_id)
