"""The way of a text: 草稿 → 单位审核 → 主管部门审核 → 财政审核 → 批复, or back with an opinion.

Where a region holds rounds, 一上 ends at 一下 and 二上 begins the way anew; an adjustment goes the
same way and ends in the approved text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from jixiao.check import Finding, Severity
from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.accounts.roles import Role
from jixiao.web.adjustments import applying
from jixiao.web.journal.chain import Actor, record
from jixiao.web.rounds import calendar, opening
from jixiao.web.scope import Action
from jixiao.web.targets import auditing, content
from jixiao.web.targets.auditing import Spot, Waived, spot
from jixiao.web.targets.fields import without_controls
from jixiao.web.targets.models import Sheet, Text, Waiver
from jixiao.web.targets.states import REVIEWS, Reason, Stage, State, Step
from jixiao.web.targets.trail import decide, keep_version, move

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
    if not sheets:
        raise StepError("这份文本还没有项目", "请先填写或导入项目，再提交")
    calendar.enter(text)
    applying.check(text, sheets)
    found = auditing.audit(text, sheets)
    _waive(user, text, sheets, found, reasons or {})
    auditing.count(text, sheets, found)
    if text.errors:
        raise StepError(
            f"还有 {text.errors} 处错误没有改，也没有说明理由", "请改正，或逐条写明理由后再提交"
        )
    if text.submitted_at is None:
        text.submitted_at = timezone.now()
    version = keep_version(text, sheets, user, Reason.SUBMIT)
    move(text, State.UNIT)
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
        move(text, REVIEWS[REVIEWS.index(State(text.state)) + 1])
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
    if text.original_id:
        applying.approve(actor, text, opinion)
    elif text.stage == Stage.FIRST:
        _issue(actor, text, opinion)
    else:
        version = keep_version(text, list(text.sheets.all()), user, Reason.APPROVE)
        move(text, State.APPROVED)
        decide(user, text, Step.APPROVE, opinion, version)
        record(actor, "text.approve", "text", text.pk, version=version.number)
    return text


def agreed_words(text: Text) -> str:
    """Return what became of a text that was just agreed to."""
    if text.state == State.APPROVED:
        return "已批复"
    if text.state == State.CLOSED:
        return "调整已批复，写进批复的文本"
    # Where 二上 has opened already it is a draft again.
    if text.state in (State.ISSUED, State.DRAFT):
        return "一上审核通过，审核意见已下达"
    return "已通过"


@transaction.atomic
def send_back(actor: Actor, text_id: int, opinion: str) -> Text:
    """Return a text to its unit. Raises StepError without an opinion or open comments."""
    user = _user(actor)
    text = scope.locked(user, Action.REVIEW, text_id)
    opinion = _checked(opinion)
    if not opinion and not text.comments.filter(settled_at=None).exists():
        raise StepError("退回要说明原因", "请写退回意见，或在栏目上写意见后再退回")
    move(text, State.RETURNED)
    decide(user, text, Step.RETURN, opinion)
    record(actor, "text.return", "text", text.pk, opinion=opinion)
    return text


def _issue(actor: Actor, text: Text, opinion: str) -> None:
    """End 一上 (一下); where 二上 has opened already the text goes on to it at once."""
    user = _user(actor)
    version = keep_version(text, list(text.sheets.all()), user, Reason.ISSUE)
    move(text, State.ISSUED)
    decide(user, text, Step.ISSUE, opinion, version)
    record(actor, "text.issue", "text", text.pk, version=version.number)
    second = calendar.second_is_open(text)
    if second is not None:
        opening.reopen(actor, text, second.person)


def blocking(text: Text, sheets: list[Sheet]) -> list[tuple[Finding, Waiver | None]]:
    """Return the errors of a text, those that were waived with their waiver."""
    waived = Waived(text.waivers.all(), sheets)
    found = content.findings_of(text.findings)
    return [(each, waived.of(each)) for each in found if each.severity is Severity.ERROR]


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
    opinion = without_controls(opinion)
    if len(opinion) > LONGEST_OPINION:
        raise StepError(f"意见有 {len(opinion)} 个字，太长了", f"请缩到 {LONGEST_OPINION} 字以内")
    return opinion.strip()


def _user(actor: Actor) -> User:
    if actor.user is None:
        raise PermissionError("a step is made by a person")
    return actor.user
