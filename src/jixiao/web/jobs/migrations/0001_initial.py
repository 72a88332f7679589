"""The tables at first."""

# ruff: noqa: RUF012

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("task", models.CharField(max_length=200, verbose_name="任务")),
                ("arguments", models.JSONField(default=dict, verbose_name="参数")),
                ("priority", models.SmallIntegerField(default=0)),
                ("run_after", models.DateTimeField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("READY", "Ready"),
                            ("RUNNING", "Running"),
                            ("FAILED", "Failed"),
                            ("SUCCESSFUL", "Successful"),
                        ],
                        default="READY",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("alive_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("worker", models.CharField(default="", max_length=64)),
                ("result", models.JSONField(null=True)),
                ("error", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["status", "-priority", "added_at"],
                        name="jobs_job_status_8ce558_idx",
                    )
                ],
            },
        ),
    ]
