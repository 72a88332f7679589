"""An adjustment: why, of which text, and what the text said before and after."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from jixiao.web.targets.models import Text, Version


class Outcome(models.TextChoices):
    """What became of an adjustment."""

    OPEN = "open", "办理中"
    APPROVED = "approved", "已批复"
    CANCELLED = "cancelled", "已撤销"


class Adjustment(models.Model):
    """绩效目标调整. ``text`` is the copy in work; the versions are those of the approved text."""

    text = models.OneToOneField(Text, on_delete=models.PROTECT, related_name="adjustment")
    number = models.PositiveSmallIntegerField("第几次")
    reason = models.TextField("调整理由")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    before = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField("办结", null=True)

    class Meta:
        ordering: ClassVar = ["-at"]
