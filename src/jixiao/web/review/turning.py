"""What comes before and after a text or a project in the queue that it was opened from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse

from jixiao.web.accounts.models import User
from jixiao.web.review import queue
from jixiao.web.review.queue import Filter
from jixiao.web.targets.models import Sheet, Text


class Turn(NamedTuple):
    """Addresses of what comes before and after ("" where nothing does), and where one is."""

    previous: str = ""
    next: str = ""
    previous_text: str = ""
    next_text: str = ""
    at: int = 0
    of: int = 0


def tail(asked: Filter) -> str:
    """Return what makes an address carry a queue along."""
    from urllib.parse import urlencode

    return f"?{urlencode({'queue': asked.encoded})}" if asked.encoded else ""


def text_address(asked: Filter, text: int | None) -> str:
    """Return the address of a text, in a queue."""
    return "" if text is None else reverse("text", args=[text]) + tail(asked)


def project_address(asked: Filter, text: int | None, sheet: int | None) -> str:
    """Return the address of a project, in a queue; of the text where it has none."""
    if text is None or sheet is None:
        return text_address(asked, text)
    return reverse("project", args=[text, sheet]) + tail(asked)


def of_text(user: User, asked: Filter, text: Text) -> Turn:
    """Return the texts before and after a text."""
    order = _texts(user, asked)
    before, after, at = _around(order, text.pk)
    return Turn(
        previous_text=text_address(asked, before),
        next_text=text_address(asked, after),
        at=at,
        of=len(order),
    )


def of_project(user: User, asked: Filter, sheet: Sheet, sheets: Sequence[Sheet]) -> Turn:
    """Return what comes around a project: in a queue of texts, those of its text come first."""
    if asked.look == "projects":
        return _among_projects(user, asked, sheet)
    order = _texts(user, asked)
    before, after, at = _around(order, sheet.text_id)
    previous_text, next_text = text_address(asked, before), text_address(asked, after)
    number = [each.pk for each in sheets].index(sheet.pk)
    if number > 0:
        previous = project_address(asked, sheet.text_id, sheets[number - 1].pk)
    else:
        previous = project_address(asked, before, _end(before, first=False))
    if number + 1 < len(sheets):
        following = project_address(asked, sheet.text_id, sheets[number + 1].pk)
    else:
        following = project_address(asked, after, _end(after, first=True))
    return Turn(previous, following, previous_text, next_text, at, len(order))


def after_decision(user: User, asked: Filter, text: Text) -> str:
    """Return where a reviewer goes on after deciding on a text, "" where nothing is left.

    It is asked before the decision: afterwards the text may be in the queue no more.
    """
    if asked.look == "projects":
        order = _projects(user, asked)
        places = [at for at, (of, _) in enumerate(order) if of == text.pk]
        begin = places[0] if places else 0
        for of, sheet in (*order[begin:], *order[:begin]):
            if of != text.pk:
                return project_address(asked, of, sheet)
        return ""
    texts = _texts(user, asked)
    _, after, _ = _around(texts, text.pk)
    if after is None:
        after = next((each for each in texts if each != text.pk), None)
    return text_address(asked, after)


def _among_projects(user: User, asked: Filter, sheet: Sheet) -> Turn:
    order = _projects(user, asked)
    sheets = [each for _, each in order]
    before, after, at = _around(sheets, sheet.pk)
    of = {each: text for text, each in order}
    position = at - 1 if at else 0
    others = [text for text, _ in order[position:] if text != sheet.text_id]
    earlier = [text for text, _ in order[:position] if text != sheet.text_id]
    return Turn(
        project_address(asked, of.get(before or 0), before),
        project_address(asked, of.get(after or 0), after),
        text_address(asked, earlier[-1] if earlier else None),
        text_address(asked, others[0] if others else None),
        at,
        len(order),
    )


def _texts(user: User, asked: Filter) -> list[int]:
    return list(queue.texts(user, asked).values_list("pk", flat=True))


def _projects(user: User, asked: Filter) -> list[tuple[int, int]]:
    return [
        (text, sheet)
        for text, sheet in queue.projects(user, asked).values_list("text_id", "sheet_id")
        if sheet is not None
    ]


def _around(order: Sequence[int], one: int) -> tuple[int | None, int | None, int]:
    """Return what comes before and after, and which it is from 1; what is not in it comes before."""
    if one not in order:
        return None, order[0] if order else None, 0
    at = order.index(one)
    return (
        order[at - 1] if at else None,
        order[at + 1] if at + 1 < len(order) else None,
        at + 1,
    )


def _end(text: int | None, *, first: bool) -> int | None:
    """Return a text's first or last project."""
    if text is None:
        return None
    found = Sheet.objects.filter(text=text).order_by(
        *(("position", "pk") if first else ("-position", "-pk"))
    )
    return found.values_list("pk", flat=True).first()
