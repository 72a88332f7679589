"""Word documents (.docx), read straight from their XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

import msgspec
from lxml import etree

from jixiao.model.errors import ReadError
from jixiao.read.blocks import (
    MAX_CELLS,
    SYMBOLS,
    BlockList,
    Blocks,
    Cell,
    is_layout,
    tidy,
    too_large,
)
from jixiao.read.docx_numbering import Numbering
from jixiao.read.package import member, open_package, parse_xml

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_P, _TBL, _TR, _TC = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_T, _TAB, _BR, _CR, _HYPHEN = _W + "t", _W + "tab", _W + "br", _W + "cr", _W + "noBreakHyphen"
_R, _VAL = _W + "r", _W + "val"
_SPAN, _VMERGE, _HMERGE, _BEFORE = _W + "gridSpan", _W + "vMerge", _W + "hMerge", _W + "gridBefore"
_TEXTBOX = _W + "txbxContent"
_SYMBOL = _W + "sym"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BREAKS = (_BR, _TAB, _CR, _HYPHEN, _SYMBOL, _FORMULA)
"""What else says something than plain words."""

_TICKS = {0x52: "☑", 0x51: "☒", 0x50: "√", 0xA3: "□", 0x2A: "□"}
"""Signs of the font Wingdings 2, by their place in it."""


# What wraps content without being any: content controls, insertions, fields, links.
_WRAPPERS = frozenset(
    _W + name
    for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "fldSimple")
) | {_MC + "AlternateContent", _MC + "Choice"}

# What a reader of the document does not see: deleted words, the old form of a drawing, ruby.
_GONE = frozenset((_W + "del", _W + "moveFrom", _W + "rt", _MC + "Fallback"))
_VANISH = _W + "vanish"
_ROW_PROPERTIES = _W + "trPr"
_RARE = (*_GONE, _VANISH, _TEXTBOX, _TBL)


# Fonts, widths and marks of the spelling checker are half of the elements and say nothing; parsing
# takes half the time without them. What hides words stays. Only whole, childless elements are cut,
# so the rest stays XML.
_FORMATTING = re.compile(
    rb"<w:rPr>(?:<w:(?!vanish)[^<>]*/>)*</w:rPr>|<w:tcPr><w:tcW [^<>]*/></w:tcPr>|<w:tcW [^<>]*/>"
)


def read_docx(data: bytes) -> Blocks:
    """Return the blocks of a .docx file.

    Deleted and hidden words are left out, inserted ones are taken; a text box follows the
    paragraph it is anchored in, a nested table the table it stands in.
    Raises ReadError for a damaged or hostile file.
    """
    with open_package(data) as package:
        xml = lean(member(package, main_part(package)))
        numbering = Numbering.of(package, xml)
        asides = _asides(package, xml)
        pictures = sum(name.startswith("word/media/") for name in package.namelist())
    reader = DocxReader(numbering)
    reader.read(parse_xml(xml))
    return Blocks(tuple(reader.out.blocks), pictures, tuple(reader.notes), asides)


def _asides(package: zipfile.ZipFile, document: bytes) -> tuple[str, ...]:
    """Return the footnotes and endnotes that a document refers to."""
    asides = []
    for kind in ("footnote", "endnote"):
        part = f"word/{kind}s.xml"
        if f"<w:{kind}Reference ".encode() not in document or part not in package.NameToInfo:
            continue
        notes = parse_xml(lean(member(package, part)))
        for note in notes.iter(f"{_W}{kind}"):
            text = tidy("".join(map(word, note.iter(_T, *_BREAKS))))
            if text and note.get(_W + "type") in (None, "normal"):
                asides.append(text)
    return tuple(asides)


def lean(xml: bytes) -> bytes:
    """Return a main part in the usual namespace, without formatting that says nothing.

    Strict documents have a namespace of their own.
    """
    if _STRICT in xml:
        xml = xml.replace(_STRICT, _TRANSITIONAL)
    return _FORMATTING.sub(b"", xml)


def main_part(package: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the text. Raises ReadError where there is none."""
    if "word/document.xml" in package.NameToInfo:
        return "word/document.xml"
    try:
        relations = parse_xml(member(package, "_rels/.rels"))
    except KeyError:
        relations = None
    if relations is not None:
        for relation in relations:
            if relation.get("Type", "").endswith("/officeDocument"):
                name = relation.get("Target", "").lstrip("/")
                if name in package.namelist():
                    return name
    raise ReadError(
        "Word 文件里没有正文（缺 word/document.xml）", "请用 Word 或 WPS 打开后另存一份再试"
    )


