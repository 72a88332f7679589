"""Tables without ruling lines: columns by what stands under one another.

Less sure than lines: a merged cell cannot be told from a blank one, nor cells that are centred in
their row from rows of their own.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from operator import sub

from jixiao.read.pdf.cells import FilledCell, PageGrid
from jixiao.read.pdf.lines import Line, line_of
from jixiao.read.pdf.wrapping import is_entry, is_full, joined
from jixiao.read.pdf.writing import Writing

APART = 0.85
"""Ems between the words of two columns at least; within a line of words there are fewer."""

LEAST_COLUMNS = 3
"""Fewer stand beside each other in many a paragraph."""

LEAST_ROWS = 3

NEAR = 4.0
"""Ems from one line of a table to the next at most."""


def unruled(rows: Sequence[Writing]) -> list[PageGrid | Line]:
    """Return what rows of characters outside of ruled tables are: lines, and tables of columns."""
    lines = [line_of(row) for row in rows]
    parts = [_parts(row, line) for row, line in zip(rows, lines, strict=True)]
    items: list[PageGrid | Line] = []
    at = 0
    while at < len(rows):
        end = _block(parts, at)
        grid = _grid(parts[at:end]) if end - at >= LEAST_ROWS else None
        if grid is not None:
            items.append(grid)
            at = end
            continue
        if (line := lines[at]) is not None:
            items.append(line)
        at += 1
    return items


def _parts(row: Writing, whole: Line | None) -> list[Line]:
    """Return the pieces of a line that stand apart."""
    if whole is None:
        return []
    said = row.said()
    apart = APART * whole.em
    widest = max(map(sub, said.x0s[1:], said.x1s), default=0.0)
    if widest < apart or is_entry(whole.text):
        return [whole]
    starts = [0]
    right: float | None = None  # of the last character that is no blank
    is_blank = row.blanks or itertools.repeat(False)
    for place, (x0, x1, blank) in enumerate(zip(row.x0s, row.x1s, is_blank, strict=False)):
        if blank:
            continue
        if right is not None and x0 - right >= apart:
            starts.append(place)
        right = x1
    ends = [*starts[1:], len(row.texts)]
    if all(end - start < 2 for start, end in zip(starts, ends, strict=True)):
        return [whole]  # letters drawn apart
    pieces = [row.part(start, end) for start, end in zip(starts, ends, strict=True)]
    return [line for piece in pieces if (line := line_of(piece)) is not None]


def _block(parts: Sequence[Sequence[Line]], start: int) -> int:
    """Return where the lines end that may be a table beginning at a line: the last of columns."""
    if len(parts[start]) < LEAST_COLUMNS:
        return start
    end = start + 1
    for at in range(start + 1, len(parts)):
        if not parts[at] or not parts[at - 1]:
            break
        above, below = parts[at - 1][0], parts[at][0]
        if below.y1 - above.y1 > NEAR * below.em:
            break
        end = at + 1
    while end > start and sum(len(parts[at]) > 1 for at in range(start, end)) < 0.3 * (end - start):
        end -= 1
    return end


def _grid(lines: Sequence[Sequence[Line]]) -> PageGrid | None:
    columns = _columns(lines)
    if len(columns) < LEAST_COLUMNS:
        return None
    rooms = _rooms(columns, max(part.em for line in lines for part in line))
    edges = [(one[1] + other[0]) / 2 for one, other in itertools.pairwise(columns)]
    xs = [columns[0][0] - 1, *edges, columns[-1][1] + 1]
    rows: list[dict[int, list[Line]]] = []
    for line in lines:
        placed = {min(bisect_right(edges, part.x0 + 0.1), len(columns) - 1): part for part in line}
        if rows and _wraps(rows[-1], placed, rooms):
            for column, part in placed.items():
                rows[-1][column].append(part)
        else:
            rows.append({column: [part] for column, part in placed.items()})
    if sum(len(row) >= LEAST_COLUMNS for row in rows) < LEAST_ROWS:
        return None
    tops = [min(said[0].y0 for said in row.values()) for row in rows]
    bottom = max(said[-1].y1 for said in rows[-1].values())
    ys = [*tops, bottom]
    cells = [
        [
            _cell(row.get(column, []), number, column, xs, ys, rooms[column])
            for column in range(len(columns))
        ]
        for number, row in enumerate(rows)
    ]
    return PageGrid(xs, ys, cells, is_ruled=False)


def _columns(lines: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Return from where to where each column goes, by the lines that say something in most."""
    most = max(len(line) for line in lines)
    spans = sorted((part.x0, part.x1) for line in lines if 2 * len(line) > most for part in line)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], x1)
        else:
            columns.append((x0, x1))
    return columns


def _rooms(columns: Sequence[tuple[float, float]], em: float) -> list[tuple[float, float]]:
    """Return from where to where each column may be written on: up to the next one."""
    rights = [one[0] - APART * em for one in columns[1:]]
    return [
        (left, max(right, free))
        for (left, right), free in zip(columns, [*rights, columns[-1][1]], strict=True)
    ]


def _wraps(
    row: dict[int, list[Line]], placed: dict[int, Line], rooms: Sequence[tuple[float, float]]
) -> bool:
    """Tell whether a line goes on the row above: each of its words goes on full ones."""
    return all(
        column in row and is_full(row[column][-1], part, *rooms[column])
        for column, part in placed.items()
    )


def _cell(
    said: list[Line],
    row: int,
    column: int,
    xs: Sequence[float],
    ys: Sequence[float],
    span: tuple[float, float],
) -> FilledCell:
    box = (xs[column], ys[row], xs[column + 1], ys[row + 1])
    head, tail = (said[0], said[-1]) if said else (None, None)
    return FilledCell(joined(said, *span), row, column, 1, 1, box, *span, head, tail, spare=0.0)
