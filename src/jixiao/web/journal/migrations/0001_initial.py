"""The tables at first."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="序号"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("user", models.BigIntegerField(null=True, verbose_name="账号")),
                ("person", models.CharField(max_length=120, verbose_name="姓名")),
                ("address", models.CharField(max_length=64, verbose_name="来自")),
                ("action", models.CharField(max_length=40, verbose_name="操作")),
                ("subject", models.CharField(max_length=40, verbose_name="对象")),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                ("detail", models.TextField(default="{}", verbose_name="内容")),
                ("previous", models.CharField(max_length=64, verbose_name="前一条的散列")),
                ("hash", models.CharField(max_length=64, verbose_name="散列")),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(
                        fields=["subject", "subject_id"], name="journal_ent_subject_0f5085_idx"
                    )
                ],
            },
        ),
    ]
