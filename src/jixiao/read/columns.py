"""Header rows of tables: which column says what. Labels decide, never positions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from jixiao.read.blocks import MAX_CELLS, Cell, Grid, too_large
from jixiao.read.labels import Label, is_group, is_sum, label_of

_LEVELS = frozenset(("level1", "level2", "name", "value"))
_TASKS = frozenset(("task_name", "duty"))
_TOTAL = "资金总额"

# Columns of a department's own tables, and those that an indicator has no field for.
_NO_INDICATORS = frozenset(
    (
        "direction",
        "excellent",
        "good",
        "fair",
        "poor",
        "whole_value",
        "task_content",
        "duty_content",
    )
)

PROJECT = "project:"
"""Leads the role of a column that names a project's field, in a table of many projects."""


class View:
    """A grid that can be asked what covers a place."""

    def __init__(self, grid: Grid) -> None:
        """Lay the grid's cells out."""
        self.grid = grid
        self.rows = grid.rows
        self.width = grid.width
        self.height = len(grid.rows)
        if self.width * self.height > MAX_CELLS:
            raise too_large()
        self.spans = False
        covering: list[list[Cell | None]] = [[None] * self.width for _ in grid.rows]
        for number, line in enumerate(grid.rows):
            here = covering[number]
            for cell in line:
                column, colspan, rowspan = cell.column, cell.colspan, cell.rowspan
                here[column] = cell
                if colspan == 1 and rowspan == 1:
                    continue
                self.spans = True
                if colspan > 1:
                    here[column : column + colspan] = [cell] * colspan
                for below in covering[number + 1 : number + rowspan] if rowspan > 1 else ():
                    below[column : column + colspan] = [cell] * colspan
        self.covering = covering
        self.words = [[cell for cell in line if cell.text] for line in grid.rows]
        """The cells of each row that say something."""

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place, None outside the grid."""
        if row < self.height and column < self.width:
            return self.covering[row][column]
        return None

    def is_blank(self, row: int) -> bool:
        """Tell whether no cell that begins in a row has words."""
        return not self.words[row]


class Column(NamedTuple):
    """A column of a table: from ``start`` up to ``end``, what it holds, and its heading.

    ``key`` is the role, or tells an extra column by its heading.
    """

    start: int
    end: int
    role: str
    title: str
    key: str = ""


class Header(NamedTuple):
    """A table's header: its columns, and the row that its data begin in.

    ``lists`` tells that columns name projects' fields. ``halves`` has two sets of columns where 实施期 and 年度 indicators stand side by side.
    """

    halves: tuple[tuple[Column, ...], ...]
    data: int
    width: int
    money_unit: str | None = None
    lists: bool = False

    @property
    def roles(self) -> set[str]:
        """All that the columns hold."""
        return {column.role for half in self.halves for column in half}

    def squeezed(self, width: int) -> Header | None:
        """Return the same columns side by side, one wide each; None where there are not as many.

        A label merged down the left side of the table has a column before them.
        """
        (first, *more) = self.halves
        side = width - len(first)
        if more or side not in (0, 1) or (side and first[0].start == 0):
            return None
        columns = tuple(
            column._replace(start=at, end=at + 1) for at, column in enumerate(first, side)
        )
        return self._replace(halves=(columns,), width=width)


def header_at(view: View, row: int) -> Header | None:
    """Return the header that begins in a row, None where there is none.

    A header is a row of labels: at least two of 一级, 二级, 三级指标 and 指标值; or 任务名称 or
    职责活动 with another; or project fields side by side, 项目名称 among them.
    """
    cells = view.words[row]
    if len(cells) < 2:
        return None
    labels = [label_of(cell.text) for cell in cells]
    if labels.count(None) > len(labels) - 2:
        return None  # one label alone heads no columns
    roles = {label.columns[0] for label in labels if label and label.columns}
    if len(roles & _LEVELS) < 2 and not (roles & _TASKS and len(roles) > 1):
        if not _is_project_list(cells, labels):
            return None
    elif any(label and label.inline for label in labels):
        return None
    return _header(view, row)


def _is_project_list(cells: Sequence[Cell], labels: Sequence[Label | None]) -> bool:
    """项目名称, 预算数, 绩效目标 … side by side with no value between them."""
    if not any(label and label.field == "name" and label.inline is None for label in labels):
        return False
    named = [bool(label and label.names and not is_group(label.field)) for label in labels]
    known = [label is not None and label.inline is None for label in labels]
    run = max((len(list(group)) for says, group in itertools.groupby(known) if says), default=0)
    return (
        # In a form's row values stand between the labels; some columns of a list are its own.
        (
            named.count(True) >= max(3, len(labels) - 1)
            or (run >= 3 and known.count(True) * 2 > len(labels))
        )
        and all(left.end == right.column for left, right in itertools.pairwise(cells))
    )


def _header(view: View, row: int) -> Header:
    top = list(view.rows[row])
    below = row + 1
    while below < view.height and view.is_blank(below):
        below += 1
    headings = [(cell.column, cell.end, cell.text) for cell in top if not _is_side(cell, row)]
    if below < view.height and (under := _sub_header(view, row, below)):
        headings = under
        below += 1
    said = [*(cell.text for cell in top), *(text for _, _, text in headings)]
    labels = [label for text in said if (label := label_of(text))]
    money = [label.money_unit for label in labels if label.money_unit]
    halves, lists = _columns(tuple(headings))
    return Header(halves, below, view.width, money[0] if money else None, lists)


@lru_cache(maxsize=1024)
def _columns(
    headings: tuple[tuple[int, int, str], ...],
) -> tuple[tuple[tuple[Column, ...], ...], bool]:
    """Return the columns under some headings, and whether they list projects.

    A text's tables have the same headings over and over.
    """
    columns = _assign(headings)
    lists = any(column.role.startswith(PROJECT) for column in columns)
    return tuple(_keyed(half) for half in _halves(columns)), lists


def _is_side(cell: Cell, row: int) -> bool:
    """绩效指标, letter under letter, merged down beside the whole table is no column of it."""
    label = label_of(cell.text)
    return cell.rowspan > 2 and cell.row == row and label is not None and is_group(label.field)


def _sub_header(view: View, row: int, below: int) -> list[tuple[int, int, str]] | None:
    """Return the headings of a header in two rows: the lower ones where there are any.

    In a grid without spans (text) a blank cell of the lower row goes on a heading of the upper
    row, and a run of labels divides the next one.
    """
    cells = view.words[below]
    if not cells or not (
        all(_heads_column(label_of(cell.text)) or _is_total(view, row, cell) for cell in cells)
        or _goes_below(view, row, below)
    ):
        return None
    if not _is_divided(view, row, below):
        return None  # the header again, or another one: not a second row of it
    if view.spans:
        headings: dict[tuple[int, int], tuple[int, int, str]] = {}
        for column in range(view.width):
            lower, upper = view.at(below, column), view.at(row, column)
            cell = lower if lower is not None and lower.text else upper
            if cell is not None and not _is_side(cell, row):
                # Where edges are out of line by a hair, a heading has only what is left to it.
                start = headings.get((cell.row, cell.column), (column,))[0]
                text = cell.text if cell is upper else _lower_heading(view, row, cell)
                headings[cell.row, cell.column] = (start, column + 1, text)
        return sorted(headings.values())
    return _divided(view, row, below)


def _goes_below(view: View, row: int, below: int) -> bool:
    """Tell whether 一级, 二级 or 三级指标 are merged down past a row: it is the header's, too."""
    return (
        view.spans
        and sum(
            cell.row + cell.rowspan > below
            and (label := label_of(cell.text)) is not None
            and not _LEVELS.isdisjoint(label.columns)
            for cell in view.rows[row]
        )
        > 1
    )


