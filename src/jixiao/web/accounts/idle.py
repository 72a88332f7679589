"""A session ends when it is idle; while in use it is prolonged, but not written at every request."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_SEEN = "seen"


class KeepInUse:
    """Notes now and then that a session is in use; saving it moves its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(_SEEN, 0) >= settings.SESSION_REFRESH:
                request.session[_SEEN] = now
        return self._get_response(request)
