"""Whatever is sent to any page: never a fault of the program."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DataError, connection, models, transaction
from django.db.models.signals import pre_save
from django.test import Client

from jixiao.web.scope import Action
from web_hostile import PAGES, County, asked_by, sent

VALUES = {
    "nothing": "",
    "digits": "9" * 5000,
    "beyond the database": "9" * 30,
    "nul": "a\x00b",
    "markup": "\"'><script>alert(1)</script>",
    "long": "长" * 600,
    "last day": "9999-12-31",
}
"""Each is sent in every field that a view reads."""

ALONE = {"exponent": "1e999999999", "sign": "²", "too long": "长" * 25_000}
"""These are sent in one field that all else fits."""

_FIELD = re.compile(r"""(?:POST|GET|told)\.get(?:list)?\(\s*"([a-z_0-9]+)\"""")
_MORE = (
    "q", "department", "unit", "section", "year", "state", "has", "rule", "money", "look", "show",
    "code", "name", "opens", "unit_deadline", "department_deadline", "bureau_deadline", "who",
    "action", "from", "to", "text", "username", "password", "old_password", "plan.06", "budget.total",
    "side", "queue", "reason-0", "number", "row", "field", "sheet", "role",
)  # fmt: skip
"""Names that are read by helpers elsewhere."""

_NOT_ASKED = ("state", "revision", "frozen", "original", "stage", "errors", "editor", "is_active")
"""Columns of the database that no form has."""

RIGHT: dict[str, Any] = {
    "remind": {"year": "2025", "unit": "1", "words": "请尽快"},
    "rounds": {
        "year": "2026", "which": "first", "opens": "2026-01-01", "unit_deadline": "2026-02-01",
        "department_deadline": "2026-03-01", "bureau_deadline": "2026-04-01",
    },
    "comment-add": lambda c: {"body": "请核对", "sheet": str(c.sheet.pk), "row": "", "field": "name"},
    "adjust": lambda c: {"sheet": str(c.approved.sheets.all()[0].pk), "reason": "变了"},
    "account-add": {
        "username": "xinren", "name": "新人", "role": "department", "department": "1", "unit": "1",
        "section": "1", "region": "",
    },
    "account": {"name": "新名", "role": "clerk", "unit": "1"},
    "place-add": {"code": "999", "name": "新单位", "department": "1", "section": "1", "region": ""},
    "place": {"code": "999", "name": "新单位", "department": "1"},
    "project-field": {"field": "budget.total", "value": "1", "row": "", "revision": "1", "before": ""},
    "project-fix": {"field": "budget.money_unit", "value": "", "code": "G01", "row": ""},
    "project-sums": {"budget.money_unit": "万元", "budget.total": "1", "plan.06": "1"},
    "text-field": {"field": "overall", "value": "1", "row": "", "revision": "1", "before": ""},
    "rows": lambda c: {"sheet": str(c.sheet.pk), "part": "indicators", "after": "", "row": "",
                       "level1": "产出指标", "level2": "数量指标"},
    "row-paste": lambda c: {"sheet": str(c.sheet.pk), "part": "indicators", "table": "甲\t≥1个\n乙\t2",
                            "role": "name", "after": ""},
    "row-preview": lambda c: {"sheet": str(c.sheet.pk), "table": "甲\t≥1个\n乙\t2", "role": "name"},
    "project-part": {"part": "extra.", "label": "依据"},
    "import-correct": {"row": "p0", "field": "name", "value": "x", "before": ""},
    "import-accept": {"project": "0", "head": "1"},
    "import-choose": {"row": "p0", "field": "name", "side": "mine"},
    "import-choose-all": {"number": "0", "side": "mine"},
    "appraisal-field": lambda c: {"sheet": str(c.sheet.pk), "row": "", "field": "opinion",
                                  "value": "x", "before": ""},
    "phrase-keep": {"body": "请核对", "opinion": ""},
    "bulk-decide": lambda c: {"text": str(c.draft.pk), "opinion": "好", "seen": "1:0-0"},
    "agree": {"opinion": "好", "queue": "show=all"},
    "send-back": {"opinion": "不好", "queue": "show=all"},
    "submit": {"shared": "理由", "reason-0": "理由"},
    "token-add": {"name": "x", "days": "30"},
    "text-add": {"year": "2026"},
    "login": {"username": "tianbao", "password": "county-for-tests", "next": "/"},
    "password": {"old_password": "county-for-tests", "new_password1": "Abcdef-12345",
                 "new_password2": "Abcdef-12345"},
}  # fmt: skip
"""What a page sends, so that each of its fields can be wrong by itself."""


def fields_of(view: Callable[..., Any]) -> list[str]:
    """Return the names of all fields that a view may read, and of some that it does not."""
    found = _FIELD.findall(inspect.getsource(sys.modules[inspect.unwrap(view).__module__]))
    return sorted({*found, *_MORE, *_NOT_ASKED})


@pytest.fixture(autouse=True)
def as_strict_as_postgresql(db: None) -> Iterator[None]:
    """Let SQLite refuse what PostgreSQL refuses: NUL characters, and more than a column holds."""

    def judge(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        for row in (params or ()) if many else (params or (),):
            for each in row:
                if isinstance(each, str) and "\x00" in each:
                    raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        return execute(sql, params, many, context)

    def hold(instance: models.Model, **_: Any) -> None:
        for field in instance._meta.concrete_fields:
            said = getattr(instance, field.attname)
            longest = getattr(field, "max_length", None)
            if isinstance(said, str) and longest and len(said) > longest:
                raise DataError(f"value too long for {field}: {said[:40]}")

    pre_save.connect(hold)
    with connection.execute_wrapper(judge):
        yield
    pre_save.disconnect(hold)


def test_hostile_values(actor: Callable[[str], Any], logged_in: Callable[[str], Client]) -> None:
    county = County(actor)
    clients = {name: logged_in(name) for name in county.people}
    faults = []
    for name, page in PAGES.items():
        asks: Action = page.view.asks
        client = Client() if asks is Action.ANYONE else clients[county.username(asks)]
        with transaction.atomic():
            there = county.address(name, asks)
            for method, told, label in hostile(name, page.view, county):
                # As a page does, and as htmx does: in turns, not each value both ways.
                headers = {"HX-Request": "true"} if len(label) % 2 else {}
                status = sent(client, method, there, told, headers)
                if not isinstance(status, int) or status >= 500:
                    faults.append(f"{name} {method} {label}: {status}")
            transaction.set_rollback(True)
    assert not faults, "\n".join(faults)


def hostile(name: str, view: Any, county: County) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield what is sent to a page: each value in every field, then in one that all else fits."""
    right = RIGHT.get(name, {})
    right = right(county) if callable(right) else right
    source = inspect.getsource(sys.modules[inspect.unwrap(view).__module__])
    for method in sorted(asked_by(view) & {"GET", "POST"}):
        reads = method == "POST" or re.search(r"request\.GET|asked_o[fn]|region_asked", source)
        for label, value in list(VALUES.items())[: None if reads else 1]:
            yield method, dict.fromkeys(fields_of(view), value), label
        for label, value in (*VALUES.items(), *ALONE.items()):
            if method == "POST" or "POST" not in asked_by(view):
                for field in right:
                    yield method, {**right, field: value}, f"{label} in {field}"
