"""What is kept of a text's way: versions of what it said, and the steps that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from jixiao.web.targets import content
from jixiao.web.targets.models import Decision, Sheet, Text, Version
from jixiao.web.targets.states import Reason, State, Step

if TYPE_CHECKING:
    from jixiao.web.accounts.models import User


def keep_version(text: Text, sheets: list[Sheet], user: User | None, reason: Reason) -> Version:
    """Keep what a text says now as a version."""
    last = text.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        text=text,
        number=last + 1,
        reason=reason,
        content=content.dumped(content.whole(text, sheets)),
        findings=text.findings,
        errors=text.errors,
        person=user,
    )


def move(text: Text, state: State) -> None:
    """Bring a text into a state and save it; ``decide`` then writes down how it came there."""
    text.__dict__["_before"] = text.state
    text.state = state
    text.entered_at = timezone.now()
    text.business_agreed = text.performance_agreed = False
    text.save()


def decide(
    user: User, text: Text, step: Step, opinion: str = "", version: Version | None = None
) -> None:
    """Write down a step that was just made."""
    Decision.objects.create(
        text=text,
        step=step,
        before=text.__dict__.pop("_before", text.state),
        after=text.state,
        opinion=opinion,
        person=user,
        office=f"{user.office}　{user.get_role_display()}",
        version=version,
    )
