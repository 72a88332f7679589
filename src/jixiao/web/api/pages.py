"""The page of one's tokens, and the page that describes the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from jixiao.exchange import dump_json
from jixiao.web import scope
from jixiao.web.api import tokens as keeping
from jixiao.web.api.documentation import described
from jixiao.web.api.models import ApiToken
from jixiao.web.api.operations import service
from jixiao.web.api.service import document
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks

_SHOWN = 200
"""Tokens of a region that the administrator is shown, the latest first."""

DAYS = {30: "30 天", 90: "90 天", 180: "180 天", keeping.LONGEST_DAYS: "1 年"}
"""The choices of how long a token is good for."""


@asks(Action.HOME)
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """Show one's tokens, and to the administrator those of the region."""
    return render(request, "tokens.html", _context(request))


@asks(Action.HOME)
@require_POST
@sensitive_variables("made")
def add(request: HttpRequest) -> HttpResponse:
    """Make a token, and show its words this once: they are kept nowhere, no session either."""
    days = request.POST.get("days", "")
    name = request.POST.get("name", "")
    try:
        made = keeping.issue(actor_of(request), name, int(days) if days in map(str, DAYS) else 0)
    except keeping.TokenError as error:
        context = {**_context(request), "error": error, "name": name}
        return render(request, "tokens.html", context, status=422)
    context = {**_context(request), "made": made, "address": request.build_absolute_uri("/api/")}
    return render(request, "tokens.html", context, status=201)


@asks(Action.HOME)
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Close a token."""
    try:
        keeping.revoke(actor_of(request), token_id)
    except ApiToken.DoesNotExist:
        raise Http404 from None
    return redirect("tokens")


@asks(Action.ANYONE)
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the OpenAPI document: what the program can do is no secret, what it holds is."""
    return HttpResponse(
        dump_json(document(service)), content_type="application/json; charset=utf-8"
    )


@asks(Action.ANYONE)
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI document as a page to read."""
    context = {**described(document(service)), "address": request.build_absolute_uri("/api")}
    return render(request, "api_docs.html", context)


def _context(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    found = scope.tokens(user)
    own = list(found.filter(user=user.pk)[:_SHOWN])
    others = found.exclude(user=user.pk).filter(revoked_at=None)[:_SHOWN]
    return {"own": own, "others": list(others), "days": DAYS}
