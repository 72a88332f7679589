"""Tables over pages: parts joined, repeated headers left out, rows that a page tore made whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter

import msgspec

from jixiao.read.blocks import MAX_CELLS, Cell, tidy, too_large
from jixiao.read.labels import label_of
from jixiao.read.pdf.cells import FilledCell, PageGrid
from jixiao.read.pdf.frame import Box
from jixiao.read.pdf.tearing import is_torn, is_torn_label, torn_groups, whole

EDGE = 2.5
"""Points by which a table's side may lie elsewhere on the next page."""

MOST_HEADER_ROWS = 4


class Placed(msgspec.Struct, gc=False):
    """A cell of the joined table, with the page and box that it begins in."""

    cell: FilledCell
    page: int
    box: Box


class Table(msgspec.Struct):
    """A table as far as it has been read: its columns' edges, its rows, where its parts begin."""

    xs: list[float]
    rows: list[list[Placed]]
    starts: list[int]
    bottom: list[Placed]
    cells: int = 0


def table_of(grid: PageGrid, page: int, shown: Sequence[Sequence[Box]]) -> Table:
    """Begin a table with its part on one page; ``shown`` are its cells' boxes as shown."""
    table = Table(list(grid.xs), [], [0], [])
    _append(table, _placed(grid, page, shown), 0)
    return table


def _placed(grid: PageGrid, page: int, shown: Sequence[Sequence[Box]]) -> list[list[Placed]]:
    return [
        [Placed(cell, page, box) for cell, box in zip(row, boxes, strict=True)]
        for row, boxes in zip(grid.rows, shown, strict=True)
    ]


def continues(table: Table, grid: PageGrid) -> bool:
    """Tell whether a part at the top of a page goes on the table at the end of the one before."""
    if abs(table.xs[0] - grid.xs[0]) > EDGE or abs(table.xs[-1] - grid.xs[-1]) > EDGE:
        return False
    return not _begins_anew(table, grid)


def _begins_anew(table: Table, grid: PageGrid) -> bool:
    """Tell a form that begins again: its first row is that of the last, and heads no columns."""
    counts = [_same_rows(table, start, grid) for start in table.starts]
    most = max(counts)
    return most > 0 and not any(map(_heads, grid.rows[:most]))


def _heads(row: Sequence[FilledCell]) -> bool:
    return sum(bool(cell.text) for cell in row) >= 3


def _same_rows(table: Table, start: int, grid: PageGrid) -> int:
    """Return how many rows of a part are those that the table's part begins with."""
    count = 0
    while (
        count < min(MOST_HEADER_ROWS, len(grid.rows))
        and start + count < len(table.rows)
        and _is_same(table.rows[start + count], grid.rows[count])
    ):
        count += 1
    return count


def _is_same(row: Sequence[Placed], other: Sequence[FilledCell]) -> bool:
    mine = [(one.cell.text, one.cell.box[0], one.cell.box[2]) for one in row]
    theirs = [(cell.text, cell.box[0], cell.box[2]) for cell in other]
    return (
        bool(mine)
        and len(mine) == len(theirs)
        and any(text for text, _, _ in mine)
        and all(
            _fold(a) == _fold(b) and abs(a0 - b0) <= EDGE and abs(a1 - b1) <= EDGE
            for (a, a0, a1), (b, b0, b1) in zip(mine, theirs, strict=True)
        )
    )


def _fold(text: str) -> str:
    return "".join(text.split())


def join(table: Table, grid: PageGrid, page: int, shown: Sequence[Sequence[Box]]) -> None:
    """Add the part on the next page to a table."""
    header = _header_rows(table, grid)
    columns = _in_order(table, grid) or _united(table, grid.xs)
    rows = _placed(grid, page, shown)[header:]
    for row in rows:
        for one in row:
            cell = one.cell
            first, last = columns[cell.column], columns[cell.column + cell.colspan]
            cell.column, cell.colspan = first, last - first
            cell.row -= header
    if not rows:
        return
    upper, lower = ([one.cell for one in row] for row in (table.bottom, rows[0]))
    torn = is_torn(upper, lower, grid.open_top and not header)
    table.starts.append(len(table.rows))
    _extend(table, rows, torn=torn)


def _header_rows(table: Table, grid: PageGrid) -> int:
    for start in table.starts:
        count = _same_rows(table, start, grid)
        if count and any(map(_heads, grid.rows[:count])) and _is_header(grid, count):
            return count
    return 0


def _is_header(grid: PageGrid, count: int) -> bool:
    """Tell a repeated header from the first row of a like form: rows of its columns follow."""
    edges = [(cell.box[0], cell.box[2]) for cell in grid.rows[count - 1]]
    following = grid.rows[count : count + 2]
    if any(cell.rowspan > count for row in grid.rows[:count] for cell in row):
        return False
    finest = {round(edge) for pair in edges for edge in pair}
    return all(
        {round(edge) for cell in row for edge in (cell.box[0], cell.box[2])} <= finest
        for row in following
    )


