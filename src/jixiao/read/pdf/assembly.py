"""Pages into a document: paragraphs and tables in order, over page ends as if there were none."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.read.blocks import BlockList
from jixiao.read.pdf.cells import PageGrid
from jixiao.read.pdf.frame import Box
from jixiao.read.pdf.lines import Line
from jixiao.read.pdf.page import PageContent
from jixiao.read.pdf.paragraphs import Margins, goes_on, margins_of, size_of, words_between
from jixiao.read.pdf.running import without_running
from jixiao.read.pdf.tables import Table, continues, finished, join, table_of
from jixiao.read.pdf.wrapping import as_entry

LEFT_OVER = 0.2
"""The share of a page that may be blank below a table that goes on: a row that did not fit."""


def assembled(pages: Sequence[PageContent]) -> BlockList:
    """Return the blocks of a document's pages."""
    without_running(pages)
    assembly = _Assembly(pages)
    for page in pages:
        assembly.page(page)
    assembly.end()
    return assembly.out


class _Assembly:
    def __init__(self, pages: Sequence[PageContent]) -> None:
        self.out = BlockList()
        self._margins = margins_of(pages)
        self._bottoms = _bottoms(pages)
        self._words: list[str] = []
        self._sure = 1.0
        self._last: Line | None = None
        self._where: tuple[int, Box] | None = None
        self._table: Table | None = None
        self._at_end: tuple[PageContent, PageGrid] | None = None

    def page(self, page: PageContent) -> None:
        margins = self._margins[size_of(page)]
        for number, item in enumerate(page.items):
            if isinstance(item, PageGrid):
                self._grid(item, page, is_first=number == 0)
            else:
                self._line(item, page, margins, is_first=number == 0)

    def end(self) -> None:
        self._end_paragraph()
        self._end_table()

    def _grid(self, grid: PageGrid, page: PageContent, *, is_first: bool) -> None:
        self._end_paragraph()
        shown = [[page.shown(cell.box) for cell in row] for row in grid.rows]
        if is_first and self._table is not None and self._runs_over(page, grid):
            join(self._table, grid, page.number, shown)
        else:
            self._end_table()
            self._table = table_of(grid, page.number, shown)
        self._at_end = (page, grid)

    def _runs_over(self, page: PageContent, grid: PageGrid) -> bool:
        """Tell whether the table that ended the last page goes on with one that begins this."""
        if self._table is None or self._at_end is None:
            return False
        before, upper = self._at_end
        if before.number != page.number - 1 or before.items[-1] is not upper:
            return False
        if size_of(before) != size_of(page):
            return False
        first_row = next((row for row in grid.rows if row), [])
        tallest = max((cell.box[3] - cell.box[1] for cell in first_row), default=0.0)
        left_over = self._bottoms[size_of(page)] - upper.ys[-1]
        if left_over > max(LEFT_OVER * page.height, tallest + 4):
            return False
        return continues(self._table, grid)

    def _line(self, line: Line, page: PageContent, margins: Margins, *, is_first: bool) -> None:
        self._end_table()
        last = self._last
        if last is not None:
            line.text = as_entry(line.text, last.text)
        if last is not None and goes_on(last, line, margins, over_page=is_first):
            self._words.append(words_between(last, line, margins))
        else:
            self._end_paragraph()
        box = page.shown((line.x0, line.y0, line.x1, line.y1))
        if self._where is None:
            self._where = page.number, box
        elif self._where[0] == page.number:
            self._where = page.number, _around(self._where[1], box)
        self._words.append(line.text)
        self._sure = min(self._sure, line.sure)
        self._last = line

    def _end_paragraph(self) -> None:
        if self._where is not None:
            self.out.paragraph("".join(self._words), *self._where, sure=self._sure)
        self._words, self._last, self._where, self._sure = [], None, None, 1.0

    def _end_table(self) -> None:
        if self._table is not None:
            rows, boxes, sure = finished(self._table)
            self.out.grid(rows, boxes=boxes, sure=sure)
        self._table = None


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip


def _bottoms(pages: Sequence[PageContent]) -> dict[tuple[int, int], float]:
    """Return how far down the pages of each size are filled."""
    found: dict[tuple[int, int], float] = {}
    for page in pages:
        for item in page.items[-1:]:
            bottom = item.ys[-1] if isinstance(item, PageGrid) else item.y1
            found[size_of(page)] = max(found.get(size_of(page), 0.0), bottom)
    return found
