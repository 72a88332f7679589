"""The app of targets."""

from __future__ import annotations

from django.apps import AppConfig


class Targets(AppConfig):
    """Texts: filled in, checked, submitted, reviewed, approved."""

    name = "jixiao.web.targets"
    label = "targets"
    verbose_name = "绩效目标"
