"""The demo county's rounds, more time, reminders and adjustments, with days counted from today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from jixiao.web.accounts.models import Unit, User
from jixiao.web.adjustments import applying
from jixiao.web.demo import build
from jixiao.web.journal.chain import Actor, record
from jixiao.web.rounds import calendar, opening, planning, reminding
from jixiao.web.rounds.models import Round
from jixiao.web.rounds.planning import Days
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import Stage

_PLANNER = "jixiao"
_LATER = 90
"""Days by which deadlines are put off while the county is built: its steps are all made today."""


@contextmanager
def rounds(plans: Sequence[Mapping[str, Any]], users: Mapping[str, User]) -> Iterator[None]:
    """Hold rounds; their deadlines are those of the plan from the end of the block on."""
    made = []
    for plan in plans:
        days = _days(plan)
        late = {name: day + timedelta(days=_LATER) for name, day in days._asdict().items()}
        person = users[_PLANNER]
        late["opens"] = days.opens if plan["which"] == Stage.FIRST else late["opens"]
        found = Round.objects.create(
            region=person.region, year=plan["year"], which=plan["which"], person=person, **late
        )
        record(Actor(person), "round.set", "round", found.pk, round=str(found))
        made.append((found, days))
    yield
    for found, days in made:
        Round.objects.filter(pk=found.pk).update(**days._asdict())


def open_second(users: Mapping[str, User]) -> None:
    """Open the second rounds: texts that are through the first are drafts again."""
    for found in Round.objects.filter(which=Stage.SECOND):
        Round.objects.filter(pk=found.pk).update(opens=calendar.today())
        opening.open_round(Actor(users[_PLANNER]), found.pk)


def grant(
    plans: Sequence[Mapping[str, Any]], units: Mapping[str, Unit], users: Mapping[str, User]
) -> None:
    """Give units more time."""
    for plan in plans:
        found = Round.objects.get(year=plan["year"], which=plan["which"])
        until = calendar.today() + timedelta(days=plan["days"])
        unit = units[plan["unit"]]
        planning.extend(Actor(users[_PLANNER]), found.pk, unit.pk, until, plan["reason"])


def remind(
    plans: Sequence[Mapping[str, Any]], units: Mapping[str, Unit], users: Mapping[str, User]
) -> None:
    """Send notices; they are of yesterday, so that one can be sent today."""
    for plan in plans:
        unit = units[plan["unit"]]
        reminding.remind(Actor(users[plan["by"]]), plan["year"], {unit.pk}, plan["words"])
        day = timedelta(days=1)
        for notice in unit.notices.all():
            unit.notices.filter(pk=notice.pk).update(day=notice.day - day, at=notice.at - day)


def adjust(unit: Unit, plan: Mapping[str, Any], users: Mapping[str, User]) -> None:
    """Adjust projects of an approved text, as far as the plan goes."""
    text = Text.objects.get(unit=unit, year=plan["year"], original=None)
    chosen = [text.sheets.all()[number].pk for number in plan["projects"]]
    actor = Actor(users[plan["by"]])
    made = applying.apply(actor, text.pk, chosen, plan["reason"])
    build.take_steps(made.text, plan["steps"], users)
    build.date_back(made.text, timedelta(days=plan["ago"]))


def _days(plan: Mapping[str, Any]) -> Days:
    return Days(*(calendar.today() + timedelta(days=number) for number in plan["days"]))
