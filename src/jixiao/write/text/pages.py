"""On which page a heading will stand: the text set in lines and pages as a word processor does.

A table of contents needs page numbers before anyone has opened the file. Lines of the template have
exact heights and Chinese letters are as wide as high, so where pages end is nearly only sums; Latin
letters are as wide as those of Times New Roman. Rows of tables are given the heights that are
counted here, so that no program's own way to break lines moves what follows them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from jixiao.write.text.blocks import FULL, Cell, Kind, Table


class Style(NamedTuple):
    """What of a paragraph style makes it long: everything in points."""

    size: float = 10.5
    line: float = 14.0
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    keep_next: bool = False
    new_page: bool = False
    level: int | None = None
    """Of a heading, 1 to 9."""


class Sheet(NamedTuple):
    """The part of a page that text has, and the margins within a cell, in points."""

    width: float
    height: float
    cell_left_right: float = 8.0
    cell_top_bottom: float = 4.0


_BORDER = 0.5
_SPARE = 0.3
"""Letters that a cell's line has to spare: what is set has no more lines than were counted."""

_TALL = 0.6
"""A row that takes more of a page than this may be torn by its end; others move as a whole."""

# Closing marks begin no line and opening ones end none (GB/T 15834—2011, 4.1, 5.1).
_OPENING = "（《「『【〔〈“‘(\\[{"
_CLOSING = "，。、；：？！）》」』】〕〉”’…—,.;:?!)\\]}%％"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[!-~\u00a1-\u200b]+|.)[{_CLOSING}]*|\s", re.DOTALL)
"""What stands together on a line: a Chinese letter or a Latin word with the marks beside it."""

_WITHIN = re.compile(r"(?<=[/?&-])(?=[A-Za-z])")
"""Where some programs break a Latin word: after the strokes of an address (UAX #14, class SY)."""

_GLUED = re.compile(r"[”’][!-~]|[!-~][“‘]")
"""Quotation marks that some programs do not part from Latin letters (UAX #14, class QU)."""

_LATIN_WORD = re.compile(r"[!-~\u00a1-\u200a]+")
_GAP = 0.2
"""What word processors put between a Chinese and a Latin letter (w:autoSpaceDE)."""


