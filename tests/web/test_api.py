"""The API: the same scope as the pages, by token; fields and steps; errors in Chinese."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client

from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.api.guard import Bearer
from jixiao.web.api.urls import urlpatterns
from jixiao.web.journal.chain import verify
from jixiao.web.journal.models import Entry
from jixiao.web.scope import Action
from jixiao.web.targets.models import Sheet, Text
from web_api import (
    ACTS,
    BODIES,
    DOCUMENT,
    OPERATIONS,
    PEOPLE,
    STRANGERS,
    Operation,
    Program,
    address,
    in_state,
)


def test_every_operation_says_what_it_asks_and_who_may() -> None:
    assert len(OPERATIONS) == 17
    assert {each.callback.asks for each in urlpatterns} == {Action.TOKEN, Action.ANYONE}
    for item in DOCUMENT["paths"].values():
        for operation in item.values():
            assert operation["x-roles"] and operation["security"] == [{"Bearer": []}]


@pytest.mark.parametrize(
    "state", ["draft", "returned", "unit", "department", "finance", "approved"]
)
@pytest.mark.parametrize("username", [*PEOPLE, *STRANGERS])
def test_every_operation_and_role(
    username: str, state: str, draft: Text, program: Callable[[str], Program]
) -> None:
    """Not seen: 404. Seen and not for the role: 403. Not in this state: 409. Else it is done."""
    in_state(draft, state)
    asking = program(username)
    for operation in OPERATIONS:
        if operation.name in ("check_file", "list_units", "list_rules", "list_texts"):
            continue  # they name no text; see below
        expected = _expected(asking.user, operation, draft)
        answer = asking.send(
            operation.method, address(operation, draft), BODIES.get(operation.name)
        )
        assert answer.status_code == expected, (operation.name, answer.content[:200])
        in_state(draft, state)


def _expected(user: User, operation: Operation, text: Text) -> int:
    if not scope.texts(user).filter(pk=text.pk).exists():
        return 404
    if not scope.may(user, operation.asks):
        return 403
    if not scope.may(user, operation.asks, text):
        return 409
    return 404 if operation.name == "get_version" and not text.versions.exists() else 200


@pytest.mark.parametrize("username", PEOPLE)
def test_operations_of_no_text(username: str, program: Callable[[str], Program]) -> None:
    asking = program(username)
    assert asking.get("/texts").status_code == (403 if username == "admin" else 200)
    assert asking.get("/units").status_code == asking.get("/rules").status_code == 200
    assert asking.check("空.docx", b"").status_code == 422


def test_an_operation_that_does_not_say_what_it_asks_is_refused(
    program: Callable[[str], Program],
) -> None:
    """Registered without ``serves``: the guard of the whole API lets nobody pass."""
    guard = Bearer(None)
    for username in PEOPLE:
        with pytest.raises(PermissionDenied):
            guard.authenticate(HttpRequest(), program(username).made.words)


def test_lists_hold_only_what_one_may_see(program: Callable[[str], Program]) -> None:
    for username in ("tianbao", "tianbao2", "zhuguan", "yewu3", "jixiao", "renda"):
        asking = program(username)
        listed = asking.get("/texts?limit=200").json()
        assert {each["id"] for each in listed["items"]} == set(
            scope.listed(asking.user).values_list("pk", flat=True)
        )
        assert listed["total"] == len(listed["items"])
    assert [each["code"] for each in program("tianbao").get("/units").json()["items"]] == ["431002"]
    assert len(program("zhuguan").get("/units").json()["items"]) == 2


@pytest.mark.parametrize("name", ACTS)
def test_without_a_token_nothing_is_told(name: str, draft: Text) -> None:
    operation = ACTS[name]
    path = f"/api{address(operation, draft)}"
    logged_in = Client()
    logged_in.force_login(User.objects.get(username="tianbao"))
    for client, header in (
        (Client(), {}),
        (logged_in, {}),  # who is logged in on the pages is nobody here
        (Client(), {"Authorization": "Bearer jx_wrong"}),
        (Client(), {"Authorization": "Basic dGlhbmJhbzp4"}),
    ):
        answer = client.generic(operation.method, path, headers=header)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer.json()["error"] and answer.json()["hint"]
    assert draft.decisions.count() == 0


def test_a_token_of_another_unit_finds_no_project_of_this_one(
    program: Callable[[str], Program], draft: Text
) -> None:
    other = Text.objects.get(unit__code="976003", year=2024).sheets.first()
    assert other is not None
    clerk = program("tianbao")
    assert clerk.get(f"/texts/{draft.pk}/projects/{other.pk}").status_code == 404
    there = f"/texts/{draft.pk}/projects/{other.pk}/fields/name"
    assert clerk.send("PUT", there, {"value": "x", "revision": 1}).status_code == 409
    before = other.content
    other.refresh_from_db()
    assert other.content == before


def test_a_field_is_saved_with_its_findings(
    draft: Text, sheet: Sheet, program: Callable[[str], Program]
) -> None:
    asking = program("tianbao")
    there = f"/texts/{draft.pk}/projects/{sheet.pk}/rows/{sheet.rows[0]}/fields/value"
    saved = asking.send("PUT", there, {"value": "≥95%\r\n ", "revision": sheet.revision}).json()
    assert saved["value"] == "≥95%"
    assert saved["revision"] == sheet.revision + 1
    assert {each["sheet"] for each in saved["findings"]} == {sheet.pk}
    said = asking.get(f"/texts/{draft.pk}/projects/{sheet.pk}").json()["content"]
    assert said["indicators"][0]["value"]["number"] == "95"
    entry = Entry.objects.filter(action="text.field").latest("number")
    assert json.loads(entry.detail)["token"] == asking.made.token.pk
    assert entry.person.startswith("张敏")
    assert verify().broken is None


def test_two_who_change_one_field_are_both_told(
    draft: Text, sheet: Sheet, program: Callable[[str], Program]
) -> None:
    asking = program("tianbao")
    there = f"/texts/{draft.pk}/projects/{sheet.pk}/fields"
    seen = sheet.revision
    first = asking.send("PUT", f"{there}/purpose", {"value": "先写的", "revision": seen})
    assert first.status_code == 200
    second = asking.send("PUT", f"{there}/purpose", {"value": "后写的", "revision": seen})
    assert second.status_code == 409
    told = second.json()
    assert (told["now"], told["mine"], told["person"]) == ("先写的", "后写的", "张敏")
    # Another field of the project: whoever says what it was before does not meet the first.
    name = asking.get(f"/texts/{draft.pk}/projects/{sheet.pk}").json()["content"]["name"]
    change = {"value": "新名称", "revision": seen, "before": name}
    assert asking.send("PUT", f"{there}/name", change).status_code == 200
    assert asking.send("PUT", f"{there}/code", {"value": "1", "revision": seen}).status_code == 409
    again = {"value": "后写的", "revision": told["revision"] + 1}
    assert asking.send("PUT", f"{there}/purpose", again).status_code == 200


def test_fields_that_there_are_not(draft: Text, program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    change = {"value": "x", "revision": 1}
    for field in ("nothing", "sub_objectives.99.title", "__class__", "budget.sum"):
        answer = asking.send("PUT", f"/texts/{draft.pk}/fields/{field}", change)
        assert answer.status_code == 422, field
        assert "这一栏" in answer.json()["error"]


def test_the_way_of_a_text(draft: Text, program: Callable[[str], Program]) -> None:
    clerk, head = program("tianbao"), program("danwei")
    refused = clerk.send("POST", f"/texts/{draft.pk}/submit", {})
    assert refused.status_code == 422 and "处错误没有改" in refused.json()["error"]
    findings = clerk.get(f"/texts/{draft.pk}/findings").json()["findings"]
    errors = [each for each in findings if each["severity"] == "E"]
    reasons = [
        {**{key: each[key] or "" for key in ("code", "row", "field")}, "reason": "沿用上年"}
        | ({"sheet": each["sheet"]} if each["sheet"] else {})
        for each in errors
    ]
    sent = clerk.send("POST", f"/texts/{draft.pk}/submit", {"reasons": reasons})
    assert sent.status_code == 200, sent.content
    assert sent.json()["state"] == "unit" and sent.json()["waived"] == len(errors)
    waived = head.get(f"/texts/{draft.pk}/findings").json()["findings"]
    assert {e["waiver"]["reason"] for e in waived if e["severity"] == "E"} == {"沿用上年"}
    assert clerk.send("POST", f"/texts/{draft.pk}/submit", {}).status_code == 409
    assert head.send("POST", f"/texts/{draft.pk}/return", {}).status_code == 422
    back = head.send("POST", f"/texts/{draft.pk}/return", {"opinion": "请改\0"})
    assert back.json()["state"] == "returned"
    assert draft.decisions.latest("pk").opinion == "请改"
    assert clerk.send("POST", f"/texts/{draft.pk}/submit", {"shared": "x"}).status_code == 200
    passed = head.send("POST", f"/texts/{draft.pk}/agree", {})
    assert passed.json()["state"] == "department"


def test_errors_are_chinese_json(draft: Text, program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    there = f"/texts/{draft.pk}/fields/overall"
    answers = [
        (asking.get("/texts?limit=500"), 422, "每页份数（limit）”不能大于 200"),
        (asking.get("/texts?state=x"), 422, "状态"),
        (asking.get("/texts?page=x"), 422, "页码（page）”应当是整数"),
        (asking.send("PUT", there, {"value": "x"}), 422, "版本号（revision）”没有写"),
        (asking.send("PUT", there, {"value": 5, "revision": 1}), 422, "内容（value）”应当是文字"),
        (asking.send("PUT", there, {"value": "", "revision": 1, "z": 1}), 422, "不认识"),
        (asking.send("PUT", there, {"value": "\ud800", "revision": 1}), 422, "字符"),
        (asking.send("PUT", there, [1]), 422, "JSON 对象"),
        (asking.client.generic("PUT", f"/api{there}", b"{", "application/json"), 400, "JSON"),
        (asking.client.generic("PUT", f"/api{there}", b"\xff", "application/json"), 400, "JSON"),
        (asking.client.generic("PUT", f"/api{there}", b" " * 5_000_000, "x/y"), 413, "4 MB"),
        (
            asking.send("PUT", there[:-7] + "year", {"value": "9" * 9000, "revision": 1}),
            422,
            "年度",
        ),
        (asking.get(f"/texts/{draft.pk}/download/docx?version={'9' * 30}"), 404, "没有"),
        (asking.get(f"/texts/{draft.pk}/download/docx?version={'9' * 9000}"), 422, "版本"),
        (asking.get("/nothing"), 404, "没有"),
        (asking.get(f"/texts/{10**30}"), 404, "没有"),
        (asking.get("/texts/-1"), 404, "没有"),
        (asking.send("DELETE", "/texts"), 405, "请求"),
    ]
    for answer, status, words in answers:
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"].startswith("application/json")
        assert set(answer.json()) == {"error", "hint"}
        assert words in answer.json()["error"]
