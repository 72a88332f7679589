"""The jobs of the queue."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django_tasks.base import TaskResultStatus


class Job(models.Model):
    """One call of a task. A running job whose worker is silent for long is taken up again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    task = models.CharField("任务", max_length=200)
    arguments = models.JSONField("参数", default=dict)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField(null=True)
    status = models.CharField(
        max_length=12, choices=TaskResultStatus.choices, default=TaskResultStatus.READY
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, default="")
    result = models.JSONField(null=True)
    error = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "-priority", "added_at"])]
