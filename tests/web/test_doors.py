"""What keeps strangers, and those within, from more than is theirs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from jixiao.web import inputs
from jixiao.web.accounts.models import Region, User
from jixiao.web.journal import chain
from jixiao.web.journal.models import Entry, Head
from jixiao.web.rounds.models import Notice
from jixiao.web.scope import Action
from jixiao.web.targets import content, fields
from jixiao.web.targets.models import Comment, Removed, Sheet, Text
from jixiao.web.targets.states import State
from web_hostile import PAGES, County, asked_by, sent

MARK = "\"'><img src=x onerror=alert(1)>&lt;"


@pytest.fixture
def county(actor: Callable[[str], Any]) -> County:
    return County(actor)


def _kept() -> dict[str, Any]:
    """Return what a request without its token, or of the wrong kind, must not change."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Text, Sheet, Comment, User, Entry, Region)
    }


def test_every_post_asks_for_its_token_and_nothing_is_changed_by_looking(
    county: County, logged_in: Callable[[str], Client]
) -> None:
    before = _kept()
    for name, page in PAGES.items():
        asks: Action = page.view.asks
        client = logged_in(county.username(asks)) if asks is not Action.ANYONE else Client()
        client.handler.enforce_csrf_checks = True
        with transaction.atomic():
            there = county.address(name, asks)
            if "POST" in asked_by(page.view):
                assert sent(client, "POST", there, {}) == 403, name
            else:
                assert sent(client, "POST", there, {}) in (403, 405), name
            if "GET" not in asked_by(page.view):
                assert client.get(there).status_code == 405, name
                assert client.head(there).status_code == 405, name
            transaction.set_rollback(True)
    changed = _kept()
    for who in changed["User"] + before["User"]:
        who.pop("last_login")
    assert changed == before


