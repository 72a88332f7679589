"""From a place back to the element of the Word file that the reader took it from.

The reader itself is run once more, so that a paragraph, a table, a row and a column are here what
they were when the text was read; what it meets on its way is noted down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from lxml import etree

from jixiao.model import Place
from jixiao.read.blocks import tidy
from jixiao.read.docx import DocxReader, Span, lean, word
from jixiao.read.docx_numbering import Numbering
from jixiao.read.package import parse_xml
from jixiao.write.docx_markup import Mark, Markup, as_utf8, scan
from jixiao.write.docx_package import DocxPackage, WriteError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TC, _TR, _T = _W + "p", _W + "tc", _W + "tr", _W + "t"
_SAYING = (_P, _T, _W + "br", _W + "tab", _W + "cr", _W + "noBreakHyphen")


class Letter(NamedTuple):
    """A character of a cell: the number of the ``w:t`` it stands in, and which one it is there.

    What Word shows without writing it (a line break, a number before a paragraph) is in none.
    """

    word: int | None
    at: int


class Spot(msgspec.Struct, frozen=True):
    """What stands at a place: its words as they were read, and the marks around them.

    ``letters`` say of each character of ``text`` where it stands. ``cell`` is None for a
    paragraph outside of tables. ``begin`` and ``end`` are the first and the last paragraph that
    has words, None in a cell without paragraphs.
    """

    text: str
    letters: tuple[Letter, ...]
    cell: Mark | None
    begin: Mark | None
    end: Mark | None


class DocxPlaces:
    """The places of a Word file."""

    def __init__(self, package: DocxPackage) -> None:
        """Read a package. Raises ReadError."""
        self.xml = as_utf8(package.part(package.main))
        root = parse_xml(lean(self.xml))
        self._numbers = {
            tag: {element: number for number, element in enumerate(root.iter(tag))}
            for tag in (_P, _TC, _T)
        }
        self._noted = _Noting(Numbering.of(package.zip, lean(self.xml)))
        self.markup: Markup = scan(self.xml)
        counts = [len(self._numbers[tag]) for tag in (_P, _TC, _T)]
        marks = (self.markup.paragraphs, self.markup.cells, self.markup.words)
        if counts != [len(each) for each in marks]:
            raise WriteError(
                "文件内容的结构不寻常，没有改动", "请用 Word 或 WPS 打开后另存一份再试"
            )
        self.texts = [element.text or "" for element in self._numbers[_T]]
        self._noted.read(root)

    def __iter__(self) -> Iterator[Place]:
        """Return all places, paragraphs first."""
        yield from (Place(paragraph=number) for number in self._noted.paragraphs)
        yield from (
            Place(table=table, row=row, column=column) for table, row, column in self._noted.cells
        )

    def find(self, place: Place) -> Spot | None:
        """Return what stands at a place, None if there is nothing."""
        if place.table is not None:
            if place.row is None or place.column is None:
                return None
            cell = self._noted.cells.get((place.table, place.row, place.column))
            return None if cell is None else self._cell(*cell)
        if place.paragraph is not None and place.sheet is None and place.box is None:
            paragraph = self._noted.paragraphs.get(place.paragraph)
            return None if paragraph is None else self._paragraph(*paragraph)
        return None

    def nearest(self, place: Place) -> Spot | None:
        """Return what stands at a place, or at the beginning of its row or of its table."""
        found = self.find(place)
        if found is None and place.table is not None:
            cells = [key for key in self._noted.cells if key[0] == place.table]
            row = [key for key in cells if key[1] == place.row]
            if cells:
                return self._cell(*self._noted.cells[min(row or cells)])
        return found

    def first(self) -> Spot | None:
        """Return the first paragraph that has words, or, in a file of tables, the first cell."""
        spots = (self._paragraph(*noted) for noted in self._noted.paragraphs.values())
        found = next((spot for spot in spots if spot.text), None)
        if found is None and self._noted.cells:
            return self._cell(*self._noted.cells[min(self._noted.cells)])
        return found

    def _paragraph(self, element: etree._Element, text: str) -> Spot:
        pieces: list[tuple[str, int | None]] = [
            (word(each), self._word(each)) for each in element.iter(*_SAYING[1:])
        ]
        label = len(text) - sum(len(piece) for piece, _ in pieces)
        pieces.insert(0, (text[:label], None))
        mark = self.markup.paragraphs[self._numbers[_P][element]]
        said, letters = _letters(pieces)
        return Spot(said, letters, None, mark, mark)

    def _cell(self, element: etree._Element, words: Sequence[str]) -> Spot:
        """Return a cell; ``words`` are what the reader took, one after the other."""
        pieces: list[tuple[str, int | None]] = []
        left = list(words)[::-1]
        paragraphs: list[tuple[int, bool]] = []
        is_numbered = self._noted.is_numbered
        for each in element.iter(*_SAYING):
            if each.tag == _P:
                if paragraphs:
                    pieces.append((left.pop(), None))
                if is_numbered:
                    pieces.append((left.pop(), None))
                paragraphs.append((self._numbers[_P][each], False))
            elif each.tag != _T or each.text:
                pieces.append((left.pop(), self._word(each)))
                if paragraphs and pieces[-1][0].strip():
                    paragraphs[-1] = (paragraphs[-1][0], True)
        numbers = [number for number, has_words in paragraphs if has_words]
        numbers = numbers or [number for number, _ in paragraphs[:1]]
        marks = self.markup.paragraphs
        text, letters = _letters(pieces)
        return Spot(
            text,
            letters,
            self.markup.cells[self._numbers[_TC][element]],
            marks[numbers[0]] if numbers else None,
            marks[numbers[-1]] if numbers else None,
        )

    def _word(self, element: etree._Element) -> int | None:
        return self._numbers[_T][element] if element.tag == _T else None


class _Noting(DocxReader):
    """The reader, noting which element it takes each paragraph and each cell from."""

    def __init__(self, numbering: Numbering | None) -> None:
        super().__init__(numbering)
        self.is_numbered = numbering is not None
        self.paragraphs: dict[int, tuple[etree._Element, str]] = {}
        self.cells: dict[tuple[int, int, int], tuple[etree._Element, list[str]]] = {}

    def paragraph_text(self, paragraph: etree._Element) -> str:
        text = super().paragraph_text(paragraph)
        self.paragraphs[self.out.paragraphs + 1] = (paragraph, text)
        return text

    def spans(self, table: etree._Element) -> list[list[Span]]:
        rows = super().spans(table)
        elements = self._cell_elements(table)
        for row, spans in enumerate(rows):
            for span in spans:
                self.cells[self.out.tables + 1, row + 1, span.column + 1] = (
                    next(elements),
                    span.words,
                )
        return rows

    @staticmethod
    def _cell_elements(table: etree._Element) -> Iterator[etree._Element]:
        """Return the elements of the cells of rows; one outside of any row is none."""
        is_in_row = False
        for element in table.iter(_TR, _TC):
            if element.tag == _TR:
                is_in_row = True
            elif is_in_row:
                yield element


def _letters(pieces: Sequence[tuple[str, int | None]]) -> tuple[str, tuple[Letter, ...]]:
    """Return a text as the reader tidies it, and where each of its characters stands."""
    written = [
        (character, Letter(number, at))
        for piece, number in pieces
        for at, character in enumerate(piece)
    ]
    text = tidy("".join(character for character, _ in written))
    letters: list[Letter] = []
    position = 0
    for character in text:  # tidying takes characters away and adds none
        while not _same(written[position][0], character):
            position += 1
        letters.append(written[position][1])
        position += 1
    return text, tuple(letters)


def _same(written: str, character: str) -> bool:
    return written == character or (written, character) in (("\xa0", " "), ("\r", "\n"))
