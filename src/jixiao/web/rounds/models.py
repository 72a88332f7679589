"""The rounds of a region's year, what was granted beyond their deadlines, and reminders."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from jixiao.web.accounts.models import Region, Unit
from jixiao.web.targets.states import Stage

WHICH = [(stage.value, stage.label) for stage in (Stage.FIRST, Stage.SECOND)]


class Round(models.Model):
    """一上 or 二上 of a region and year. Each deadline is a day, all of which is still in time."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField("预算年度")
    which = models.CharField("轮次", max_length=8, choices=WHICH)
    opens = models.DateField("开始申报")
    unit_deadline = models.DateField("单位提交截止")
    department_deadline = models.DateField("主管部门审核截止")
    bureau_deadline = models.DateField("财政审核截止")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("最近修改", auto_now=True)

    class Meta:
        ordering: ClassVar = ["-year", "which"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "year", "which"], name="one_round_of_a_region_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_which_display()}"


class Extension(models.Model):
    """延期: more time for one unit in one round; where there are some the latest day counts."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="extensions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    until = models.DateField("延期到")
    reason = models.TextField("理由")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at"]


class Notice(models.Model):
    """催办: what the clerk and the head of a unit read on their first page."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField("预算年度")
    stage = models.CharField("轮次", max_length=8, choices=Stage.choices)
    body = models.TextField("内容")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField("所在", max_length=100)
    day = models.DateField("哪一天")
    at = models.DateTimeField(auto_now_add=True)
    read_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", through="Reading")

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "stage", "day"], name="one_notice_a_day_of_the_same"
            )
        ]


class Reading(models.Model):
    """Who has read a notice, and when."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "user"], name="one_reading_of_a_user")
        ]
