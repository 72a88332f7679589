"""Which round a text goes through today, and until when its unit may submit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Max
from django.utils import timezone

from jixiao.model.errors import JixiaoError
from jixiao.web.accounts.models import Unit, User
from jixiao.web.accounts.roles import Role
from jixiao.web.rounds.models import Extension, Round
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import Stage, State

Rounds = Mapping[Stage, Round]
"""The rounds of one region and year."""


class DeadlineError(JixiaoError):
    """A text that cannot be submitted today."""


def today() -> date:
    """Return the day that it is in the office."""
    return timezone.localdate()


def day_words(day: date) -> str:
    """Return a day as a sentence says it: 12月10日; of another year with the year."""
    words = f"{day.month}月{day.day}日"
    return words if day.year == today().year else f"{day.year}年{words}"


def left_words(day: date) -> str:
    """Return how far off a deadline is: 还有 3 天, 今天截止, 已过 2 天."""
    days = (day - today()).days
    if days == 0:
        return "今天截止"
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天"


def rounds_of(unit: Unit, year: int) -> Rounds:
    """Return the rounds that a unit goes through in a year; none where it is one pass."""
    region = unit.department.region_id
    return {Stage(each.which): each for each in Round.objects.filter(region=region, year=year)}


def stage_of(text: Text, rounds: Rounds) -> Stage:
    """Return the round that a text is in, or would be submitted into today.

    A text under review stays in the round that it was submitted into.
    """
    if text.state not in (State.DRAFT, State.RETURNED) or not rounds:
        return Stage(text.stage)
    second = rounds.get(Stage.SECOND)
    if text.stage == Stage.SECOND or (second is not None and second.opens <= today()):
        return Stage.SECOND
    return Stage.FIRST if Stage.FIRST in rounds else Stage(text.stage)


def round_of(text: Text) -> Round | None:
    """Return the round that a text is in, None where there is none."""
    if text.original_id:
        return None
    rounds = rounds_of(text.unit, text.year)
    return rounds.get(stage_of(text, rounds))


def due(found: Round, unit_id: int) -> date:
    """Return the day until which a unit may submit in a round."""
    granted = Extension.objects.filter(round=found, unit=unit_id).aggregate(day=Max("until"))
    return max(found.unit_deadline, granted["day"] or found.unit_deadline)


def enter(text: Text) -> None:
    """Put a text that is to be submitted into the round of today; the row is not saved.

    Raises DeadlineError before the round opens, and after the unit's deadline without a grant.
    """
    found = round_of(text)
    if found is None:
        return
    refusal = why_not(text, found)
    if refusal is not None:
        raise refusal
    text.stage = found.which


def why_not(text: Text, found: Round) -> DeadlineError | None:
    """Return why a text cannot be submitted into a round today, None if it can."""
    if found.opens > today():
        return DeadlineError(
            f"{found}从{day_words(found.opens)}开始申报，现在还不能提交",
            "可以先填写，写好的内容都会保存；到时再提交",
        )
    if _sent_back(text):
        return None
    last = due(found, text.unit_id)
    if last >= today():
        return None
    return DeadlineError(
        f"{found}的单位提交截止日是{day_words(last)}，{left_words(last)}，现在不能提交",
        f"请联系{_whom(text)}说明原因，准予延期后再提交；已经填写的内容不受影响",
    )


def second_is_open(text: Text) -> Round | None:
    """Return the 二上 that has opened for a text, None before."""
    second = rounds_of(text.unit, text.year).get(Stage.SECOND)
    return second if second is not None and second.opens <= today() else None


def _sent_back(text: Text) -> bool:
    """Tell whether a reviewer outside of the unit wants it changed: no deadline hinders that."""
    if text.state != State.RETURNED:
        return False
    last = text.decisions.filter(after=State.RETURNED).order_by("-at", "-pk").first()
    return last is not None and last.before != State.UNIT


def _whom(text: Text) -> str:
    """Return whom a unit asks for more time."""
    names = User.objects.filter(
        region=text.unit.department.region_id, role=Role.PERFORMANCE, is_active=True
    ).values_list("name", flat=True)
    return f"财政局绩效股{'（' + '、'.join(names[:3]) + '）' if names else ''}"