class Span(msgspec.Struct, gc=False):
    """A cell as it stands in the file, before merged ones are joined."""

    column: int
    words: list[str]
    colspan: int = 1
    merge: str | None = None  # vertical: "restart" or "continue"
    beside: bool = False  # goes on the cell to its left (the old hMerge)


class DocxReader:
    """Reads a document's paragraphs and tables in order.

    What must find again the element that a block came from (to comment on it, to mend it) extends
    this, so that the two always count the same.
    """

    def __init__(self, numbering: Numbering | None) -> None:
        """Take the numbering of the document's lists."""
        self.out = BlockList()
        self.notes: list[str] = []
        self._numbering = numbering
        self._boxes = self._nested = False

    def read(self, root: etree._Element) -> None:
        """Read a document; what a reader of it does not see is taken out of the tree."""
        rare = list(root.iter(*_RARE))
        _remove([gone for element in rare if (gone := _unseen(element)) is not None])
        self._boxes = any(element.tag == _TEXTBOX for element in rare)
        self._nested = any(
            element.tag == _TBL and next(element.iterancestors(_TBL), None) is not None
            for element in rare
        )
        body = root.find(_W + "body")
        if body is not None:
            self.content(body)

    def content(self, parent: etree._Element) -> None:
        """Read paragraphs and tables, through what wraps them."""
        for element in list(parent):
            tag = element.tag
            if tag == _P:
                boxes = self._detach(element, _TEXTBOX) if self._boxes else ()
                self.out.paragraph(self.paragraph_text(element))
                for box in boxes:
                    self.content(box)
            elif tag == _TBL:
                self._table(element)
            elif tag in _WRAPPERS:
                self.content(element)

    @staticmethod
    def _detach(element: etree._Element, tag: str) -> list[etree._Element]:
        """Take the outermost elements of a tag out of another, to be read on their own."""
        found = []
        for inner in element.iter(tag):
            above = next(inner.iterancestors(tag, element.tag), None)
            if inner is not element and (above is None or above is element or above.tag != tag):
                found.append(inner)
        _remove(found)
        return found

    def paragraph_text(self, paragraph: etree._Element) -> str:
        """Return what a paragraph outside of tables says, with its number."""
        text = "".join(map(word, paragraph.iter(_T, *_BREAKS)))
        if self._numbering is not None:
            text = self._numbering.label(paragraph, counted=bool(text.strip())) + text
        return text

    def _table(self, table: etree._Element) -> None:
        inner: list[etree._Element] = []
        if self._nested and next(table.iterdescendants(_TBL), None) is not None:
            if _is_layout(table):
                for row in _through(table, _TR):
                    for cell in _through(row, _TC):
                        self.content(cell)
                return
            inner = self._detach(table, _TBL)
        boxes = self._detach(table, _TEXTBOX) if self._boxes else []
        self.out.grid(self._cells(table))
        for element in inner:
            self._table(element)
        for box in boxes:
            self.content(box)

    def _cells(self, table: etree._Element) -> list[list[Cell]]:
        """Return a table's rows of cells, those that are merged into one joined."""
        rows: list[list[Cell]] = []
        tops: dict[int, list[int]] = {}  # column → row, index and height of the merge above
        merged: list[list[int]] = []
        for row, spans in enumerate(self.spans(table)):
            line: list[Cell] = []
            for span in spans:
                words, column = span.words, span.column
                text = tidy(words[0] if len(words) == 1 else "".join(words)) if words else ""
                top = tops.get(column)
                if span.beside and line:
                    left = line[-1]
                    line[-1] = Cell(left.text, row, left.column, 1, left.colspan + span.colspan)
                elif span.merge == "continue" and top is not None:
                    top[2] = row - top[0] + 1
                    if text:
                        self._note_covered(row, column, text)
                else:
                    if span.merge:
                        tops[column] = [row, len(line), 1]
                        merged.append(tops[column])
                    elif top is not None:
                        del tops[column]
                    line.append(Cell(text, row, column, 1, span.colspan))
            rows.append(line)
        for row, index, height in merged:
            cell = rows[row][index]
            rows[row][index] = Cell(cell.text, row, cell.column, height, cell.colspan)
        return rows

    def spans(self, table: etree._Element) -> list[list[Span]]:
        """Return a table's cells as they stand in the file, in one pass over its elements.

        This loop sees every paragraph of every cell, so it keeps to local names and plain lists.
        """
        numbering = self._numbering
        rows: list[list[Span]] = []
        line: list[Span] = []
        words: list[str] = []
        span = Span(0, words)
        is_first = True
        column = total = 0
        for element in table.iter(_P, _TC, _T, _VMERGE, _SPAN, _TR, _BEFORE, _HMERGE, *_BREAKS):
            tag = element.tag
            if tag == _P:
                if not is_first:
                    words.append("\n")
                is_first = False
                if numbering is not None:
                    counted = any(word.text for word in element.iter(_T))
                    words.append(numbering.label(element, counted=counted))
            elif tag == _T:
                if text := element.text:
                    words.append(text)
            elif tag == _TC:
                column += span.colspan
                words = []
                span = Span(column, words)
                line.append(span)
                is_first = True
            elif tag == _VMERGE:
                span.merge = "restart" if element.get(_VAL) == "restart" else "continue"
            elif tag == _SPAN:
                span.colspan = max(1, min(_number(element.get(_VAL), 1), 1000))
                total += span.colspan
                if total > MAX_CELLS:
                    raise too_large()
            elif tag == _TR:
                line = []
                rows.append(line)
                column, span = 0, Span(0, words, 0)
            elif tag == _BEFORE:
                span.colspan = _number(element.get(_VAL), 0)  # columns left free before the row
            elif tag == _HMERGE:
                span.beside = element.get(_VAL) != "restart"
            else:
                words.append(word(element))
        return rows

    def _note_covered(self, row: int, column: int, text: str) -> None:
        self.notes.append(
            f"第{self.out.tables + 1}个表第{row + 1}行第{column + 1}列被合并遮住的文字没有采用：{text}"
        )


