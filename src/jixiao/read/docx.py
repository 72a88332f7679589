"""Word documents (.docx), read straight from their XML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

from lxml import etree

from jixiao.model.errors import ReadError
from jixiao.read.blocks import MAX_CELLS, BlockList, Blocks, Cell, tidy, too_large
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
_WORDS = (_T, _BR, _TAB, _CR, _HYPHEN)

# What wraps content without being any: content controls, insertions, fields, links.
_WRAPPERS = frozenset(
    _W + name
    for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "fldSimple")
) | {_MC + "AlternateContent", _MC + "Choice"}

# What a reader of the document does not see: deleted words, the old form of a drawing, ruby.
_GONE = (_W + "del", _W + "moveFrom", _W + "rt", _MC + "Fallback")
_GONE_MARKS = (b"<w:del ", b"w:moveFrom", b":Fallback", b"<w:rt>")


def read_docx(data: bytes) -> Blocks:
    """Return the blocks of a .docx file.

    Deleted and hidden words are left out, inserted ones are taken; a text box follows the
    paragraph it is anchored in, a nested table the table it stands in.
    Raises ReadError for a damaged or hostile file.
    """
    with open_package(data) as package:
        try:
            xml = member(package, "word/document.xml")
        except KeyError:
            xml = member(package, _main_part(package))
        if _STRICT in xml:
            xml = xml.replace(_STRICT, _TRANSITIONAL)
        numbering = Numbering.of(package, xml)
        pictures = sum(name.startswith("word/media/") for name in package.namelist())
    root = parse_xml(xml)
    if any(mark in xml for mark in _GONE_MARKS):
        _remove(list(root.iter(*_GONE)))
    if b"w:vanish" in xml:
        _remove([run for run in root.iter(_R) if run.find(f"{_W}rPr/{_W}vanish") is not None])
    reader = _Reader(numbering, boxes=b"txbxContent" in xml)
    body = root.find(_W + "body")
    if body is not None:
        reader.content(body)
    return Blocks(tuple(reader.out.blocks), pictures, tuple(reader.notes))


def _main_part(package: zipfile.ZipFile) -> str:
    """Return the name of the main document part where it is not the usual one."""
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


class _Span:
    """A cell while it is read."""

    __slots__ = ("beside", "colspan", "column", "merge", "paragraphs", "row", "rowspan", "words")

    def __init__(self, row: int, column: int) -> None:
        self.row = row
        self.column = column
        self.rowspan = 1
        self.colspan = 1
        self.merge: str | None = None  # vertical: "restart" or "continue"
        self.beside = False  # goes on the cell to its left (the old hMerge)
        self.paragraphs = 0
        self.words: list[str] = []

    def cell(self) -> Cell:
        words = self.words
        text = tidy(words[0] if len(words) == 1 else "".join(words)) if words else ""
        return Cell(text, self.row, self.column, self.rowspan, self.colspan)


class _Reader:
    def __init__(self, numbering: Numbering | None, *, boxes: bool) -> None:
        self.out = BlockList()
        self.notes: list[str] = []
        self._numbering = numbering
        self._boxes = boxes

    def content(self, parent: etree._Element) -> None:
        """Read paragraphs and tables, through what wraps them."""
        for element in list(parent):
            tag = element.tag
            if tag == _P:
                boxes = self._detach(element, _TEXTBOX) if self._boxes else ()
                self.out.paragraph(self._paragraph_text(element))
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

    def _paragraph_text(self, paragraph: etree._Element) -> str:
        text = "".join(map(_word, paragraph.iter(*_WORDS)))
        if self._numbering is not None:
            text = self._numbering.label(paragraph, counted=bool(text.strip())) + text
        return text

    def _table(self, table: etree._Element) -> None:
        inner: list[etree._Element] = []
        if sum(1 for _ in table.iter(_TBL)) > 1:
            if _is_layout(table):
                for row in _through(table, _TR):
                    for cell in _through(row, _TC):
                        self.content(cell)
                return
            inner = self._detach(table, _TBL)
        boxes = self._detach(table, _TEXTBOX) if self._boxes else []
        self.out.grid([span.cell() for span in line] for line in self._merged(self._spans(table)))
        for element in inner:
            self._table(element)
        for box in boxes:
            self.content(box)

    def _spans(self, table: etree._Element) -> list[list[_Span]]:
        """Return a table's cells as they stand in the file, in one pass over its elements."""
        rows: list[list[_Span]] = []
        line: list[_Span] = []
        span = _Span(0, 0)
        column = cells = 0
        for element in table.iter(_TR, _TC, _SPAN, _VMERGE, _HMERGE, _BEFORE, _P, *_WORDS):
            tag = element.tag
            if tag == _P:
                span.paragraphs += 1
                if span.paragraphs > 1:
                    span.words.append("\n")
                if self._numbering is not None:
                    counted = any(word.text for word in element.iter(_T))
                    span.words.append(self._numbering.label(element, counted=counted))
            elif tag == _TC:
                column += span.colspan
                span = _Span(len(rows) - 1, column)
                line.append(span)
            elif tag == _TR:
                line = []
                rows.append(line)
                column, span = 0, _Span(0, 0)
                span.colspan = 0
            elif tag == _SPAN:
                span.colspan = max(1, min(_number(element.get(_VAL), 1), 1000))
                cells += span.colspan
                if cells > MAX_CELLS:
                    raise too_large()
            elif tag == _VMERGE:
                span.merge = "restart" if element.get(_VAL) == "restart" else "continue"
            elif tag == _HMERGE:
                span.beside = element.get(_VAL) != "restart"
            elif tag == _BEFORE:
                span.colspan = _number(element.get(_VAL), 0)  # columns left free at the row's start
            else:
                span.words.append(_word(element))
        return rows

    def _merged(self, rows: list[list[_Span]]) -> list[list[_Span]]:
        """Join the cells that are merged into one."""
        above: dict[int, _Span] = {}  # column → the cell that a vertical merge goes on
        merged = []
        for number, row in enumerate(rows):
            line: list[_Span] = []
            for span in row:
                start = above.get(span.column)
                if span.beside and line:
                    line[-1].colspan += span.colspan
                elif span.merge == "continue" and start is not None:
                    start.rowspan = number - start.row + 1
                    self._note_covered(span)
                else:
                    line.append(span)
                    if span.merge:
                        above[span.column] = span
                    elif start is not None:
                        del above[span.column]
            merged.append(line)
        return merged

    def _note_covered(self, span: _Span) -> None:
        text = "".join(span.words).strip()
        if text:
            self.notes.append(
                f"第{self.out.tables + 1}个表第{span.row + 1}行第{span.column + 1}列"
                f"被合并遮住的文字没有采用：{text}"
            )


def _word(element: etree._Element) -> str:
    """Return what one element of a run says."""
    tag = element.tag
    if tag == _T:
        return element.text or ""
    if tag == _TAB:  # not one that sets a tab stop
        parent = element.getparent()
        return "\t" if parent is not None and parent.tag == _R else ""
    if tag == _HYPHEN:
        return "-"
    return "" if element.get(_W + "type") == "page" else "\n"


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
    own = sum(1 for row in _through(table, _TR) for _ in _through(row, _TC))
    return sum(1 for _ in table.iter(_TC)) > 2 * own


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def is_docx(data: bytes) -> bool:
    """Tell whether a zip package holds a Word document."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return any(name.startswith("word/") for name in package.namelist())
