"""One field of a text by its name: what it says, and the text with it saying something else.

Names are those of the core's findings, with dots between: ``budget.total``, ``plan.06``, ``value``,
``sub_objectives.0.title``, ``extra.立项依据``. A list that is filled in as one box (目标、措施) has one
line for each of its entries. What can be filled in is said in ``shapes``. Nothing here knows a
database.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar, cast

import msgspec

from jixiao.model import Indicator, PerformanceText, Plan, Project, parse_value
from jixiao.model.errors import JixiaoError
from jixiao.web.targets.shapes import MONTHS, SHAPES

T = TypeVar("T")

INDICATOR = ("level1", "level2", "name", "description", "value", "basis")
"""Columns of the indicator table that every form has."""

MORE_COLUMNS = ("weight", "formula", "scoring", "previous", "remark")
"""Columns that some forms have."""

LONGEST = 20_000
"""Characters of the longest field that is taken; a 总体绩效目标 has some hundreds."""

_YEARS = range(2000, 2100)

# XML, and with it Word and Excel, has no place for these.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class FieldError(JixiaoError):
    """A field that there is not, or a value that cannot be kept."""


def clean(value: str) -> str:
    """Return what was typed as a text keeps it: ends of lines alike, no control characters."""
    if len(value) > LONGEST:
        raise FieldError(f"这一栏有 {len(value)} 个字，太长了", f"请缩到 {LONGEST} 字以内")
    return "\n".join(line.rstrip() for line in without_controls(value).split("\n")).strip("\n")


def without_controls(value: str) -> str:
    """Return a text with ends of lines alike and without control characters."""
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def of(thing: Any, field: str) -> str:
    """Return what a structure says in a field, "" where it is blank. Raises FieldError."""
    name, _, rest = field.partition(".")
    shape = SHAPES[type(thing)]
    if not rest:
        if name in shape.words:
            said = getattr(thing, MONTHS.get(name, name))
            return said if isinstance(said, str) else ""
        if name in shape.lines:
            return "\n".join(getattr(thing, name))
        if name == "value" and isinstance(thing, Indicator):
            return thing.value.text
        if name == "year" and isinstance(thing, PerformanceText):
            return str(thing.year or "")
        raise _unknown(field)
    if name in shape.parts:
        return of(getattr(thing, name) or shape.parts[name](), rest)
    if name in shape.lists:
        number, deeper = _numbered(thing, field)
        return of(getattr(thing, name)[number], deeper)
    if name == "extra" and shape.has_extra and rest in thing.extra:
        return str(thing.extra[rest])
    raise _unknown(field)


def put(thing: T, field: str, value: str) -> T:
    """Return a structure that says something else in a field. Raises FieldError."""
    name, _, rest = field.partition(".")
    shape = SHAPES[type(thing)]
    changed: Any
    if not rest:
        return _put_here(thing, name, value)
    if name in shape.parts:
        changed = put(getattr(thing, name) or shape.parts[name](), rest, value)
    elif name in shape.lists:
        number, deeper = _numbered(thing, field)
        rows = getattr(thing, name)
        changed = (*rows[:number], put(rows[number], deeper, value), *rows[number + 1 :])
    elif name == "extra" and shape.has_extra and rest in cast(Any, thing).extra:
        changed = {**cast(Any, thing).extra, rest: value}
    else:
        raise _unknown(field)
    return _changed(thing, {name: changed})


def _put_here(thing: T, name: str, value: str) -> T:
    shape = SHAPES[type(thing)]
    if isinstance(thing, Indicator) and name in ("value", "name"):
        # What a value means depends on the name: either of them makes it be read again.
        title = value if name == "name" else thing.name
        text = value if name == "value" else thing.value.text
        return _changed(thing, {"name": title, "value": parse_value(text, title or "")})
    if name in shape.words:
        blank = None if shape.null else ""
        return _changed(thing, {MONTHS.get(name, name): value or blank})
    if name in shape.lines:
        return _changed(thing, {name: _regrouped(lines(value), getattr(thing, name))})
    if name == "year" and isinstance(thing, PerformanceText):
        if not (len(value) == 4 and value.isdecimal() and int(value) in _YEARS):
            raise FieldError(f"“{value[:20]}”不是年度", "请写四位数字，如 2026")
        return _changed(thing, {"year": int(value)})
    raise _unknown(name)


def rows(thing: Any, part: str) -> tuple[Any, ...]:
    """Return the rows of a table by its name (``tasks``, ``sub_objectives.0.criteria``)."""
    name, _, rest = part.partition(".")
    if name not in SHAPES[type(thing)].lists:
        raise _unknown(part)
    if not rest:
        return cast("tuple[Any, ...]", getattr(thing, name))
    number, deeper = _numbered(thing, part)
    return rows(getattr(thing, name)[number], deeper)


def with_rows(thing: T, part: str, new: tuple[Any, ...]) -> T:
    """Return a structure with other rows in a table."""
    name, _, rest = part.partition(".")
    if name not in SHAPES[type(thing)].lists:
        raise _unknown(part)
    if not rest:
        return _changed(thing, {name: new})
    number, deeper = _numbered(thing, part)
    known = getattr(thing, name)
    return _changed(
        thing,
        {name: (*known[:number], with_rows(known[number], deeper, new), *known[number + 1 :])},
    )


def blank(thing: Any, part: str) -> Any:
    """Return a row of a table to fill in: with blanks in what every form has."""
    name, _, rest = part.partition(".")
    if name not in SHAPES[type(thing)].lists:
        raise _unknown(part)
    if rest:
        number, deeper = _numbered(thing, part)
        return blank(getattr(thing, name)[number], deeper)
    kind = SHAPES[type(thing)].lists[name]
    wanted = INDICATOR if kind is Indicator else SHAPES[kind].words
    made = kind(indicator="") if "indicator" in wanted else kind()
    for field in wanted:
        made = put(made, field, "")
    return made


def of_project(project: Project, field: str) -> str:
    """Return what a project says in a field, "" where it is blank. Raises FieldError."""
    return of(project, field)


def with_project(project: Project, field: str, value: str) -> Project:
    """Return a project that says something else in a field. Raises FieldError."""
    return put(project, field, value)


def of_indicator(indicator: Indicator, field: str) -> str:
    """Return what an indicator says in a column. Raises FieldError."""
    return of(indicator, field)


def with_indicator(indicator: Indicator, field: str, value: str) -> Indicator:
    """Return an indicator that says something else in a column. Raises FieldError."""
    return put(indicator, field, value)


def of_head(head: PerformanceText, field: str) -> str:
    """Return what the department's part says in a field. Raises FieldError."""
    return of(head, field)


