"""The app of jobs."""

from __future__ import annotations

from django.apps import AppConfig


class Jobs(AppConfig):
    """Background work on the queue of the database."""

    name = "jixiao.web.jobs"
    label = "jobs"
    verbose_name = "后台任务"
