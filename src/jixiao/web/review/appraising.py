"""审核表: proposed from the findings, decided by reviewers, a sheet for each role.

What is proposed is computed anew whenever it is shown; what was decided is kept field by field,
each with who decided it, and is never overwritten by what someone else has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from jixiao.check.review_form import Form, form
from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.errors import MovedOnError
from jixiao.web.journal.chain import Actor, record
from jixiao.web.review.models import Appraisal
from jixiao.web.review.proposing import OF_ITEM, OF_SHEET, Shown, proposal, shown
from jixiao.web.scope import Action
from jixiao.web.targets import fields
from jixiao.web.targets.drafting import At, Conflict
from jixiao.web.targets.models import Sheet, Text
from jixiao.write.plain import number

LONGEST = 2000
_RECORDED = 500


class AppraisalError(JixiaoError):
    """Something that a review sheet has no place for, or that it lacks."""


class Kept(NamedTuple):
    """A review sheet after a change, and the conflict where the change was not made."""

    text: Text
    shown: Shown
    conflict: Conflict | None = None


@transaction.atomic
def save(actor: Actor, text_id: int, at: At, value: str, before: str) -> Kept:
    """Save one field, or return the conflict. Raises AppraisalError, MovedOnError, Http404."""
    text, user, appraisal, sheets = _opened(actor, text_id, at.sheet)
    value = fit(at.row, at.field, value)
    key = f"{at.row}.{at.field}"
    kept = appraisal.decided.get(key, {})
    now = kept.get("value", "")
    conflict = None
    if now not in (value, fields.clean(before)):
        when = datetime.fromisoformat(kept["at"]) if kept else None
        conflict = Conflict(now, value, kept.get("person", ""), when)
    elif now != value:
        changes = {key: value}
        if at.row and at.field == "score" and value:
            changes |= _judged(appraisal, at.row, Decimal(value), Decimal(now) if now else None)
        _put(appraisal, user, changes)
        clipped = {"before": now[:_RECORDED], "after": value[:_RECORDED]}
        record(actor, "review.appraise", "text", text.pk, **at._asdict(), **clipped)
    made = proposal(text, sheets)
    return Kept(text, shown(text, sheets, made, at.sheet, Role(user.role), appraisal), conflict)


def _judged(
    appraisal: Appraisal, row: str, score: Decimal, before: Decimal | None
) -> dict[str, str]:
    """Return the judgement that goes with a new score, unless a reviewer judged otherwise."""
    points = next(item.points for item in form().items if item.name == row)
    now = appraisal.decided.get(f"{row}.judgement", {}).get("value", "")
    followed = "" if before is None else form().judgement(before, points)
    if now not in ("", followed):
        return {}
    return {f"{row}.judgement": form().judgement(score, points)}


@transaction.atomic
def take(actor: Actor, text_id: int, sheet_id: int | None) -> Kept:
    """Decide as proposed wherever nothing is decided yet and something is proposed."""
    text, user, appraisal, sheets = _opened(actor, text_id, sheet_id)
    made = proposal(text, sheets)
    proposed = made.of(sheets, sheet_id)
    wanted = {".grade": proposed.grade, ".outcome": proposed.outcome}
    for item in proposed.items:
        if item.judgement is not None:
            wanted[f"{item.name}.score"] = number(item.score)
            wanted[f"{item.name}.judgement"] = item.judgement
    changes = {
        key: value
        for key, value in wanted.items()
        if not appraisal.decided.get(key, {}).get("value")
    }
    if changes:
        _put(appraisal, user, changes)
        record(actor, "review.appraise.take", "text", text.pk, sheet=sheet_id, fields=len(changes))
    return Kept(text, shown(text, sheets, made, sheet_id, Role(user.role), appraisal))


@transaction.atomic
def complete(actor: Actor, text_id: int, sheet_id: int | None, *, done: bool) -> Kept:
    """Say that a sheet is filled, or that it is not. Raises AppraisalError naming what it lacks."""
    text, user, appraisal, sheets = _opened(actor, text_id, sheet_id)
    made = proposal(text, sheets)
    missing = shown(text, sheets, made, sheet_id, Role(user.role), appraisal).missing
    if done and missing:
        raise AppraisalError(f"审核表还缺{'、'.join(missing)}", "请填上，或先“采用建议”")
    if done != (appraisal.completed_at is not None):
        appraisal.completed_at = timezone.now() if done else None
        appraisal.person = user
        appraisal.save()
        action = "review.appraise.complete" if done else "review.appraise.reopen"
        record(actor, action, "text", text.pk, sheet=sheet_id)
    return Kept(text, shown(text, sheets, made, sheet_id, Role(user.role), appraisal))


def fit(row: str, field: str, value: str) -> str:
    """Return a value as a sheet keeps it. Raises AppraisalError where it cannot be kept."""
    known: Form = form()
    value = fields.clean(value).strip()
    item = next((each for each in known.items if each.name == row), None)
    if (row and item is None) or field not in (OF_ITEM if row else OF_SHEET):
        raise AppraisalError("审核表里没有这一栏", "请刷新页面后再试")
    if field == "opinion" and len(value) > LONGEST:
        raise AppraisalError(f"审核说明有 {len(value)} 个字，太长了", f"请缩到 {LONGEST} 字以内")
    if field in _choices(known) and value and value not in _choices(known)[field]:
        raise AppraisalError(f"没有“{value[:20]}”这一种", "请从给出的里面选")
    if item is not None and field == "score" and value:
        return _score(value, item.points, item.name)
    return value


def choices() -> dict[str, tuple[str, ...]]:
    """Return what can be chosen in the fields that are chosen from."""
    return dict(_choices(form()))


def _choices(known: Form) -> Mapping[str, tuple[str, ...]]:
    grades = tuple(grade.name for grade in known.grades)
    outcomes = tuple(grade.outcome for grade in known.grades)
    return {"judgement": grades, "grade": grades, "outcome": outcomes}


def _score(value: str, points: Decimal, name: str) -> str:
    try:
        score = Decimal(value)
        fits = score.is_finite() and 0 <= score <= points and score == round(score, 1)
    except InvalidOperation:
        fits = False
    if not fits:
        raise AppraisalError(
            f"“{name}”的得分不能是“{value[:20]}”", f"请写 0 到 {number(points)} 的数，最多一位小数"
        )
    return number(score)


def _opened(
    actor: Actor, text_id: int, sheet_id: int | None
) -> tuple[Text, User, Appraisal, list[Sheet]]:
    if actor.user is None:
        raise PermissionError("nobody fills a review sheet")
    text = scope.locked(actor.user, Action.APPRAISE, text_id)
    sheets = list(text.sheets.all())
    if sheet_id is not None and all(sheet.pk != sheet_id for sheet in sheets):
        raise MovedOnError("这个项目已经被删除", "请回到文本页面，看最新的项目")
    found = Appraisal.objects.select_related("person").filter(
        text=text, sheet=sheet_id, role=actor.user.role
    )
    appraisal = found.first() or Appraisal(text=text, sheet_id=sheet_id, role=actor.user.role)
    return text, actor.user, appraisal, sheets


def _put(appraisal: Appraisal, user: User, changes: Mapping[str, str]) -> None:
    """Write what was decided; a sheet that lacks something by now is filled no more."""
    now = timezone.now().isoformat()
    for key, value in changes.items():
        appraisal.decided[key] = {"value": value, "person": user.name, "at": now}
    needed = [f"{item.name}.score" for item in form().items] + [".grade", ".outcome"]
    if any(not appraisal.decided.get(key, {}).get("value") for key in needed):
        appraisal.completed_at = None
    appraisal.person = user
    appraisal.save()