def _is_total(view: View, row: int, cell: Cell) -> bool:
    """合计 under 项目资金 heads the amount in all."""
    upper = view.at(row, cell.column)
    label = None if upper is None else label_of(upper.text)
    return label is not None and label.field == "budget_group" and is_sum(cell.text)


def _lower_heading(view: View, row: int, cell: Cell) -> str:
    """Return what a cell of a header's second row heads its column with.

    Words that no form has (符号及数值) divide what stands over them, and the first of them heads
    the same column as that.
    """
    if _is_total(view, row, cell):
        return _TOTAL
    upper = view.at(row, cell.column)
    said = None if upper is None else label_of(upper.text)
    if upper is None or said is None or not said.columns or label_of(cell.text) is not None:
        return cell.text
    beside = [view.at(cell.row, column) for column in range(upper.column, upper.end)]
    labels = [label_of(other.text) for other in beside if other is not None]
    is_first = cell.column == upper.column
    if is_first and not any(label and label.columns[:1] == said.columns[:1] for label in labels):
        return upper.text
    return cell.text


def _divided(view: View, row: int, below: int) -> list[tuple[int, int, str]]:
    """Return the headings of two rows without spans; of the runs the first may divide several."""
    upper = iter(view.rows[row])
    lower = view.rows[below]
    blanks = sum(not cell.text for cell in lower)
    runs = sum(
        bool(cell.text) and (at == 0 or not lower[at - 1].text) for at, cell in enumerate(lower)
    )
    more = max(0, len(view.rows[row]) - blanks - runs)
    divided: list[tuple[int, int, str]] = []
    in_run = False
    for cell in lower:
        if not cell.text:
            heading = next(upper, None)
            divided.append((cell.column, cell.end, heading.text if heading else ""))
        else:
            for _ in range(0 if in_run else 1 + more):
                next(upper, None)
            more = 0
            divided.append((cell.column, cell.end, cell.text))
        in_run = bool(cell.text)
    divided += [(len(lower) + at, len(lower) + at + 1, c.text) for at, c in enumerate(upper)]
    return divided


def _heads_column(label: Label | None) -> bool:
    return (
        label is not None
        and not label.inline
        and bool(label.columns or label.field in ("total", "fiscal", "other"))
    )


