"""Checks of the chain; the record is found by person and time."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="核对时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="核对完")),
                ("entries", models.PositiveBigIntegerField(default=0, verbose_name="条数")),
                (
                    "last",
                    models.CharField(default="", max_length=64, verbose_name="最后一条的散列"),
                ),
                (
                    "broken",
                    models.PositiveBigIntegerField(null=True, verbose_name="从第几条起不可信"),
                ),
                ("reason", models.CharField(default="", max_length=100, verbose_name="为什么")),
                ("job", models.UUIDField(null=True, verbose_name="核对它的后台任务")),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["user", "number"], name="journal_ent_user_9e4f2f_idx"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["at"], name="journal_ent_at_bf6d31_idx"),
        ),
    ]