@cache
def _latin() -> dict[str, float]:
    path = resources.files("jixiao.write.text") / "data" / "widths.toml"
    widths = tomllib.loads(path.read_text(encoding="utf-8"))["widths"]
    return {chr(32 + number): width / 1000 for number, width in enumerate(widths)}


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    """Return how wide a letter is, in its own height."""
    known = _latin().get(letter)
    if known is not None:
        return known
    if unicodedata.category(letter) in ("Mn", "Cf", "Me"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.6


@lru_cache(maxsize=8192)
def lines_of(text: str, room: float, first: float = 0.0) -> int:
    """Return how many lines a text takes; ``room`` and ``first`` (indent) in heights of letters."""
    return sum(_lines(line, room, first) for line in text.split("\n")) if text else 1


@lru_cache(maxsize=8192)
def most_lines_of(text: str, room: float) -> int:
    """Return the most lines that a text takes, however a program breaks its Latin words.

    A row that is given this height is moved by no program's own way to break lines.
    """
    lines = lines_of(text, room)
    if text.isascii() and text.isalnum() and len(text) <= room:
        return lines
    lines = max(lines, lines_of(_WITHIN.sub(" ", text), room))
    broken = sum(sum(map(_width, word)) > room for word in _LATIN_WORD.findall(text))
    return lines + broken + (_GLUED.search(text) is not None)


def _lines(text: str, room: float, first: float) -> int:
    lines, at, last = 1, first, ""
    for piece in _PIECE.findall(text):
        width = sum(map(_width, piece))
        apart = last.isalnum() and piece[0].isalnum() and last.isascii() != piece[0].isascii()
        gap = _GAP if apart else 0.0
        last = piece[-1]
        if at + gap + width > room and not piece.isspace():
            if at:
                lines, at = lines + 1, 0.0
            gap = 0.0
            if width > room:  # a number longer than a line goes on, on the next
                more = int(width // room)
                lines, width = lines + more, width - more * room
        at += gap + width
    return lines


def breakable(text: str, room: float) -> str:
    """Return a text whose words that are longer than a line may be broken anywhere.

    ``room`` is a line's length in heights of letters.
    """
    if len(text) <= room:
        return text
    return _LATIN_WORD.sub(
        lambda word: "\u200b".join(word[0]) if sum(map(_width, word[0])) > room else word[0], text
    )


class Pages:
    """Takes paragraphs and tables in order; ``begun`` has the page on which each of them begins."""

    def __init__(self, sheet: Sheet, styles: dict[str, Style], kinds: dict[Kind, str]) -> None:
        """Begin on page 1; ``kinds`` are the styles of kinds of cells."""
        self._sheet = sheet
        self._styles = styles
        self._kinds = kinds
        self._page = 1
        self._used = 0.0
        self._headings: list[
            tuple[int, float]
        ] = []  # those that go with what follows: number, height
        self.begun: list[int] = []

    def paragraph(self, style: str, text: str, *, new_page: bool = False) -> None:
        """Set a paragraph."""
        of = self._styles.get(style, Style())
        if new_page or of.new_page:
            self._settle(0.0)
            self._next_page()
        room = (self._sheet.width - of.left - of.right) / of.size
        lines = lines_of(text, room, of.first / of.size)
        self.begun.append(self._page)
        if of.keep_next:
            self._headings.append((len(self.begun) - 1, of.before + lines * of.line + of.after))
            return
        self._settle(of.before + of.line)
        self.begun[-1] = self._page
        self._used += of.before
        for _ in range(lines):
            if self._used + of.line > self._sheet.height:
                self._next_page()
            self._used += of.line
        self._used += of.after

    def table(self, table: Table) -> list[float | None]:
        """Set a table, and return how high each of its rows is; None for one that may be torn.

        Its headings come again on each page that it reaches; a row moves as a whole where it can.
        """
        heights, height_of_page = self._heights(table), self._sheet.height
        repeated = sum(heights[: table.heads])
        self.begun.append(self._page)
        self._settle(sum(heights[: table.heads + 1]))
        self.begun[-1] = self._page
        for number, height in enumerate(heights):
            if self._used + height + _BORDER > height_of_page:
                if height > _TALL * height_of_page:
                    height -= height_of_page - self._used
                self._next_page()
                self._used = repeated if number >= table.heads else 0.0
                while height > height_of_page - self._used:
                    height -= height_of_page - self._used
                    self._next_page()
                    self._used = repeated
            self._used += height
        self._used += _BORDER  # a table has one line more than rows
        return [None if height > _TALL * height_of_page else height for height in heights]

    def end(self) -> None:
        """Set the headings that nothing follows."""
        self._settle(0.0)

    def _heights(self, table: Table) -> list[float]:
        heights = [0.0] * len(table.rows)
        merged: list[tuple[int, int, float]] = []
        for number, row in enumerate(table.rows):
            for cell in row:
                height = self._height(cell)
                if cell.rows == 1:
                    heights[number] = max(heights[number], height)
                else:
                    merged.append((number, number + cell.rows, height))
        for begin, end, height in merged:
            last = min(end, len(heights)) - 1
            heights[last] += max(0.0, height - sum(heights[begin:end]))
        return heights

    def _height(self, cell: Cell) -> float:
        style = self._styles.get(self._kinds[cell.kind], Style())
        width = (cell.end - cell.begin) * self._sheet.width / FULL
        room = max(1.0, (width - self._sheet.cell_left_right) / style.size - _SPARE)
        lines = most_lines_of(cell.text, room)
        return lines * style.line + self._sheet.cell_top_bottom + _BORDER

    def _settle(self, height: float) -> None:
        """Set the headings before what begins with a height, on the same page as that."""
        headings = sum(each for _, each in self._headings)
        if self._used and self._used + headings + height > self._sheet.height:
            self._next_page()
        for number, _ in self._headings:
            self.begun[number] = self._page
        self._headings.clear()
        self._used += headings

    def _next_page(self) -> None:
        if self._used:
            self._page += 1
            self._used = 0.0
