"""Entries as a person reads them: what of, and what was done, in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import details, words
from jixiao.web.journal.models import Entry
from jixiao.web.targets import presenting
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import State

_LONGEST = 120


class Shown(NamedTuple):
    """An entry in words."""

    entry: Entry
    action: str
    subject: str
    detail: str


def shown(entries: Sequence[Entry]) -> list[Shown]:
    """Return entries in words; what they are of is looked up for all at once."""
    texts = _texts({e.subject_id for e in entries if e.subject == "text" and e.subject_id})
    users = _users({e.subject_id for e in entries if e.subject == "account" and e.subject_id})
    named = {"text": texts, "account": users}
    return [
        Shown(
            entry,
            words().get(entry.action, entry.action),
            named.get(entry.subject, {}).get(entry.subject_id or 0, ""),
            told(entry.detail),
        )
        for entry in entries
    ]


def told(detail: str, longest: int = _LONGEST) -> str:
    """Return an entry's detail in words."""
    parts = []
    said = json.loads(detail)
    for key, label in details().items():
        value = said.get(key, "")
        if value not in ("", None):
            parts.append(f"{label}：{_value(_worded(key, value), longest)}")
    return "；".join(parts)


def _worded(key: str, value: Any) -> Any:
    """Return what a value is called where the record keeps its name in the code."""
    if isinstance(value, list):
        return [_worded(key, each) for each in value]
    if key == "to" and value in State.values:
        return State(value).label
    if key == "role" and value in Role.values:
        return Role(value).label
    return _fields().get(value, value) if key == "field" and isinstance(value, str) else value


@cache
def _fields() -> dict[str, str]:
    """Return what the fields of the form are called."""
    plan = presenting.plan()
    cells = {cell.field: cell.label or row.label for row in plan.rows for cell in row.cells}
    return {**cells, **plan.columns}


def _value(value: Any, longest: int) -> str:
    if isinstance(value, list):
        return " → ".join(_value(each, longest) or "（空）" for each in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    said = " ".join(str(value).split())
    return said if len(said) <= longest else f"{said[:longest]}…"


def _texts(keys: set[int]) -> dict[int, str]:
    found = Text.objects.filter(pk__in=keys).values_list("pk", "unit__name", "year")
    return {pk: f"{unit}{year}年文本" for pk, unit, year in found}


def _users(keys: set[int]) -> dict[int, str]:
    found = User.objects.filter(pk__in=keys).values_list("pk", "name", "username")
    return {pk: f"{name}（{username}）" for pk, name, username in found}
