"""Errors that a user can cause, told on a page, or to a program as JSON, never as a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ClassVar

import msgspec
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.exchange import dump_json
from jixiao.model.errors import JixiaoError

_LOG = logging.getLogger(__name__)

_TWICE = ("有人同时做了同样的事，这一次没有保存", "请刷新页面，看最新的内容")

API = "/api/"
"""Where the addresses for programs are."""


class RefusedError(JixiaoError):
    """A request that is refused, and the status and headers that say so to a program."""

    status: ClassVar[int] = 422

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the answer has."""
        return {}


class MovedOnError(RefusedError):
    """A text that is no longer in the state in which one may do what one asks."""

    status = 409


class UnknownError(RefusedError):
    """A program that brings no token, or one that opens nothing."""

    status = 401

    @property
    def headers(self) -> dict[str, str]:
        """Say how to be known (RFC 6750)."""
        return {"WWW-Authenticate": "Bearer"}


class Told(msgspec.Struct, frozen=True):
    """An error, as a program is told it: a sentence, and what to do."""

    error: str
    hint: str


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
        if isinstance(error, IntegrityError):
            # Two at the same moment: the database let the first. In the log, should it be another.
            _LOG.warning("refused by the database: %s", request.path, exc_info=error)
            return tell(request, MovedOnError(*_TWICE))
        return tell(request, error) if isinstance(error, JixiaoError) else None


def tell(request: HttpRequest, error: JixiaoError) -> HttpResponse:
    """Return what tells an error: JSON, a page, or the line for a part of a page."""
    refused = error if isinstance(error, RefusedError) else RefusedError(error.what, error.how)
    if not is_of_program(request) and getattr(request, "htmx", False):
        response = render(request, "_told.html", {"error": error}, status=refused.status)
        response["HX-Reswap"] = "none"
        return response
    response = answer(request, error, refused.status)
    for name, value in refused.headers.items():
        response[name] = value
    return response


def answer(request: HttpRequest, error: JixiaoError, status: int) -> HttpResponse:
    """Return an error as a whole page, or as JSON where a program asked."""
    if is_of_program(request):
        told = dump_json(Told(error.what, error.how))
        return HttpResponse(told, status=status, content_type="application/json; charset=utf-8")
    return render(request, "told.html", {"error": error}, status=status)


def is_of_program(request: HttpRequest) -> bool:
    """Tell whether a request is for the API, whose answers are JSON."""
    return request.path_info.startswith(API)