def _in_order(table: Table, grid: PageGrid) -> list[int] | None:
    """Return the columns of a part that has as many as the last row, but other widths.

    So a table is split by hand: its second half is one of its own. None where it is not so.
    """
    last = [one.cell for one in table.bottom]
    if len(last) != len(grid.xs) - 1 or len(grid.rows[0]) != len(last):
        return None
    if all(min(abs(x - mine) for mine in table.xs) <= EDGE for x in grid.xs):
        return None
    edges = [0, *(cell.end for cell in last)]
    is_whole = edges[-1] == len(table.xs) - 1 and edges[:-1] == [cell.column for cell in last]
    return edges if is_whole else None


def _united(table: Table, xs: list[float]) -> list[int]:
    """Give a table the edges of its next part too; return where each of those is among them."""
    missing = [x for x in xs if all(abs(x - mine) > EDGE for mine in table.xs)]
    if missing:
        old = table.xs
        table.xs = sorted([*old, *missing])
        moved = [table.xs.index(x) for x in old]
        for row in table.rows:
            for one in row:
                cell = one.cell
                first, last = moved[cell.column], moved[cell.column + cell.colspan]
                cell.column, cell.colspan = first, last - first
    return [min(range(len(table.xs)), key=lambda index: abs(table.xs[index] - x)) for x in xs]


def _extend(table: Table, rows: list[list[Placed]], *, torn: bool) -> None:
    """Add rows; cells that go on those above are joined with them."""
    above = {(one.cell.column, one.cell.end): one.cell for one in table.bottom}
    going = torn_groups(above, [one.cell for one in rows[0]])
    is_head = all(map(_heads_column, (one.cell for one in table.bottom if one.cell.text)))
    top: list[Placed] = []
    for one in rows[0]:
        cell = one.cell
        upper = above.get((cell.column, cell.end))
        is_merged = upper is not None and (upper.rowspan > 1 or cell.rowspan > 1)
        if upper is not None and (
            torn
            or upper.hangs
            or (is_merged and not cell.text and not (is_head and _heads_column(upper)))
            or cell.column in going
            or is_torn_label(upper, cell)
        ):
            upper.rowspan += cell.rowspan - torn
            upper.hangs = cell.hangs
            if cell.text:
                upper.text = whole(upper, cell)
                upper.sure = min(upper.sure, cell.sure)
                upper.tail, upper.left, upper.right = cell.tail, cell.left, cell.right
            upper.spare = cell.spare
        else:
            top.append(one)
    carried = table.bottom
    _append(table, [top, *rows[1:]], len(table.rows) - torn)
    height = len(table.rows)
    table.bottom = sorted(
        (
            one
            for one in {id(one): one for one in [*carried, *table.bottom]}.values()
            if one.cell.row + one.cell.rowspan >= height
        ),
        key=_column,
    )


def _heads_column(cell: FilledCell) -> bool:
    """Tell the name of a column, under which blank cells say nothing of it."""
    label = label_of(cell.text)
    return label is not None and bool(label.columns) and not label.field


def _append(table: Table, rows: list[list[Placed]], offset: int) -> None:
    for number, row in enumerate(rows, offset):
        if number == len(table.rows):
            table.rows.append([])
        for one in row:
            one.cell.row = number
            table.rows[number].append(one)
        table.cells += len(row)
    if table.cells > MAX_CELLS:
        raise too_large()
    height = len(table.rows)
    table.bottom = sorted(
        (one for row in rows for one in row if one.cell.row + one.cell.rowspan >= height),
        key=_column,
    )


Key = tuple[int, int]
Finished = tuple[list[list[Cell]], dict[Key, tuple[int, Box]], dict[Key, float]]
_column = attrgetter("cell.column")


def finished(table: Table) -> Finished:
    """Return a table's rows of cells, each cell's page and box, and how sure those are that are not.

    Rows and columns in which no cell begins are left out.
    """
    cells = [one.cell for row in table.rows for one in row]
    begun, last = {cell.column for cell in cells}, max((cell.end for cell in cells), default=0)
    # How many columns and rows that begin a cell are before each.
    before = [*accumulate((column in begun for column in range(last)), initial=0)]
    above = [*accumulate(map(bool, table.rows), initial=0)]
    rows: list[list[Cell]] = [[] for _ in range(above[-1])]
    boxes: dict[Key, tuple[int, Box]] = {}
    sure: dict[Key, float] = {}
    for row in table.rows:
        for one in sorted(row, key=_column):
            cell = one.cell
            top, left = above[cell.row], before[cell.column]
            height = above[min(cell.row + cell.rowspan, len(table.rows))] - top or 1
            width = before[cell.end] - left or 1
            rows[top].append(Cell(tidy(cell.text), top, left, height, width))
            boxes[top, left] = one.page, one.box
            if cell.sure < 1.0:
                sure[top, left] = cell.sure
    return rows, boxes, sure
