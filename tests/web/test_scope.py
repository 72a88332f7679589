"""Each role sees and does exactly what its scope allows, at every address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.scope import Action
from jixiao.web.targets.models import Text

USERS = {
    "tianbao": "clerk",
    "danwei": "unit_head",
    "zhuguan": "department",
    "yewu": "business",
    "jixiao": "performance",
    "renda": "observer",
    "admin": "administrator",
}
"""One of each role, all in charge of the texts of 官厅库区建设管理中心."""

STRANGERS = ("tianbao2", "danwei2", "zhuguan2", "yewu3")
"""Of the same roles, in charge of others."""

SEEN = {
    # state: who sees a text of 官厅库区建设管理中心 in it (submitted before, unless a draft)
    "draft": {"tianbao", "danwei"},
    "returned": {"tianbao", "danwei", "zhuguan", "yewu", "jixiao"},
    "unit": {"tianbao", "danwei", "zhuguan", "yewu", "jixiao"},
    "department": {"tianbao", "danwei", "zhuguan", "yewu", "jixiao"},
    "finance": {"tianbao", "danwei", "zhuguan", "yewu", "jixiao", "renda"},
    "issued": {"tianbao", "danwei", "zhuguan", "yewu", "jixiao"},
    "approved": {"tianbao", "danwei", "zhuguan", "yewu", "jixiao", "renda"},
}
EDITED = {"draft": {"tianbao"}, "returned": {"tianbao"}}
REVIEWED = {"unit": {"danwei"}, "department": {"zhuguan"}, "finance": {"yewu", "jixiao"}}


def _patterns(found: Any = None) -> Iterator[URLPattern]:
    for each in found if found is not None else get_resolver().url_patterns:
        if isinstance(each, URLResolver):
            if each.namespace != "api":  # its operations are judged by token: see test_api
                yield from _patterns(each.url_patterns)
        else:
            yield each


IN_TEXT = (Action.EDIT, Action.RESHAPE, Action.SUBMIT)
PATTERNS = {each.name: each.callback.asks for each in _patterns()}
OF_TEXT = sorted(
    each.name for each in _patterns() if "text_id" in str(each.pattern.regex.pattern)
    or each.callback.asks in (*IN_TEXT, Action.SEE, Action.REVIEW, Action.ADJUST)
)  # fmt: skip
READ = {
    "text", "project", "versions", "compare", "download", "submit", "import", "recommended",
    "adjust", "adjustment", "adjustment-docx",
    "import-page", "import-original",
    "opinions", "appraisal", "appraisal-of-project", "appraisal-download",
    "findings", "carry", "project-sums",
}  # fmt: skip


def address(name: str, text: Text) -> str:
    """Return an address of a text's page; what is inside the text need not be there."""
    pattern = next(each for each in _patterns() if each.name == name)
    sheet = text.sheets.first()
    known = {
        "text_id": text.pk,
        "sheet_id": sheet.pk if sheet else 0,
        "row": sheet.rows[0] if sheet and sheet.rows else "none",
        "way": "up",
        "what": "add",
        "removed_id": 0,
        "number": 0,
        "comment_id": 0,
        "import_id": 0,
        "kind": "docx",
    }
    groups = {"text_id", *pattern.pattern.converters}
    return reverse(name, kwargs={key: known[key] for key in groups})


def answer(client: Client, name: str, text: Text) -> int:
    """Return the status of a request, made as the page makes it."""
    there = address(name, text)
    if name in READ:
        return client.get(there).status_code
    return client.post(there, {}).status_code


def in_state(text: Text, state: str) -> Text:
    """Put a text into a state."""
    text.state = state
    text.submitted_at = None if state == "draft" else text.changed_at
    text.save()
    return text


def test_every_view_declares_what_it_asks() -> None:
    assert all(isinstance(asks, Action) for asks in PATTERNS.values())


@pytest.mark.parametrize("state", SEEN)
def test_who_sees_a_text(state: str, draft: Text) -> None:
    in_state(draft, state)
    for name in (*USERS, *STRANGERS):
        seen = scope.texts(User.objects.get(username=name)).filter(pk=draft.pk).exists()
        assert seen == (name in SEEN[state]), (name, state)


