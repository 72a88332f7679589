"""What a printed text is made of: headings, paragraphs and tables, known to no file format.

The Word and the PDF writer both print these, so that the two say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

FULL = 1000
"""The width of every table: cells begin and end at thousandths of it."""

Kind = Literal["value", "label", "head", "number"]


class Heading(NamedTuple):
    """A heading that the table of contents lists: 1 a part, 2 a section, 3 a project."""

    level: int
    text: str
    new_page: bool = False


class Line(NamedTuple):
    """A paragraph of running text; ``title`` for the title of a table that is no heading."""

    text: str
    title: bool = False


class Cell(NamedTuple):
    """A cell from ``begin`` to ``end`` of its table's width, merged down over ``rows`` rows."""

    text: str
    begin: int
    end: int
    kind: Kind = "value"
    rows: int = 1


class Table(NamedTuple):
    """Rows of cells; a row has no cell where one from above is merged down over it.

    The first ``heads`` rows are repeated on every page that the table reaches.
    """

    rows: list[list[Cell]]
    heads: int = 0

    def edges(self) -> list[int]:
        """Return where columns begin and end, over all rows."""
        return sorted({0, FULL} | {edge for row in self.rows for c in row for edge in c[1:3]})


Block = Heading | Line | Table


class Placed(NamedTuple):
    """A cell of the grid that a table's edges make: the columns it takes, and where it goes on."""

    cell: Cell
    column: int
    columns: int
    goes_on: bool
    """Whether the cell was begun in a row above."""


def placed(table: Table) -> Iterator[list[Placed]]:
    """Yield each row's cells in order with those merged down over it."""
    numbers = {edge: number for number, edge in enumerate(table.edges())}
    above: list[tuple[int, Cell]] = []  # rows still to go, the cell
    for row in table.rows:
        cells = [(cell, False) for cell in row] + [(cell, True) for _, cell in above]
        cells.sort(key=lambda each: each[0].begin)
        yield [
            Placed(cell, numbers[cell.begin], numbers[cell.end] - numbers[cell.begin], goes_on)
            for cell, goes_on in cells
        ]
        left = [(rest - 1, cell) for rest, cell in above if rest > 1]
        above = left + [(cell.rows - 1, cell) for cell in row if cell.rows > 1]


def spread(weights: list[int], begin: int = 0, end: int = FULL) -> list[int]:
    """Return the edges of columns as wide as their weights between two edges."""
    edges, total, sum_ = [begin], sum(weights), 0
    for weight in weights:
        sum_ += weight
        edges.append(begin + (end - begin) * sum_ // total)
    return edges
