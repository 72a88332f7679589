"""Where in the user's own file something stands."""

from __future__ import annotations

import msgspec

Box = tuple[float, float, float, float]
"""A box on a page of a PDF: left, upper, right and lower edge, in points (1/72 inch) from the top
left corner of the page as it is shown, turned as the file says."""


def column_letters(column: int) -> str:
    """Return the spreadsheet letters of a 1-based column: 1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Place(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A position in the source file; every number counts from 1, as a person counts.

    A place is a paragraph, or a cell (table or sheet, with row and column), in a PDF with the page
    and the box there in points from its top left corner: left, top, right, bottom. Tables and paragraphs are counted over the whole document in reading order; a table's
    paragraphs are not counted. ``row`` and ``column`` are those of the cell's top left corner on
    the grid, merged cells counted by what they cover.
    """

    paragraph: int | None = None
    table: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    box: Box | None = None

    def __str__(self) -> str:
        """Return the place in Chinese, as a message names it: 第3个表第5行第4列."""
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”")
            if self.row is not None and self.column is not None:
                parts.append(f"{column_letters(self.column)}{self.row}单元格")
                return "".join(parts)
        elif self.table is not None:
            parts.append(f"第{self.table}个表")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        if self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        return "".join(parts)
