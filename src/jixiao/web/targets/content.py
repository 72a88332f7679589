"""What rows of the database say, as the core's structures, and back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from jixiao.check import Finding
from jixiao.model import BudgetUnit, Criterion, Indicator, PerformanceText, Project, Region
from jixiao.web.accounts.models import Unit
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.shapes import SHAPES

_ENCODER = msgspec.json.Encoder()
_HEAD = msgspec.json.Decoder(PerformanceText)
_PROJECT = msgspec.json.Decoder(Project)
_FINDINGS = msgspec.json.Decoder(list[Finding])


def head_of(text: Text) -> PerformanceText:
    """Return the department's part."""
    return _HEAD.decode(text.head)


def project_of(sheet: Sheet) -> Project:
    """Return a project."""
    return read_project(sheet.content)


def read_project(stored: str) -> Project:
    """Return a project as it is stored."""
    return _PROJECT.decode(stored)


def whole(text: Text, sheets: Iterable[Sheet]) -> PerformanceText:
    """Return a text with its projects."""
    return msgspec.structs.replace(head_of(text), projects=tuple(map(project_of, sheets)))


def findings_of(stored: str) -> list[Finding]:
    """Return findings as they were stored."""
    return _FINDINGS.decode(stored)


def read_whole(stored: str) -> PerformanceText:
    """Return a whole text as a version or an import stores it."""
    return _HEAD.decode(stored)


def read_row(said: PerformanceText | Project, part: str, stored: str) -> Any:
    """Return a row of a table that was stored by itself."""
    kind: Any = Indicator
    if part.endswith(".criteria"):
        kind = Criterion
    elif part in ("sub_objectives", "tasks"):
        kind = SHAPES[type(said)].lists[part]
    return msgspec.json.decode(stored, type=kind)


def dumped(value: object) -> str:
    """Return a structure as it is stored."""
    return _ENCODER.encode(value).decode()


def new_row() -> str:
    """Return a lasting name for a row of a table."""
    return secrets.token_hex(4)


def names_of(holder: Text | Sheet, part: str, count: int) -> list[str]:
    """Return the lasting names of the rows of a table; by their places where none were given.

    An import gives a table other rows without naming them.
    """
    if isinstance(holder, Sheet) and part == "indicators":
        known = holder.rows
    else:
        known = holder.names.get(part, [])
    return list(known) if len(known) == count else [f"p{number}" for number in range(count)]


def set_names(holder: Text | Sheet, part: str, names: Sequence[str]) -> None:
    """Set the lasting names of the rows of a table."""
    if isinstance(holder, Sheet) and part == "indicators":
        holder.rows = list(names)
    else:
        holder.names = {**holder.names, part: list(names)}


def said_by(holder: Text | Sheet) -> PerformanceText | Project:
    """Return what a row of the database says: the department's part, or a project."""
    return head_of(holder) if isinstance(holder, Text) else project_of(holder)


def say(holder: Text | Sheet, said: PerformanceText | Project) -> None:
    """Let a row of the database say something else; it is not saved."""
    if isinstance(holder, Text):
        holder.head = dumped(said)
    else:
        holder.content = dumped(said)


def blank(unit: Unit, year: int) -> PerformanceText:
    """Return the department's part of a text that nobody has filled in."""
    region = unit.department.region
    return PerformanceText(
        source=f"{unit.name}{year}年",
        year=year,
        region=Region(region.code, region.name),
        unit=BudgetUnit(unit.code, unit.name),
        draft=True,
        overall="",
    )


def bare(text: PerformanceText) -> PerformanceText:
    """Return a text without the places of the file it was read from: edits make them untrue."""
    raw = msgspec.to_builtins(msgspec.structs.replace(text, unread=(), warnings=(), contents=()))
    return msgspec.convert(_without_places(raw), PerformanceText)


def bare_project(project: Project) -> Project:
    """Return a project without the places of the file it was read from."""
    return bare(PerformanceText(source="", projects=(project,))).projects[0]


def split(text: PerformanceText) -> tuple[PerformanceText, tuple[Project, ...]]:
    """Return a text's department's part and its projects."""
    return msgspec.structs.replace(text, projects=()), text.projects


def joined(head: PerformanceText, projects: Sequence[Project]) -> PerformanceText:
    """Return a department's part with its projects."""
    return msgspec.structs.replace(head, projects=tuple(projects))


def add_sheets(text: Text, projects: Sequence[Project], after: int) -> list[Sheet]:
    """Add projects to a text from a position on."""
    return Sheet.objects.bulk_create(
        Sheet(
            text=text,
            position=after + number,
            content=dumped(project),
            rows=[new_row() for _ in project.indicators],
        )
        for number, project in enumerate(projects)
    )


def _without_places(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {
            key: {} if key == "place" else value if key == "extra" else _without_places(value)
            for key, value in raw.items()
        }
    if isinstance(raw, list | tuple):
        return [_without_places(each) for each in raw]
    return raw
