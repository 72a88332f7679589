"""The words and tables of a file as they are kept with its import, to be shown without pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from jixiao.model.place import Box, Place
from jixiao.read import Block, Grid, Paragraph

MOST_CELLS = 20_000
"""Cells and paragraphs that are kept to be shown; a text of 60 projects has some 10,000."""


class Piece(msgspec.Struct, gc=False):
    """A cell or a paragraph: the name of its place in the page, its words, what it covers."""

    key: str
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    box: Box | None = None


class Table(msgspec.Struct, gc=False):
    """A grid as rows of pieces; ``rows`` of one piece without a grid is a paragraph."""

    rows: list[list[Piece]]
    is_grid: bool = True
    title: str = ""


_DECODER = msgspec.json.Decoder(list[Table])


def kept(blocks: Iterable[Block]) -> list[Table]:
    """Return blocks as they are kept; what is beyond ``MOST_CELLS`` is left out."""
    found: list[Table] = []
    left = MOST_CELLS
    sheets: dict[str, int] = {}
    for block in blocks:
        if left <= 0:
            break
        made = _paragraph(block) if isinstance(block, Paragraph) else _grid(block, sheets)
        left -= sum(map(len, made.rows))
        found.append(made)
    return found


def loaded(stored: str) -> list[Table]:
    """Return what was kept."""
    return _DECODER.decode(stored)


def key_of(place: Place, sheets: Mapping[str, int]) -> str:
    """Return the name of a place in the page, "" for one that names no cell or paragraph."""
    if place.paragraph is not None and place.table is None:
        return f"b-p{place.paragraph}"
    if place.row is None or place.column is None:
        return ""
    if place.sheet is not None:
        if place.sheet not in sheets:
            return ""
        return f"b-s{sheets[place.sheet]}r{place.row}c{place.column}"
    return f"b-t{place.table}r{place.row}c{place.column}"


def sheets_of(tables: Iterable[Table]) -> dict[str, int]:
    """Return the numbers of a spreadsheet's sheets by their names."""
    titles = [table.title for table in tables if table.title]
    return {title: number for number, title in enumerate(dict.fromkeys(titles), 1)}


def pieces(tables: Iterable[Table]) -> Iterator[Piece]:
    """Yield all cells and paragraphs in their order."""
    for table in tables:
        for row in table.rows:
            yield from row


def _paragraph(block: Paragraph) -> Table:
    piece = Piece(f"b-p{block.number}", block.text, page=block.page, box=block.box)
    return Table([[piece]], is_grid=False)


def _grid(grid: Grid, sheets: dict[str, int]) -> Table:
    if grid.sheet is not None:
        sheets.setdefault(grid.sheet, len(sheets) + 1)
    rows: list[list[Piece]] = []
    for row in grid.rows:
        rows.append([])
        for cell in row:
            place = grid.place(cell)
            piece = Piece(
                key_of(place, sheets), cell.text, cell.rowspan, cell.colspan, place.page, place.box
            )
            rows[-1].append(piece)
    return Table(rows, title=grid.sheet or "")
