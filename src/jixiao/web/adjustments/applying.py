"""绩效目标调整: applied for, kept within what was applied for, approved into the text, or cancelled.

An adjustment is worked on in a copy of the approved text. The approved text itself does not change
before the adjustment is approved, so that who reads it reads what was approved.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.adjustments.models import Adjustment, Outcome
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import auditing, content, trail
from jixiao.web.targets.fields import without_controls
from jixiao.web.targets.models import Sheet, Text, Version, Waiver
from jixiao.web.targets.states import Reason, State, Step

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User

LONGEST_REASON = 2000


class AdjustmentError(JixiaoError):
    """An adjustment that cannot be made as it was asked for."""


@transaction.atomic
def apply(actor: Actor, text_id: int, sheet_ids: Collection[int], reason: str) -> Adjustment:
    """Apply for an adjustment of some projects of an approved text; the copy to edit is made.

    Raises AdjustmentError without projects or a reason, MovedOnError where one is in work already.
    """
    user = _user(actor)
    text = scope.locked(user, Action.ADJUST, text_id)
    reason = without_controls(reason).strip()
    sheets = list(text.sheets.all())
    chosen = [each for each in sheets if each.pk in set(sheet_ids)]
    if not chosen:
        raise AdjustmentError("没有选择要调整的项目", "请勾选至少一个项目")
    if not reason:
        raise AdjustmentError("没有写调整理由", "请写明为什么要调整，审核人会看到")
    if len(reason) > LONGEST_REASON:
        raise AdjustmentError(
            f"调整理由有 {len(reason)} 个字，太长了", f"请缩到 {LONGEST_REASON} 字以内"
        )
    before = _approved_version(text, sheets, user)
    copy = _copied(text, sheets, {each.pk for each in chosen}, user)
    made = Adjustment.objects.create(
        text=copy,
        number=text.adjustments.count(),
        reason=reason,
        before=before,
        person=user,
    )
    # On the copy: who may not see it is not to learn of it from the approved text.
    trail.decide(user, copy, Step.APPLY, reason, before)
    record(
        actor,
        "adjustment.apply",
        "text",
        text.pk,
        adjustment=copy.pk,
        projects=[each.pk for each in chosen],
        reason=reason,
    )
    return made


def check(text: Text, sheets: list[Sheet]) -> None:
    """Raise AdjustmentError where an adjustment says something new outside of its projects.

    Other texts pass. The pages do not offer such changes; this holds whatever way they came in.
    """
    if text.original_id is None:
        return
    ours = {each.pk: each for each in Sheet.objects.filter(text=text.original_id)}
    head = Text.objects.values_list("head", flat=True).get(adjustments=text)
    frozen = [each for each in sheets if each.frozen]
    kept = text.head == head and [each.origin_id for each in sheets] == list(ours)
    if not kept or any(each.content != ours[each.origin_id or 0].content for each in frozen):
        raise AdjustmentError(
            "申请调整的项目以外的内容也改了", "请撤销这次调整，重新申请时把要改的项目都勾上"
        )
    open_ones = [each for each in sheets if not each.frozen]
    if all(each.content == ours[each.origin_id or 0].content for each in open_ones):
        raise AdjustmentError("与批复的内容一样，没有调整", "请先修改要调整的项目，再提交")


def approve(actor: Actor, copy: Text, opinion: str) -> None:
    """Bring an adjustment that all have agreed to into the approved text. Both are locked."""
    user = _user(actor)
    made = Adjustment.objects.get(text=copy)
    text = Text.objects.select_for_update(of=("self",)).get(adjustments=copy)
    for sheet in copy.sheets.filter(frozen=False).select_related("origin"):
        _take_over(sheet, text)
    sheets = list(text.sheets.all())
    auditing.audit(text, sheets)
    text.changed_at, text.editor = timezone.now(), copy.editor
    text.save()
    made.after = trail.keep_version(text, sheets, user, Reason.ADJUST)
    trail.decide(user, text, Step.ADJUST, opinion, made.after)
    trail.move(copy, State.CLOSED)
    trail.decide(user, copy, Step.ADJUST, opinion)
    _end(made, Outcome.APPROVED)
    record(
        actor,
        "adjustment.approve",
        "text",
        text.pk,
        adjustment=copy.pk,
        version=made.after.number,
    )


@transaction.atomic
def cancel(actor: Actor, copy_id: int) -> Adjustment:
    """Cancel an adjustment; the approved text is as it was, and what was written stays readable."""
    user = _user(actor)
    copy = scope.locked(user, Action.CANCEL, copy_id)
    made = Adjustment.objects.select_related("text").get(text=copy)
    trail.move(copy, State.CLOSED)
    trail.decide(user, copy, Step.CANCEL)
    _end(made, Outcome.CANCELLED)
    record(actor, "adjustment.cancel", "text", copy.original_id, adjustment=copy.pk)
    return made


def _approved_version(text: Text, sheets: list[Sheet], user: User) -> Version:
    """Return the version that was approved last; one is kept where it does not say what is there."""
    last = text.versions.filter(reason__in=(Reason.APPROVE, Reason.ADJUST)).first()
    if last is not None and content.read_whole(last.content) == content.whole(text, sheets):
        return last
    return trail.keep_version(text, sheets, user, Reason.BEFORE_ADJUSTMENT)


def _copied(text: Text, sheets: list[Sheet], chosen: set[int], user: User) -> Text:
    """Return a copy of a text to work on, its rows and reasons with it."""
    copy = Text.objects.create(
        unit=text.unit,
        year=text.year,
        original=text,
        stage=text.stage,
        head=text.head,
        editor=user,
    )
    made = Sheet.objects.bulk_create(
        Sheet(
            text=copy,
            position=each.position,
            content=each.content,
            rows=each.rows,
            origin=each,
            frozen=each.pk not in chosen,
        )
        for each in sheets
    )
    copies = {each.origin_id: each.pk for each in made}
    Waiver.objects.bulk_create(
        Waiver(
            text=copy,
            sheet_id=copies[each.sheet_id] if each.sheet_id else None,
            row=each.row,
            field=each.field,
            code=each.code,
            reason=each.reason,
            person_id=each.person_id,
        )
        for each in text.waivers.all()
    )
    auditing.audit(copy, made)
    copy.save()
    return copy


def _take_over(sheet: Sheet, text: Text) -> None:
    """Write an adjusted project, and why its errors are none, into the approved one."""
    approved = sheet.origin
    if approved is None or approved.text_id != text.pk:
        raise AdjustmentError("要调整的项目已经不在批复的文本里", "请撤销这次调整，重新申请")
    approved.content, approved.rows, approved.editor = sheet.content, sheet.rows, sheet.editor
    approved.revision += 1
    approved.save()
    text.waivers.filter(sheet=approved).delete()
    for waiver in sheet.text.waivers.filter(sheet=sheet):
        waiver.pk, waiver.text, waiver.sheet = None, text, approved
        waiver._state.adding = True
        waiver.save()


def _end(made: Adjustment, outcome: Outcome) -> None:
    made.outcome, made.ended_at = outcome, timezone.now()
    made.save()


def _user(actor: Actor) -> User:
    if actor.user is None:
        raise PermissionError("an adjustment is a person's")
    return actor.user
