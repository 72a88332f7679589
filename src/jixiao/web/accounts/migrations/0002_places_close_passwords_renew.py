"""Places can be closed, accounts reach below; passwords are renewed."""

# ruff: noqa: RUF012

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="is_open",
            field=models.BooleanField(default=True, verbose_name="在用"),
        ),
        migrations.AddField(
            model_name="section",
            name="is_open",
            field=models.BooleanField(default=True, verbose_name="在用"),
        ),
        migrations.AddField(
            model_name="unit",
            name="is_open",
            field=models.BooleanField(default=True, verbose_name="在用"),
        ),
        migrations.AddField(
            model_name="user",
            name="includes_below",
            field=models.BooleanField(default=False, verbose_name="含下级地区"),
        ),
        migrations.AddField(
            model_name="user",
            name="logins_ended",
            field=models.PositiveIntegerField(default=0, verbose_name="退出全部登录的次数"),
        ),
        migrations.AddField(
            model_name="user",
            name="must_change",
            field=models.BooleanField(default=False, verbose_name="登录后要先改密码"),
        ),
        migrations.AddField(
            model_name="user",
            name="password_set_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="密码设于"),
        ),
        migrations.AlterField(
            model_name="department",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="departments",
                to="accounts.section",
                verbose_name="归口业务股",
            ),
        ),
        migrations.AlterField(
            model_name="unit",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="units",
                to="accounts.department",
                verbose_name="主管部门",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.department",
                verbose_name="主管部门",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.section",
                verbose_name="业务股",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.unit",
                verbose_name="预算单位",
            ),
        ),
        migrations.CreateModel(
            name="FormerPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
