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
_R, _PPR, _TCPR, _TRPR, _VAL = _W + "r", _W + "pPr", _W + "tcPr", _W + "trPr", _W + "val"
_SPAN, _VMERGE, _HMERGE, _BEFORE = _W + "gridSpan", _W + "vMerge", _W + "hMerge", _W + "gridBefore"
_TEXTBOX, _FALLBACK = _W + "txbxContent", _MC + "Fallback"
_VANISH = f"{_W}rPr/{_W}vanish"

# What wraps content without being any: content controls, insertions, fields, links.
_WRAPPERS = frozenset(
    _W + name
    for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "fldSimple")
) | {_MC + "AlternateContent", _MC + "Choice"}
_GONE = frozenset(_W + name for name in ("del", "moveFrom", "rt")) | {_FALLBACK}

# Where none of these stands in the file, no word of it is hidden, and the fast way is right.
_HIDING = (b"txbxContent", b"moveFrom", b"<w:del ", b"w:vanish", b":Fallback", b"w:rt>")


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
    body = parse_xml(xml).find(_W + "body")
    reader = _Reader(numbering, hiding=any(mark in xml for mark in _HIDING))
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
    """A cell while its spans still grow."""

    __slots__ = ("colspan", "column", "row", "rowspan", "text")

    def __init__(self, text: str, row: int, column: int, colspan: int) -> None:
        self.text = text
        self.row = row
        self.column = column
        self.rowspan = 1
        self.colspan = colspan

    def cell(self) -> Cell:
        return Cell(self.text, self.row, self.column, self.rowspan, self.colspan)


class _Reader:
    def __init__(self, numbering: Numbering | None, *, hiding: bool) -> None:
        self.out = BlockList()
        self.notes: list[str] = []
        self._numbering = numbering
        self._hiding = hiding

    def content(self, parent: etree._Element) -> None:
        """Read paragraphs and tables, through what wraps them."""
        for element in parent:
            tag = element.tag
            if tag == _P:
                self.out.paragraph(self._paragraph_text(element))
                self._textboxes(element)
            elif tag == _TBL:
                self._table(element)
            elif tag in _WRAPPERS:
                self.content(element)

    def _textboxes(self, parent: etree._Element) -> None:
        if self._hiding:
            for box in parent.iter(_TEXTBOX):
                if not self._gone(box, parent):
                    self.content(box)

    def _paragraph_text(self, paragraph: etree._Element) -> str:
        parts = []
        for element in paragraph.iter(_T, _BR, _TAB, _CR, _HYPHEN):
            tag = element.tag
            if self._hiding and self._gone(element, paragraph):
                continue
            if tag == _T:
                parts.append(element.text or "")
            elif tag == _TAB:
                parent = element.getparent()
                if parent is not None and parent.tag == _R:  # not a tab stop of the layout
                    parts.append("\t")
            elif tag == _HYPHEN:
                parts.append("-")
            elif element.get(_W + "type") != "page":
                parts.append("\n")
        text = "".join(parts)
        if self._numbering is not None:
            text = self._numbering.label(paragraph, counted=bool(text.strip())) + text
        return text

    def _gone(self, element: etree._Element, inside: etree._Element) -> bool:
        """Tell whether an element is deleted, hidden, a fallback or of a text box."""
        for parent in element.iterancestors():
            if parent is inside:
                return False
            tag = parent.tag
            if tag in _GONE or tag == _TEXTBOX or (tag == _R and parent.find(_VANISH) is not None):
                return True
        return False

    def _table(self, table: etree._Element) -> None:
        rows = list(_through(table, _TR))
        nested = sum(1 for _ in table.iter(_TBL)) - 1
        if nested and _is_layout(table, rows):
            for row in rows:
                for cell in _through(row, _TC):
                    self.content(cell)
            return
        below: list[etree._Element] = []  # what stands in the cells but is no words of theirs
        self.out.grid(self._rows(rows, below if nested else None))
        for element in below:
            self._table(element)
        self._textboxes(table)

    def _rows(
        self, rows: list[etree._Element], nested: list[etree._Element] | None
    ) -> list[list[Cell]]:
        grid: list[list[_Span]] = []
        above: dict[int, _Span] = {}  # column → the cell that a vertical merge goes on
        cells = 0
        for number, row in enumerate(rows):
            line: list[_Span] = []
            column = _grid_before(row)
            for element in _through(row, _TC):
                width, merge, beside = _cell_shape(element)
                cells += width
                if cells > MAX_CELLS:
                    raise too_large()
                text = self._cell_text(element)
                if nested is not None:
                    nested.extend(_through(element, _TBL))
                start = above.get(column)
                if beside and line:
                    line[-1].colspan += width
                elif merge == "continue" and start is not None:
                    start.rowspan = number - start.row + 1
                    if text:
                        self.notes.append(
                            f"第{self.out.tables + 1}个表第{number + 1}行第{column + 1}列"
                            f"被合并遮住的文字没有采用：{text}"
                        )
                else:
                    span = _Span(text, number, column, width)
                    line.append(span)
                    if merge:
                        above[column] = span
                    elif start is not None:
                        del above[column]
                column += width
            grid.append(line)
        return [[span.cell() for span in line] for line in grid]

    def _cell_text(self, cell: etree._Element) -> str:
        texts = [
            self._paragraph_text(paragraph)
            for paragraph in (cell if len(cell) <= 2 else _through(cell, _P))
            if paragraph.tag == _P
        ]
        return tidy(texts[0] if len(texts) == 1 else "\n".join(texts))


def _through(parent: etree._Element, tag: str) -> Iterable[etree._Element]:
    """Return the children of a tag, looking through what only wraps them."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _through(element, tag)


def _is_layout(table: etree._Element, rows: list[etree._Element]) -> bool:
    """A table that holds more cells in tables inside it than of its own only lays out a page."""
    own = sum(1 for row in rows for _ in _through(row, _TC))
    return sum(1 for _ in table.iter(_TC)) > 2 * own


def _grid_before(row: etree._Element) -> int:
    properties = row.find(_TRPR)
    before = None if properties is None else properties.find(_BEFORE)
    return 0 if before is None else _number(before.get(_VAL), 0)


def _cell_shape(cell: etree._Element) -> tuple[int, str | None, bool]:
    """Return the column span, the vertical merge (restart, continue, none) and whether the cell
    goes on the one to its left (the old hMerge)."""
    properties = cell.find(_TCPR)
    if properties is None:
        return 1, None, False
    span, merge, beside = 1, None, False
    for element in properties:
        tag = element.tag
        if tag == _SPAN:
            span = max(1, min(_number(element.get(_VAL), 1), 1000))
        elif tag == _VMERGE:
            merge = "restart" if element.get(_VAL) == "restart" else "continue"
        elif tag == _HMERGE:
            beside = element.get(_VAL) != "restart"
    return span, merge, beside


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def is_docx(data: bytes) -> bool:
    """Tell whether a zip package holds a Word document."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return any(name.startswith("word/") for name in package.namelist())
