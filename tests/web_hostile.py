"""Every page of the application, and a county in which each of them finds what its address names."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.adjustments import applying
from jixiao.web.imports.models import Original
from jixiao.web.scope import Action
from jixiao.web.targets import content
from jixiao.web.targets.models import Import, Text
from jixiao.web.targets.states import ImportStatus, State

PEOPLE = {
    "clerk": "tianbao",
    "unit_head": "danwei",
    "department": "zhuguan",
    "business": "yewu",
    "performance": "jixiao",
    "observer": "renda",
    "administrator": "admin",
}


class Page(NamedTuple):
    """A view, and what its address has to name."""

    view: Any
    names: frozenset[str]


def pages(resolver: Any = None, names: frozenset[str] = frozenset()) -> Iterator[tuple[str, Page]]:
    """Yield all pages; the operations of the API are judged by token and have tests of their own."""
    for each in (resolver or get_resolver()).url_patterns:
        known = names | frozenset(each.pattern.converters)
        if isinstance(each, URLPattern):
            yield each.name or "", Page(each.callback, known)
        elif each.namespace != "api":
            yield from pages(each, known)


PAGES = dict(pages())


def asked_by(view: Callable[..., Any]) -> frozenset[str]:
    """Return the methods that a view answers, as its decorators say."""
    found = inspect.unwrap(view, stop=lambda each: bool(_methods(each)))
    return frozenset(_methods(found))


def _methods(view: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.getclosurevars(view).nonlocals.get("request_method_list", ()))


class County:
    """A text in the state that a view asks for, and everything that hangs on one."""

    def __init__(self, actor: Callable[[str], Any]) -> None:
        self.draft = self._text(2025)
        self.approved = self._text(2024)
        self.approved.state = State.APPROVED
        self.approved.save()
        self.sheet = self.draft.sheets.all()[0]
        copied = self.approved.sheets.all()[0]
        self.copy = applying.apply(actor("tianbao"), self.approved.pk, {copied.pk}, "变了").text
        whole = content.dumped(content.whole(self.draft, self.draft.sheets.all()))
        self.made = Import.objects.create(
            text=self.draft, name="a.docx", data=b"x", person=self.user("tianbao"),
            status=ImportStatus.READ, reading=whole,
        )  # fmt: skip
        Original.objects.create(made=self.made, digest="x", sizes=[[100, 100]])
        self.comment = self.draft.comments.create(body="x", person=self.user("danwei"))

    people = tuple(PEOPLE.values())

    def _text(self, year: int) -> Text:
        return Text.objects.get(unit__code="431002", year=year)

    def user(self, username: str) -> User:
        return User.objects.get(username=username)

    def username(self, action: Action) -> str:
        """Return someone who may ask for it."""
        if action in (Action.HOME, Action.SEE, Action.ANYONE):
            return "tianbao"
        return next(PEOPLE[role.value] for role in Role if role in scope.roles(action))

    def text(self, action: Action) -> Text:
        """Return a text of which the one who may ask for it can do it."""
        states = {Action.REVIEW: State.UNIT, Action.APPRAISE: State.DEPARTMENT}
        states[Action.SEE_APPRAISALS] = State.DEPARTMENT
        if action is Action.ADJUST:
            Text.objects.filter(pk=self.copy.pk).update(state=State.CLOSED)
            return self.approved
        if action is Action.CANCEL:
            return self.copy
        if action in states:
            self.draft.state = states[action]
            self.draft.submitted_at = self.draft.changed_at
            self.draft.save()
        return self.draft

    def address(self, name: str, action: Action, **other: Any) -> str:
        known = {
            "text_id": self.text(action).pk, "sheet_id": self.sheet.pk, "removed_id": 1,
            "comment_id": self.comment.pk, "import_id": self.made.pk, "number": 0, "pk": 1,
            "user_id": self.user("danwei").pk, "notice_id": 1, "token_id": 1, "phrase_id": 1,
            "way": "agree" if name.startswith("bulk") else "up", "what": "add",
            "kind": "unit" if name.startswith("place") else "xlsx",
        }  # fmt: skip
        known |= other
        return reverse(name, kwargs={key: known[key] for key in PAGES[name].names})


def sent(client: Client, method: str, there: str, told: Any, headers: Any = None) -> int | str:
    """Return the status of an answer, or the fault; whatever was changed is undone."""
    send = client.get if method == "GET" else client.post
    session = client.cookies.copy()
    with transaction.atomic():
        try:
            answer = send(there, told, headers=headers or {})
            led_away = (
                answer.get("Location", "").startswith("/login/?") or answer.status_code == 401
            )
            return "not logged in" if led_away else int(answer.status_code)
        except Exception as fault:  # noqa: BLE001 - any fault is what is looked for
            return f"{type(fault).__name__}: {str(fault)[:200]}"
        finally:
            transaction.set_rollback(True)
            client.cookies = session  # who logged out is logged in again
