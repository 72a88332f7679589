"""The chain of entries: each holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jixiao.web.journal.models import Entry, Head

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User


class Actor(NamedTuple):
    """Who does something, from where, and by which token, if a program does it for them.

    Nobody (None) is who does what this program does by itself.
    """

    user: User | None
    address: str = ""
    token: int | None = None


class Broken(NamedTuple):
    """Where the chain does not hold, and why."""

    number: int
    reason: str


class Verdict(NamedTuple):
    """What a check of the chain says: how many entries, the last hash, where it first breaks."""

    entries: int
    last: str
    broken: Broken | None


def actor_of(request: HttpRequest) -> Actor:
    """Return who sends a request."""
    user = request.user
    token = getattr(request, "token", None)
    return Actor(
        user if user.is_authenticated else None, address_of(request), token.pk if token else None
    )


def address_of(request: HttpRequest | None) -> str:
    """Return the address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR") or "")[:64] if request else ""


def record(
    actor: Actor, action: str, subject: str, subject_id: int | None = None, **detail: object
) -> None:
    """Add an entry, in the transaction of what it records.

    It is to be the last thing that a transaction does: until it ends no other can add one.
    """
    if actor.token is not None:
        detail["token"] = actor.token
    # Without a savepoint: what is asked while the end is locked keeps all others waiting.
    with transaction.atomic(savepoint=False):
        head = Head.objects.select_for_update().filter(pk=1).first()
        if head is None:
            Head.objects.bulk_create([Head(pk=1)], ignore_conflicts=True)
            head = Head.objects.select_for_update().get(pk=1)
        entry = Entry(
            number=head.number + 1,
            at=timezone.now(),
            user=actor.user.pk if actor.user else None,
            person=f"{actor.user.name}（{actor.user.username}）" if actor.user else "系统",
            address=actor.address,
            action=action,
            subject=subject,
            subject_id=subject_id,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
            previous=head.hash,
        )
        entry.hash = digest(entry)
        entry.save(force_insert=True)
        head.number, head.hash = entry.number, entry.hash
        head.save(update_fields=["number", "hash"])


def digest(entry: Entry) -> str:
    """Return the SHA-256 of all that an entry says and of the hash before it."""
    told = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.user,
        entry.person,
        entry.address,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.detail,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def verify() -> Verdict:
    """Walk the chain from its beginning; entries that are added meanwhile do not disturb."""
    last, number, broken = "", 0, None
    begun_at, at_begin = _end()
    reached = begun_at == 0
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        if broken is None:
            broken = _fault(entry, number + 1, last)
        last, number = entry.hash, entry.number
        reached = reached or (number, last) == (begun_at, at_begin)
    ended_at, at_end = _end()
    is_whole = reached and (number < ended_at or (number, last) == (ended_at, at_end))
    if broken is None and not is_whole:
        broken = Broken(number + 1, "末尾的记录被删去了")
    return Verdict(Entry.objects.count(), last, broken)


def _end() -> tuple[int, str]:
    """Return the number and the hash that the last entry is to have."""
    head = Head.objects.filter(pk=1).first()
    return (head.number, head.hash) if head else (0, "")


def _fault(entry: Entry, number: int, last: str) -> Broken | None:
    if entry.number != number:
        return Broken(number, "这一条被删去了")
    if entry.previous != last:
        return Broken(number, "与前一条接不上")
    if entry.hash != digest(entry):
        return Broken(number, "内容被改过")
    return None


def words() -> dict[str, str]:
    """Return what each action is called."""
    return _told()["actions"]


def details() -> dict[str, str]:
    """Return what the parts of an entry's detail are called."""
    return _told()["details"]


@cache
def _told() -> dict[str, dict[str, str]]:
    import tomllib

    data = resources.files("jixiao.web.journal") / "actions.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"))
