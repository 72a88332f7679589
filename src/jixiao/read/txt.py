"""Plain text as extractors make it of Word files.

A table row is a line for each cell, led by a tab; a blank line ends the row, one more ends the
table. A cell's text may run over lines, and over single blank lines where the extractor parts
paragraphs by them. Marks that the extractor leaked (bookmarks, field codes) are taken off.
"""

from __future__ import annotations

import re

from jixiao.read.blocks import Block, BlockList, Blocks, Cell, tidy
from jixiao.read.encoding import damage, decode

_BOOKMARK = re.compile(r"\[bookmark: ?[^\]\n]*\]")
# { TC "heading" \f C \l 1 } marks an entry of the contents, { HYPERLINK \l "_Toc1" } a jump: Word
# never shows them, extractors do.
_FIELDS = re.compile(
    r"""[ \t]*(?<![A-Za-z])(?:
    TC[ ].*?(?:[ ]\\[fln](?:[ ]+"?\w+"?)?)+
    |HYPERLINK[ ](?:\\l[ ])?"[^"\n]*"(?:[ ]\\\w+(?:[ ]"[^"\n]*")?)*
    |PAGEREF[ ]_?\w+(?:[ ]\\\w)*
    |TOC(?:[ ]\\\w(?:[ ]"[^"\n]*")?)+
    |(?:PAGE|NUMPAGES)[ ]*\\\*[ ]MERGEFORMAT
    )[ ]*""",
    re.VERBOSE,
)
_CONTENTS_LINE = re.compile(r"^[^\t]+\t+[ ]*\d{1,4}[ ]*$")
_PAGE_NUMBER = re.compile(r"^(?:[-—–－ ]*\d{1,4}[-—–－ ]*|第\s*\d+\s*页.*)$")


def read_txt(data: bytes) -> Blocks:
    """Return the blocks of a text file. Raises ReadError where its encoding cannot be told."""
    text = decode(data)
    notes = damage(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n\n")
    text = _BOOKMARK.sub("", text)
    lines = [
        _FIELDS.sub("", line) if "\\" in line or "HYPERLINK" in line else line
        for line in text.split("\n")
    ]
    return Blocks(tuple(_Reader(lines).read()), notes=notes)


class _Reader:
    """Goes through the lines once; ``_rows`` are the rows of the table it is in."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._out = BlockList()
        self._rows: list[list[str]] = []
        self._row: list[str] = []

    def read(self) -> list[Block]:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if line.startswith("\t"):
                self._row.extend(line[1:].split("\t"))
                at = self._after_cell(at + 1)
            elif self._is_row(line):
                self._end_row()
                self._rows.append(line.split("\t"))
                at += 1
                if at < len(self._lines) and not self._lines[at].strip():
                    self._end_table()
            else:
                self._end_table()
                self._out.paragraph(line)
                at += 1
        self._end_table()
        return self._out.blocks

    @staticmethod
    def _is_row(line: str) -> bool:
        """A line with tabs between words is a whole row; one with a page number is contents."""
        return "\t" in line.strip() and not _CONTENTS_LINE.match(line)

    def _after_cell(self, at: int) -> int:
        """Take what follows a cell's first line; return the line where the next thing begins.

        Up to the next line led by a tab stand the cell's further lines, blank lines, and, after
        the table's end, paragraphs. One blank line parts paragraphs of a cell; two end a table.
        """
        end = at
        while end < len(self._lines) and not self._lines[end].startswith("\t"):
            end += 1
        taken, blanks = at, 0
        for number in range(at, end):
            line = self._lines[number]
            if not line.strip():
                blanks += 1
                continue
            if blanks > 1 or self._is_row(line) or self._is_outside(number, blanks):
                break
            self._row[-1] += "\n" * (blanks + 1) + line
            taken, blanks = number + 1, 0
        else:
            if blanks:
                self._end_row()
            if end == len(self._lines):
                self._end_table()
            return end
        self._end_table()
        return taken

    def _is_outside(self, number: int, blanks: int) -> bool:
        """Tell whether what follows a blank line at the end of the file is no more of the cell.

        No row goes on after it, and a page number is no cell's text.
        """
        if blanks == 0 or any(line.startswith("\t") for line in self._lines[number:]):
            return False
        return _PAGE_NUMBER.match(self._lines[number].strip()) is not None

    def _end_row(self) -> None:
        if self._row:
            self._rows.append(self._row)
            self._row = []

    def _end_table(self) -> None:
        self._end_row()
        if self._rows:
            self._out.grid(
                [Cell(tidy(text), number, column) for column, text in enumerate(row)]
                for number, row in enumerate(self._rows)
            )
            self._rows = []
