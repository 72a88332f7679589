"""The app of the API."""

from __future__ import annotations

from django.apps import AppConfig


class Api(AppConfig):
    """The REST API and its tokens."""

    name = "jixiao.web.api"
    label = "api"
    verbose_name = "接口"
