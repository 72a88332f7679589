"""The app of library."""

from __future__ import annotations

from django.apps import AppConfig


class Library(AppConfig):
    """Indicators to choose from."""

    name = "jixiao.web.library"
    label = "library"
    verbose_name = "指标库"
