"""The tables at first."""

# ruff: noqa: RUF012

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="预算年度")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("returned", "退回"),
                            ("unit", "单位审核"),
                            ("department", "主管部门审核"),
                            ("finance", "财政审核"),
                            ("approved", "批复"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("head", models.TextField(verbose_name="部门部分（JSON，不含项目）")),
                (
                    "revision",
                    models.PositiveIntegerField(default=1, verbose_name="部门部分的版本号"),
                ),
                ("findings", models.TextField(default="[]", verbose_name="审核意见（JSON）")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="错误（不计豁免）")),
                ("waived", models.PositiveIntegerField(default=0, verbose_name="说明了理由的错误")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="警告")),
                ("hints", models.PositiveIntegerField(default=0, verbose_name="提示")),
                ("projects", models.PositiveIntegerField(default=0, verbose_name="项目个数")),
                (
                    "money",
                    models.DecimalField(
                        decimal_places=6,
                        default=Decimal("0"),
                        max_digits=20,
                        verbose_name="预算数合计（万元）",
                    ),
                ),
                (
                    "business_agreed",
                    models.BooleanField(default=False, verbose_name="业务股已通过"),
                ),
                (
                    "performance_agreed",
                    models.BooleanField(default=False, verbose_name="绩效股已通过"),
                ),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="首次提交")),
                (
                    "entered_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="进入现在状态的时间"),
                ),
                ("changed_at", models.DateTimeField(auto_now_add=True, verbose_name="最近填写")),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="accounts.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="第几个，从 0 数")),
                ("content", models.TextField(verbose_name="项目（JSON）")),
                ("rows", models.JSONField(default=list, verbose_name="各指标的行号")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="版本号")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="最近填写")),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="targets.text",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("data", models.BinaryField(verbose_name="文件")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "等待读取"),
                            ("read", "读好了，等待确认"),
                            ("failed", "读不出来"),
                            ("accepted", "已采用"),
                            ("discarded", "已放弃"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("reading", models.TextField(default="", verbose_name="读出的文本（JSON）")),
                ("message", models.TextField(default="", verbose_name="为什么读不出来")),
                ("job", models.UUIDField(null=True, verbose_name="读它的后台任务")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="targets.text",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "row",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="指标的行号"
                    ),
                ),
                (
                    "field",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="栏目"),
                ),
                (
                    "label",
                    models.CharField(
                        default="", max_length=200, verbose_name="写意见时那一处叫什么"
                    ),
                ),
                ("body", models.TextField(verbose_name="意见")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="targets.sheet",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="targets.text",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="第几版")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("submit", "提交"),
                            ("before_import", "导入前"),
                            ("approve", "批复"),
                        ],
                        max_length=16,
                        verbose_name="缘由",
                    ),
                ),
                ("content", models.TextField(verbose_name="文本（JSON）")),
                ("findings", models.TextField(default="[]", verbose_name="审核意见（JSON）")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="错误")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="targets.text",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("submit", "提交"),
                            ("pass", "审核通过"),
                            ("return", "退回"),
                            ("approve", "批复"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("returned", "退回"),
                            ("unit", "单位审核"),
                            ("department", "主管部门审核"),
                            ("finance", "财政审核"),
                            ("approved", "批复"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("returned", "退回"),
                            ("unit", "单位审核"),
                            ("department", "主管部门审核"),
                            ("finance", "财政审核"),
                            ("approved", "批复"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opinion", models.TextField(default="", verbose_name="意见")),
                ("office", models.CharField(default="", max_length=100, verbose_name="所在")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="targets.text",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="targets.version",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.CharField(blank=True, default="", max_length=16)),
                ("field", models.CharField(blank=True, default="", max_length=60)),
                ("code", models.CharField(max_length=8, verbose_name="规则代码")),
                ("reason", models.TextField(verbose_name="理由")),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="targets.sheet"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="targets.text",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="text",
            index=models.Index(
                fields=["state", "-errors", "-waived", "-money"],
                name="targets_tex_state_bb0ed9_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.UniqueConstraint(
                fields=("unit", "year"), name="one_text_of_a_unit_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("text", "number"), name="one_version_of_a_number"
            ),
        ),
    ]
