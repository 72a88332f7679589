"""The app of rounds."""

from __future__ import annotations

from django.apps import AppConfig


class Rounds(AppConfig):
    """Rounds, deadlines, extensions and reminders."""

    name = "jixiao.web.rounds"
    label = "rounds"
    verbose_name = "申报安排"
