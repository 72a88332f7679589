"""The deadlines that a user's first page shows: those of the rounds that are running."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import OF_BUREAU, OF_UNIT, Role
from jixiao.web.rounds import calendar, progress
from jixiao.web.rounds.models import Round
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import State

SHOWN_AFTER = timedelta(days=45)
"""So long after its last deadline a round is still shown: reviews that are late go on."""


class Deadline(NamedTuple):
    """A deadline, whether it is the user's own, and whether nothing more is to be done for it."""

    name: str
    day: date
    own: bool
    done: bool = False

    @property
    def left(self) -> str:
        """How far off it is."""
        return calendar.left_words(self.day)

    @property
    def late(self) -> bool:
        """Whether it has passed with something left to do."""
        return not self.done and self.day < calendar.today()

    @property
    def near(self) -> bool:
        """Whether it is within three days."""
        return not self.done and 0 <= (self.day - calendar.today()).days <= 3


class Running(NamedTuple):
    """A round that is running, or the next to open."""

    round: Round
    is_open: bool
    deadlines: list[Deadline]


def running(user: User) -> list[Running]:
    """Return the rounds that are running where a user works: of each year the last to open."""
    role = Role(user.role)
    if role in (Role.OBSERVER, Role.ADMINISTRATOR):
        return []
    day = calendar.today()
    by_year: dict[int, Round] = {}
    found = Round.objects.filter(
        region=user.region_id, bureau_deadline__gte=day - SHOWN_AFTER
    ).order_by("year", "opens")
    for each in found:
        if each.year not in by_year or each.opens <= day:
            by_year[each.year] = each
    return [_running(user, role, each, day) for each in by_year.values()]


def _running(user: User, role: Role, found: Round, day: date) -> Running:
    unit = Deadline("单位提交", found.unit_deadline, role in OF_UNIT)
    if role in OF_UNIT and user.unit_id:
        unit = _of_unit(found, user.unit_id, role)
    return Running(
        found,
        found.opens <= day,
        [
            unit,
            Deadline("主管部门审核", found.department_deadline, role is Role.DEPARTMENT),
            Deadline("财政审核", found.bureau_deadline, role in OF_BUREAU),
        ],
    )


def _of_unit(found: Round, unit_id: int, role: Role) -> Deadline:
    """Return a unit's own deadline: with what was granted, and whether it has submitted."""
    due = calendar.due(found, unit_id)
    text = (
        Text.objects.filter(unit=unit_id, year=found.year, original=None)
        .only("state", "stage")
        .first()
    )
    # The clerk is done when the head has it.
    waits = progress.AT_UNIT - ({State.UNIT} if role is Role.CLERK else set())
    done = text is not None and (
        (text.stage == found.which and text.state not in waits) or text.state == State.APPROVED
    )
    name = "单位提交（已延期）" if due > found.unit_deadline else "单位提交"
    return Deadline(name, due, own=True, done=done)
