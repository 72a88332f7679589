"""The API: the same scope as the pages, by token; errors in Chinese; hostile files do no harm."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from jixiao.exchange import schema
from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.api import running, tokens
from jixiao.web.api.guard import Bearer
from jixiao.web.api.models import ApiToken
from jixiao.web.api.operations import service
from jixiao.web.api.service import document
from jixiao.web.api.urls import urlpatterns
from jixiao.web.journal.chain import Actor, verify
from jixiao.web.journal.models import Entry
from jixiao.web.scope import Action
from jixiao.web.targets.models import Sheet, Text

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = "huailai-resettlement-2024.docx"
DOCUMENT = document(service)

PEOPLE = ("tianbao", "danwei", "zhuguan", "yewu", "jixiao", "renda", "admin")
"""One of each role, all in charge of the texts of 官厅库区建设管理中心."""

STRANGERS = ("tianbao2", "danwei2", "zhuguan2", "yewu3")


class Operation(NamedTuple):
    """An operation of the OpenAPI document."""

    name: str
    method: str
    path: str
    asks: Action


OPERATIONS = [
    Operation(each["operationId"], method.upper(), path, Action(each["x-asks"]))
    for path, item in DOCUMENT["paths"].items()
    for method, each in item.items()
]
ACTS = {each.name: each for each in OPERATIONS}


class Program:
    """A program that brings a token."""

    def __init__(self, username: str) -> None:
        self.user = User.objects.get(username=username)
        self.made = tokens.issue(Actor(self.user), "测试", 30)
        self.client = Client(headers={"Authorization": f"Bearer {self.made.words}"})

    def send(self, method: str, path: str, body: object = None) -> Any:
        if body is None:
            return self.client.generic(method, f"/api{path}")
        return self.client.generic(method, f"/api{path}", json.dumps(body), "application/json")

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def check(self, name: str, data: bytes, **more: str) -> Any:
        return self.client.post("/api/check", {"file": SimpleUploadedFile(name, data), **more})


@pytest.fixture
def program(db: None) -> Callable[[str], Program]:
    return Program


@pytest.fixture
def sheet(draft: Text) -> Sheet:
    found = draft.sheets.first()
    assert found is not None
    return found


BODIES: dict[str, object] = {
    "submit_text": {"shared": "演示"},
    "agree_text": {"opinion": "同意"},
    "return_text": {"opinion": "请改"},
    "put_field": {"value": "改了", "revision": 1},
    "put_project_field": {"value": "改了", "revision": 1},
    "put_indicator_field": {"value": "改了", "revision": 1},
}
FIELDS = {
    "put_field": "overall",
    "put_project_field": "purpose",
    "put_indicator_field": "description",
}


def address(operation: Operation, text: Text) -> str:
    """Return an operation's address in a text."""
    sheet = text.sheets.first()
    assert sheet is not None
    known = {
        "text_id": text.pk,
        "sheet_id": sheet.pk,
        "row": sheet.rows[0],
        "number": 1,
        "kind": "docx",
        "field": FIELDS.get(operation.name, ""),
    }
    return operation.path.removeprefix("/api").format(**known)


def in_state(text: Text, state: str) -> None:
    """Put a text into a state."""
    Text.objects.filter(pk=text.pk).update(
        state=state, submitted_at=None if state == "draft" else text.changed_at
    )
    Sheet.objects.filter(text=text).update(revision=1)
    text.refresh_from_db()


# ---- who may do what


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


# ---- tokens


def test_only_the_hash_of_a_token_is_kept(program: Callable[[str], Program]) -> None:
    made = program("tianbao").made
    kept = ApiToken.objects.values().get(pk=made.token.pk)
    assert made.words not in str(kept)
    assert kept["hash"] == hashlib.sha256(made.words.encode()).hexdigest()
    assert len(made.words) >= 43


