"""常用语: what reviewers write again and again, offered where they write it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec
from django.db import transaction

from jixiao.check import Finding
from jixiao.model.errors import JixiaoError
from jixiao.web.accounts.models import User
from jixiao.web.journal.chain import Actor, record
from jixiao.web.review.models import Phrase
from jixiao.web.targets import fields
from jixiao.web.targets.presenting import Said

LONGEST = 300
MOST = 200
"""Phrases that one reviewer may keep: more would be no help."""


class PhraseError(JixiaoError):
    """A phrase that cannot be kept."""


class Stock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases that come with jixiao: everywhere, by rule, by field."""

    common: tuple[str, ...]
    rules: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[str, ...]]


class Group(NamedTuple):
    """Phrases under one heading of the list."""

    name: str
    words: tuple[str, ...]


@cache
def stock() -> Stock:
    """Return the phrases that come with jixiao."""
    data = resources.files("jixiao.web.review") / "data" / "phrases.toml"
    return msgspec.convert(tomllib.loads(data.read_text(encoding="utf-8")), Stock)


def here(place: Said) -> list[Group]:
    """Return the phrases for one place: what its findings suggest, then those of its rules."""
    known = stock()
    suggested = dict.fromkeys(
        note.finding.suggestion for note in place.notes if note.finding.suggestion
    )
    usual = dict.fromkeys(
        words for note in place.notes for words in known.rules.get(note.finding.code, ())
    )
    usual |= dict.fromkeys(known.fields.get(place.anchor, ()))
    return [Group("系统意见的建议", tuple(suggested)), Group("这一处常用", tuple(usual))]


def everywhere(user: User) -> list[Group]:
    """Return the phrases for every place: the reviewer's own, then the common ones."""
    own = tuple(Phrase.objects.filter(user=user.pk).values_list("body", flat=True))
    return [Group("我的常用语", own), Group("常用", stock().common)]


def of_finding(finding: Finding) -> str:
    """Return a finding as a reviewer would write it to the unit."""
    parts = [finding.message, finding.suggestion]
    return "".join(f"{part.rstrip('。')}。" for part in parts if part)


@transaction.atomic
def keep(actor: Actor, body: str) -> Phrase:
    """Keep a phrase as a reviewer's own; one that is there is no error. Raises PhraseError."""
    assert actor.user is not None
    body = " ".join(fields.clean(body).split())
    if not body:
        raise PhraseError("还没有写字", "先写好意见，再存为常用语")
    if len(body) > LONGEST:
        raise PhraseError(f"这句话有 {len(body)} 个字", f"常用语最长 {LONGEST} 个字，请缩短")
    kept = Phrase.objects.filter(user=actor.user)
    if kept.count() >= MOST:
        raise PhraseError(f"常用语已经有 {MOST} 条", "请先删去不用的")
    made, is_new = kept.get_or_create(user=actor.user, body=body)
    if is_new:
        record(actor, "review.phrase.keep", "phrase", made.pk, body=body)
    return made


@transaction.atomic
def drop(actor: Actor, phrase_id: int) -> None:
    """Drop a phrase of one's own; one that is not there any more is no error."""
    assert actor.user is not None
    found = Phrase.objects.filter(user=actor.user, pk=phrase_id).first()
    if found is not None:
        record(actor, "review.phrase.drop", "phrase", phrase_id, body=found.body)
        found.delete()