def word(element: etree._Element) -> str:
    """Return what one element of a run says."""
    tag = element.tag
    if tag == _T:
        return element.text or ""
    if tag == _TAB:  # not one that sets a tab stop
        parent = element.getparent()
        return "\t" if parent is not None and parent.tag == _R else ""
    if tag == _HYPHEN:
        return "-"
    if tag == _FORMULA:
        return element.text or ""
    if tag == _SYMBOL:
        return _symbol(element.get(_W + "font", ""), element.get(_W + "char", ""))
    return "" if element.get(_W + "type") == "page" else "\n"


def _symbol(font: str, code: str) -> str:
    """Return the character that a place in a font of symbols shows, "" where it says nothing."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    if font.lower() == "wingdings 2":
        return _TICKS.get(ord(character) & 0xFF, "")
    if font.lower() in ("symbol", "wingdings"):
        return SYMBOLS.get(0xF000 | ord(character) & 0xFF, "")
    return character if character.isprintable() else ""


def _unseen(element: etree._Element) -> etree._Element | None:
    """Return what a rare element takes out of sight: itself, or the run that it hides."""
    if element.tag in _GONE:
        parent = element.getparent()
        # A mark in a row's properties: the row as a whole is deleted.
        return element if parent is None or parent.tag != _ROW_PROPERTIES else parent.getparent()
    if element.tag == _VANISH and element.get(_VAL) not in ("0", "false", "off"):
        properties = element.getparent()
        run = None if properties is None else properties.getparent()
        return run if run is not None and run.tag == _R else None
    return None


def _remove(elements: list[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _through(parent: etree._Element, tag: str) -> Iterable[etree._Element]:
    """Return the children of a tag, looking through what only wraps them."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _through(element, tag)


def _is_layout(table: etree._Element) -> bool:
    """A table that holds more cells in tables inside it than of its own only lays out a page."""
    rows = [list(_through(row, _TC)) for row in _through(table, _TR)]
    return sum(1 for _ in table.iter(_TC)) > 2 * sum(map(len, rows)) and is_layout(
        [[_says(cell) for cell in row] for row in rows]
    )


def _says(cell: etree._Element) -> bool:
    """Tell whether a cell has words, and no table."""
    return next(cell.iter(_TBL), None) is None and any(word.text for word in cell.iter(_T))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def is_docx(data: bytes) -> bool:
    """Tell whether a zip package holds a Word document."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return any(name.startswith("word/") for name in package.namelist())