def test_what_is_not_on_a_form_is_not_changed(
    county: County, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    text, sheet = county.draft, county.sheet
    more = {
        "state": "approved", "unit": "1", "unit_id": "1", "frozen": "0", "rows": "[]", "errors": "0",
        "submitted_at": "2026-01-01", "original": "1", "stage": "second", "money": "0",
    }  # fmt: skip
    there = f"/texts/{text.pk}/projects/{sheet.pk}/field/"
    seen = {"before": content.project_of(sheet).purpose, "revision": str(sheet.revision), "row": ""}
    assert (
        client.post(there, {**seen, **more, "field": "purpose", "value": "新"}).status_code == 200
    )
    now = Text.objects.get(pk=text.pk)
    for name in ("state", "unit_id", "submitted_at", "original_id", "stage"):
        assert getattr(now, name) == getattr(text, name), name
    for field in ("place", "rows", "extra.x", "indicators", "plan", "source", "indicators.0.kind"):
        assert client.post(there, {**seen, "field": field, "value": "x"}).status_code in (409, 422)
    head = f"/texts/{text.pk}/field/"
    for field in ("source", "region.code", "draft", "projects", "state", "unread"):
        asked = {
            "field": field,
            "value": "x",
            "revision": str(text.revision),
            "before": "",
            "row": "",
        }
        assert client.post(head, asked).status_code == 422, field


def test_what_people_write_is_never_markup(
    county: County, actor: Callable[[str], Any], logged_in: Callable[[str], Client]
) -> None:
    User.objects.update(name=MARK[:60])
    text, sheet, someone = county.draft, county.sheet, county.user("danwei")
    text.unit.name = text.unit.department.name = MARK
    text.unit.save()
    text.unit.department.save()
    said = content.project_of(sheet)
    for field in ("name", "purpose", "budget.total", "plan.06", "indicators.0.name", "goals"):
        said = fields.put(said, field, MARK)
    sheet.content = content.dumped(said)
    sheet.marks = {sheet.rows[0]: {"value": MARK}, "": {"code": MARK}}
    sheet.save()
    text.comments.create(sheet=sheet, field="name", body=MARK, label=MARK, person=someone)
    text.removed.create(position=0, content="{}", label=MARK, person=someone, part="indicators")
    text.decisions.create(
        step="return", before="unit", after="returned", opinion=MARK, office=MARK,
        person=someone,
    )  # fmt: skip
    Notice.objects.create(
        unit=text.unit, year=2025, stage="once", body=MARK, office=MARK, person=someone,
        day="2025-01-01",
    )  # fmt: skip
    county.made.name = MARK
    county.made.save()
    chain.record(actor("tianbao"), "text.field", "text", text.pk, field="name", after=MARK)
    shown = 0
    for name, page in PAGES.items():
        asks: Action = page.view.asks
        if "GET" not in asked_by(page.view):
            continue
        with transaction.atomic():
            there = county.address(name, asks)
            client = logged_in(county.username(asks))
            answer = client.get(there, {"q": MARK, "from": MARK, "queue": MARK, "next": MARK})
            if "html" in answer.get("Content-Type", ""):
                told = answer.content.decode()
                assert "<img src=x" not in told and "\"'>" not in told, name
                shown += "&gt;&lt;img src=x" in told
            assert not re.search(r"[\r\n]", answer.get("Content-Disposition", "")), name
            transaction.set_rollback(True)
    assert shown > 20


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_is_a_formula(
    begin: str, county: County, logged_in: Callable[[str], Client]
) -> None:
    evil = f'{begin}cmd|"/C calc"!A0'
    text, sheet, someone = county.draft, county.sheet, county.user("danwei")
    said = fields.put(content.project_of(sheet), "name", evil)
    said = fields.put(said, "indicators.0.name", evil)
    sheet.content = content.dumped(said)
    sheet.save()
    text.unit.name = evil
    text.unit.save()
    text.comments.create(body=evil, label=evil, person=someone)
    text.state, text.submitted_at = State.DEPARTMENT, text.changed_at
    text.save()
    chain.record(
        chain.Actor(User.objects.get(username="tianbao")), "x", "text", text.pk, after=evil
    )
    for username, there in (
        ("zhuguan", f"/texts/{text.pk}/download/xlsx/"),
        ("zhuguan", "/review/export/?show=all"),
        ("zhuguan", "/review/export/?show=all&look=projects"),
        ("zhuguan", "/review/opinions/xlsx/?show=all"),
        ("zhuguan", f"/review/{text.pk}/appraisal/download/xlsx/"),
        ("admin", "/journal/export/"),
    ):
        answer = logged_in(username).get(there)
        assert answer.status_code == 200, there
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheets = [each for each in book.namelist() if "worksheets/" in each]
            assert sheets
            own = [re.findall(r"<f[ >][^<]*", book.read(each).decode()) for each in sheets]
        assert not [each for found in own for each in found if "cmd" in each], there


def test_a_login_leads_only_to_our_own_pages(db: None) -> None:
    right = {"username": "tianbao", "password": "county-for-tests"}
    for goal in ("//evil.example", "https://evil.example/", "\\\\evil.example", "/\\evil.example",
                 "javascript:alert(1)", "logout", "text", "/" + "x" * 9000):  # fmt: skip
        answer = Client().post("/login/", {**right, "next": goal})
        assert (answer.status_code, answer["Location"]) == (302, "/"), goal
    assert Client().post("/login/", {**right, "next": "/tokens/"})["Location"] == "/tokens/"


def test_a_login_gets_a_session_of_its_own(db: None) -> None:
    client = Client()
    client.get("/login/")
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post("/login/", {"username": "tianbao", "password": "county-for-tests"})
    assert client.cookies["sessionid"].value != planted
    assert Client(headers={"Cookie": f"sessionid={planted}"}).get("/").status_code == 302
    assert client.get("/logout/").status_code == 405
    assert client.get("/").status_code == 200


def test_a_lock_holds_however_the_name_is_written(db: None) -> None:
    for at, name in enumerate(("tianbao", " tianbao", "tianbao ", "ｔｉａｎｂａｏ", "tianbao")):
        Client().post("/login/", {"username": name, "password": "x"}, REMOTE_ADDR=f"10.0.0.{at}",
                      headers={"X-Forwarded-For": f"192.0.2.{at}"})  # fmt: skip
    answer = Client().post("/login/", {"username": "tianbao", "password": "county-for-tests"})
    assert answer.status_code == 422
    last = Entry.objects.order_by("number").last()
    assert last is not None and last.action == "login.refused"
    assert not Entry.objects.filter(address__startswith="192.0.2").exists()


def test_a_password_is_not_guessed_within_a_session(logged_in: Callable[[str], Client]) -> None:
    client = logged_in("tianbao")
    told = {"old_password": "x", "new_password1": "Abcdef-12345", "new_password2": "Abcdef-12345"}
    assert [client.post("/password/", told).status_code for _ in range(5)] == [422] * 4 + [302]
    assert client.get("/").status_code == 302
    right = {"username": "tianbao", "password": "county-for-tests"}
    assert Client().post("/login/", right).status_code == 422


def test_a_locked_account_is_refused_no_faster_than_an_unknown_one(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth import hashers

    counted: list[str] = []
    real = hashers.MD5PasswordHasher.encode

    def encode(self: Any, password: str, salt: str) -> str:
        counted.append(password)
        return str(real(self, password, salt))

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", encode)
    User.objects.filter(username="danwei").update(is_active=False)
    for name in ("nobody", "danwei", "tianbao"):
        counted.clear()
        answer = Client().post("/login/", {"username": name, "password": "x"})
        assert counted == ["x"], name
        assert "账号或密码不对" in answer.content.decode()


def test_an_account_that_reaches_further_is_not_taken_over(
    logged_in: Callable[[str], Client],
) -> None:
    above = User.objects.get(username="renda")
    above.includes_below = True
    above.save()
    client = logged_in("admin")
    for what in ("reset", "switch"):
        assert client.post(f"/accounts/{above.pk}/{what}/").status_code == 422
    told = {"name": above.name, "role": "administrator", "includes_below": "1"}
    assert client.post(f"/accounts/{above.pk}/", told).status_code == 422
    now = User.objects.get(pk=above.pk)
    assert (now.password, now.role, now.is_active) == (above.password, above.role, True)
    said = f'{{ username = "renda", name = "{above.name}", role = "administrator" }}'
    data = f'users = [{said}]\nregion = {{ code = "{above.region.code}", name = "县" }}'.encode()
    file = SimpleUploadedFile("清单.toml", data)
    assert client.post("/accounts/list/", {"file": file, "update": "1"}).status_code == 422
    told = {"code": "130798", "name": "新县"}
    assert client.post("/accounts/places/region/add/", told).status_code == 422
    assert not Region.objects.filter(code="130798").exists()


@pytest.mark.parametrize(
    "said",
    [
        'users = [{ username = "a\\u0000b", name = "甲", role = "performance" }]',
        f'users = [{{ username = "{"a" * 61}", name = "甲", role = "performance" }}]',
        f'users = [{{ username = "jia", name = "{"甲" * 61}", role = "performance" }}]',
        f'departments = [{{ code = "{"1" * 21}", name = "甲" }}]',
        'departments = [{ code = "1", name = "甲\\u0007" }]',
        'sections = ["a\\u0000b"]',
        f'sections = ["{"股" * 61}"]',
    ],
)
def test_a_list_that_no_column_holds(said: str, logged_in: Callable[[str], Client]) -> None:
    region = User.objects.get(username="admin").region
    data = f'{said}\nregion = {{ code = "{region.code}", name = "某县" }}\n'.encode()
    file = SimpleUploadedFile("清单.toml", data)
    answer = logged_in("admin").post("/accounts/list/", {"file": file})
    assert answer.status_code == 422


def test_a_record_whose_end_is_gone_is_not_whole(db: None, actor: Callable[[str], Any]) -> None:
    for _ in range(3):
        chain.record(actor("tianbao"), "logout", "account", 1)
    assert chain.verify().broken is None
    last = Entry.objects.order_by("number").last()
    assert last is not None
    for damage in (
        lambda: Entry.objects.filter(pk=last.pk).delete(),
        lambda: Head.objects.all().delete(),
        lambda: (Entry.objects.filter(pk=last.pk).delete(), Head.objects.all().delete()),
        lambda: Entry.objects.filter(pk=last.pk).update(detail='{"a": 1}'),
        lambda: Entry.objects.filter(pk=last.pk - 1).delete(),
        lambda: Entry.objects.filter(pk=last.pk).update(number=last.pk + 5),
        lambda: Entry.objects.all().delete(),
    ):
        with transaction.atomic():
            damage()
            assert chain.verify().broken is not None
            transaction.set_rollback(True)


def test_reading_a_reminder_is_recorded_once(
    county: County, logged_in: Callable[[str], Client]
) -> None:
    notice = Notice.objects.create(
        unit=county.draft.unit, year=2025, stage="once", body="x", office="x",
        person=county.user("jixiao"), day="2025-01-01",
    )  # fmt: skip
    for _ in range(2):
        assert logged_in("tianbao").post(f"/notices/{notice.pk}/read/").status_code == 302
    logged_in("tianbao2").post(f"/notices/{notice.pk}/read/")
    assert Entry.objects.filter(action="notice.read", subject_id=notice.pk).count() == 1


@pytest.mark.parametrize("charset", ["rot13", "idna", "undefined", "utf-16", "gbk"])
def test_another_encoding_is_refused_in_chinese(
    charset: str, logged_in: Callable[[str], Client]
) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="year"\r\n\r\n2026\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    answer = logged_in("tianbao").generic("POST", "/texts/new/", body, content_type=kind)
    assert answer.status_code == 400
    assert "读不出来" in answer.content.decode()


def test_too_many_fields_or_another_host_are_told(logged_in: Callable[[str], Client]) -> None:
    client = logged_in("tianbao")
    many = client.post("/texts/new/", {f"f{at}": "" for at in range(1001)})
    host = client.get("/", headers={"Host": "evil.example"})
    for answer in (many, host):
        assert answer.status_code == 400
        assert "读不出来" in answer.content.decode()
        assert "evil.example" not in answer.content.decode()


def test_a_slip_of_the_finger_in_an_amount(
    county: County, logged_in: Callable[[str], Client]
) -> None:
    """An amount without end, or in a unit that is none, is kept as written and stops nothing."""
    client = logged_in("tianbao")
    text, sheet = county.draft, county.sheet
    there = f"/texts/{text.pk}/projects/{sheet.pk}/"
    for field, value in (("money_unit", "朝"), ("money_unit", "亿元"), ("total", "9" * 30)):
        sheet.refresh_from_db()
        told = {"field": f"budget.{field}", "value": value, "revision": str(sheet.revision)}
        assert client.post(f"{there}field/", {**told, "before": "", "row": ""}).status_code == 200
        assert client.get(there).status_code == 200
        assert client.get(f"/texts/{text.pk}/download/docx/").status_code == 200
    sheet.refresh_from_db()
    assert content.project_of(sheet).budget.total == "9" * 30


def test_restoring_beside_a_project_that_is_not_there(
    county: County, logged_in: Callable[[str], Client]
) -> None:
    line = content.dumped(content.project_of(county.sheet).indicators[0])
    other = county.approved.sheets.first()
    for sheet in (other.pk if other else 0, "9" * 5000, "²"):
        gone = Removed.objects.create(
            text=county.draft, sheet=county.sheet, part="indicators", row="x", position=0,
            content=line, person=county.user("tianbao"),
        )  # fmt: skip
        there = f"/texts/{county.draft.pk}/removed/{gone.pk}/restore/"
        answer = logged_in("tianbao").post(
            there, {"sheet": str(sheet)}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200


def test_numbers_days_and_words_of_a_request() -> None:
    assert inputs.numbers(["1", "x", "", "-1", "²", "٣", "9" * 16, "002"]) == {1, 2}
    assert inputs.day("2026-12-10") is not None
    assert [inputs.day(each) for each in ("0001-01-01", "9999-12-31", "x", "")] == [None] * 4
    assert inputs.words(" a\x00b ") == "ab"
    assert len(inputs.words("长" * 9000)) == inputs.LONGEST
