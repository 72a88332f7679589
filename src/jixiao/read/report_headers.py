"""What a row of a 监控表 or 自评表 is: it heads columns, names a project, has money, or pairs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from jixiao.model.values import to_decimal
from jixiao.read.blocks import Cell
from jixiao.read.columns import View
from jixiao.read.report_drafts import amount
from jixiao.read.report_labels import Said, choice, is_label, label

LEVELS = ("level1", "level2", "name")
_OFTEN = ("side", "extra", "proposed")
AMOUNTS = ("initial", "adjusted", "spent", "expected")


class Column(NamedTuple):
    """A column of indicators: where it begins, what it holds, and its heading."""

    start: int
    role: str
    title: str


def says_something(view: View, row: int) -> bool:
    return (
        names_project(view, row)
        or indicator_header(view, row) is not None
        or fund_header(view, row) is not None
    )


def names_project(view: View, row: int) -> bool:
    cells = [cell for cell in view.words[row] if cell.row == row]
    return any(field_role(cell) == "name" for cell in cells[:3]) and not any(
        column_role(cell) in ("level1", "target") for cell in cells
    )


def field_role(cell: Cell) -> str | None:
    said = label(cell.text, "fields")
    return said.role if said else None


def column_role(cell: Cell) -> str | None:
    said = label(cell.text, "indicator_columns")
    return said.role if said else None


def one_line(cell: Cell) -> str:
    return "".join(cell.text.split()).rstrip("：:")


def heading_over(view: View, column: int, row: int) -> str:
    """Return the heading over a cell of the money's rows, on one line."""
    for above in range(row - 1, -1, -1):
        cell = view.at(above, column)
        if cell is not None and label(cell.text, "fund_columns"):
            return one_line(cell)
    return ""


def indicator_header(view: View, row: int) -> tuple[list[Column], int, list[int]] | None:
    """Return columns, the row after the headings and their months; None where there are none.

    A header has 三级指标 (or 一级 and 二级) and the value set or the value reached.
    """
    cells = [cell for cell in view.words[row] if cell.row == row]
    roles = {column_role(cell) for cell in cells}
    if len(roles & set(LEVELS)) < 1 or not roles & {"target", "actual"} or len(cells) < 3:
        return None
    if not roles & {"name", "level2", "level1"}:
        return None
    after = row + max(1, _height(view, row, cells))
    columns: list[Column] = []
    months: list[int] = []
    for start, text, over in _headings(view, row, after):
        said = label(text, "indicator_columns")
        over_said = label(over, "indicator_columns")
        if said and said.month:
            months.append(said.month)
        if cause := choice(text, "causes"):
            role = f"cause:{cause}" if over != text or cause != "其他" else "extra"
        elif likely := choice(text, "likelihood"):
            role = f"likely:{likely}"
        elif said:
            role = said.role
        elif over != text and over_said and over_said.role in ("why", "causes"):
            role = "reason"
        else:
            field = label(text, "fields")
            role = "side" if field and field.role == "groups" else "extra"
        taken = {column.role for column in columns}
        role = "extra" if role in taken and role not in _OFTEN else role
        if text or role != "extra":
            columns.append(Column(start, role, "".join(text.split())))
    return columns, after, months


def _height(view: View, row: int, cells: list[Cell]) -> int:
    """Return how many rows the headings take: two where 偏差原因分析 is divided."""
    heads = [cell for cell in cells if column_role(cell) in (*LEVELS, "target")]
    tall = max((cell.rowspan for cell in heads), default=1)
    below = [
        choice(cell.text, "causes") or choice(cell.text, "likelihood")
        for cell in (view.words[row + 1] if row + 1 < view.height else ())
        if cell.row == row + 1
    ]
    return max(tall, 2 if sum(map(bool, below)) >= 2 else 1)