def test_tokens_that_open_nothing(program: Callable[[str], Program]) -> None:
    def told(asking: Program) -> str:
        answer = asking.get("/rules")
        assert answer.status_code == 401
        error: str = answer.json()["error"]
        return error

    now = timezone.now()
    expired, revoked, disabled, locked = (program(name) for name in PEOPLE[:4])
    ApiToken.objects.filter(pk=expired.made.token.pk).update(expires_at=now)
    tokens.revoke(Actor(revoked.user), revoked.made.token.pk)
    User.objects.filter(pk=disabled.user.pk).update(is_active=False)
    User.objects.filter(pk=locked.user.pk).update(locked_until=now + timedelta(minutes=9))
    assert "过期" in told(expired)
    assert "吊销" in told(revoked)
    assert "停用" in told(disabled)
    assert "锁定" in told(locked)


def test_last_use_is_written_now_and_then(program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    asking.get("/rules")
    first = ApiToken.objects.get(pk=asking.made.token.pk).last_used_at
    asking.get("/rules")
    assert first is not None
    assert ApiToken.objects.get(pk=asking.made.token.pk).last_used_at == first


def test_the_page_shows_a_token_once(logged_in: Callable[[str], Client]) -> None:
    client = logged_in("tianbao")
    page = client.post("/tokens/add/", {"name": "一体化系统", "days": "90"})
    assert page.status_code == 201
    words = re.search(r'value="(jx_[\w-]+)"', page.content.decode())
    assert words is not None
    answer = Client(headers={"Authorization": f"Bearer {words[1]}"}).get("/api/texts")
    assert answer.status_code == 200
    again = client.get("/tokens/").content.decode()
    assert "一体化系统" in again and words[1] not in again
    entry = Entry.objects.filter(action="token.add").latest("number")
    assert "一体化系统" in entry.detail and words[1] not in entry.detail


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "", "days": "90"},
        {"name": "x", "days": "366"},
        {"name": "x", "days": "0"},
        {"name": "x"},
        {"name": "字" * 61, "days": "30"},
    ],
)
def test_a_token_needs_a_name_and_an_end(
    asked: dict[str, str], logged_in: Callable[[str], Client]
) -> None:
    assert logged_in("renda").post("/tokens/add/", asked).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_user_has_a_bounded_number_of_tokens(program: Callable[[str], Program]) -> None:
    actor = Actor(program("tianbao").user)
    for _ in range(tokens.MOST - 1):
        tokens.issue(actor, "x", 1)
    with pytest.raises(tokens.TokenError, match="吊销"):
        tokens.issue(actor, "x", 1)


def test_who_revokes_a_token(
    program: Callable[[str], Program], logged_in: Callable[[str], Client]
) -> None:
    asking = program("tianbao")
    there = f"/tokens/{asking.made.token.pk}/revoke/"
    assert logged_in("jixiao").post(there).status_code == 404
    assert asking.get("/rules").status_code == 200
    assert "测试" in logged_in("admin").get("/tokens/").content.decode()
    assert "测试" not in logged_in("jixiao").get("/tokens/").content.decode()
    assert logged_in("admin").post(there).status_code == 302
    assert asking.get("/rules").status_code == 401
    entry = Entry.objects.filter(action="token.revoke").latest("number")
    assert entry.person.startswith("周工") and "tianbao" in entry.detail


# ---- what is given


@pytest.mark.parametrize("name", ["get_text", "get_project", "list_findings", "list_projects"])
def test_answers_are_as_the_document_says(
    name: str, draft: Text, program: Callable[[str], Program]
) -> None:
    answer = program("tianbao").get(address(ACTS[name], draft)).json()
    operation = DOCUMENT["paths"][ACTS[name].path]["get"]
    found = operation["responses"][200]["content"]["application/json"]["schema"]
    Draft202012Validator({**found, "components": DOCUMENT["components"]}).validate(answer)


