"""Logins: after several failures in a row an account is locked for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.journal.chain import Actor, address_of, record


class LockoutBackend(BaseBackend):
    """Knows users by name and password; failures are counted and recorded."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        """Return the user, or None for a wrong password, an unknown or a locked account."""
        if not username or password is None:
            return None
        with transaction.atomic():
            user = User.objects.select_for_update().filter(username=username).first()
            if user is None:
                User().set_password(password)  # as slow as for an account that there is
                return None
            actor = Actor(user, address_of(request))
            if not user.is_active or is_locked(user):
                user.check_password(password)  # as slow as for an account that is in use
                record(actor, "login.refused", "account", user.pk)
                return None
            if not user.check_password(password):
                _count(user, actor)
                return None
            if user.failures or user.locked_until:
                user.failures, user.locked_until = 0, None
                user.save(update_fields=["failures", "locked_until"])
            record(actor, "login", "account", user.pk)
            return user

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, with where the person works."""
        found = User.objects.select_related("region", "section", "department", "unit")
        return found.filter(pk=user_id, is_active=True).first()


@transaction.atomic
def failed(actor: Actor) -> bool:
    """Count a password that was wrong within a session; return whether the account is locked by it.

    Who finds a session open is not to guess there what cannot be guessed at the login.
    """
    assert actor.user is not None
    user = User.objects.select_for_update().get(pk=actor.user.pk)
    _count(user, actor)
    return is_locked(user)


def _count(user: User, actor: Actor) -> None:
    user.failures += 1
    if user.failures >= settings.LOCKOUT_FAILURES:
        user.failures = 0
        user.locked_until = timezone.now() + timedelta(minutes=settings.LOCKOUT_MINUTES)
    user.save(update_fields=["failures", "locked_until"])
    action = "login.locked" if is_locked(user) else "login.failed"
    record(actor, action, "account", user.pk)


def is_locked(user: User) -> bool:
    """Tell whether an account is locked at this moment."""
    return user.locked_until is not None and user.locked_until > timezone.now()
