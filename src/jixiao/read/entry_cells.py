"""A cell of the entry form: what it shows of a field, what it says, and when the record counts.

A cell cannot tell a field that the form does not have (None) from one left blank (""), a line
break inside a goal from the next goal, or hold 40,000 characters. So the first column of a row,
hidden, is the row's **record**: JSON that keeps the exact value of each field which its cell says
less exactly. It counts only as long as the cell still shows that value; whatever a user has typed
since is what the cell says. A record travels with its row when rows are sorted, copied, deleted or
saved by another program; a row without one is read by its cells alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from jixiao.read.blocks import tidy
from jixiao.read.entry_layout import EXTRA, Column
from jixiao.read.goals import split_goals

Flat = dict[str, Any]
"""A row's fields by column id: a text, None, a list of goals or lines, True for 草案."""

LONGEST = 32_000
"""UTF-16 units that a cell shows; it holds 32,767 (Excel specifications and limits)."""

_CUT = "\n……（原文太长，单元格放不下。全文另存在本行；改动这一格，就只剩这里看得见的字）"
UNSET: Final = msgspec.UNSET
"""What a field is that is not there at all, and not as much as None: 9月底, a field in extra."""

_UNSET_IN_DATA = "unset"
DRAFT, FINAL = "草案", "正式"

# Controls, marks that turn the direction of writing, what XML has no place for; also U+2028 and
# U+2029, which some programs take for line ends.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_ANY_SPACE = re.compile(r"\s+")


def cell_text(text: str) -> str:
    """Return a text as a cell can show it: without control characters, no longer than it holds."""
    text = _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore")
    return kept + _CUT


def is_cut(text: str) -> bool:
    """Tell whether a cell shows only the beginning of a text that is too long for it."""
    return _CUT.strip() in text


def shown(column: Column, value: Any) -> str:
    """Return what a column's cell shows of a field."""
    if column.kind == "draft":
        return DRAFT if value else FINAL
    if value is None or value is UNSET:
        return ""
    if isinstance(value, (list, tuple)):
        lines = [str(each) for each in value]
        if column.kind == "goals" and len(lines) > 1:
            lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        return cell_text("\n".join(lines))
    return cell_text(str(value))


def said(column: Column, text: str) -> Any:
    """Return what a cell says, of which no record tells more; ``text`` is a tidy cell."""
    if column.kind == "draft":
        return DRAFT in text
    if column.kind == "goals":
        return split_goals(text)
    if column.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if column.kind == "year":
        plain = text.strip().removesuffix("度").removesuffix("年").strip()
        return int(plain) if plain.isdecimal() and len(plain) == 4 else None
    return text or blank(column)


def blank(column: Column) -> Any:
    """Return what an empty cell says."""
    return UNSET if column.blank == _UNSET_IN_DATA else column.blank


def exact_fields(columns: Iterable[Column], flat: Flat) -> Flat:
    """Return the fields that the cells do not say exactly: what a row's record must keep."""
    kept = {}
    for column in columns:
        value = flat.get(column.id, UNSET if blank(column) is UNSET else None)
        if isinstance(value, tuple):
            value = list(value)
        if said(column, tidy(shown(column, value))) != value:
            kept[column.id] = value
    return kept


def field(column: Column, text: str, record: Mapping[str, Any]) -> Any:
    """Return a field by its cell and its row's record."""
    kept = record.get("exact")
    if isinstance(kept, dict) and column.id in kept and _fits(column, kept[column.id]):
        value = kept[column.id]
        if same(shown(column, value), text):
            return value
    return said(column, text)


def same(shown_text: str, text: str) -> bool:
    """Tell whether a cell still says what it was made to show; line breaks count, spaces do not."""
    return shown_text == text or _spaceless(shown_text) == _spaceless(text)


def _spaceless(text: str) -> list[str]:
    return [_ANY_SPACE.sub("", line) for line in tidy(text).split("\n")]


def _fits(column: Column, value: Any) -> bool:
    """Tell whether a record, which anybody can have written, keeps what such a field can be."""
    if column.kind in ("goals", "lines"):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if column.kind == "draft":
        return isinstance(value, bool)
    if column.kind == "year":
        return value is None or (isinstance(value, int) and not isinstance(value, bool))
    return value is None or isinstance(value, str)


def extra_column(key: str, label: str | None = None) -> Column:
    """Return the column of a field that the model has no name for."""
    return Column(EXTRA + key, cell_text(key) if label is None else label, blank=_UNSET_IN_DATA)


def id_text(column: Column) -> str:
    """Return a column's id as the hidden row of ids holds it: ASCII controls and all, escaped."""
    if column.id.startswith(EXTRA):
        return EXTRA + _escape(json.dumps(column.id.removeprefix(EXTRA), ensure_ascii=False))
    return column.id


def id_of(text: str) -> str:
    """Return the id that a cell of the row of ids holds."""
    if text.startswith(EXTRA):
        try:
            key = json.loads(text.removeprefix(EXTRA))
        except ValueError:
            return ""
        return EXTRA + key if isinstance(key, str) else ""
    return text


def dump_record(record: Mapping[str, Any]) -> list[str]:
    """Return a record as JSON, cut to cells that hold it: the first one, and those for the rest."""
    if not record:
        return []
    text = _escape(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    size = LONGEST // 2  # a character may take two UTF-16 units
    return [text[at : at + size] for at in range(0, len(text), size)]


def load_record(text: str) -> Mapping[str, Any]:
    """Return a record; nothing where somebody has written into it."""
    if not text.startswith("{"):
        return {}
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _escape(text: str) -> str:
    """Escape in JSON what no cell keeps as it is, blanks among them: cells are read trimmed."""
    return re.sub(
        r"[^\x21-\x7e\u00a1-\u1fff\u2100-\u2fff\u3001-\ud7ff\uf900-\ufaff\uff01-\uffef]",
        lambda found: "".join(f"\\u{unit:04x}" for unit in _units(found[0])),
        text,
    )


def _units(char: str) -> list[int]:
    data = char.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
