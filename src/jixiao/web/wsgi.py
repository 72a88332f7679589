"""What the server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from jixiao.web import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
environment.prepare()

application = get_wsgi_application()


def _warm() -> None:
    """Load now what the first request would wait for: the addresses, the rules and their words."""
    from django.urls import get_resolver

    from jixiao.model import Budget, PerformanceText, Project
    from jixiao.web.targets import auditing

    _ = get_resolver().reverse_dict
    blank = Project(code="", name="", budget=Budget(), purpose="", goals=("",))
    auditing.checker().check(PerformanceText(source="", projects=(blank,)))


_warm()