def with_head(head: PerformanceText, field: str, value: str) -> PerformanceText:
    """Return a department's part that says something else in a field. Raises FieldError."""
    return put(head, field, value)


def lines(value: str) -> tuple[str, ...]:
    """Return the entries of a list that was typed one a line."""
    return tuple(line.strip() for line in value.split("\n") if line.strip())


def is_blank(thing: Any) -> bool:
    """Tell whether nothing at all is filled in."""
    shape = SHAPES[type(thing)]
    if isinstance(thing, Plan):
        return not any(text for _, text in thing.items())
    # A unit of money alone says nothing.
    words = [name for name in shape.words if name != "money_unit"]
    own = any(getattr(thing, name) for name in (*words, *shape.lines, *shape.lists))
    value = isinstance(thing, Indicator) and thing.value.text
    parts = [getattr(thing, name) for name in shape.parts]
    inside = any(part is not None and not is_blank(part) for part in parts)
    extra = shape.has_extra and any(thing.extra.values())
    return not (own or value or inside or extra)


def _regrouped(new: tuple[str, ...], old: tuple[str, ...]) -> tuple[str, ...]:
    """Return entries with those of several lines whole that were so before and are still there."""
    long = {lines(entry): entry for entry in old if "\n" in entry}
    made: list[str] = []
    at = 0
    while at < len(new):
        same = next((each for each in long if each and new[at : at + len(each)] == each), None)
        made.append(long[same] if same else new[at])
        at += len(same) if same else 1
    return tuple(made)


def _changed(thing: T, changes: dict[str, Any]) -> T:
    return cast(T, msgspec.structs.replace(cast(Any, thing), **changes))


def _numbered(thing: Any, field: str) -> tuple[int, str]:
    """Return which row of a table a name is of, and the rest of the name."""
    name, _, rest = field.partition(".")
    number, _, deeper = rest.partition(".")
    known = getattr(thing, name)
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        raise _unknown(field)
    if int(number) >= len(known) or not deeper:
        raise _unknown(field)
    return int(number), deeper


def _unknown(field: str) -> FieldError:
    return FieldError(f"没有“{field[:40]}”这一栏", "请刷新页面后再试")
