"""Where in a text something is filled in: rows have lasting names, so that they may move meanwhile."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from jixiao.web.targets import content, fields
from jixiao.web.targets.models import Sheet, Text

_CRITERION = re.compile(r"(sub_objectives\.(\w{1,16})\.criteria)(?:\.(.+))?")


class At(NamedTuple):
    """Where a field is: its sheet (None: the department's part), its row's name, its name."""

    sheet: int | None
    row: str
    field: str


class Table(NamedTuple):
    """A table: its sheet (None: the department's part) and its name.

    评价标准 of a 分项绩效目标 are ``sub_objectives.<row's name>.criteria``.
    """

    sheet: int | None
    part: str


def table_of(holder: Text | Sheet, at: At) -> tuple[str, str]:
    """Return the table that a field of a row is in, and the field's name within the row."""
    found = _CRITERION.fullmatch(at.field)
    if found and found[3]:
        return found[1], found[3]
    part, _, rest = at.field.partition(".")
    if isinstance(holder, Sheet) and part != "whole_period_indicators":
        return "indicators", at.field
    return part, rest


def numbered(holder: Text | Sheet, said: Any, part: str) -> str | None:
    """Return a table's name as ``fields`` knows it, None where the row that has it is gone."""
    found = _CRITERION.fullmatch(part)
    if found is None:
        return part
    names = content.names_of(holder, "sub_objectives", len(fields.rows(said, "sub_objectives")))
    if found[2] not in names:
        return None
    return f"sub_objectives.{names.index(found[2])}.criteria"


def path_of(holder: Text | Sheet, said: Any, at: At) -> str | None:
    """Return a field's name as ``fields`` knows it, None where its row is gone."""
    if not at.row:
        return at.field
    part, rest = table_of(holder, at)
    known = numbered(holder, said, part)
    if known is None:
        return None
    names = content.names_of(holder, part, len(fields.rows(said, known)))
    return f"{known}.{names.index(at.row)}.{rest}" if at.row in names else None
