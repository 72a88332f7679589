"""Rounds, and adjustments as copies beside the approved text."""

# ruff: noqa: RUF012

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("targets", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="text",
            name="one_text_of_a_unit_and_year",
        ),
        migrations.AddField(
            model_name="sheet",
            name="frozen",
            field=models.BooleanField(default=False, verbose_name="不在调整范围"),
        ),
        migrations.AddField(
            model_name="sheet",
            name="origin",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="targets.sheet",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="original",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjustments",
                to="targets.text",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="stage",
            field=models.CharField(
                choices=[("once", "一次申报"), ("first", "一上"), ("second", "二上")],
                default="once",
                max_length=8,
                verbose_name="轮次",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="after",
            field=models.CharField(
                choices=[
                    ("draft", "草稿"),
                    ("returned", "退回"),
                    ("unit", "单位审核"),
                    ("department", "主管部门审核"),
                    ("finance", "财政审核"),
                    ("issued", "一下"),
                    ("approved", "批复"),
                    ("closed", "办结"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="before",
            field=models.CharField(
                choices=[
                    ("draft", "草稿"),
                    ("returned", "退回"),
                    ("unit", "单位审核"),
                    ("department", "主管部门审核"),
                    ("finance", "财政审核"),
                    ("issued", "一下"),
                    ("approved", "批复"),
                    ("closed", "办结"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="step",
            field=models.CharField(
                choices=[
                    ("submit", "提交"),
                    ("pass", "审核通过"),
                    ("return", "退回"),
                    ("issue", "审核通过，下达审核意见（一下）"),
                    ("reopen", "二上开始"),
                    ("approve", "批复"),
                    ("request", "申请绩效目标调整"),
                    ("adjust", "批复绩效目标调整"),
                    ("cancel", "撤销绩效目标调整"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="text",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "草稿"),
                    ("returned", "退回"),
                    ("unit", "单位审核"),
                    ("department", "主管部门审核"),
                    ("finance", "财政审核"),
                    ("issued", "一下"),
                    ("approved", "批复"),
                    ("closed", "办结"),
                ],
                default="draft",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="version",
            name="reason",
            field=models.CharField(
                choices=[
                    ("submit", "提交"),
                    ("before_import", "导入前"),
                    ("issue", "一下"),
                    ("approve", "批复"),
                    ("before_adjust", "调整前"),
                    ("adjust", "调整批复"),
                ],
                max_length=16,
                verbose_name="缘由",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.UniqueConstraint(
                condition=models.Q(("original", None)),
                fields=("unit", "year"),
                name="one_text_of_a_unit_and_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("original",),
                name="one_open_adjustment_of_a_text",
            ),
        ),
    ]
