"""The record of what was done shows tampering."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jixiao.web.jobs.worker import run_waiting
from jixiao.web.journal.chain import record, verify
from jixiao.web.journal.models import Entry, Head, Verification
from jixiao.web.targets.models import Text


@pytest.fixture
def chain(actor: Callable[[str], Any]) -> None:
    for number in range(5):
        record(actor("tianbao"), "text.field", "text", 1, value=f"第{number}次")


def test_an_untouched_chain_holds(chain: None) -> None:
    found = verify()
    assert found.broken is None
    assert found.entries == Entry.objects.count() > 5


@pytest.mark.parametrize(
    "change", [{"person": "别人"}, {"detail": "{}"}, {"address": "10.0.0.9"}, {"hash": "0" * 64}]
)
def test_an_entry_that_was_changed_is_found(chain: None, change: dict[str, str]) -> None:
    number = Entry.objects.count() - 2
    Entry.objects.filter(number=number).update(**change)
    found = verify()
    assert found.broken is not None
    assert found.broken.number in (number, number + 1)


def test_an_entry_that_was_removed_is_found(chain: None) -> None:
    number = Entry.objects.count() - 2
    Entry.objects.filter(number=number).delete()
    found = verify()
    assert found.broken is not None and found.broken.number == number


def test_entries_removed_at_the_end_are_found(chain: None) -> None:
    Entry.objects.filter(number=Head.objects.get().number).delete()
    found = verify()
    assert found.broken is not None and "末尾" in found.broken.reason


def test_who_from_where_is_recorded(chain: None) -> None:
    last = Entry.objects.last()
    assert last is not None
    assert last.person == "张敏（tianbao）"
    assert last.address == "192.0.2.7"


@pytest.fixture
def admin(logged_in: Callable[[str], Client]) -> Client:
    return logged_in("admin")


def numbers(page: Any) -> list[int]:
    """Return the numbers of the entries on a page."""
    return [int(n) for n in re.findall(r'data-label="序号">(\d+)<', page.content.decode())]


def test_the_record_is_found_by_who_what_when_and_text(chain: None, admin: Client) -> None:
    mine = set(Entry.objects.filter(person__contains="tianbao）").values_list("number", flat=True))
    assert set(numbers(admin.get("/journal/?who=tianbao）"))) == mine
    filled = set(Entry.objects.filter(action="text.field").values_list("number", flat=True))
    assert set(numbers(admin.get("/journal/?action=text.field"))) == filled
    assert numbers(admin.get("/journal/?from=2100-01-01")) == []
    assert numbers(admin.get("/journal/?from=garbage&to=1999-01-01")) == []
    library = Entry.objects.filter(subject="text").values_list("number", "subject_id")
    texts = set(Text.objects.filter(unit__name="县图书馆").values_list("pk", flat=True))
    expected = {number for number, key in library if key in texts}
    assert expected and set(numbers(admin.get("/journal/?text=图书馆"))) == expected
    assert len(numbers(admin.get("/journal/?q=192.0.2.7"))) == 5


def test_entries_are_told_in_words(actor: Callable[[str], Any], admin: Client) -> None:
    said = {"field": "value", "before": "≥1次", "after": "≥2次", "row": "ab12"}
    record(actor("tianbao"), "text.field", "text", 1, **said)
    record(actor("danwei"), "text.pass", "text", 1, to="department")
    page = admin.get("/journal/").content.decode()
    assert "原为：≥1次；改为：≥2次" in page
    assert "到：主管部门审核" in page


def test_the_workbook_has_what_was_asked_for_as_words(
    actor: Callable[[str], Any], admin: Client
) -> None:
    record(actor("tianbao"), "text.field", "text", 1, field="name", after="=1+1", before="")
    answer = admin.get("/journal/export/?action=text.field")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + Entry.objects.filter(action="text.field").count()
    assert "=1+1" in str(rows[-1][6]) and all(cell.data_type != "f" for cell in sheet[len(rows)])
    last = Entry.objects.latest("number")
    assert last.action == "journal.export"


def test_a_check_is_done_in_the_background_and_shown(chain: None, admin: Client) -> None:
    assert "还没有核对过" in admin.get("/journal/").content.decode()
    assert admin.post("/journal/verify/").status_code == 302
    assert admin.post("/journal/verify/").status_code == 302
    assert Verification.objects.count() == 1, "one at a time"
    assert "正在核对" in admin.get("/journal/").content.decode()
    run_waiting()
    page = admin.get("/journal/").content.decode()
    assert f"{Entry.objects.count()} 条完整" in page
    Entry.objects.filter(number=3).update(person="别人")
    admin.post("/journal/verify/")
    run_waiting()
    assert "第 3 条起不可信" in admin.get("/journal/").content.decode()
