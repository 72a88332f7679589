"""The app of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Regions, departments, units, and who works there."""

    name = "jixiao.web.accounts"
    label = "accounts"
    verbose_name = "账号"
