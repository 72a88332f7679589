"""The tidy tables: which there are, and what each of their columns is.

Tables and columns are data (``data/tables.toml``), in the order in which they are written; what a
field of the model means is said once, by the model and ``data/descriptions.toml``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal

import msgspec

from jixiao.exchange.schema import SCHEMAS, schema

Type = Literal["string", "integer", "number", "boolean", "date", "places", "place", "stated"]
"""``places`` is a JSON object of field names and places, ``place`` one place, ``stated`` the parts
of a target value's meaning that its words do not tell."""


class Column(msgspec.Struct, frozen=True):
    """A column: ``title`` and ``description`` are Chinese, ``computed`` is not read back."""

    name: str
    title: str
    type: Type = "string"
    description: str = ""
    required: bool = False
    blank: bool = False
    computed: bool = False
    enum: tuple[str | int, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A table: ``key`` its primary key, ``foreign`` the table that each column with a key names."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: dict[str, str] = {}
    optional: bool = False

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]


@cache
def tables() -> dict[str, Table]:
    """Return the tables by name: each after those that its keys name."""
    return {name: _table(name, about) for name, about in _content().items() if name != "version"}


@cache
def version() -> str:
    """Return name and version of the layout; the number rises when a reader of it would break."""
    return str(_content()["version"])


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(
        (resources.files("jixiao.exchange") / "data" / "tables.toml").read_text("utf-8")
    )


def _table(name: str, about: dict[str, Any]) -> Table:
    columns = tuple(_column(key, given) for key, given in about["fields"].items())
    rest = {key: value for key, value in about.items() if key != "fields"}
    return msgspec.convert({"name": name, "columns": columns, **rest}, Table)


def _column(name: str, given: dict[str, Any]) -> Column:
    rest = {key: value for key, value in given.items() if key != "about"}
    meant = _meaning(given["about"]) if "about" in given else ""
    if meant and meant != given["title"]:
        rest["description"] = meant
    return msgspec.convert({"name": name, **rest}, Column)


def _meaning(about: str) -> str:
    """Return what the JSON contract says of a structure or a field: Region.code."""
    structure, _, field = about.partition(".")
    definition = _definitions()[structure]
    known = definition["properties"][field] if field else definition
    text: str = known["description"]
    return text


@cache
def _definitions() -> dict[str, dict[str, Any]]:
    return {
        name: definition
        for contract in SCHEMAS
        for name, definition in schema(contract)["$defs"].items()
    }
