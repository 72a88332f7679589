"""A table pasted from Excel or Word: which column says what, and the indicators that its rows state.

Columns are told by their headings, or without headings by what is in them; a person may say
otherwise. What has no field of its own is kept under its heading (``extra``), so nothing is lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from jixiao.check.profile import category_key
from jixiao.model import Indicator, Kind, Project, parse_value
from jixiao.read.labels import is_sum, label_of
from jixiao.web.targets import auditing, fields
from jixiao.web.targets.fields import MORE_COLUMNS
from jixiao.web.targets.form_plan import plan

LARGEST = 1_000_000
"""Characters of the largest table that is taken."""

_MOST_COLUMNS = 40
_HEADS_IN = 4
"""Rows from the top that headings are looked for in."""

KEEP, SKIP, NUMBER = "extra", "skip", "number"
_OPERATOR, _UNIT = "operator", "unit_of_measure"
_OPERATORS = frozenset("≥≤=＝><＞＜") | {">=", "<=", "≧", "≦"}
_LEVELS = ("level1", "level2")
_MOST = 0.6
_WEIGHTS = (100, 90)


class Column(NamedTuple):
    """A column: its heading, what it is taken for, and whether that was told by the heading."""

    title: str
    role: str
    is_sure: bool


class Read(NamedTuple):
    """What a pasted table says: its columns, its rows as they stand, its indicators.

    ``left`` are rows that are not taken, each with the reason.
    """

    columns: list[Column]
    rows: list[list[str]]
    indicators: list[Indicator]
    left: list[tuple[str, str]]


@cache
def roles() -> dict[str, str]:
    """Return what a column can be taken for, with what it is called."""
    return {
        **plan().columns,
        _OPERATOR: "指标值的符号（≥、≤）",
        _UNIT: "指标值的单位",
        **plan().more_columns,
        KEEP: "其他栏目（照原样保留）",
        NUMBER: "序号（不要）",
        SKIP: "不要这一列",
    }


def read(table: str, chosen: Sequence[str] = ()) -> Read:
    """Return what a pasted table says; ``chosen`` are roles that a person gave its columns."""
    rows = _cells(table)
    width = max(map(len, rows), default=0)
    if width < 2:
        return Read([], [], [], [])
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    at = next((n for n, row in enumerate(rows[:_HEADS_IN]) if _is_head(row)), None)
    left: list[tuple[str, str]] = []
    heads = [""] * width
    if at is not None:
        heads = rows[at]
        left = [(_line(row), "在表头上面") for row in rows[:at]]
        rows = [row for row in rows[at + 1 :] if row != heads]
    columns = _columns(heads, rows)
    if len(chosen) == width and all(role in roles() for role in chosen):
        columns = [one._replace(role=role) for one, role in zip(columns, chosen, strict=True)]
    indicators, taken, more = _indicators(columns, rows)
    return Read(columns, taken, indicators, [*left, *more])


def _cells(table: str) -> list[list[str]]:
    """Return the cells of a table as Excel and Word put them on the clipboard."""
    text = fields.without_controls(table[:LARGEST])
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    except csv.Error:  # a quotation mark that is never closed: no more than marks
        rows = [line.split("\t") for line in text.split("\n")]
    found = [[cell.strip() for cell in row[:_MOST_COLUMNS]] for row in rows]
    return [row for row in found if any(row)]


def _is_head(row: Sequence[str]) -> bool:
    labels = [label_of(cell) for cell in row if cell]
    known = [label for label in labels if label and label.columns and not label.inline]
    return len(known) > 1 and len(known) * 2 > len(labels)


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    found: list[Column] = []
    taken: set[str] = set()
    for number, title in enumerate(heads):
        label = label_of(title)
        role = next((one for one in (label.columns if label else ()) if one not in taken), "")
        role = role if role in roles() else KEEP if title else ""
        taken.add(role)
        name = title.replace("\n", "") or f"第{number + 1}列"
        found.append(Column(name, role, bool(title and role != KEEP)))
    cells = [[row[number] for row in rows if row[number]] for number in range(len(heads))]
    return _by_content(found, cells)


def _by_content(columns: list[Column], cells: list[list[str]]) -> list[Column]:
    """Give the columns without a heading the role that their content has."""
    roles_now = [one.role for one in columns]
    tests: list[tuple[str, Callable[[list[str]], bool]]] = [
        (NUMBER, _counts_up),
        ("level1", lambda said: _share(said, _first) >= _MOST),
        ("level2", lambda said: _share(said, _second) >= _MOST),
        (_OPERATOR, lambda said: _share(said, _OPERATORS.__contains__) == 1),
        ("weight", _is_weight),
        ("value", lambda said: _share(said, _is_value) >= _MOST),
    ]
    for role, fits in tests:
        at = next(
            (n for n, one in enumerate(roles_now) if not one and cells[n] and fits(cells[n])), None
        )
        if at is not None and role not in roles_now:
            roles_now[at] = role
    value = roles_now.index("value") if "value" in roles_now else len(roles_now)
    for number, role in enumerate(roles_now):
        if not role and not cells[number]:
            roles_now[number] = SKIP
        elif not role:
            wanted = ("name", "description") if number < value else ("basis", "remark")
            roles_now[number] = next((one for one in wanted if one not in roles_now), KEEP)
    return [one._replace(role=role) for one, role in zip(columns, roles_now, strict=True)]


def _indicators(
    columns: Sequence[Column], rows: Sequence[list[str]]
) -> tuple[list[Indicator], list[list[str]], list[tuple[str, str]]]:
    """Return the indicators that rows state, those rows, and the rows that state none."""
    found: list[Indicator] = []
    taken: list[list[str]] = []
    left: list[tuple[str, str]] = []
    above = {"level1": "", "level2": ""}
    for row in rows:
        said = {one.role: cell for one, cell in zip(columns, row, strict=True) if cell}
        if is_sum(next(cell for cell in row if cell)):
            left.append((_line(row), "合计行"))
            continue
        own = {role: said.get(role, "") for role in _LEVELS}
        if not own["level1"]:
            own = {"level1": above["level1"], "level2": own["level2"] or above["level2"]}
        above = own
        if not said.keys() - {*_LEVELS, NUMBER, SKIP}:
            left.append((_line(row), "只有类别，已填到下面各行"))
            continue
        found.append(_indicator(columns, row, own))
        taken.append(row)
    return found, taken, left


def _indicator(columns: Sequence[Column], row: list[str], levels: dict[str, str]) -> Indicator:
    made: Indicator = fields.blank(Project(), "indicators")
    said: dict[str, str] = {}
    extra: dict[str, str] = {}
    for one, cell in zip(columns, row, strict=True):
        cell = fields.clean(cell)
        if one.role == KEEP or one.role in said:
            if cell:
                extra[one.title] = cell
        else:
            said[one.role] = cell
    said |= levels
    if not said["level1"] and said["level2"]:
        said["level1"] = _first_of(said["level2"])
    said["value"] = said.get(_OPERATOR, "") + said.get("value", "") + said.get(_UNIT, "")
    for name in (*fields.INDICATOR, *MORE_COLUMNS):
        if name in said:
            made = fields.put(made, name, said[name])
    return msgspec.structs.replace(made, extra=extra)


def _line(row: Sequence[str]) -> str:
    return "　".join(cell.replace("\n", " ") for cell in row if cell)


def _share(said: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, said)) / len(said)


@cache
def _categories() -> tuple[frozenset[str], dict[str, str]]:
    """Return the names of first-level categories, and of second-level ones with their first."""
    known = auditing.checker().profile.categories
    first = frozenset(name for one in known for name in one.names)
    second = {name: one.name for one in reversed(known) for two in one.second for name in two.names}
    return first, second


def _first(cell: str) -> bool:
    return category_key(cell) in _categories()[0]


def _second(cell: str) -> bool:
    return category_key(cell) in _categories()[1]


def _first_of(level2: str) -> str:
    return _categories()[1].get(category_key(level2), "")


def _counts_up(said: Sequence[str]) -> bool:
    return len(said) > 1 and list(said) == [str(number + 1) for number in range(len(said))]


def _is_weight(said: Sequence[str]) -> bool:
    numbers = [cell.removesuffix("%") for cell in said]
    if len(numbers) < 2 or not all(each.isascii() and each.isdecimal() for each in numbers):
        return False
    return sum(int(each) for each in numbers if len(each) < 4) in _WEIGHTS


def _is_value(cell: str) -> bool:
    return parse_value(cell).kind in (Kind.QUANTITATIVE, Kind.DEADLINE)
