"""No page asks the database more than fifteen things, however many units, texts and people there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jixiao.web.accounts.models import Unit, User
from jixiao.web.demo import build
from jixiao.web.journal.chain import Actor, record
from jixiao.web.targets import content
from jixiao.web.targets.models import Comment, Text
from jixiao.web.targets.states import State

MOST = 15
UNITS = 60
ROLES = ("tianbao", "danwei", "zhuguan", "yewu", "jixiao", "renda", "admin")
_LINK = re.compile(r'href="(/[^"#]*)"')
_SKIPPED = ("/static/", "/logout/")
_DEEP = 60
"""Pages of each role that are looked at; links lead from one to the next."""


@pytest.fixture(scope="module", autouse=True)
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Give the county 60 units with a text in each state, comments, and a longer record."""
    with django_db_blocker.unblock():
        from django.db import transaction

        mark = transaction.atomic()
        mark.__enter__()
        try:
            _fill()
            yield
        finally:
            transaction.set_rollback(True)
            mark.__exit__(None, None, None)


def _fill() -> None:
    water = Unit.objects.get(code="431002").department
    person = User.objects.get(username="tianbao")
    states = [state for state in State.values if state != State.CLOSED]
    whole = Text.objects.get(unit__code="431002", year=2024)
    said = content.whole(whole, whole.sheets.all())
    for number in range(UNITS - Unit.objects.count()):
        unit = Unit.objects.create(department=water, code=f"4319{number:02}", name=f"第{number}站")
        text = build.put(unit, 2026, said)
        text.state, text.submitted_at = states[number % len(states)], timezone.now()
        text.save()
        User.objects.create(username=f"q{number}", name="某", role="clerk", unit=unit,
            region=person.region)  # fmt: skip
    mine = Text.objects.get(unit__code="431002", year=2025)
    jixiao = User.objects.get(username="jixiao")
    for sheet in mine.sheets.all():
        for _ in range(3):
            Comment.objects.create(text=mine, sheet=sheet, field="name", body="请改", person=jixiao)
    for number in range(150):
        record(Actor(person), "text.field", "text", mine.pk, after=str(number))


@pytest.mark.django_db
@pytest.mark.parametrize("username", ROLES)
def test_no_page_asks_too_much(username: str, county: None) -> None:
    assert Unit.objects.count() >= UNITS
    client = Client()
    client.force_login(User.objects.get(username=username))
    waiting, seen, much = ["/"], set[str](), []
    shapes: dict[str, int] = {}
    while waiting and len(seen) < _DEEP:
        path = waiting.pop(0)
        shape = re.sub(r"\d+", "0", path.partition("?")[0])
        # Of pages of one kind a few are enough; so are those of downloads, which make a file.
        if path in seen or shapes.get(shape, 0) >= 3 or path.startswith(_SKIPPED):
            continue
        seen.add(path)
        shapes[shape] = shapes.get(shape, 0) + 1
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        asked = [q for q in captured if "SAVEPOINT" not in q["sql"]]
        assert answer.status_code < 500, path
        if len(asked) > MOST and "download" not in path:
            much.append((path, len(asked)))
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        if answer["Content-Type"].startswith("text/html"):
            links = _LINK.findall(answer.content.decode())
            waiting += [link.replace("&amp;", "&") for link in links if not link.startswith("//")]
    assert len(seen) > 3
    assert not much, much
