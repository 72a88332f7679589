"""What texts are filled in by: the units, and the rules of the audit."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from jixiao.check import rules
from jixiao.check.registry import dimensions
from jixiao.web import scope
from jixiao.web.api import answers
from jixiao.web.api.contract import RuleEntry, RuleList, Units
from jixiao.web.api.guard import serves
from jixiao.web.scope import Action

router = Router(tags=["catalogue"])


@serves(router, "GET", "/units", Action.HOME, Units)
def list_units(request: HttpRequest) -> Units:
    """List the units that one has to do with."""
    found = scope.units(answers.user_of(request)).order_by("department__code", "code")
    return Units(tuple(map(answers.unit, found)))


@serves(router, "GET", "/rules", Action.HOME, RuleList)
def list_rules(request: HttpRequest) -> RuleList:  # noqa: ARG001
    """List the rules."""
    named = dimensions()
    return RuleList(
        tuple(
            RuleEntry(
                rule.code,
                rule.slug,
                rule.title,
                rule.severity.value,
                named[rule.code[0]],
                rule.policy,
            )
            for rule in rules().values()
        )
    )
