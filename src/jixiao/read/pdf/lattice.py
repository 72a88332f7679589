"""From ruling lines to tables: columns, rows, and which of their squares make one cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from jixiao.read.blocks import MAX_CELLS, too_large
from jixiao.read.pdf.frame import Box
from jixiao.read.pdf.rules import Rule

TOUCH = 3.5
"""Points between two lines that meet all the same; tables in web pages part their cells so."""

SNAP = 4.0
"""Points between two lines that count as one: double lines, rows that are drawn unevenly."""

OPEN = 6.0
"""Points that a line runs on past the last one across it where a table's side is not drawn."""

HANGING = 32.0
"""Points that words may reach below a cell that goes on on the next page."""

COVERED = 0.55
"""The share of a square's side that must be drawn for it to be the side of a cell."""

_MOST_CROSSINGS = 4_000_000


class LatticeCell(msgspec.Struct, gc=False):
    """A cell: its first row and column (from 0), how many it covers, and its box."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


class Lattice(msgspec.Struct):
    """A table's edges from left to right and from top to bottom, and its cells in order.

    ``hanging`` are the cells that no line closes below, each with its sides: their words may
    reach further down.
    """

    xs: list[float]
    ys: list[float]
    cells: list[LatticeCell]
    owner: list[list[int]]
    open_top: bool = False
    open_bottom: bool = False
    hanging: list[tuple[int, float, float]] = []

    @property
    def box(self) -> Box:
        """The table as a whole."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def at(self, x: float, y: float) -> int | None:
        """Return the number of the cell that a point stands in."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            return self._hanging_at(x, y)
        row, column = bisect_right(ys, y, 1, len(ys) - 1), bisect_right(xs, x, 1, len(xs) - 1)
        return self.owner[row - 1][column - 1]

    def _hanging_at(self, x: float, y: float) -> int | None:
        if self.ys[-1] < y <= self.ys[-1] + HANGING:
            for number, left, right in self.hanging:
                if left < x < right:
                    return number
        return None


def lattices(across: Sequence[Rule], down: Sequence[Rule]) -> list[Lattice] | None:
    """Return the tables that lines make, from top to bottom; None where there are too many lines.

    A box with nothing in it but words is a frame and no table.
    Raises ReadError for a table with more cells than a form can have.
    """
    if len(across) * len(down) > _MOST_CROSSINGS:
        return None
    found = []
    for group_across, group_down in _groups(across, down):
        lattice = _lattice(group_across, group_down)
        if lattice is not None:
            found.append(lattice)
    found.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    return found


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the lines that hang together, as those across and those down."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(across)), key=lambda index: across[index].at)
    levels = [across[index].at for index in order]
    reaches = [(index, across[index].start - TOUCH, across[index].end + TOUCH) for index in order]
    for number, rule in enumerate(down, len(across)):
        first = bisect_right(levels, rule.start - TOUCH)
        at, mine = rule.at, root(number)
        for index, start, end in reaches[first : bisect_right(levels, rule.end + TOUCH)]:
            if start <= at <= end and parent[index] != mine:
                parent[root(index)] = mine
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(across):
        groups.setdefault(root(index), ([], []))[0].append(rule)
    for number, rule in enumerate(down, len(across)):
        groups.setdefault(root(number), ([], []))[1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    across = _without_dangling(across, down)
    down = _without_dangling(down, across)
    xs, _, _ = _edges(down, across)
    ys, open_top, open_bottom = _edges(across, down)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if len(xs) * len(ys) > MAX_CELLS:
        raise too_large()
    right_of = _drawn(down, xs, ys)
    below = _drawn(across, ys, xs)
    lattice = _cells(xs, ys, right_of, below)
    lattice.open_top, lattice.open_bottom = open_top, open_bottom
    lattice.hanging = [
        (number, cell.box[0], cell.box[2])
        for number, cell in enumerate(lattice.cells)
        if cell.box[3] == ys[-1] and not any(below[-1][cell.column : cell.column + cell.colspan])
    ]
    return lattice if len(lattice.cells) > 1 else None


def _without_dangling(rules: list[Rule], crossing: list[Rule]) -> list[Rule]:
    """Cut each line back to the last one that it meets, where others lie further on.

    What ends in the middle of a cell underlines words; at a side that is not drawn, lines end
    where nothing lies further on.
    """
    if not crossing:
        return rules
    found = []
    reaches = sorted((one.at, one.start - TOUCH, one.end + TOUCH) for one in crossing)
    for rule in rules:
        place, start, end = rule.at, rule.start, rule.end
        beside = [at for at, first, last in reaches if first <= place <= last]
        met = beside[bisect_left(beside, start - TOUCH) : bisect_right(beside, end + TOUCH)]
        if met:
            if met[0] > start + TOUCH and beside[0] < start - TOUCH:
                start = met[0]
            if met[-1] < end - TOUCH and beside[-1] > end + TOUCH:
                end = met[-1]
        elif beside and beside[0] < start and beside[-1] > end:
            continue
        if end - start > TOUCH:
            found.append(Rule(rule.at, start, end))
    return found


def _edges(rules: list[Rule], crossing: list[Rule]) -> tuple[list[float], bool, bool]:
    """Return where lines of one direction lie, those close together as one, with open sides.

    Tell also whether the first and the last side are open.
    """
    found: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if found and at - found[-1][-1] <= SNAP and at - found[-1][0] <= 2 * SNAP:
            found[-1].append(at)
        else:
            found.append([at])
    edges = [(group[0] + group[-1]) / 2 for group in found]
    if not edges or not crossing or len(crossing) + len(edges) < 4:
        return edges, False, False
    # A short line may stick out for any reason; two make a side, or a long one.
    longest = 0.5 * max(rule.end - rule.start for rule in crossing)
    closing = [rule for rule in crossing if rule.end - rule.start >= longest]
    start = sorted([*(rule.start for rule in crossing), *(rule.start for rule in closing)])[1]
    end = sorted([*(rule.end for rule in crossing), *(rule.end for rule in closing)])[-2]
    is_open_first = start < edges[0] - OPEN
    is_open_last = end > edges[-1] + OPEN
    if is_open_first:
        edges.insert(0, start)
    if is_open_last:
        edges.append(end)
    return edges, is_open_first, is_open_last


def _nearest(edges: list[float], at: float) -> int:
    index = bisect_right(edges, at)
    if index == 0:
        return 0
    if index == len(edges) or at - edges[index - 1] <= edges[index] - at:
        return index - 1
    return index


def _drawn(rules: list[Rule], edges: list[float], steps: list[float]) -> list[list[bool]]:
    """Tell of each edge, step by step along it, whether a line is drawn there."""
    last = len(steps) - 1
    drawn = [[False] * last for _ in edges]
    lengths: dict[tuple[int, int], float] = {}
    for rule in rules:
        edge = _nearest(edges, rule.at)
        if abs(edges[edge] - rule.at) > 2 * SNAP:
            continue
        start, end = rule.start, rule.end
        # From the first step that it covers as a whole to the last.
        whole, beyond = bisect_left(steps, start), bisect_right(steps, end) - 1
        if whole < beyond:
            drawn[edge][whole:beyond] = [True] * (beyond - whole)
        for step in {whole - 1, max(beyond, whole - 1)}:
            if not 0 <= step < last:
                continue
            left, right = steps[step], steps[step + 1]
            covered = max(0.0, min(end, right) - max(start, left))
            lengths[edge, step] = lengths.get((edge, step), 0.0) + covered
            if lengths[edge, step] >= COVERED * (right - left):
                drawn[edge][step] = True
    return drawn


def _cells(
    xs: list[float], ys: list[float], right_of: list[list[bool]], below: list[list[bool]]
) -> Lattice:
    """Join squares that no line parts, row by row, to the largest oblong that begins at each."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[LatticeCell] = []
    for row in range(rows):
        here = owner[row]
        for column in range(columns):
            if here[column] >= 0:
                continue
            end = column + 1
            while end < columns and here[end] < 0 and not right_of[end][row]:
                end += 1
            bottom = row + 1
            while bottom < rows and _goes_on(owner, right_of, below, bottom, column, end):
                bottom += 1
            for below_it in owner[row:bottom]:
                below_it[column:end] = [len(cells)] * (end - column)
            box = (xs[column], ys[row], xs[end], ys[bottom])
            cells.append(LatticeCell(row, column, bottom - row, end - column, box))
    return Lattice(xs, ys, cells, owner)


def _goes_on(
    owner: list[list[int]],
    right_of: list[list[bool]],
    below: list[list[bool]],
    row: int,
    column: int,
    end: int,
) -> bool:
    """Tell whether a cell over some columns goes on in the next row."""
    return (
        not any(below[row][column:end])
        and max(owner[row][column:end]) < 0
        and not any(edge[row] for edge in right_of[column + 1 : end])
    )
