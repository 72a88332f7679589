"""The text as a Word document: a template filled, with a table of contents that has its numbers."""

from __future__ import annotations

import itertools
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from jixiao.model import PerformanceText
from jixiao.read.package import parse_xml
from jixiao.write.text.blocks import FULL, Block, Heading, Line, Table, placed
from jixiao.write.text.layout import Content, Offices, Shape, lay_out
from jixiao.write.text.pages import Pages
from jixiao.write.text.template import (
    BLOCKS,
    BODY,
    CELLS,
    CONTENTS,
    GAP,
    PLACE,
    TABLE,
    TITLE,
    Template,
    W,
    template,
    words_of,
)

# What XML has no place for.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
_LEVELS = 3
"""Levels of headings that the table of contents has."""

_FIRST_BOOKMARK = 1000
_SAME_TIME = (1980, 1, 1, 0, 0, 0)


def write_docx(
    text: PerformanceText,
    *,
    folder: Path | None = None,
    shape: Shape = "split",
    offices: Offices | None = None,
) -> bytes:
    """Return a text as a Word document, by the package's template or that of a folder.

    Raises TemplateError.
    """
    form = template(folder)
    return fill(form, lay_out(text, form.wording, shape, offices))


def fill(form: Template, content: Content) -> bytes:
    """Return a template with its places filled."""
    document = _Document(form, content).xml()
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in form.parts.items():
            package.writestr(zipfile.ZipInfo(name, _SAME_TIME), data, zipfile.ZIP_DEFLATED)
        package.writestr(zipfile.ZipInfo(form.main, _SAME_TIME), document, zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Entry:
    """A line of the table of contents."""

    def __init__(self, level: int, text: str, number: int) -> None:
        self.level = level
        self.text = text
        self.bookmark = f"_Toc{_FIRST_BOOKMARK + number:09d}"
        self.id = _FIRST_BOOKMARK + number


class _Document:
    def __init__(self, form: Template, content: Content) -> None:
        self._form = form
        self._content = content
        self._root = parse_xml(form.document)
        self._body = next(self._root.iter(W + "body"))
        self._entries: list[_Entry] = []
        # What stands where, in order: an element of the template, or blocks with their entries.
        self._flow: list[tuple[etree._Element, list[tuple[Block, _Entry | None]] | None]] = []
        self._styles_of_level = {
            style.level: name for name, style in reversed(form.styles.items()) if style.level
        }

    def xml(self) -> bytes:
        """Return the document's part."""
        self._fill_words()
        self._collect()
        begun, heights = self._set()
        filled: dict[str, str] = {}
        for element, blocks in self._flow:
            if blocks is None:
                continue
            mark = f"jixiao-{len(filled)}"
            if blocks and blocks[0][0] is _CONTENTS:
                filled[mark] = self._contents(begun)
            else:
                filled[mark] = "".join(self._block(each, entry, heights) for each, entry in blocks)
            _replace(element, etree.ProcessingInstruction(mark))
        xml = etree.tostring(
            self._root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
        ).decode("utf-8")
        return re.sub(r"<\?(jixiao-\d+) \?>", lambda found: filled[found[1]], xml).encode("utf-8")

    def _fill_words(self) -> None:
        for paragraph in self._root.iter(W + "p"):
            pieces = list(paragraph.iter(W + "t"))
            whole = words_of(paragraph)
            if not PLACE.search(whole) or _place(whole):
                continue
            filled = PLACE.sub(lambda found: _fit(self._content.words[found[1]]), whole)
            for piece in pieces:
                piece.text = ""
            pieces[0].text = filled
            pieces[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _collect(self) -> None:
        """List what the document has in order, and its headings for the table of contents."""
        for element in self._body:
            words = words_of(element)
            place = _place(words) if element.tag == W + "p" else None
            if place == CONTENTS:
                self._flow.append((element, [(_CONTENTS, None)]))
            elif place:
                blocks = self._content.blocks.get(place, [])
                self._flow.append((element, [(each, self._entry(each)) for each in blocks]))
            else:
                self._flow.append((element, None))
                self._literal(element, words)

    def _literal(self, element: etree._Element, words: str) -> None:
        level = self._form.styles[_style_of(element)].level if self._known(element) else None
        if level and level <= _LEVELS and words.strip():
            entry = _Entry(level, words, len(self._entries))
            self._entries.append(entry)
            begin = etree.Element(W + "bookmarkStart")
            begin.set(W + "id", str(entry.id))
            begin.set(W + "name", entry.bookmark)
            end = etree.Element(W + "bookmarkEnd")
            end.set(W + "id", str(entry.id))
            properties = element.find(W + "pPr")
            element.insert(0 if properties is None else 1, begin)
            element.append(end)

    def _known(self, element: etree._Element) -> bool:
        return element.tag == W + "p" and _style_of(element) in self._form.styles

    def _entry(self, block: Block) -> _Entry | None:
        if not isinstance(block, Heading):
            return None
        entry = _Entry(block.level, block.text, len(self._entries))
        self._entries.append(entry)
        return entry

    def _set(self) -> tuple[list[int], dict[int, list[float | None]]]:
        """Return the page of each heading, and the rows of tables that a page's end may tear."""
        pages = Pages(self._form.sheet, self._form.styles, CELLS)
        numbers: list[int] = []
        heights: dict[int, list[float | None]] = {}
        for element, blocks in self._flow:
            if blocks is None:
                if element.tag != W + "p":
                    continue
                level = self._form.styles[_style_of(element)].level if self._known(element) else 0
                words = words_of(element)
                if level and level <= _LEVELS and words.strip():
                    numbers.append(len(pages.begun))
                pages.paragraph(_style_of(element), words)
                continue
            for block, _ in blocks:
                if block is _CONTENTS:
                    for entry in self._entries:
                        # The number of the page stands behind it, on the same line if it fits.
                        pages.paragraph(f"TOC{entry.level}", entry.text + _PAGE_NUMBER)
                elif isinstance(block, Heading):
                    numbers.append(len(pages.begun))
                    style = self._heading_style(block.level)
                    pages.paragraph(style, block.text, new_page=block.new_page)
                elif isinstance(block, Line):
                    pages.paragraph(_line_style(block), block.text)
                else:
                    heights[id(block)] = pages.table(block)
        pages.end()
        return [pages.begun[number] for number in numbers], heights

    def _heading_style(self, level: int) -> str:
        return self._styles_of_level.get(level, f"Heading{level}")

    def _block(
        self, block: Block, entry: _Entry | None, heights: dict[int, list[float | None]]
    ) -> str:
        if isinstance(block, Line):
            return _paragraph(_line_style(block), block.text)
        if isinstance(block, Table):
            return "".join(self._table(block, heights[id(block)]))
        style = self._heading_style(block.level)
        new_page = "<w:pageBreakBefore/>" if block.new_page else ""
        number, name = (entry.id, entry.bookmark) if entry else (0, "")
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{new_page}</w:pPr>'
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
            f'{_run(block.text)}<w:bookmarkEnd w:id="{number}"/></w:p>'
        )

    def _table(self, table: Table, heights: list[float | None]) -> Iterator[str]:
        width = round(self._form.sheet.width * 20)
        edges = [edge * width // FULL for edge in table.edges()]
        columns = [b - a for a, b in itertools.pairwise(edges)]
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{width}" w:type="dxa"/>'
            '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        )
        yield from (f'<w:gridCol w:w="{column}"/>' for column in columns)
        yield "</w:tblGrid>"
        for number, row in enumerate(placed(table)):
            yield f"<w:tr>{_row_properties(heights[number], head=number < table.heads)}"
            for cell, column, span, goes_on in row:
                across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
                down = "" if cell.rows == 1 else "<w:vMerge/>" if goes_on else _MERGE
                yield (
                    f'<w:tc><w:tcPr><w:tcW w:w="{sum(columns[column : column + span])}"'
                    f' w:type="dxa"/>{across}{down}<w:vAlign w:val="center"/></w:tcPr>'
                )
                yield _paragraph(CELLS[cell.kind], "" if goes_on else cell.text)
                yield "</w:tc>"
            yield "</w:tr>"
        yield "</w:tbl>"

    def _contents(self, begun: list[int]) -> str:
        """Return the table of contents: a field with its result, a link a line."""
        lines = []
        last = len(self._entries) - 1
        for number, (entry, page) in enumerate(zip(self._entries, begun, strict=True)):
            opening = (
                _field("begin")
                + _instruction(rf'TOC \o "1-{_LEVELS}" \h \z \u')
                + _field("separate")
                if number == 0
                else ""
            )
            closing = _field("end") if number == last else ""
            shown = " ".join(entry.text.split())
            lines.append(
                f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>{opening}'
                f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{_run(shown)}'
                f"<w:r><w:tab/></w:r>{_field('begin')}"
                f"{_instruction(f'PAGEREF {entry.bookmark} ' + chr(92) + 'h')}"
                f"{_field('separate')}<w:r><w:t>{page}</w:t></w:r>{_field('end')}"
                f"</w:hyperlink>{closing}</w:p>"
            )
        return "".join(lines)


_CONTENTS = Line("")
"""Stands in the flow where the table of contents goes."""

_PAGE_NUMBER = "00"
_MERGE = '<w:vMerge w:val="restart"/>'


def _place(words: str) -> str | None:
    """Return the place that a paragraph is for as a whole, if it is."""
    found = PLACE.fullmatch(words.strip())
    return found[1] if found and found[1] in BLOCKS else None


def _style_of(element: etree._Element) -> str:
    style = element.find(f"{W}pPr/{W}pStyle")
    return "Normal" if style is None else str(style.get(W + "val"))


def _line_style(line: Line) -> str:
    return TITLE if line.title else BODY if line.text else GAP


def _replace(element: etree._Element, other: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        other.tail = element.tail
        parent.replace(element, other)


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(words)} </w:instrText></w:r>'


def _row_properties(height: float | None, *, head: bool) -> str:
    again = "<w:tblHeader/>" if head else ""
    if height is None:
        return f"<w:trPr>{again}</w:trPr>" if again else ""
    twips = round(height * 20)
    return f'<w:trPr><w:cantSplit/><w:trHeight w:val="{twips}" w:hRule="atLeast"/>{again}</w:trPr>'


def _paragraph(style: str, text: str) -> str:
    run = _run(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)


def _run(text: str) -> str:
    words = escape(_fit(text)).replace("\r\n", "\n").replace("\r", "\n")
    words = words.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    words = words.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{_HINT}<w:t xml:space="preserve">{words}</w:t></w:r>'
