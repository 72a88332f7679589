"""Tokens: made, shown once, known again by their hash, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.accounts.lockout import is_locked
from jixiao.web.accounts.models import User
from jixiao.web.accounts.passwords import is_due
from jixiao.web.api.models import ApiToken
from jixiao.web.errors import UnknownError
from jixiao.web.journal.chain import Actor, record
from jixiao.web.targets.fields import without_controls

PREFIX = "jx_"
"""What each token begins with, so that one left in a script is found by a search."""

LONGEST_DAYS = 365
"""Days that a token may be good for: one that is forgotten must not stay open for ever."""

MOST = 20
"""Tokens that one user may have in use at a time."""

_BYTES = 32
"""Of chance in a token: 256 bits cannot be guessed, so that a plain hash is enough to keep."""

_SEEN = timedelta(minutes=1)
"""The time of last use is written no oftener than this: not at every request."""

_HOW = "请在网页右上角的“接口令牌”里新建一个"


class TokenError(JixiaoError):
    """A token that cannot be made as it was asked for."""


class Made(NamedTuple):
    """A new token, and the words of it, which nobody can tell again."""

    token: ApiToken
    words: str


@transaction.atomic
def issue(actor: Actor, name: str, days: int) -> Made:
    """Make a token for who asks, good for some days. Raises TokenError."""
    user = _user(actor)
    name = " ".join(without_controls(name).split())
    if not name or len(name) > 60:
        raise TokenError("令牌要有名称，1 到 60 个字", "请写明给哪个程序用")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenError(f"有效期要在 1 到 {LONGEST_DAYS} 天之间", "请重新选择有效期")
    User.objects.select_for_update().get(pk=user.pk)
    now = timezone.now()
    if user.api_tokens.filter(revoked_at=None, expires_at__gt=now).count() >= MOST:
        raise TokenError(f"在用的令牌已有 {MOST} 个", "请先吊销不用的")
    words = PREFIX + secrets.token_urlsafe(_BYTES)
    token = ApiToken.objects.create(
        user=user, name=name, hash=digest(words), expires_at=now + timedelta(days=days)
    )
    record(
        actor, "token.add", "token", token.pk, name=name, until=timezone.localdate(token.expires_at)
    )
    return Made(token, words)


@transaction.atomic
def revoke(actor: Actor, token_id: int) -> ApiToken:
    """Close a token for good; one that is closed stays so. Raises ApiToken.DoesNotExist."""
    found = scope.tokens(_user(actor)).select_for_update(of=("self",)).get(pk=token_id)
    if found.revoked_at is None:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        record(actor, "token.revoke", "token", found.pk, name=found.name, of=found.user.username)
    return found


def known(words: str) -> ApiToken:
    """Return the token of some words, with its user. Raises UnknownError where it opens nothing.

    Only who brings the right words is told why they are not enough.
    """
    people = ("user__region", "user__section", "user__department", "user__unit")
    found = ApiToken.objects.select_related(*people).filter(hash=digest(words)).first()
    if found is None:
        raise UnknownError("没有这个令牌", _HOW)
    if found.revoked_at is not None:
        raise UnknownError("令牌已经吊销", _HOW)
    if found.is_expired:
        raise UnknownError("令牌已经过期", _HOW)
    if not found.user.is_active:
        raise UnknownError("令牌所属的账号已停用", "请联系管理员")
    if is_locked(found.user):
        raise UnknownError("令牌所属的账号已锁定", "请等锁定的时间过去，或联系管理员")
    if is_due(found.user):
        raise UnknownError("令牌所属的账号要先改密码", "请登录网页，改好密码后再试")
    _used(found)
    return found


def digest(words: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _used(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _SEEN:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _user(actor: Actor) -> User:
    if actor.user is None:
        raise PermissionError("a token belongs to a person")
    return actor.user
