"""申报安排: the rounds of a year are set, and single units are given more time."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.accounts.models import Region
from jixiao.web.journal.chain import Actor, record
from jixiao.web.rounds import calendar
from jixiao.web.rounds.calendar import day_words
from jixiao.web.rounds.models import Extension, Round
from jixiao.web.rounds.opening import open_when_due
from jixiao.web.targets.fields import without_controls
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import REVIEWS, Stage

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User

LONGEST_REASON = 500


class PlanError(JixiaoError):
    """A round or an extension that cannot be as it was asked for."""


class Days(NamedTuple):
    """The days of a round, in the order in which they come."""

    opens: date
    unit_deadline: date
    department_deadline: date
    bureau_deadline: date


@transaction.atomic
def set_round(actor: Actor, year: int, which: Stage, days: Days) -> Round:
    """Set or change a round of the region that the actor works in. Raises PlanError."""
    user = _user(actor)
    # One round at a time: the row of the region is what two who set rounds would both change.
    Region.objects.select_for_update().get(pk=user.region_id)
    others = {Stage(each.which): each for each in user.region.rounds.filter(year=year)}
    found = others.pop(which, None)
    _check(which, days, others)
    before = None if found is None else _told(found)
    found = found or Round(region=user.region, year=year, which=which)
    found.person = user
    for name, day in days._asdict().items():
        setattr(found, name, day)
    found.save()
    if which is Stage.FIRST:
        _take_in(found)
    else:
        _open_in_time(found)
    told = {"before": before, "after": _told(found)}
    record(actor, "round.set", "round", found.pk, round=str(found), **told)
    return found


@transaction.atomic
def extend(actor: Actor, round_id: int, unit_id: int, until: date, reason: str) -> Extension:
    """Give a unit more time in a round. Raises PlanError."""
    user = _user(actor)
    found = Round.objects.filter(pk=round_id, region=user.region_id).first()
    unit = scope.units(user).filter(pk=unit_id).first()
    reason = without_controls(reason).strip()
    if found is None or unit is None:
        raise PlanError("没有选择轮次和单位", "请选择后再准予延期")
    if until <= found.unit_deadline or until < calendar.today():
        raise PlanError(
            f"延期要到{day_words(max(found.unit_deadline, calendar.today()))}以后的一天",
            f"{found}的单位提交截止日是{day_words(found.unit_deadline)}，请选择更晚的日期",
        )
    if not reason or len(reason) > LONGEST_REASON:
        raise PlanError("没有写延期的理由，或者太长", f"请写 1 到 {LONGEST_REASON} 个字")
    made = Extension.objects.create(round=found, unit=unit, until=until, reason=reason, person=user)
    record(
        actor,
        "round.extend",
        "round",
        found.pk,
        unit=unit.name,
        until=until.isoformat(),
        reason=reason,
    )
    return made


def _check(which: Stage, days: Days, others: dict[Stage, Round]) -> None:
    if list(days) != sorted(days):
        raise PlanError(
            "日期的先后不对",
            "请依次填写：开始申报、单位提交截止、主管部门审核截止、财政审核截止，后面的不早于前面的",
        )
    other = others.get(Stage.FIRST if which is Stage.SECOND else Stage.SECOND)
    if which is Stage.SECOND and other is None:
        raise PlanError("还没有安排一上", "请先安排一上，再安排二上")
    if other is None:
        return
    first, second = (other.opens, days.opens)[:: 1 if which is Stage.SECOND else -1]
    if first >= second:
        raise PlanError("二上要在一上之后开始", "请改正开始申报的日期")


def _take_in(first: Round) -> None:
    """Let texts that are under review already go through 一上, too; approved ones stay approved."""
    Text.objects.filter(
        unit__department__region=first.region_id,
        year=first.year,
        stage=Stage.ONCE,
        state__in=REVIEWS,
        original=None,
    ).update(stage=Stage.FIRST)


def _open_in_time(second: Round) -> None:
    """Let the worker open a round when its day begins; at once if it has."""
    begins = timezone.make_aware(datetime.combine(second.opens, time.min))
    run_after = begins if second.opens > calendar.today() else None
    open_when_due.using(run_after=run_after).enqueue(second.pk)


def _told(found: Round) -> list[str]:
    return [getattr(found, name).isoformat() for name in Days._fields]


def _user(actor: Actor) -> User:
    if actor.user is None:
        raise PermissionError("a round is set by a person")
    return actor.user
