"""进度: how far all units of a reviewer's scope are, and which of them are late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max

from jixiao.web import scope
from jixiao.web.accounts.models import Unit, User
from jixiao.web.rounds import calendar
from jixiao.web.rounds.calendar import Rounds
from jixiao.web.rounds.models import Extension, Notice, Round
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import Stage, State

NOT_BEGUN = "none"
"""The key of units that have no text yet."""

STATES: Mapping[str, str] = {
    NOT_BEGUN: "未开始",
    **{state.value: state.label for state in State if state is not State.CLOSED},
}
"""Where a unit can be, in the order of the way."""

AT_UNIT = frozenset({NOT_BEGUN, State.DRAFT, State.RETURNED, State.UNIT})
"""Where it is the unit's turn: these are reminded."""

_DEADLINES: Mapping[str, str] = {
    **dict.fromkeys(AT_UNIT, "unit_deadline"),
    State.DEPARTMENT: "department_deadline",
    State.FINANCE: "bureau_deadline",
}


class Line(NamedTuple):
    """Where one unit is. ``errors`` is None where nothing was submitted."""

    unit: Unit
    text: Text | None
    key: str
    label: str
    stage: Stage
    due: date | None
    changed_at: datetime | None
    errors: int | None
    adjusting: str
    reminded: datetime | None

    @property
    def late(self) -> bool:
        """Whether its deadline has passed."""
        return self.due is not None and self.due < calendar.today()

    @property
    def left(self) -> str:
        """How far off its deadline is, in words."""
        return calendar.left_words(self.due) if self.due else ""

    @property
    def awaited(self) -> bool:
        """Whether it is the unit's turn."""
        return self.key in AT_UNIT

    @property
    def shown(self) -> bool:
        """Whether there is a text that reviewers may open."""
        return self.text is not None and self.text.submitted_at is not None


def years(user: User) -> list[int]:
    """Return the years that there is something to follow in, the newest first."""
    rounds = Round.objects.filter(region=user.region_id).values_list("year", flat=True)
    texts = scope.followed(user).values_list("year", flat=True).distinct()
    return sorted({*rounds, *texts}, reverse=True)


def lines(user: User, year: int) -> list[Line]:
    """Return where all units of a user's scope are in a year, by department and unit."""
    units = list(scope.units(user).filter(is_open=True).order_by("department__code", "code"))
    texts = {each.unit_id: each for each in scope.followed(user).filter(year=year, original=None)}
    rounds: Rounds = {
        Stage(each.which): each for each in Round.objects.filter(region=user.region_id, year=year)
    }
    granted = _granted(rounds.values())
    adjusting = dict(
        scope.listed(user).filter(year=year, original__isnull=False).values_list("unit_id", "state")
    )
    reminded = _reminded(units, year)
    return [_line(unit, texts.get(unit.pk), rounds, granted, adjusting, reminded) for unit in units]


def counts(found: Iterable[Line]) -> list[tuple[str, str, int]]:
    """Return how many units are where: key, words, number."""
    numbers = dict.fromkeys(STATES, 0)
    for line in found:
        numbers[line.key] += 1
    return [(key, STATES[key], number) for key, number in numbers.items()]


def _line(
    unit: Unit,
    text: Text | None,
    rounds: Rounds,
    granted: Mapping[tuple[int, int], date],
    adjusting: Mapping[int, str],
    reminded: Mapping[tuple[int, str], datetime],
) -> Line:
    key = NOT_BEGUN if text is None else text.state
    stage = _stage(text, rounds)
    found = rounds.get(stage)
    due = getattr(found, _DEADLINES[key]) if found and key in _DEADLINES else None
    if found and due and key in AT_UNIT:
        due = max(due, granted.get((found.pk, unit.pk), due))
    adjusted = adjusting.get(unit.pk)
    return Line(
        unit,
        text,
        key,
        STATES[key],
        stage,
        due,
        text.changed_at if text else None,
        text.errors if text and text.submitted_at else None,
        State(adjusted).label if adjusted else "",
        reminded.get((unit.pk, stage)),
    )


def _stage(text: Text | None, rounds: Rounds) -> Stage:
    if text is not None:
        return calendar.stage_of(text, rounds)
    return calendar.stage_of(Text(state=State.DRAFT, stage=Stage.ONCE), rounds)


def _granted(rounds: Iterable[Round]) -> dict[tuple[int, int], date]:
    found = Extension.objects.filter(round__in=[each.pk for each in rounds])
    return {
        (each["round"], each["unit"]): each["day"]
        for each in found.order_by().values("round", "unit").annotate(day=Max("until"))
    }


def _reminded(units: list[Unit], year: int) -> dict[tuple[int, str], datetime]:
    found = Notice.objects.filter(unit__in=[unit.pk for unit in units], year=year)
    return {
        (each["unit"], each["stage"]): each["last"]
        for each in found.order_by().values("unit", "stage").annotate(last=Max("at"))
    }
