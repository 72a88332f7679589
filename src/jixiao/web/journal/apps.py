"""The app of journal."""

from __future__ import annotations

from django.apps import AppConfig


class Journal(AppConfig):
    """The record of what was done, in a chain that shows tampering."""

    name = "jixiao.web.journal"
    label = "journal"
    verbose_name = "操作记录"
