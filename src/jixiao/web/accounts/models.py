"""Regions, departments and units, and the users in them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import salted_hmac

from jixiao.web.accounts.roles import OF_UNIT, Role


class Region(models.Model):
    """行政区划: a node of the tree of provinces, cities, counties (GB/T 2260)."""

    code = models.CharField("行政区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """业务股: a section of the finance bureau that looks after some departments."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="sections")
    name = models.CharField("名称", max_length=60)
    is_open = models.BooleanField("在用", default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "name"], name="one_section_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """主管部门."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departments")
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="departments",
        verbose_name="归口业务股",
    )
    code = models.CharField("部门编码", max_length=20)
    name = models.CharField("名称", max_length=100)
    is_open = models.BooleanField("在用", default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "code"], name="one_department_of_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """预算单位."""

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="units", verbose_name="主管部门"
    )
    code = models.CharField("单位编码", max_length=20)
    name = models.CharField("名称", max_length=100)
    is_open = models.BooleanField("在用", default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "code"], name="one_unit_of_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """Return a new user; the password is hashed."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.clean_place()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with one role, in the place that the role asks for."""

    username = models.CharField("账号", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="users")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, verbose_name="业务股"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, verbose_name="主管部门"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name="预算单位"
    )
    includes_below = models.BooleanField("含下级地区", default=False)
    must_change = models.BooleanField("登录后要先改密码", default=False)
    password_set_at = models.DateTimeField("密码设于", null=True, blank=True)
    logins_ended = models.PositiveIntegerField("退出全部登录的次数", default=0)
    is_active = models.BooleanField("在用", default=True)
    failures = models.PositiveSmallIntegerField("连续登录失败", default=0)
    locked_until = models.DateTimeField("锁定到", null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name

    @property
    def office(self) -> str:
        """Where the person works, as the page says it."""
        return str(self.unit or self.department or self.section or self.region)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind a session to the password and to the count of ends: raising it ends all others."""
        bound = f"{self.password}:{self.logins_ended}"
        hashed = salted_hmac("jixiao.accounts.session", bound, secret=secret, algorithm="sha256")
        return hashed.hexdigest()

    def clean_place(self) -> None:
        """Raise ValidationError where a role lacks the place that it belongs to."""
        role = Role(self.role)
        needed = None
        if role in OF_UNIT and self.unit is None:
            needed = "预算单位"
        elif role is Role.DEPARTMENT and self.department is None:
            needed = "主管部门"
        elif role is Role.BUSINESS and self.section is None:
            needed = "业务股"
        if needed:
            raise ValidationError(f"“{role.label}”的账号要写明{needed}")


class FormerPassword(models.Model):
    """A password, hashed, that a user had: not to be taken again so soon."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
