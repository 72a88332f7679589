"""The tables at first."""

# ruff: noqa: RUF012

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("targets", "0002_rounds_and_adjustments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appraisal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "填报"),
                            ("unit_head", "单位审核"),
                            ("department", "主管部门审核"),
                            ("business", "业务股"),
                            ("performance", "绩效股"),
                            ("observer", "观察（人大、审计）"),
                            ("administrator", "管理员"),
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                ("decided", models.JSONField(default=dict, verbose_name="审定的内容")),
                ("completed_at", models.DateTimeField(null=True, verbose_name="填完的时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="最近填写")),
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
                    "sheet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appraisals",
                        to="targets.sheet",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appraisals",
                        to="targets.text",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "role"), name="one_appraisal_of_a_project"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sheet", None)),
                        fields=("text", "role"),
                        name="one_appraisal_of_a_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=300, verbose_name="常用语")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phrases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "body"), name="one_phrase_of_a_user_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField(default="", verbose_name="项目名称")),
                ("code", models.TextField(default="", verbose_name="项目编码")),
                (
                    "money",
                    models.DecimalField(
                        decimal_places=6,
                        default=Decimal("0"),
                        max_digits=20,
                        verbose_name="预算数（万元）",
                    ),
                ),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="错误（不计豁免）")),
                ("waived", models.PositiveIntegerField(default=0, verbose_name="说明了理由的错误")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="警告")),
                ("hints", models.PositiveIntegerField(default=0, verbose_name="提示")),
                ("codes", models.TextField(default=" ", verbose_name="有意见的规则，前后都有空格")),
                (
                    "sheet",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing",
                        to="targets.sheet",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="targets.text",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["-errors", "-waived", "-money"],
                        name="review_stan_errors_4d5ce0_idx",
                    )
                ],
            },
        ),
    ]
