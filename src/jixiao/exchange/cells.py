"""Cells of CSV files: typed values as text and back, and text that no spreadsheet runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from jixiao.exchange.encode import dump_json
from jixiao.exchange.tables import Column
from jixiao.model import Place

Stated = dict[str, Any]
"""The parts of a target value's meaning that its words do not tell, as in the JSON contract."""

# A spreadsheet takes what begins with these for a formula (OWASP, CSV injection), full-width signs
# in Chinese and Japanese locales too, and passes over blanks and marks without width before them.
_GUARDED = re.compile(
    r"\Z|'|[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[\t\r\n=+\-@＝＋－＠−﹢﹣]"
)
_TRUE = frozenset(("true", "1", "是"))
_FALSE = frozenset(("false", "0", "否"))
_JSON_TYPES: dict[str, Any] = {"places": dict[str, Place], "place": Place, "stated": Stated}


def guard(text: str) -> str:
    """Return a text as a cell holds it, so that no spreadsheet takes it for a formula.

    An apostrophe is set before a text that begins like a formula, before one that begins with an
    apostrophe, and before the empty text: a cell without anything is a field that is not there.
    ``unguard`` undoes it exactly.
    """
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(cell: str) -> str:
    """Return the text that a cell holds; an apostrophe that ``guard`` never sets is text."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell, 1) else cell


def encoder(column: Column) -> Callable[[Any], str]:
    """Return what makes a column's values cells."""
    return _ENCODERS.get(column.type, _encode_blank if column.blank else _encode_text)


def decode(cell: str, column: Column) -> Any:
    """Return the value that a cell holds, None for an empty one.

    Raises ValueError, in Chinese, where it holds none of this column.
    """
    if not cell:
        return accept(None, column)
    if column.type == "string":
        value: Any = unguard(cell)
    elif column.type in _JSON_TYPES:
        value = load_json_cell(cell, column)
    else:
        value = _DECODERS[column.type](cell.strip())
    return accept(value, column)


def accept(value: Any, column: Column) -> Any:
    """Return a value as the model takes it. Raises ValueError, in Chinese, where it cannot."""
    if value is None:
        if column.blank:
            return ""
        if column.required:
            raise ValueError("必填，却是空的")
        return None
    if column.enum and value not in column.enum:
        raise ValueError(f"应是 {'、'.join(map(str, column.enum))} 之一，现为“{shown(value)}”")
    return value


def load_json_cell(cell: str, column: Column) -> Any:
    """Return what the JSON of a cell says. Raises ValueError, in Chinese."""
    try:
        return msgspec.json.decode(unguard(cell), type=_JSON_TYPES[column.type])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ValueError(f"不是正确的 JSON：“{shown(cell)}”") from error


def shown(value: object) -> str:
    """Return a value as a message shows it."""
    text = str(value)
    return text if len(text) <= 30 else f"{text[:30]}……"


def _encode_text(value: str | None) -> str:
    return "" if value is None else guard(value)


def _encode_blank(value: str | None) -> str:
    return guard(value) if value else ""


def _encode_number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _encode_plain(value: object) -> str:
    return "" if value is None else str(value)


def _encode_boolean(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _encode_json(value: object) -> str:
    return "" if value is None else dump_json(value).decode()


def _integer(cell: str) -> int:
    if re.fullmatch(r"[-+]?\d{1,18}(?:\.0+)?", cell):
        return int(Decimal(cell))
    raise ValueError(f"应是整数，现为“{shown(cell)}”")


def _boolean(cell: str) -> bool:
    word = cell.lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise ValueError(f"应是 true 或 false，现为“{shown(cell)}”")


def _number(cell: str) -> Decimal:
    try:
        return Decimal(cell)
    except InvalidOperation as error:
        raise ValueError(f"应是数，现为“{shown(cell)}”") from error


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError(f"应是日期（如 2024-03-01），现为“{shown(cell)}”") from error


_ENCODERS: dict[str, Callable[[Any], str]] = {
    "integer": _encode_plain,
    "number": _encode_number,
    "boolean": _encode_boolean,
    "date": _encode_plain,
    "places": _encode_json,
    "place": _encode_json,
    "stated": _encode_json,
}
_DECODERS: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
