"""Who has to change the password does nothing else before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jixiao.web.accounts.passwords import is_due

_ALLOWED = frozenset({"password", "logout", "login"})


class RenewPassword:
    """Leads to the page of the password as long as it must be changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Let a request pass, or lead it to the page of the password."""
        user: Any = request.user
        match = request.resolver_match
        name = match.url_name if match else None
        if match is not None and match.namespace == "api":
            return None  # no session counts there, and tokens are judged by themselves
        if not user.is_authenticated or name in _ALLOWED or not is_due(user):
            return None
        if getattr(request, "htmx", False):
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("password")})
        return redirect("password")
