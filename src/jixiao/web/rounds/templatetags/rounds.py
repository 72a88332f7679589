"""Deadlines and notices on the first pages, and the deadline of a text."""

from __future__ import annotations

from typing import Any

from django import template

from jixiao.web.accounts.roles import OF_UNIT, Role
from jixiao.web.rounds import calendar, reminding
from jixiao.web.rounds.deadlines import running
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import OPEN, Reason, Stage, State

register = template.Library()


@register.inclusion_tag("_notices.html", takes_context=True)
def notices(context: template.Context) -> dict[str, Any]:
    """Show what the unit is reminded of."""
    user = context["request"].user
    found = reminding.unread(user) if Role(user.role) in OF_UNIT else []
    return {"notices": found, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("_deadlines.html", takes_context=True)
def deadlines(context: template.Context) -> dict[str, Any]:
    """Show the deadlines of the rounds that are running."""
    return {"rounds": running(context["request"].user)}


@register.inclusion_tag("_round.html", takes_context=True)
def round_of(context: template.Context, text: Text) -> dict[str, Any]:
    """Show which round a text is in, until when it is to be submitted, and 一上 to compare with."""
    found = calendar.round_of(text)
    if found is None or text.state == State.APPROVED:
        return {}
    open_ = text.state in OPEN
    due = calendar.due(found, text.unit_id) if open_ else None
    issued = None
    if text.stage == Stage.SECOND:
        issued = text.versions.filter(reason=Reason.ISSUE).order_by("-number").first()
    return {
        "text": text,
        "round": found,
        "due": due,
        "late": due is not None and due < calendar.today(),
        "refusal": calendar.why_not(text, found) if open_ else None,
        "issued": issued,
        "second": calendar.rounds_of(text.unit, text.year).get(Stage.SECOND)
        if text.state == State.ISSUED
        else None,
        "own": Role(context["request"].user.role) in OF_UNIT,
    }


@register.simple_tag
def refused(text: Text) -> bool:
    """Tell whether a text cannot be submitted today."""
    found = calendar.round_of(text)
    return found is not None and calendar.why_not(text, found) is not None


@register.filter
def left(day: Any) -> str:
    """Return how far off a day is."""
    return calendar.left_words(day)


@register.filter
def day(given: Any) -> str:
    """Return a day as a sentence says it."""
    return calendar.day_words(given)
