"""Many texts at once: chosen in the queue, looked over, decided on, told one by one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from jixiao.web import inputs
from jixiao.web.journal.chain import actor_of
from jixiao.web.review import bulk as deciding
from jixiao.web.review import queue as queues
from jixiao.web.scope import Action, asks

_WAYS: dict[str, deciding.Way] = {"agree": "agree", "return": "return"}


@asks(Action.REVIEW_MANY)
@require_POST
def bulk(request: HttpRequest, way: str) -> HttpResponse:
    """Show the texts that were chosen, before anything is decided."""
    user: Any = request.user
    asked = queues.asked_on(request)
    given = request.POST.getlist("text")
    if request.POST.get("all"):
        found = queues.texts(user, asked._replace(show="waiting"))
        given = [str(key) for key in found.values_list("pk", flat=True)[: deciding.MOST]]
    able, left = deciding.chosen(user, given)
    context = {
        "way": _way(way),
        "chosen": able,
        "left": left,
        "to_tick": [each for each in able if each.needs_tick],
        "asked": asked,
    }
    return render(request, "review/bulk.html", context)


@asks(Action.REVIEW_MANY)
@require_POST
def decide(request: HttpRequest, way: str) -> HttpResponse:
    """Decide on each of them, and tell what became of each."""
    seen = [each.partition(":") for each in request.POST.getlist("seen")]
    ticked = {inputs.number(text) or 0: what for text, _, what in seen}
    told = deciding.decide(
        actor_of(request),
        _way(way),
        request.POST.getlist("text"),
        request.POST.get("opinion", ""),
        ticked,
    )
    done = sum(each.done for each in told)
    context = {
        "way": way,
        "told": sorted(told, key=lambda each: each.done),
        "done": done,
        "undone": len(told) - done,
        "asked": queues.asked_on(request),
    }
    return render(request, "review/bulk_told.html", context)


def _way(given: str) -> deciding.Way:
    if given not in _WAYS:
        raise Http404
    return _WAYS[given]