def _is_divided(view: View, row: int, below: int) -> bool:
    """Tell whether the cells of the lower row stand under parts of the upper one's."""
    if not view.spans:
        lower = view.rows[below]
        return any(not cell.text for cell in lower) or len(lower) > len(view.rows[row])
    return any(
        (upper := view.at(row, cell.column)) is not None and upper.colspan > cell.colspan
        for cell in view.rows[below]
        if cell.text
    )


def _assign(headings: Sequence[tuple[int, int, str]]) -> list[Column]:
    """Give each heading a role: the sure labels first, then those that can be several things."""
    labels = [label_of(text) if text else None for _, _, text in headings]
    sure = {label.columns[0] for label in labels if label and label.columns and label.sure}
    taken = set(sure)
    first_value = min(
        (
            start
            for (start, _, _), label in zip(headings, labels, strict=True)
            if label and label.columns and label.columns[0] in ("name", "value", "level1")
        ),
        default=0,
    )
    columns = []
    for (start, end, text), label in zip(headings, labels, strict=True):
        columns.append(Column(start, end, _role(label, taken, before=start < first_value), text))
    if any(column.role in _TASKS for column in columns):
        return columns
    return [
        column._replace(role="extra") if column.role in _NO_INDICATORS else column
        for column in columns
    ]


def _role(label: Label | None, taken: set[str], *, before: bool) -> str:
    if label is None:
        return "extra"
    if label.columns and label.sure and not (before and label.field in ("unit", "total")):
        return label.columns[0]
    for role in label.columns if not label.sure else ():
        if role not in taken:
            taken.add(role)
            return role
    if label.field and is_group(label.field):
        return "side"
    if label.field:
        return PROJECT + label.field
    return "extra"


def _keyed(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Give each column its key; a second column of a role is an extra one."""
    taken: set[str] = set()
    keyed = []
    for column in columns:
        role = "extra" if column.role in taken and column.role != "side" else column.role
        key = role
        if role == "extra":
            title = "".join(column.title.split()).rstrip("：:") or f"第{column.start + 1}列"
            key = f"extra:{title}"
            if key in taken:
                key = f"{key}（第{column.start + 1}列）"
        taken |= {role, key} - {"extra"}
        keyed.append(column._replace(role=role, key=key))
    return tuple(keyed)


def _halves(columns: list[Column]) -> tuple[tuple[Column, ...], ...]:
    """Part the columns where 三级指标 and 指标值 stand twice: 实施期 first, 年度 after it."""
    roles = [column.role for column in columns]
    if roles.count("name") != 2 or roles.count("value") != 2:
        return (tuple(columns),)
    seen: set[str] = set()
    cut = len(columns)
    for number, role in enumerate(roles):
        if role in seen and role in ("level1", "level2", "name"):
            cut = number
            break
        seen.add(role)
    first, second = columns[:cut], columns[cut:]
    if "level1" not in {column.role for column in second}:
        second = [column for column in first if column.role in ("level1", "side")] + second
    return tuple(first), tuple(second)


Values = dict[str, tuple[str, Cell]]
"""What a row says: role → text and the cell it stands in."""


def row_values(view: View, row: int, columns: Sequence[Column]) -> Values:
    """Return what a row says in each column that has a cell there, be it blank.

    A cell merged over several columns counts for the first; the cells of a column that spans
    several are put together.
    """
    values: Values = {}
    said: set[tuple[int, int]] = set()
    covering = view.covering[row]
    shift = _shift(view, row, columns)
    for column in columns:
        if shift and column.role == "level2":
            continue
        start, end = column.start, column.end
        if shift and column.role != "level1":
            start, end = start - shift, end - shift
        cell = covering[start] if start < view.width else None
        if cell is not None and cell.column == start and cell.colspan == end - start:
            values[column.key] = (cell.text, cell)
            continue
        texts: list[str] = []
        first: Cell | None = None
        while start < end and (cell := view.at(row, start)) is not None:
            if (cell.row, cell.column) not in said:
                said.add((cell.row, cell.column))
                first = first or cell
                texts.append(cell.text)
            start = cell.end
        if first is not None:
            values[column.key] = ("".join(texts), first)
    return values


def _shift(view: View, row: int, columns: Sequence[Column]) -> int:
    """Return how many cells a row of plain text lacks after 一级指标.

    Where the Word table merged 一级 and 二级指标 into one cell, the extracted row is one short.
    """
    cells = view.rows[row]
    if view.spans or len(cells) != columns[-1].end - 1 or len(columns) < 4 or len(cells) < 2:
        return 0
    roles = [column.role for column in columns]
    if "level1" not in roles or "level2" not in roles:
        return 0
    at = next(column.start for column in columns if column.role == "level2")
    if roles.index("level2") != roles.index("level1") + 1 or not cells[at - 1].text:
        return 0
    return 0 if cells[at].text.endswith(("指标", "效益", "影响", "成本")) else 1
