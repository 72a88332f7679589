"""Originals of imports, their pages, and what was corrected, at first."""

# ruff: noqa: RUF012

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("targets", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "made",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="correction",
                        serialize=False,
                        to="targets.import",
                    ),
                ),
                ("content", models.TextField(verbose_name="更正后的内容和选择（JSON）")),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "made",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="original",
                        serialize=False,
                        to="targets.import",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="文件的 SHA-256")),
                (
                    "drawing",
                    models.CharField(
                        choices=[
                            ("waiting", "正在准备原页面"),
                            ("ready", "有原页面"),
                            ("none", "没有原页面"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("pdf", models.BinaryField(default=b"", verbose_name="由 Word、Excel 转成的 PDF")),
                ("sizes", models.JSONField(default=list, verbose_name="各页的宽和高，单位是点")),
                ("blocks", models.TextField(default="[]", verbose_name="文字和表格（JSON）")),
                (
                    "boxes",
                    models.JSONField(default=dict, verbose_name="转成 PDF 后各栏在哪一页哪一块"),
                ),
                ("notes", models.JSONField(default=list, verbose_name="关于文件的话")),
            ],
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="第几页，从 1 数")),
                ("picture", models.BinaryField(default=b"")),
                ("failed", models.BooleanField(default=False, verbose_name="画不出来")),
                ("asked_at", models.DateTimeField(auto_now=True)),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="imports.original",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("original", "number"), name="one_picture_of_a_page"
                    )
                ],
            },
        ),
    ]
