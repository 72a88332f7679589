"""What the form is like, as ``data/form.toml`` says it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec


class CellPlan(msgspec.Struct, frozen=True):
    """A field of the form: its name, label, size, lines, and choices where there are some.

    What few forms have stands folded (``more``) while it is blank.
    """

    field: str
    label: str
    size: str = "full"
    lines: int = 1
    choices: tuple[str, ...] = ()
    more: bool = False


class RowPlan(msgspec.Struct, frozen=True):
    """A row of the form; ``part`` names the part that not every form has."""

    anchor: str
    label: str
    cells: tuple[CellPlan, ...]
    part: str = ""


class PartPlan(msgspec.Struct, frozen=True):
    """A part that not every form has, and what adds it."""

    part: str
    label: str


class HeadTable(msgspec.Struct, frozen=True):
    """A table of the department's part: what its rows are called and have."""

    part: str
    label: str
    cells: tuple[CellPlan, ...]


class FormPlan(msgspec.Struct, frozen=True):
    """The form, as ``form.toml`` says it."""

    rows: tuple[RowPlan, ...]
    columns: dict[str, str]
    more_columns: dict[str, str]
    parts: tuple[PartPlan, ...]
    labels: tuple[str, ...]
    anchors: dict[str, str]
    missing: tuple[str, ...]
    head: tuple[RowPlan, ...]
    head_tables: dict[str, HeadTable]
    criteria: dict[str, str]


@cache
def plan() -> FormPlan:
    """Return what the form is like."""
    data = resources.files("jixiao.web.targets") / "data" / "form.toml"
    return msgspec.convert(tomllib.loads(data.read_text(encoding="utf-8")), FormPlan)
