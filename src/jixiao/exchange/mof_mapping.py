"""Which table and field of the Ministry of Finance's standard holds what of the model.

The mapping is data (``data/mof.toml``): versions of 《预算管理一体化系统技术标准》 name fields
differently, and an office can give its own adapted copy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from jixiao.exchange.problems import ExchangeError
from jixiao.model.errors import reason

Holds = Literal["project_goals", "project_indicators", "department_goals", "department_indicators"]

Origin = Literal[
    "region_code", "region_name", "year", "unit_code", "unit_name", "department_code",
    "department_name", "project_code", "project_name", "goals", "period", "final", "deleted",
    "now", "indicator_id", "level1", "level2", "name", "description", "value", "basis", "weight",
    "formula", "scoring", "previous", "remark",
]  # fmt: skip
"""Where a field's content is in the model."""

# What a coded origin says: the codes of a field must name all of it.
_CODED: dict[str, frozenset[str]] = {
    "period": frozenset(("annual", "whole")),
    "final": frozenset(("yes", "no")),
    "deleted": frozenset(("yes", "no")),
}


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field: ``length`` in characters, ``origin`` None for what only the standard has."""

    title: str
    origin: Origin | None = msgspec.field(default=None, name="from")
    length: int | None = None
    exact: bool = False
    required: bool = False
    fill: str = ""
    codes: dict[str, str] = {}

    def code(self, word: str) -> str:
        """Return the code of a word."""
        return self.codes.get(word, word)

    def word(self, code: str) -> str | None:
        """Return the word of a code, None where the field has no such code."""
        if not self.codes:
            return code
        return next((word for word, known in self.codes.items() if known == code), None)

    def trouble(self, text: str) -> str:
        """Return what is wrong with a value, in Chinese; nothing where it is right."""
        if not text:
            return f"必填字段“{self.title}”是空的" if self.required else ""
        if self.length is None or len(text) == self.length:
            return ""
        if len(text) > self.length:
            return f"“{self.title}”有 {len(text)} 字，超过规定的 {self.length} 字，没有截断"
        return f"“{self.title}”应是 {self.length} 位，现为 {len(text)} 位" if self.exact else ""


class MofTable(msgspec.Struct, frozen=True):
    """A table of the standard: its fields by name, in order."""

    name: str
    title: str
    holds: Holds
    fields: dict[str, Field]

    def has(self, origin: str) -> bool:
        """Tell whether some field holds this of the model."""
        return any(field.origin == origin for field in self.fields.values())


class _Given(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    holds: Holds
    fields: dict[str, Field]
    common: bool = True


class _File(msgspec.Struct, forbid_unknown_fields=True):
    tables: dict[str, _Given]
    common: dict[str, Field] = {}


Mapping = dict[str, MofTable]
"""The tables by name, in order."""


def load_mapping(path: Path | None = None) -> Mapping:
    """Return a mapping: an office's own, or the one that comes with the program.

    Raises ExchangeError where the file cannot be read or does not say what it must.
    """
    if path is None:
        text = (resources.files("jixiao.exchange") / "data" / "mof.toml").read_text("utf-8")
        return _mapping(tomllib.loads(text), "mof.toml")
    try:
        return _mapping(tomllib.loads(path.read_text("utf-8-sig")), path.name)
    except OSError as error:
        raise ExchangeError(
            f"映射文件 {path.name} 读不出来：{reason(error)}", "请检查文件名和权限"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExchangeError(
            f"映射文件 {path.name} 不是正确的 TOML（{error}）", "请对照自带的 mof.toml 改正"
        ) from error


def _mapping(content: dict[str, Any], name: str) -> Mapping:
    try:
        given = msgspec.convert(content, _File)
    except msgspec.ValidationError as error:
        raise ExchangeError(
            f"映射文件 {name} 写得不对（{error}）", "请对照自带的 mof.toml 改正"
        ) from error
    made = {
        key: MofTable(
            key,
            table.title,
            table.holds,
            {**(given.common if table.common else {}), **table.fields},
        )
        for key, table in given.tables.items()
    }
    for told in _troubles(made):
        raise ExchangeError(f"映射文件 {name} {told}", "请对照自带的 mof.toml 改正")
    return made


def _troubles(mapping: Mapping) -> Iterator[str]:
    """Yield what the shape of the file alone does not tell."""
    if not mapping:
        yield "没有写任何表（[tables.表名]）"
    for table in mapping.values():
        if not table.name.isidentifier():
            yield f"的表名“{table.name}”不能用作文件名"
        for name, field in table.fields.items():
            where = f"的 {table.name}.{name} "
            if len(field.fill) > 1 or (field.fill and field.length is None):
                yield f"{where}fill 应是一个字，并写明 length"
            wanted = _CODED.get(field.origin or "")
            if wanted and set(field.codes) != wanted:
                yield f"{where}的 codes 应写明 {'、'.join(sorted(wanted))} 各是什么代码"
            if field.codes and len(set(field.codes.values())) < len(field.codes):
                yield f"{where}的 codes 有两个相同的代码"
    held = [table.holds for table in mapping.values()]
    for each in get_args(Holds):
        if held.count(each) > 1:
            yield f"有两个表放 {each}"
