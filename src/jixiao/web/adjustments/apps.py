"""The app of adjustments."""

from __future__ import annotations

from django.apps import AppConfig


class Adjustments(AppConfig):
    """Adjustments of approved texts: applied for, reviewed, approved or cancelled."""

    name = "jixiao.web.adjustments"
    label = "adjustments"
    verbose_name = "绩效目标调整"