def _headings(view: View, row: int, after: int) -> Iterator[tuple[int, str, str]]:
    """Yield where each column begins, its lowest heading, and the one over that."""
    seen: set[tuple[int, int]] = set()
    for column in range(view.width):
        top = view.at(row, column)
        low = view.at(after - 1, column)
        cell = low if low is not None and low.text and low.row >= row else top
        if cell is None or (cell.row, cell.column) in seen:
            continue
        seen.add((cell.row, cell.column))
        yield column, cell.text, top.text if top is not None else cell.text


def fund_header(view: View, row: int) -> dict[int, Said] | None:
    """Return the money's columns by where they begin, None where a row heads none."""
    found = {}
    cells = [cell for cell in view.words[row] if cell.row == row]
    for cell in cells:
        said = label(cell.text, "fund_columns")
        if said is not None:
            found[cell.column] = said
    amounts = [said.role for said in found.values() if said.role in AMOUNTS]
    if not amounts or len(found) < 2 or any(column_role(cell) == "name" for cell in cells):
        return None
    twice = [at for at, said in found.items() if amounts.count(said.role) > 1]
    if twice and twice[0] == min(found):
        del found[twice[0]]  # 年度预算数 at the left names the group of the others
    begins = [cell for cell in cells if cell.column in found]
    side = all(left.end == right.column for left, right in itertools.pairwise(begins))
    return found if side else None


def part_of_row(view: View, row: int, first: int) -> str | None:
    """Return what a row of money is: total, fiscal, other, or its own name."""
    cells = [cell for cell in view.words[row] if cell.row == row and cell.column < first]
    for cell in cells:
        if said := label(cell.text, "fund_rows"):
            return said.role
    if not cells or any(label(cell.text, "fields") for cell in cells):
        return None
    if len(cells) == 1 and len(cells[0].text) <= 20 and cells[0].end <= first:
        others = [view.at(row, column) for column in range(first, view.width)]
        if any(c and c.row == row and to_decimal(c.text) is not None for c in others) or all(
            c is None or amount(c.text) is None for c in others
        ):
            return one_line(cells[0])
    return None


def numbers_under(view: View, row: int, columns: dict[int, Said]) -> bool:
    cells = [view.at(row, column) for column, said in columns.items() if said.role in AMOUNTS]
    return any(cell is not None and cell.row == row and to_decimal(cell.text) is not None
               for cell in cells)  # fmt: skip


def stacked(view: View, row: int) -> list[tuple[Cell, Said]]:
    """Return labels whose values stand below them: 预期目标 | 实际完成情况."""
    heads = [
        (cell, said)
        for cell in view.words[row]
        if cell.row == row and (said := label(cell.text, "fields")) is not None
        and said.role in ("goal", "goal_reached")
    ]  # fmt: skip
    least = min((cell.rowspan for cell, _ in heads), default=1)
    heads = [each for each in heads if each[0].rowspan == least]
    roles = [said.role for _, said in heads]
    for role in ("goal", "goal_reached"):  # the group's name first, then the column's
        while roles.count(role) > 1:
            at = roles.index(role)
            del heads[at], roles[at]
    if len(heads) < 2:
        return []
    cells = [cell for cell, _ in heads]
    if any(left.end != right.column for left, right in itertools.pairwise(cells)):
        return []
    others = [c for c in view.words[row] if c.row == row and c not in cells]
    named = ("goal", "goal_reached", "groups")
    return heads if all(field_role(cell) in named for cell in others) else []


def first_below(row: int, heads: list[tuple[Cell, Said]]) -> int:
    return row + max(cell.rowspan for cell, _ in heads)


def pairs(view: View, row: int) -> Iterator[tuple[Cell, Cell | None]]:
    """Yield each label of a row with the value beside it; None where the value is blank."""
    cells = [cell for cell in view.rows[row] if cell.row == row]
    at = 0
    while at < len(cells):
        cell = cells[at]
        at += 1
        if not cell.text:
            continue
        said = label(cell.text, "fields")
        beside = cells[at] if at < len(cells) else None
        if said is not None and said.role == "groups":
            yield cell, None
            continue
        if beside is None or is_label(beside.text):
            yield cell, None
            continue
        at += 1
        yield cell, beside if beside.text else None
