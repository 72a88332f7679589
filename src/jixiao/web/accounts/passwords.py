"""Passwords: what a good one is, which ones one had, and the one-time ones that others give."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import (
    PBKDF2PasswordHasher,
    check_password,
    get_hasher,
    make_password,
)
from django.core.exceptions import ValidationError
from django.utils import timezone

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User

_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 12
"""Of a one-time password: letters that are not mistaken for each other, and how many (69 bits)."""

_ROUNDS = 20_000
"""Of hashing a one-time password: chance chose it, so that no guessing gets near, and three hundred
are made at once. The one that its user sets in its stead is hashed in full."""

_KEPT = 5


class Classes:
    """Asks for several of: capitals, small letters, digits, other signs."""

    def __init__(self, least: int = 3) -> None:
        """Take how many."""
        self._least = least

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        """Raise ValidationError where a password has too few."""
        kinds = {
            "upper" if each.isascii() and each.isupper()
            else "lower" if each.isascii() and each.islower()
            else "digit" if each.isdigit()
            else "sign"
            for each in password
        }  # fmt: skip
        if len(kinds) < self._least:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """Return the rule."""
        return f"密码要有大写字母、小写字母、数字、符号中的 {self._least} 种。"


class NotUsedBefore:
    """Refuses the passwords that a user had last."""

    def __init__(self, count: int = _KEPT) -> None:
        """Take how many are remembered."""
        self._count = count

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one of the last."""
        if user is None or user.pk is None:
            return
        former = user.former_passwords.values_list("password", flat=True)[: self._count]
        if any(check_password(password, each) for each in {user.password, *former}):
            raise ValidationError(self.get_help_text())

    def password_changed(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        """Remember what a user has now (Django calls this once it is saved)."""
        if user is None:
            return
        user.former_passwords.create(password=user.password)
        kept = user.former_passwords.values_list("pk", flat=True)[: self._count]
        user.former_passwords.exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        """Return the rule."""
        return f"不能是最近 {self._count} 次用过的密码。"


def one_time() -> tuple[str, str]:
    """Return a password made by chance, and its hash."""
    password = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return password, hasher.encode(password, hasher.salt(), iterations=_ROUNDS)
    return password, make_password(password)


def is_due(user: User) -> bool:
    """Tell whether a user has to change the password before anything else."""
    if user.must_change:
        return True
    if not settings.PASSWORD_DAYS or user.password_set_at is None:
        return False
    return timezone.now() - user.password_set_at > timedelta(days=settings.PASSWORD_DAYS)
