"""The entries of the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing done. ``hash`` covers the entry and the hash of the one before."""

    number = models.PositiveBigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    # The name stays as it was, whatever becomes of the account.
    user = models.BigIntegerField("账号", null=True)
    person = models.CharField("姓名", max_length=120)
    address = models.CharField("来自", max_length=64)
    action = models.CharField("操作", max_length=40)
    subject = models.CharField("对象", max_length=40)
    subject_id = models.BigIntegerField("对象编号", null=True)
    detail = models.TextField("内容", default="{}")
    previous = models.CharField("前一条的散列", max_length=64)
    hash = models.CharField("散列", max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "subject_id"]),
            models.Index(fields=["user", "number"]),
            models.Index(fields=["at"]),
        ]
        ordering: ClassVar = ["number"]


class Head(models.Model):
    """The end of the chain, one row; who adds an entry locks it."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Verification(models.Model):
    """A check of the chain: asked for, and what it found once a worker has walked it."""

    at = models.DateTimeField("核对时间", auto_now_add=True)
    done_at = models.DateTimeField("核对完", null=True)
    entries = models.PositiveBigIntegerField("条数", default=0)
    last = models.CharField("最后一条的散列", max_length=64, default="")
    broken = models.PositiveBigIntegerField("从第几条起不可信", null=True)
    reason = models.CharField("为什么", max_length=100, default="")
    job = models.UUIDField("核对它的后台任务", null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
