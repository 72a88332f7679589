"""The way of a text: 草稿 → 单位审核 → 主管部门审核 → 财政审核 → 批复, or back with an opinion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jixiao.check import Finding, Severity
from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import auditing, content
from jixiao.web.targets.auditing import Spot, Waived, spot
from jixiao.web.targets.models import Decision, Sheet, Text, Version, Waiver
from jixiao.web.targets.states import REVIEWS, Reason, State, Step

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User

LONGEST_OPINION = 4000


class StepError(JixiaoError):
    """A step that cannot be made as a text stands."""


@transaction.atomic
def submit(actor: Actor, text_id: int, reasons: Mapping[Spot, str] | None = None) -> Text:
    """Submit a text; ``reasons`` say why errors that are left are none (豁免).

    Raises StepError where an error is left without a reason, or where there is nothing to submit.
    """
    user = _user(actor)
    text = scope.locked(user, Action.SUBMIT, text_id)
    sheets = list(text.sheets.all())
    found = auditing.audit(text, sheets)
    if not sheets:
        raise StepError("这份文本还没有项目", "请先填写或导入项目，再提交")
    _waive(user, text, sheets, found, reasons or {})
    auditing.count(text, sheets, found)
    if text.errors:
        raise StepError(
            f"还有 {text.errors} 处错误没有改，也没有说明理由", "请改正，或逐条写明理由后再提交"
        )
    if text.submitted_at is None:
        text.submitted_at = timezone.now()
    version = keep_version(text, sheets, user, Reason.SUBMIT)
    _move(text, State.UNIT)
    decide(user, text, Step.SUBMIT, version=version)
    record(actor, "text.submit", "text", text.pk, version=version.number)
    return text


@transaction.atomic
def agree(actor: Actor, text_id: int, opinion: str = "") -> Text:
    """Let a text pass the review that it is in; when both sections agree the bureau approves."""
    user = _user(actor)
    text = scope.locked(user, Action.REVIEW, text_id)
    opinion = _checked(opinion)
    if text.state != State.FINANCE:
        _move(text, REVIEWS[REVIEWS.index(State(text.state)) + 1])
        decide(user, text, Step.PASS, opinion)
        record(actor, "text.pass", "text", text.pk, to=text.state)
        return text
    if user.role == Role.BUSINESS:
        text.business_agreed = True
    else:
        text.performance_agreed = True
    if not (text.business_agreed and text.performance_agreed):
        text.save()
        decide(user, text, Step.PASS, opinion)
        record(actor, "text.pass", "text", text.pk, to=text.state)
        return text
    version = keep_version(text, list(text.sheets.all()), user, Reason.APPROVE)
    _move(text, State.APPROVED)
    decide(user, text, Step.APPROVE, opinion, version)
    record(actor, "text.approve", "text", text.pk, version=version.number)
    return text


@transaction.atomic
def send_back(actor: Actor, text_id: int, opinion: str) -> Text:
    """Return a text to its unit. Raises StepError without an opinion or open comments."""
    user = _user(actor)
    text = scope.locked(user, Action.REVIEW, text_id)
    opinion = _checked(opinion)
    if not opinion and not text.comments.filter(settled_at=None).exists():
        raise StepError("退回要说明原因", "请写退回意见，或在栏目上写意见后再退回")
    _move(text, State.RETURNED)
    decide(user, text, Step.RETURN, opinion)
    record(actor, "text.return", "text", text.pk, opinion=opinion)
    return text


def keep_version(text: Text, sheets: list[Sheet], user: User | None, reason: Reason) -> Version:
    """Keep what a text says now as a version."""
    last = text.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        text=text,
        number=last + 1,
        reason=reason,
        content=content.dumped(content.whole(text, sheets)),
        findings=text.findings,
        errors=text.errors,
        person=user,
    )


def blocking(text: Text, sheets: list[Sheet]) -> list[tuple[Finding, Waiver | None]]:
    """Return the errors of a text, those that were waived with their waiver."""
    waived = Waived(text.waivers.all(), sheets)
    found = content.findings_of(text.findings)
    return [(each, waived.of(each)) for each in found if each.severity is Severity.ERROR]


def decide(
    user: User, text: Text, step: Step, opinion: str = "", version: Version | None = None
) -> None:
    """Write down a step that was just made."""
    Decision.objects.create(
        text=text,
        step=step,
        before=text.__dict__.pop("_before", text.state),
        after=text.state,
        opinion=opinion,
        person=user,
        office=f"{user.office}　{user.get_role_display()}",
        version=version,
    )


def _move(text: Text, state: State) -> None:
    text.__dict__["_before"] = text.state
    text.state = state
    text.entered_at = timezone.now()
    text.business_agreed = text.performance_agreed = False
    text.save()


def _waive(
    user: User,
    text: Text,
    sheets: list[Sheet],
    found: list[Finding],
    reasons: Mapping[Spot, str],
) -> None:
    """Write the reasons that were given, and drop those of errors that are gone."""
    live = {spot(each, sheets) for each in found if each.severity is Severity.ERROR}
    for waiver in text.waivers.all():
        if (waiver.sheet_id, waiver.row, waiver.field, waiver.code) not in live:
            waiver.delete()
    for (sheet, row, field, code), reason in reasons.items():
        if (sheet, row, field, code) in live and _checked(reason):
            spots = text.waivers.filter(sheet=sheet, row=row, field=field, code=code)
            if not spots.update(reason=_checked(reason), person=user):
                Waiver.objects.create(
                    text=text,
                    sheet_id=sheet,
                    row=row,
                    field=field,
                    code=code,
                    reason=_checked(reason),
                    person=user,
                )


def _checked(opinion: str) -> str:
    if len(opinion) > LONGEST_OPINION:
        raise StepError(f"意见有 {len(opinion)} 个字，太长了", f"请缩到 {LONGEST_OPINION} 字以内")
    return opinion.strip()


def _user(actor: Actor) -> User:
    if actor.user is None:
        raise PermissionError("a step is made by a person")
    return actor.user