@pytest.mark.parametrize("state", SEEN)
@pytest.mark.parametrize("username", [*USERS, *STRANGERS])
def test_every_view_of_a_text(
    username: str, state: str, draft: Text, logged_in: Callable[[str], Client]
) -> None:
    """Not seen: 404. Seen and not allowed to the role: 403. Not in this state: 409. Else it is done."""
    in_state(draft, state)
    client = logged_in(username)
    for name in OF_TEXT:
        if name in ("project-remove", "project-add", "project-duplicate"):
            continue  # they change the text that the others look at; see test_workflow
        asks = PATTERNS[name]
        status = answer(client, name, draft)
        by_role = scope.may(User.objects.get(username=username), asks)
        if username not in SEEN[state]:
            assert status == (404 if asks is not Action.JOURNAL else 403), (name, username)
        elif not by_role:
            assert status == 403, (name, username)
        elif (
            (asks in IN_TEXT and username not in EDITED.get(state, ()))
            or (
                asks in (Action.REVIEW, Action.APPRAISE) and username not in REVIEWED.get(state, ())
            )
            or (asks is Action.ADJUST and state != "approved")
            or asks is Action.CANCEL
        ):
            assert status == 409, (name, username)
        else:
            assert status in (200, 302, 404, 409, 422), (name, username, status)
        assert _state(draft) == state or (by_role and name in ("agree", "send-back"))
        in_state(draft, state)


def _state(text: Text) -> str:
    return Text.objects.values_list("state", flat=True).get(pk=text.pk)


@pytest.mark.parametrize("name", OF_TEXT)
def test_nobody_gets_in_without_logging_in(name: str, draft: Text) -> None:
    there = address(name, draft)
    response = Client().get(there) if name in READ else Client().post(there)
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")
    assert Client().post(there, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("username", USERS)
def test_pages_of_the_administrator(username: str, logged_in: Callable[[str], Client]) -> None:
    client = logged_in(username)
    expected = 200 if username == "admin" else 403
    assert client.get("/accounts/").status_code == expected
    assert client.get("/journal/").status_code == expected
    assert client.post("/accounts/1/unlock/").status_code in (302, 403)
    assert client.post("/texts/new/", {"year": "x"}).status_code == (
        302 if username == "tianbao" else 403
    )


PAGES = {
    # page: who may open it
    "/progress/": {"zhuguan", "yewu", "jixiao"},
    "/rounds/": {"jixiao"},
}


@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_of_rounds(page: str, username: str, logged_in: Callable[[str], Client]) -> None:
    response = logged_in(username).get(page)
    assert response.status_code == (200 if username in PAGES[page] else 403)
    own = username in ("zhuguan", "yewu")
    assert "三女河办事处" not in response.content.decode() or not own


@pytest.mark.parametrize("username", USERS)
def test_what_is_done_on_pages_of_rounds(username: str, logged_in: Callable[[str], Client]) -> None:
    client = logged_in(username)
    assert (client.post("/rounds/", {}).status_code == 403) == (username != "jixiao")
    assert (client.post("/rounds/extend/", {}).status_code == 403) == (username != "jixiao")
    follows = username in PAGES["/progress/"]
    assert (client.post("/progress/remind/", {"year": 2026}).status_code == 403) != follows
    of_unit = username in ("tianbao", "danwei")
    assert client.post("/notices/1/read/").status_code == (302 if of_unit else 403)


@pytest.mark.parametrize("username", USERS)
def test_start_page(username: str, logged_in: Callable[[str], Client]) -> None:
    response = logged_in(username).get("/", follow=True)
    assert response.status_code == 200
    # A unit of another department: only who keeps the accounts reads its name here.
    assert ("三女河办事处" in response.content.decode()) == (username == "admin")


@pytest.mark.parametrize("username", USERS)
def test_everybody_has_tokens_of_their_own(
    username: str, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in(username)
    assert client.get("/tokens/").status_code == 200
    assert client.post("/tokens/add/", {"name": "x", "days": "30"}).status_code == 201
    assert client.post("/tokens/0/revoke/").status_code == 404


def test_a_project_of_another_text_is_not_reached(
    draft: Text, logged_in: Callable[[str], Client]
) -> None:
    other = Text.objects.get(unit__code="976003", year=2024).sheets.first()
    assert other is not None
    client = logged_in("tianbao")
    assert client.get(f"/texts/{draft.pk}/projects/{other.pk}/").status_code == 404
    there = f"/texts/{draft.pk}/projects/{other.pk}/field/"
    before = other.content
    assert client.post(there, {"field": "name", "value": "x", "revision": "1"}).status_code == 409
    other.refresh_from_db()
    assert other.content == before


def test_headers_keep_a_page_to_itself(logged_in: Callable[[str], Client]) -> None:
    response = logged_in("tianbao").get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"


def test_a_form_without_its_token_is_refused(draft: Text) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="tianbao"))
    assert client.post(f"/texts/{draft.pk}/submit/").status_code == 403


@pytest.mark.parametrize("username", USERS)
def test_no_page_asks_for_anything_outside(
    username: str, draft: Text, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in(username)
    sheet = draft.sheets.first()
    assert sheet is not None
    for path in (
        "/",
        f"/texts/{draft.pk}/",
        f"/texts/{draft.pk}/projects/{sheet.pk}/",
        "/journal/",
    ):
        page = client.get(path, follow=True).content.decode()
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page)
        assert " style=" not in page and "onclick" not in page
