"""The original of an uploaded file as it is shown, and what was corrected of its reading."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import TextChoices

from jixiao.web.targets.models import Import


class Drawing(TextChoices):
    """What became of the pictures of a file's pages."""

    WAITING = "waiting", "正在准备原页面"
    READY = "ready", "有原页面"
    NONE = "none", "没有原页面"


class Original(models.Model):
    """How an uploaded file looks: its pages as pictures, its words and tables as they stand."""

    made = models.OneToOneField(
        Import, on_delete=models.CASCADE, primary_key=True, related_name="original"
    )
    digest = models.CharField("文件的 SHA-256", max_length=64)
    drawing = models.CharField(max_length=8, choices=Drawing.choices, default=Drawing.WAITING)
    pdf = models.BinaryField("由 Word、Excel 转成的 PDF", default=b"")
    sizes = models.JSONField("各页的宽和高，单位是点", default=list)
    blocks = models.TextField("文字和表格（JSON）", default="[]")
    boxes = models.JSONField("转成 PDF 后各栏在哪一页哪一块", default=dict)
    notes = models.JSONField("关于文件的话", default=list)


class Page(models.Model):
    """One page as a PNG picture; without one it was asked for and is still to be drawn."""

    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("第几页，从 1 数")
    picture = models.BinaryField(default=b"")
    failed = models.BooleanField("画不出来", default=False)
    asked_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["original", "number"], name="one_picture_of_a_page")
        ]


class Correction(models.Model):
    """What was read of a file, as people corrected it, and what they chose; nobody: no row."""

    made = models.OneToOneField(
        Import, on_delete=models.CASCADE, primary_key=True, related_name="correction"
    )
    content = models.TextField("更正后的内容和选择（JSON）")
    changed_at = models.DateTimeField(auto_now=True)
