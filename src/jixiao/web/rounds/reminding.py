"""催办: notices to the clerk and the head of a unit, not more than one a day about the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from jixiao.model.errors import JixiaoError
from jixiao.web.accounts.models import Region
from jixiao.web.journal.chain import Actor, record
from jixiao.web.rounds import calendar, progress
from jixiao.web.rounds.calendar import day_words
from jixiao.web.rounds.models import Notice, Reading
from jixiao.web.rounds.progress import Line
from jixiao.web.targets.fields import without_controls
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import Stage, State

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User

LONGEST_WORDS = 500


class ReminderError(JixiaoError):
    """A reminder that cannot be sent."""


class Sent(NamedTuple):
    """To how many units notices went; how many had one today; for how many it is not their turn."""

    sent: int
    again: int
    passed: int


@transaction.atomic
def remind(actor: Actor, year: int, unit_ids: Collection[int] | None, words: str = "") -> Sent:
    """Remind units of a user's scope; without ``unit_ids`` all that are late."""
    user = _user(actor)
    words = without_controls(words).strip()
    if len(words) > LONGEST_WORDS:
        raise ReminderError(f"附言有 {len(words)} 个字，太长了", f"请缩到 {LONGEST_WORDS} 字以内")
    # Two who remind at once would else both find that nobody has today.
    Region.objects.select_for_update().get(pk=user.region_id)
    found = progress.lines(user, year)
    chosen = [
        line
        for line in found
        if (line.late and line.awaited if unit_ids is None else line.unit.pk in unit_ids)
    ]
    awaited = [line for line in chosen if line.awaited]
    day = calendar.today()
    had = set(
        Notice.objects.filter(
            year=year, day=day, unit__in=[line.unit.pk for line in awaited]
        ).values_list("unit", "stage")
    )
    new = [line for line in awaited if (line.unit.pk, line.stage) not in had]
    Notice.objects.bulk_create(
        Notice(
            unit=line.unit,
            year=year,
            stage=line.stage,
            body="\n".join(filter(None, (sentence(line, year), words))),
            person=user,
            office=f"{user.office}　{user.get_role_display()}",
            day=day,
        )
        for line in new
    )
    if new:
        names = [line.unit.name for line in new]
        record(actor, "notice.send", "region", user.region_id, year=year, units=names, words=words)
    return Sent(len(new), len(awaited) - len(new), len(chosen) - len(awaited))


def sentence(line: Line, year: int) -> str:
    """Return what a notice says."""
    round_ = "" if line.stage is Stage.ONCE else line.stage.label
    what = f"{year}年{round_}的部门预算绩效文本"
    ask = "请尽快审核并报送" if line.key == State.UNIT else "请尽快填写并提交"
    due = f"，单位提交截止{day_words(line.due)}，{line.left}" if line.due else ""
    return f"{ask}{what}{due}。"


def unread(user: User) -> list[Notice]:
    """Return the notices to a user's unit that the user has not read and that still hold."""
    found = list(
        Notice.objects.filter(unit=user.unit_id)
        .exclude(readings__user=user)
        .select_related("person")
    )
    if not found:
        return []
    texts = {
        each.year: each
        for each in Text.objects.filter(unit=user.unit_id, original=None).defer("head", "findings")
    }
    return [each for each in found if _holds(each, texts.get(each.year))]


@transaction.atomic
def mark_read(actor: Actor, notice_id: int) -> None:
    """Say that a user has read a notice to the user's unit; once is enough."""
    user = _user(actor)
    notice = Notice.objects.filter(pk=notice_id, unit=user.unit_id).first()
    if notice is not None and Reading.objects.get_or_create(notice=notice, user=user)[1]:
        record(actor, "notice.read", "notice", notice.pk, year=notice.year)


def _holds(notice: Notice, text: Text | None) -> bool:
    """Tell whether it is still the unit's turn in the round that a notice is of."""
    if text is None:
        return True
    if notice.stage == Stage.FIRST and text.stage == Stage.SECOND:
        return False
    return text.state in progress.AT_UNIT


def _user(actor: Actor) -> User:
    if actor.user is None:
        raise PermissionError("a person reminds")
    return actor.user
