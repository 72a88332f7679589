"""Errors that a user can cause, told on a page instead of a traceback."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.model.errors import JixiaoError


class MovedOnError(JixiaoError):
    """A text that is no longer in the state in which one may do what one asks."""


class TellErrors:
    """Answers a JixiaoError with its sentence: 409 where another was faster, else 422."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell an error that is the user's to mend; any other is not touched."""
        return tell(request, error) if isinstance(error, JixiaoError) else None


def tell(request: HttpRequest, error: JixiaoError) -> HttpResponse:
    """Return the page, or for a part of a page the line, that tells an error."""
    status = 409 if isinstance(error, MovedOnError) else 422
    if getattr(request, "htmx", False):
        response = render(request, "_told.html", {"error": error}, status=status)
        response["HX-Reswap"] = "none"
        return response
    return render(request, "told.html", {"error": error}, status=status)