def test_a_text_is_as_the_contract_says(draft: Text, program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    said = asking.get(f"/texts/{draft.pk}").json()
    contract = schema("read")
    Draft202012Validator({"$ref": "#/$defs/PerformanceText", "$defs": contract["$defs"]}).validate(
        said["content"]
    )
    assert len(said["content"]["projects"]) == len(said["sheets"]) == said["projects"]
    sheet = asking.get(f"/texts/{draft.pk}/projects/{said['sheets'][0]['id']}").json()
    assert sheet["content"] == said["content"]["projects"][0]
    assert len(sheet["rows"]) == len(sheet["content"]["indicators"])


def test_findings_are_as_the_contract_says_and_name_rows(
    draft: Text, sheet: Sheet, program: Callable[[str], Program]
) -> None:
    found = program("tianbao").get(f"/texts/{draft.pk}/findings").json()
    Draft202012Validator(schema("check")).validate(found)
    assert len(found["findings"]) == draft.errors + draft.warnings + draft.hints
    of_rows = [each for each in found["findings"] if each["sheet"] == sheet.pk and each["row"]]
    assert of_rows
    assert all(sheet.rows[each["indicator"]] == each["row"] for each in of_rows)


def test_lists_are_filtered_and_paged(program: Callable[[str], Program]) -> None:
    asking = program("jixiao")
    every = asking.get("/texts").json()
    assert every["total"] == len(every["items"]) == scope.listed(asking.user).count()
    pages = [asking.get(f"/texts?limit=3&page={page}").json()["items"] for page in range(1, 10)]
    assert [len(page) for page in pages[:2]] == [3, 3]
    assert pages[-1] == []
    assert [each["id"] for page in pages for each in page] == [e["id"] for e in every["items"]]
    assert asking.get("/texts?year=2021").json()["total"] == 1
    assert asking.get("/texts?state=approved&unit=455001").json()["total"] == 1
    assert asking.get("/texts?unit=999").json()["items"] == []


def test_versions_and_documents(program: Callable[[str], Program]) -> None:
    asking = program("jixiao")
    text = Text.objects.get(unit__code="455001")
    numbers = [e["number"] for e in asking.get(f"/texts/{text.pk}/versions").json()["items"]]
    assert numbers == [2, 1]
    version = asking.get(f"/texts/{text.pk}/versions/1").json()
    assert version["content"]["projects"] and version["findings"]
    for kind, begins in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        file = asking.get(f"/texts/{text.pk}/download/{kind}?version=1")
        assert file.content.startswith(begins), kind
    assert asking.get(f"/texts/{text.pk}/download/docx?version=9").status_code == 404
    assert asking.get(f"/texts/{text.pk}/download/exe").status_code == 422
    assert Entry.objects.filter(action="text.download", subject_id=text.pk).count() == 3


# ---- filling in


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


# ---- steps


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


# ---- the check as a service


def test_a_check_is_that_of_the_command_line(program: Callable[[str], Program]) -> None:
    command = [sys.executable, "-m", "jixiao", "check", SAMPLE, "--format", "json"]
    told = subprocess.run(
        [*command, "--profile", "hebei"], cwd=SAMPLES, capture_output=True, check=False
    ).stdout
    data = (SAMPLES / SAMPLE).read_bytes()
    asking = program("renda")
    answer = asking.check(SAMPLE, data, profile="hebei")
    assert answer.status_code == 200
    assert answer.content == told
    raw = asking.client.generic(
        "POST", f"/api/check?filename={SAMPLE}&profile=hebei", data, "application/octet-stream"
    )
    assert raw.content == told
    Draft202012Validator(schema("check")).validate(answer.json())
    # What curl --data-binary says of a body by itself.
    form = "application/x-www-form-urlencoded"
    curl = asking.client.generic("POST", f"/api/check?filename={SAMPLE}&profile=hebei", data, form)
    assert curl.content == told
    assert not Entry.objects.exclude(action="token.add").filter(number__gt=_before()).exists()


def _before() -> int:
    return Entry.objects.filter(action="token.add").latest("number").number


def _bomb() -> bytes:
    """Return a docx of some KB that unpacks to 400 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * 1024 * 1024)
    return made.getvalue()


def _hostile() -> Iterator[tuple[str, bytes]]:
    sample = (SAMPLES / SAMPLE).read_bytes()
    yield "bomb.docx", _bomb()
    yield "half.docx", sample[: len(sample) // 2]
    yield "rubbish.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40
    yield "zeros.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
    yield "--profile", b"\0\0\0"
    yield "entities.html", b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + b"<table>" * 20000


@pytest.mark.parametrize(("name", "data"), [pytest.param(*each, id=each[0]) for each in _hostile()])
def test_a_hostile_file_is_refused(
    name: str, data: bytes, program: Callable[[str], Program]
) -> None:
    answer = program("tianbao").check(name, data)
    told = answer.json()
    if answer.status_code == 200:  # read, and found to hold no text
        assert name == "entities.html" and told["findings"]
    else:
        assert answer.status_code == 422
        assert re.search("[\u4e00-\u9fff]", told["error"]) and told["hint"]


def test_what_a_check_must_have(program: Callable[[str], Program], settings: Any) -> None:
    asking = program("tianbao")
    data = (SAMPLES / SAMPLE).read_bytes()
    assert asking.client.post("/api/check", {"other": "x"}).status_code == 422
    for profile in ("/etc/passwd", "nothing", "../base", "base.toml"):
        told = asking.check(SAMPLE, data, profile=profile)
        assert told.status_code == 422 and "hebei" in told.json()["hint"]
    broken = asking.client.generic(
        "POST", "/api/check", b"--x\r\n", "multipart/form-data; boundary=y"
    )
    assert broken.status_code in (400, 422)
    settings.UPLOAD_LIMIT = 1000
    assert asking.check(SAMPLE, data).status_code == 413
    assert asking.client.generic("POST", "/api/check", data, "x/y").status_code == 413


def test_a_file_that_takes_too_long_is_given_up(
    program: Callable[[str], Program], settings: Any
) -> None:
    settings.CHECK_SECONDS = 0
    told = program("tianbao").check(SAMPLE, (SAMPLES / SAMPLE).read_bytes())
    assert told.status_code == 422 and "没有读完" in told.json()["error"]


def test_a_file_that_takes_too_much_memory_is_given_up(
    program: Callable[[str], Program], settings: Any
) -> None:
    settings.CHECK_MEMORY = 40 * 1024 * 1024
    told = program("tianbao").check(SAMPLE, (SAMPLES / SAMPLE).read_bytes())
    assert told.status_code == 422 and "内存" in told.json()["error"]


def test_more_checks_at_once_than_there_are_slots(program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    data = (SAMPLES / SAMPLE).read_bytes()
    taken = 0
    while running._slots.acquire(blocking=False):
        taken += 1
    try:
        told = asking.check(SAMPLE, data)
    finally:
        running._slots.release(taken)
    assert told.status_code == 429
    assert int(told["Retry-After"]) > 0
    assert asking.check(SAMPLE, data).status_code == 200


# ---- errors


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


# ---- the description of it all


def test_everything_is_described_in_chinese() -> None:
    missing = []

    def walk(value: Any, where: str) -> None:
        if isinstance(value, dict):
            words = value.get("description")
            if isinstance(words, str) and not re.search("[\u4e00-\u9fff]", words):
                missing.append((where, words))
            for name, said in value.get("properties", {}).items():
                if "description" not in said and "$ref" not in said:
                    missing.append((where, name))
            for key, said in value.items():
                walk(said, f"{where}/{key}")
        elif isinstance(value, list):
            for each in value:
                walk(each, where)

    walk(DOCUMENT["components"], "components")
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            assert re.search("[\u4e00-\u9fff]", operation["summary"])
            walk(operation, f"{method} {path}")
    assert not missing


def test_the_page_of_the_description_loads_nothing_from_outside(db: None) -> None:
    page = Client().get("/api/docs").content.decode()
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page)
    assert " style=" not in page and "onclick" not in page
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in page
    for name in DOCUMENT["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert Client().get("/api/openapi.json").json()["openapi"].startswith("3.1")
