"""On a text's page: the adjustment that it is, or those that were made of it."""

from __future__ import annotations

from typing import Any

from django import template

from jixiao.web import scope
from jixiao.web.adjustments import showing
from jixiao.web.scope import Action
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import State

register = template.Library()


@register.inclusion_tag("_adjustment.html", takes_context=True)
def adjustment(context: template.Context, text: Text) -> dict[str, Any]:
    """Show what an adjustment changes; of an approved text its adjustments as far as one sees them."""
    user = context["request"].user
    if text.original_id:
        told = {"text": text, "csrf_token": context.get("csrf_token")}
        sheets = [sheet for sheet, *_ in context["projects"]]
        return {
            **told,
            **showing.context(text, sheets),
            "may_cancel": scope.may(user, Action.CANCEL, text),
        }
    if text.state != State.APPROVED:
        return {}
    seen = set(scope.texts(user).filter(original=text).order_by().values_list("pk", flat=True))
    found = [each for each in showing.of_text(text) if each.text_id in seen] if seen else []
    return {"text": text, "adjustments": found, "may_adjust": scope.may(user, Action.ADJUST, text)}
