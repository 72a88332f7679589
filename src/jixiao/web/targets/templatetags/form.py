"""What the templates of the application ask for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from jixiao import __version__
from jixiao.web import scope
from jixiao.web.journal.chain import words
from jixiao.web.scope import Action

register = template.Library()

_LONGEST = 20
"""Digits of the longest amount that is shown with all of them."""


@register.simple_tag
def version() -> str:
    """Return the version, so that browsers fetch the files of a new one anew."""
    return __version__


@register.filter
def wan(amount: Decimal | None) -> str:
    """Return an amount in 万元 as a person reads it: 1,234.5."""
    if amount is None:
        return ""
    if amount.adjusted() > _LONGEST:
        return f"{amount:.3e}"  # more digits than anybody reads, or calculates with
    return f"{amount.quantize(Decimal('0.01')):,.2f}".rstrip("0").rstrip(".")


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return an entry of a mapping."""
    return mapping.get(key)


@register.filter
def action_word(action: str) -> str:
    """Return what an action of the record is called."""
    return words().get(action, action)


@register.simple_tag(takes_context=True)
def can(context: template.Context, action: str) -> bool:
    """Tell whether who looks at the page may do something with the text that it shows."""
    request = context["request"]
    text = context.get("text") or getattr(request, "text", None)
    return scope.may(request.user, Action(action), text, context.get("sheet"))


@register.filter
def lines_of(value: str, least: int = 1) -> int:
    """Return how many lines a box needs at first."""
    return min(12, max(least, value.count("\n") + 1))


@register.filter
def size(amount: Decimal) -> str:
    """Return an amount in 万元 without its sign."""
    return wan(abs(amount))
