"""二上 opens: texts that are through 一上 are drafts again, with all that was said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task

from jixiao.web.journal.chain import Actor, record
from jixiao.web.rounds import calendar
from jixiao.web.rounds.models import Round
from jixiao.web.targets import trail
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import Stage, State, Step

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User


@task
def open_when_due(round_id: int) -> None:
    """Open a round if its day has come; doing it twice, or too early, is no harm."""
    open_round(Actor(None), round_id)


def open_round(actor: Actor, round_id: int) -> int:
    """Make drafts of the texts that wait for a 二上 that has opened; return how many."""
    found = Round.objects.select_related("person").filter(pk=round_id).first()
    if found is None or found.which != Stage.SECOND or found.opens > calendar.today():
        return 0
    waiting = Text.objects.filter(
        unit__department__region=found.region_id, year=found.year, state=State.ISSUED
    )
    return sum(_reopened(actor, pk, found.person) for pk in waiting.values_list("pk", flat=True))


def reopen(actor: Actor, text: Text, person: User) -> None:
    """Make a text that is through 一上 a draft of 二上; it is locked by the caller."""
    text.stage = Stage.SECOND
    trail.move(text, State.DRAFT)
    trail.decide(person, text, Step.REOPEN)
    record(actor, "text.reopen", "text", text.pk)


@transaction.atomic
def _reopened(actor: Actor, pk: int, person: User) -> bool:
    text = Text.objects.select_for_update().filter(pk=pk, state=State.ISSUED).first()
    if text is not None:
        reopen(actor, text, person)
    return text is not None
