"""Tokens: shown once, kept as a hash, with an end, revoked by their owner or the administrator."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.api import tokens
from jixiao.web.api.models import ApiToken
from jixiao.web.journal.chain import Actor
from jixiao.web.journal.models import Entry
from web_api import (
    PEOPLE,
    Program,
)


def test_only_the_hash_of_a_token_is_kept(program: Callable[[str], Program]) -> None:
    made = program("tianbao").made
    kept = ApiToken.objects.values().get(pk=made.token.pk)
    assert made.words not in str(kept)
    assert kept["hash"] == hashlib.sha256(made.words.encode()).hexdigest()
    assert len(made.words) >= 43


def test_tokens_that_open_nothing(program: Callable[[str], Program]) -> None:
    def told(asking: Program) -> str:
        answer = asking.get("/rules")
        assert answer.status_code == 401
        error: str = answer.json()["error"]
        return error

    now = timezone.now()
    expired, revoked, disabled, locked, due = (program(name) for name in PEOPLE[:5])
    ApiToken.objects.filter(pk=expired.made.token.pk).update(expires_at=now)
    tokens.revoke(Actor(revoked.user), revoked.made.token.pk)
    User.objects.filter(pk=disabled.user.pk).update(is_active=False)
    User.objects.filter(pk=locked.user.pk).update(locked_until=now + timedelta(minutes=9))
    User.objects.filter(pk=due.user.pk).update(must_change=True)
    assert "改密码" in told(due)
    assert "过期" in told(expired)
    assert "吊销" in told(revoked)
    assert "停用" in told(disabled)
    assert "锁定" in told(locked)


def test_last_use_is_written_now_and_then(program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    asking.get("/rules")
    first = ApiToken.objects.get(pk=asking.made.token.pk).last_used_at
    asking.get("/rules")
    assert first is not None
    assert ApiToken.objects.get(pk=asking.made.token.pk).last_used_at == first


def test_the_page_shows_a_token_once(logged_in: Callable[[str], Client]) -> None:
    client = logged_in("tianbao")
    page = client.post("/tokens/add/", {"name": "一体化系统", "days": "90"})
    assert page.status_code == 201
    words = re.search(r'value="(jx_[\w-]+)"', page.content.decode())
    assert words is not None
    answer = Client(headers={"Authorization": f"Bearer {words[1]}"}).get("/api/texts")
    assert answer.status_code == 200
    again = client.get("/tokens/").content.decode()
    assert "一体化系统" in again and words[1] not in again
    entry = Entry.objects.filter(action="token.add").latest("number")
    assert "一体化系统" in entry.detail and words[1] not in entry.detail


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "", "days": "90"},
        {"name": "x", "days": "366"},
        {"name": "x", "days": "0"},
        {"name": "x"},
        {"name": "字" * 61, "days": "30"},
    ],
)
def test_a_token_needs_a_name_and_an_end(
    asked: dict[str, str], logged_in: Callable[[str], Client]
) -> None:
    assert logged_in("renda").post("/tokens/add/", asked).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_user_has_a_bounded_number_of_tokens(program: Callable[[str], Program]) -> None:
    actor = Actor(program("tianbao").user)
    for _ in range(tokens.MOST - 1):
        tokens.issue(actor, "x", 1)
    with pytest.raises(tokens.TokenError, match="吊销"):
        tokens.issue(actor, "x", 1)


def test_who_revokes_a_token(
    program: Callable[[str], Program], logged_in: Callable[[str], Client]
) -> None:
    asking = program("tianbao")
    there = f"/tokens/{asking.made.token.pk}/revoke/"
    assert logged_in("jixiao").post(there).status_code == 404
    assert asking.get("/rules").status_code == 200
    assert "测试" in logged_in("admin").get("/tokens/").content.decode()
    assert "测试" not in logged_in("jixiao").get("/tokens/").content.decode()
    assert logged_in("admin").post(there).status_code == 302
    assert asking.get("/rules").status_code == 401
    entry = Entry.objects.filter(action="token.revoke").latest("number")
    assert entry.person.startswith("周工") and "tianbao" in entry.detail


def test_a_password_that_is_reset_ends_all_tokens(
    program: Callable[[str], Program], logged_in: Callable[[str], Client]
) -> None:
    asking = program("tianbao")
    assert logged_in("admin").post(f"/accounts/{asking.user.pk}/reset/").status_code < 400
    User.objects.filter(pk=asking.user.pk).update(must_change=False)
    assert "吊销" in asking.get("/rules").json()["error"]


def test_a_session_whose_password_is_due_does_not_matter_to_a_token(
    program: Callable[[str], Program],
) -> None:
    asking = program("tianbao")
    other = User.objects.get(username="danwei")
    asking.client.force_login(other)
    User.objects.filter(pk=other.pk).update(must_change=True)
    assert asking.get("/rules").status_code == 200
