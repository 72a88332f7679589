"""A text in work, its versions, and what is said and decided about it.

What a text says is kept as the JSON of the core's own structures: the department's part in the
text's row, each project in a row of its own, so that saving a field writes little and two people
at two projects do not meet.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from jixiao.web.accounts.models import Unit
from jixiao.web.targets.states import ImportStatus, Reason, Stage, State, Step


class Text(models.Model):
    """部门预算绩效文本 of one unit and year. ``findings`` are those of what it says now.

    One with an ``original`` is an adjustment in work: a copy beside the approved text, which stays
    as it was approved until the adjustment is.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="texts")
    year = models.PositiveSmallIntegerField("预算年度")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    stage = models.CharField("轮次", max_length=8, choices=Stage.choices, default=Stage.ONCE)
    original = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="adjustments"
    )
    head = models.TextField("部门部分（JSON，不含项目）")
    names = models.JSONField("各表的行号：表 → 行号", default=dict)
    marks = models.JSONField("栏目旁边的上年值：行号 → 栏目 → 内容", default=dict)
    revision = models.PositiveIntegerField("部门部分的版本号", default=1)
    findings = models.TextField("审核意见（JSON）", default="[]")
    errors = models.PositiveIntegerField("错误（不计豁免）", default=0)
    waived = models.PositiveIntegerField("说明了理由的错误", default=0)
    warnings = models.PositiveIntegerField("警告", default=0)
    hints = models.PositiveIntegerField("提示", default=0)
    projects = models.PositiveIntegerField("项目个数", default=0)
    money = models.DecimalField(
        "预算数合计（万元）", max_digits=20, decimal_places=6, default=Decimal(0)
    )
    business_agreed = models.BooleanField("业务股已通过", default=False)
    performance_agreed = models.BooleanField("绩效股已通过", default=False)
    submitted_at = models.DateTimeField("首次提交", null=True)
    entered_at = models.DateTimeField("进入现在状态的时间", auto_now_add=True)
    changed_at = models.DateTimeField("最近填写", auto_now_add=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=Q(original=None),
                name="one_text_of_a_unit_and_year",
            ),
            models.UniqueConstraint(
                fields=["original"],
                condition=~Q(state=State.CLOSED),
                name="one_open_adjustment_of_a_text",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-errors", "-waived", "-money"])]

    def __str__(self) -> str:
        return f"{self.unit}{self.year}年部门预算绩效文本{'（调整）' if self.original_id else ''}"

    @property
    def standing(self) -> str:
        """The state as the page says it, with the round or that it is an adjustment."""
        if self.original_id:
            return f"调整·{self.get_state_display()}"
        if self.stage == Stage.ONCE or self.state in (State.ISSUED, State.APPROVED):
            return self.get_state_display()
        return f"{self.get_stage_display()}·{self.get_state_display()}"


class Sheet(models.Model):
    """项目绩效目标表: one project. ``rows`` are lasting names of its indicators, in their order.

    In an adjustment ``origin`` is the approved one; ``frozen`` says that it is not to be adjusted.
    """

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="sheets")
    position = models.PositiveIntegerField("第几个，从 0 数")
    content = models.TextField("项目（JSON）")
    origin = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    frozen = models.BooleanField("不在调整范围", default=False)
    rows = models.JSONField("各指标的行号", default=list)
    names = models.JSONField("其他各表的行号：表 → 行号", default=dict)
    marks = models.JSONField("栏目旁边的上年值：行号 → 栏目 → 内容", default=dict)
    revision = models.PositiveIntegerField("版本号", default=1)
    changed_at = models.DateTimeField("最近填写", auto_now=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["position", "pk"]


class Removed(models.Model):
    """What was removed from a text while it was filled in: it can be brought back."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="removed")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, null=True)
    part = models.CharField("哪个表；空的是项目", max_length=60, default="", blank=True)
    row = models.CharField("行号", max_length=16, default="", blank=True)
    position = models.PositiveIntegerField("原来是第几个，从 0 数")
    content = models.TextField("内容（JSON）")
    names = models.JSONField("项目各表的行号", default=dict)
    label = models.CharField("它叫什么", max_length=200, default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]


class Version(models.Model):
    """What a text said at one moment; never changed."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("第几版")
    reason = models.CharField("缘由", max_length=16, choices=Reason.choices)
    content = models.TextField("文本（JSON）")
    findings = models.TextField("审核意见（JSON）", default="[]")
    errors = models.PositiveIntegerField("错误", default=0)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="one_version_of_a_number")
        ]


class Decision(models.Model):
    """A step on a text's way, who made it and with what opinion."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=12, choices=Step.choices)
    before = models.CharField(max_length=12, choices=State.choices)
    after = models.CharField(max_length=12, choices=State.choices)
    opinion = models.TextField("意见", default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField("所在", max_length=100, default="")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]


class Comment(models.Model):
    """What a reviewer says of a field; without a sheet it is of the department's part."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="comments")
    sheet = models.ForeignKey(Sheet, on_delete=models.SET_NULL, null=True, related_name="comments")
    row = models.CharField("指标的行号", max_length=16, default="", blank=True)
    field = models.CharField("栏目", max_length=60, default="", blank=True)
    label = models.CharField("写意见时那一处叫什么", max_length=200, default="")
    body = models.TextField("意见")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]


class Waiver(models.Model):
    """豁免: why the unit says that an error is none; the reviewer sees it."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="waivers")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, null=True)
    row = models.CharField(max_length=16, default="", blank=True)
    field = models.CharField(max_length=60, default="", blank=True)
    code = models.CharField("规则代码", max_length=8)
    reason = models.TextField("理由")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)


class Import(models.Model):
    """A file uploaded into a text: what was read of it waits to be accepted."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField("文件名", max_length=200)
    data = models.BinaryField("文件")
    status = models.CharField(
        max_length=12, choices=ImportStatus.choices, default=ImportStatus.WAITING
    )
    reading = models.TextField("读出的文本（JSON）", default="")
    message = models.TextField("为什么读不出来", default="")
    job = models.UUIDField("读它的后台任务", null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at"]
