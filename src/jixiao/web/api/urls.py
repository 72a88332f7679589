"""Where the operations are, and how each is served."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from jixiao.web.api import pages
from jixiao.web.api.errors import WrongMethodError
from jixiao.web.api.operations import service
from jixiao.web.errors import tell
from jixiao.web.scope import Action, asks

app_name = "api"


def _served(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view of the framework's that says that its guard judges, and tells errors our way."""

    @asks(Action.TOKEN)
    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        response = view(request, *given, **named)
        if response.status_code == 405:
            return tell(request, WrongMethodError(response["Allow"]))
        return response

    return answer


def _patterns() -> list[URLPattern]:
    """Return where the operations are; the framework's own root page is left out."""
    found = []
    for each in service.urls[0]:
        if isinstance(each, URLPattern) and each.name != "api-root":
            each.callback = _served(each.callback)
            found.append(each)
    return found


urlpatterns = [
    path("docs", pages.docs, name="docs"),
    path("openapi.json", pages.openapi, name="openapi"),
    *_patterns(),
]
