"""What reviewers sort by, what they decide on a review sheet, and their own phrases."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models

from jixiao.web.accounts.roles import Role
from jixiao.web.targets.models import Sheet, Text


class Standing(models.Model):
    """How one project stood when its text was sent to review; without a sheet, the text's part.

    All of it follows from the text and may be computed anew: it is there to sort and filter by.
    """

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="standings")
    sheet = models.OneToOneField(
        Sheet, on_delete=models.CASCADE, null=True, related_name="standing"
    )
    name = models.TextField("项目名称", default="")
    code = models.TextField("项目编码", default="")
    money = models.DecimalField(
        "预算数（万元）", max_digits=20, decimal_places=6, default=Decimal(0)
    )
    errors = models.PositiveIntegerField("错误（不计豁免）", default=0)
    waived = models.PositiveIntegerField("说明了理由的错误", default=0)
    warnings = models.PositiveIntegerField("警告", default=0)
    hints = models.PositiveIntegerField("提示", default=0)
    codes = models.TextField("有意见的规则，前后都有空格", default=" ")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-errors", "-waived", "-money"])]


class Appraisal(models.Model):
    """审核表 of one project, or without a sheet of the whole text, as one role decides it.

    ``decided`` has what was decided by the name of its field, each with who decided it and when.
    """

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="appraisals")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, null=True, related_name="appraisals")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    decided = models.JSONField("审定的内容", default=dict)
    completed_at = models.DateTimeField("填完的时间", null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField("最近填写", auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "role"], name="one_appraisal_of_a_project"),
            models.UniqueConstraint(
                fields=["text", "role"],
                condition=models.Q(sheet=None),
                name="one_appraisal_of_a_text",
            ),
        ]


class Phrase(models.Model):
    """常用语 of one reviewer."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="phrases"
    )
    body = models.CharField("常用语", max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "body"], name="one_phrase_of_a_user_once")
        ]
