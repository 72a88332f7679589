"""What the templates of reviewing ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.urls import reverse

from jixiao.check.review import ReviewedItem
from jixiao.web import scope
from jixiao.web.accounts.roles import Role
from jixiao.web.review import appraising, phrases, proposing, queue, turning
from jixiao.web.review.phrases import Group
from jixiao.web.review.proposing import Shown
from jixiao.web.review.queue import Filter
from jixiao.web.review.turning import Turn
from jixiao.web.scope import Action
from jixiao.web.targets.states import OPEN
from jixiao.write.plain import number
from jixiao.write.review.words import grounds

register = template.Library()


def _asked(context: template.Context) -> Filter:
    """Return the queue that a page belongs to, looked up once a request."""
    request = context["request"]
    if not hasattr(request, "queue"):
        request.queue = queue.asked_on(request)
    asked: Filter = request.queue
    return asked


@register.simple_tag(takes_context=True)
def queue_tail(context: template.Context) -> str:
    """Return what makes an address carry the queue along, "" for who has none."""
    if not _has_queue(context):
        return ""
    return turning.tail(_asked(context))


@register.simple_tag(takes_context=True)
def queue_value(context: template.Context) -> str:
    """Return the queue as a form sends it."""
    return _asked(context).encoded


@register.simple_tag(takes_context=True)
def queue_address(context: template.Context) -> str:
    """Return where one goes back to: the queue as it was, or the first page."""
    if not _has_queue(context):
        return reverse("start")
    asked = _asked(context).encoded
    return reverse("queue") + (f"?{asked}" if asked else "")


@register.simple_tag(takes_context=True)
def turn_of_text(context: template.Context, text: Any) -> Turn | None:
    """Return what comes before and after a text in the queue, None for who has no queue."""
    if not _has_queue(context):
        return None
    return turning.of_text(context["request"].user, _asked(context), text)


@register.simple_tag(takes_context=True)
def turn_of_project(context: template.Context, sheet: Any, names: Any) -> Turn | None:
    """Return what comes before and after a project in the queue, None for who has no queue.

    ``names`` are the projects of its text in their order, each with what else is said of it.
    """
    if not _has_queue(context):
        return None
    sheets = [each[0] for each in names]
    return turning.of_project(context["request"].user, _asked(context), sheet, sheets)


def _has_queue(context: template.Context) -> bool:
    return context["request"].user.role not in (Role.CLERK, Role.ADMINISTRATOR)


@register.simple_tag
def queue_with(asked: Filter, **changes: Any) -> str:
    """Return the address of a queue that asks for something else, too."""
    page = changes.pop("page", None)
    encoded = asked._replace(**changes).encoded
    parts = [part for part in (encoded, f"page={page}" if page else "") if part]
    return f"?{'&'.join(parts)}"


@register.simple_tag
def tail_of(asked: Filter) -> str:
    """Return what makes an address carry this queue along."""
    return turning.tail(asked)


@register.simple_tag(takes_context=True)
def may_review(context: template.Context, text: Any) -> bool:
    """Tell whether who looks may decide on a text now."""
    return scope.may(context["request"].user, Action.REVIEW, text)


@register.simple_tag
def stock_phrases(place: Any = None) -> list[Group]:
    """Return the phrases for one place of a form; the page adds those for every place."""
    return [] if place is None else phrases.here(place)


@register.simple_tag(takes_context=True)
def shared_phrases(context: template.Context) -> list[Group]:
    """Return the phrases for every place, those of who looks first."""
    if not scope.may(context["request"].user, Action.REVIEW_MANY):
        return []
    return phrases.everywhere(context["request"].user)


class Drawn(NamedTuple):
    """What the review sheet on a project's page is drawn from."""

    shown: Shown
    fillable: bool
    choices: dict[str, tuple[str, ...]]


@register.simple_tag(takes_context=True)
def appraisal_of(context: template.Context, text: Any, sheet: Any, names: Any) -> Drawn | None:
    """Return the review sheet of a project that who looks fills in, None for who fills none."""
    user = context["request"].user
    if not scope.may(user, Action.SEE_APPRAISALS, text) or text.state in OPEN:
        return None
    sheets = [each[0] for each in names]
    made = proposing.shown_of(text, sheets, sheet.pk, Role(user.role))
    fillable = scope.may(user, Action.APPRAISE, text)
    return Drawn(made, fillable, appraising.choices()) if fillable or made.begun else None


class Done(NamedTuple):
    """How many review sheets of projects are filled."""

    done: int


@register.simple_tag(takes_context=True)
def appraised(context: template.Context, text: Any) -> Done | None:
    """Return how many review sheets who looks has filled, None for who fills none."""
    user = context["request"].user
    if not scope.may(user, Action.APPRAISE, text):
        return None
    filled = text.appraisals.filter(role=user.role, sheet__isnull=False, completed_at__isnull=False)
    return Done(filled.count())


@register.filter
def plain(value: Decimal) -> str:
    """Return a number as people write it: 90, not 90.0."""
    return number(value)


@register.filter
def grounds_of(item: ReviewedItem) -> str:
    """Return what an item's proposed points rest on."""
    return grounds(item)
