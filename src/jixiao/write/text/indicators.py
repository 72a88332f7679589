"""The indicator table: its columns by what the indicators have, the first level merged down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from jixiao.model import Indicator, Project
from jixiao.write.text.blocks import Cell, spread
from jixiao.write.text.wording import Wording

_ALWAYS = ("level1", "level2", "name", "value")
_FIELDS = (
    "level1", "level2", "name", "description", "value", "basis", "weight", "formula", "scoring",
    "previous", "remark",
)  # fmt: skip


class _Column(NamedTuple):
    name: str
    label: str
    width: int


def indicator_rows(
    indicators: Sequence[Indicator], wording: Wording
) -> tuple[list[Cell], list[list[Cell]]]:
    """Return the row of headings and one row for each indicator."""
    columns = _columns(indicators, wording)
    edges = spread([column.width for column in columns])
    return _heads(columns, edges), _rows(indicators, columns, edges)


def half_and_half(project: Project, wording: Wording) -> tuple[list[Cell], list[list[Cell]]]:
    """Return headings and rows with the whole period's indicators at the left, the year's right.

    The two share the column of the first level, as in the 申报表 of 财预〔2015〕88号, so those of one
    first level stand side by side.
    """
    both = (*project.whole_period_indicators, *project.indicators)
    first, *rest = _columns(both, wording)
    edges = spread([first.width, *(column.width for column in (*rest, *rest))])
    middle = 1 + len(rest)
    left, right = edges[1 : middle + 1], edges[middle:]
    head = [Cell(first.label, 0, edges[1], "head"), *_heads(rest, left), *_heads(rest, right)]
    rows: list[list[Cell]] = []
    for level1, whole, year in _side_by_side(project):
        height = max(len(whole), len(year))
        for at in range(height):
            row = [Cell(level1, 0, edges[1], rows=height)] if at == 0 else []
            for half, of_half in ((whole, left), (year, right)):
                one = half[at] if at < len(half) else None
                row += [
                    Cell(_text(one, column) if one else "", begin, end)
                    for column, begin, end in zip(rest, of_half, of_half[1:], strict=False)
                ]
            rows.append(row)
    return head, rows


def _side_by_side(project: Project) -> list[tuple[str, list[Indicator], list[Indicator]]]:
    """Return first levels with the indicators of both kinds, each kind in its own order."""
    left = _groups(project.whole_period_indicators)
    right = _groups(project.indicators)
    found: list[tuple[str, list[Indicator], list[Indicator]]] = []
    while left or right:
        if left and right and left[0][0] == right[0][0]:
            found.append((left[0][0], left.pop(0)[1], right.pop(0)[1]))
        elif left and (not right or all(left[0][0] != level1 for level1, _ in right)):
            found.append((left[0][0], left.pop(0)[1], []))
        else:
            found.append((right[0][0], [], right.pop(0)[1]))
    return found


def _groups(indicators: Sequence[Indicator]) -> list[tuple[str, list[Indicator]]]:
    return [(name, list(of)) for name, of in groupby(indicators, lambda one: one.level1 or "")]


def _columns(indicators: Sequence[Indicator], wording: Wording) -> list[_Column]:
    """Return the columns that some indicator has; a form without any has the six of Hebei."""
    names = [
        name
        for name in _FIELDS
        if name in _ALWAYS
        or any(getattr(one, name) is not None for one in indicators)
        or (not indicators and name in ("description", "basis"))
    ]
    columns = [_Column(name, *wording.columns[name]) for name in names]
    extra = dict.fromkeys(label for one in indicators for label in one.extra)
    width = wording.columns["extra"][1]
    return columns + [_Column(f"extra.{label}", label, width) for label in extra]


def _heads(columns: Sequence[_Column], edges: Sequence[int]) -> list[Cell]:
    return [
        Cell(column.label, begin, end, "head")
        for column, begin, end in zip(columns, edges, edges[1:], strict=False)
    ]


def _rows(
    indicators: Sequence[Indicator], columns: Sequence[_Column], edges: Sequence[int]
) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in indicators]
    at = 0
    for level1, of in _groups(indicators):
        # What is blank is blank in each row: merged down it would be one blank.
        if level1:
            rows[at].append(Cell(level1, edges[0], edges[1], rows=len(of)))
        else:
            for row in rows[at : at + len(of)]:
                row.append(Cell("", edges[0], edges[1]))
        at += len(of)
    for row, one in zip(rows, indicators, strict=True):
        row += [
            Cell(_text(one, column), begin, end)
            for column, begin, end in zip(columns[1:], edges[1:], edges[2:], strict=False)
        ]
    return rows


def _text(indicator: Indicator, column: _Column) -> str:
    if column.name == "value":
        return indicator.value.text
    if column.name.startswith("extra."):
        return indicator.extra.get(column.label, "")
    return getattr(indicator, column.name) or ""
