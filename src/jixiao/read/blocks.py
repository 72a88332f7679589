"""What every reader yields: paragraphs and grids in document order. Nothing here knows budgets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from jixiao.model import ReadingWarning
from jixiao.model.errors import ReadError
from jixiao.model.place import Box, Place

MAX_CELLS = 1_000_000
"""A grid with more cells than this is no performance table; reading it would eat the machine."""

# Characters of a symbol font that other programs took over by their place in it (U+F000 and on).
_PRIVATE = re.compile("[\uf020-\uf0ff]")
SYMBOLS = {
    0xF000 + code: sign
    for code, sign in {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xBB: "≈", 0xB9: "≠", 0xB0: "°",
        0xA8: "□", 0x6F: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "√", 0xFB: "×",
    }.items()
}  # fmt: skip
_TRAILING = re.compile(r"[ \t\u3000\xa0]+(?=\n|$)")


def tidy(text: str) -> str:
    """Return a cell's or paragraph's text as the contract keeps it.

    Line breaks and runs of spaces inside a line are kept; blanks at the end of a line and around
    the whole are dropped; a no-break space is a space, a sign of a symbol font that sign.
    """
    text = text.strip()
    if text.isprintable():
        return text
    if "\xa0" in text:
        text = text.replace("\xa0", " ")
    if _PRIVATE.search(text):
        text = text.translate(SYMBOLS)
    if "\n" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _TRAILING.sub("", text)
    return text


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph outside of any grid; ``number`` counts them from 1.

    ``sure`` is how surely it was recognised in a picture, up to 1.
    """

    text: str
    number: int
    page: int | None = None
    box: Box | None = None
    sure: float = 1.0

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(paragraph=self.number, page=self.page, box=self.box)


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell of a grid; ``row`` and ``column`` count from 0, spans are at least 1."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1

    @property
    def end(self) -> int:
        """The first column to the right of it."""
        return self.column + self.colspan


class Grid(msgspec.Struct, frozen=True):
    """A table: its cells by the row that they begin in; ``number`` counts tables from 1.

    In a spreadsheet ``sheet`` names the sheet, and ``origin`` is the sheet's row and column
    (from 0) of the grid's first cell. In a PDF ``boxes`` gives each cell's page and box, by its row
    and column (from 0, the origin's added); ``sure`` how surely those were recognised in a picture
    that are not certain.
    """

    rows: tuple[tuple[Cell, ...], ...]
    number: int
    sheet: str | None = None
    origin: tuple[int, int] = (0, 0)
    boxes: dict[tuple[int, int], tuple[int, Box]] | None = None
    sure: dict[tuple[int, int], float] | None = None

    @property
    def table(self) -> int | None:
        """Its number where places count tables: not in a spreadsheet, which has sheets."""
        return None if self.sheet else self.number

    def place(self, cell: Cell | None = None) -> Place:
        """Where a cell stands in the source, or the grid itself."""
        table = self.table
        boxes = self.boxes
        if cell is None:
            page = min(page for page, _ in boxes.values()) if boxes else None
            return Place(None, table, self.sheet, page=page)
        row, column = self.origin
        page, box = (boxes or {}).get((cell.row + row, cell.column + column), (None, None))
        return Place(
            None, table, self.sheet, cell.row + row + 1, cell.column + column + 1, page, box
        )

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((row[-1].end for row in self.rows if row), default=0)


Block = Paragraph | Grid


class Blocks(msgspec.Struct, frozen=True):
    """What a reader found in a file, in document order.

    ``pictures`` counts embedded pictures: a file with pictures and no words is a scan. ``notes``
    are sentences about what the reader could not take over, for the user. ``asides`` are words
    that stand outside of the text's order: footnotes and endnotes. ``doubts`` are what was
    recognised in a picture and is not certain.
    """

    blocks: tuple[Block, ...]
    pictures: int = 0
    notes: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    doubts: tuple[ReadingWarning, ...] = ()

    @property
    def warnings(self) -> list[ReadingWarning]:
        """The notes and doubts, for who reads the text."""
        return [*map(ReadingWarning, self.notes), *self.doubts]


class BlockList:
    """Collects blocks and numbers them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.blocks: list[Block] = []
        self.paragraphs = 0
        self.tables = 0

    def paragraph(
        self, text: str, page: int | None = None, box: Box | None = None, *, sure: float = 1.0
    ) -> None:
        """Add a paragraph; blank ones are counted, as the user's program counts, and left out."""
        self.paragraphs += 1
        text = tidy(text)
        if text:
            self.blocks.append(Paragraph(text, self.paragraphs, page, box, sure))

    def grid(
        self,
        rows: Iterable[Sequence[Cell]],
        sheet: str | None = None,
        origin: tuple[int, int] = (0, 0),
        boxes: dict[tuple[int, int], tuple[int, Box]] | None = None,
        sure: dict[tuple[int, int], float] | None = None,
    ) -> None:
        """Add a grid."""
        self.tables += 1
        cells = tuple(map(tuple, rows))
        self.blocks.append(Grid(cells, self.tables, sheet, origin, boxes, sure or None))


class GridBuilder:
    """Lays cells out row by row, as HTML does: a cell goes to the first free column."""

    def __init__(self) -> None:
        """Begin without rows."""
        self.rows: list[list[Cell]] = []
        self._taken: dict[int, int] = {}  # column → rows that a cell from above still covers
        self._next = 0
        self._cells = 0

    def row(self) -> None:
        """Begin a row."""
        if self.rows:
            self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}
        self.rows.append([])
        self._next = 0

    def cell(self, text: str, rowspan: int = 1, colspan: int = 1) -> None:
        """Add a cell to the row.

        Raises ReadError where the grid grows past ``MAX_CELLS``.
        """
        while self._taken.get(self._next):
            self._next += 1
        self._cells += colspan
        if self._cells > MAX_CELLS:
            raise too_large()
        cell = Cell(tidy(text), len(self.rows) - 1, self._next, rowspan, colspan)
        self.rows[-1].append(cell)
        if rowspan > 1:
            for column in range(cell.column, cell.end):
                self._taken[column] = rowspan
        self._next = cell.end


def is_layout(says: Sequence[Sequence[bool]]) -> bool:
    """Tell, of a table with tables in it, whether it only lays out a page.

    ``says`` tells of each cell by rows whether it has words and no table. A form pairs such cells,
    a label and its value; a page's layout seldom does.
    """
    pairs = sum(sum(row) > 1 for row in says)
    return 2 * pairs < len(says)


def too_large() -> ReadError:
    """Return the error for a table that no performance text has."""
    return ReadError(
        f"表格过大，超过 {MAX_CELLS // 10_000} 万个单元格，不像绩效目标表",
        "请删去无关的表格，或把表格拆成几个文件再读",
    )
