"""The record of what was done shows tampering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jixiao.web.journal.chain import record, verify
from jixiao.web.journal.models import Entry, Head


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
