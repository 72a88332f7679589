"""How each project of a text in review stands: kept beside it, so that a queue can be sorted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from jixiao.check import Finding, Severity
from jixiao.web.review.models import Standing
from jixiao.web.targets import auditing, content
from jixiao.web.targets.auditing import Waived
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.states import OPEN, State

SENT = tuple(state for state in State if state not in OPEN and state != State.CLOSED)
"""States in which a text is as it was sent, and listed: then its projects stand in a queue."""

_NUMBERS = {
    Severity.ERROR: "errors",
    Severity.WARNING: "warnings",
    Severity.INFORMATION: "hints",
}


def follow(instance: Text, **_: Any) -> None:
    """Keep the standing of a text's projects when the text is saved in a review.

    A text that comes anew is looked at anew: its review sheets keep what was decided, and are open.
    """
    if instance.state in SENT:
        keep(instance)
    if instance.state == State.UNIT:
        instance.appraisals.filter(completed_at__isnull=False).update(completed_at=None)


def keep(text: Text) -> None:
    """Compute the standing of a text's projects anew."""
    sheets = list(text.sheets.all())
    with transaction.atomic():
        text.standings.all().delete()
        Standing.objects.bulk_create(_standings(text, sheets))


def fill(texts: QuerySet[Text]) -> None:
    """Compute the standing of texts that have none, as they came in without being saved singly."""
    for text in texts.filter(state__in=SENT, standings=None):
        with transaction.atomic():
            locked = Text.objects.select_for_update().get(pk=text.pk)
            if not locked.standings.exists():
                keep(locked)


def _standings(text: Text, sheets: Sequence[Sheet]) -> list[Standing]:
    made = [Standing(text=text)]
    for sheet in sheets:
        project = content.project_of(sheet)
        made.append(
            Standing(
                text=text,
                sheet=sheet,
                name=project.name or "",
                code=project.code or "",
                money=auditing.total(project),
            )
        )
    _count(made, content.findings_of(text.findings), Waived(text.waivers.all(), sheets))
    return made


def _count(made: Sequence[Standing], found: Sequence[Finding], waived: Waived) -> None:
    codes: dict[int, set[str]] = defaultdict(set)
    for finding in found:
        at = 0 if finding.project is None else finding.project + 1
        codes[at].add(finding.code)
        name = "waived" if waived.of(finding) else _NUMBERS[finding.severity]
        setattr(made[at], name, getattr(made[at], name) + 1)
    for at, each in codes.items():
        made[at].codes = f" {' '.join(sorted(each))} "
