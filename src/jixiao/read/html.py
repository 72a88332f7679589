"""Web pages: saved from a browser, from Word, or exported by LibreOffice; also .mht archives."""

from __future__ import annotations

import email
import email.policy
import re

from lxml import etree
from lxml import html as lxml_html

from jixiao.model.errors import ReadError
from jixiao.read.blocks import BlockList, Blocks, GridBuilder, is_layout, tidy
from jixiao.read.encoding import damage, declared_encoding, decode

_SKIP = frozenset(
    ("head", "script", "style", "noscript", "template", "title", "meta", "link", "select",
     "option", "textarea", "button", "iframe", "object", "svg", "del", "input")
)  # fmt: skip
_BLOCK = frozenset(
    ("html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl",
     "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
     "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul")
)  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A browser shows no space for a line break between two Chinese characters (CSS Text 3, 4.1.2).
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…《》]"
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")

MAX_DEPTH = 200
"""Elements one inside the other; a page deeper than this is broken or hostile."""


def read_html(data: bytes) -> Blocks:
    """Return the blocks of a web page. Raises ReadError."""
    source = decode(data, declared_encoding(data))
    # lxml refuses a text that declares its encoding; it is decoded already.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        root = lxml_html.document_fromstring(source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("网页文件里没有内容", "请确认文件保存完整") from error
    reader = _Reader()
    reader.flow(root)
    reader.flush()
    pictures = sum(1 for _ in root.iter("img"))
    return Blocks(tuple(reader.out.blocks), pictures, damage(source))


def read_mht(data: bytes) -> Blocks:
    """Return the blocks of a web archive (.mht), as Word and browsers save it. Raises ReadError."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return read_html(content)
    raise ReadError("网页归档文件里没有网页", "请用浏览器或 Word 打开后另存为网页或 docx 再试")


class _Reader:
    def __init__(self) -> None:
        self.out = BlockList()
        self._words: list[str] = []
        self._depth = 0

    def flush(self) -> None:
        """End the paragraph being collected."""
        text = _fold(self._words)
        self._words.clear()
        if text:
            self.out.paragraph(text)

    def flow(self, element: etree._Element) -> None:
        """Read an element's content in document order."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ReadError(
                "网页里的元素套得太深，读不了", "请在浏览器中打开后另存，或复制到 Word 再试"
            )
        if element.text:
            self._words.append(element.text)
        number = _start(element) if element.tag == "ol" else 0
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and not _hidden(child):
                if tag == "br":
                    self._words.append("\v")
                elif tag == "table":
                    self.flush()
                    self._table(child)
                elif tag in _BLOCK:
                    self.flush()
                    if tag == "li" and element.tag == "ol":
                        self._words.append(f"{number}.")
                        number += 1
                    self.flow(child)
                    self.flush()
                else:
                    self.flow(child)
            if child.tail:
                self._words.append(child.tail)
        self._depth -= 1

    def _table(self, table: etree._Element) -> None:
        rows = list(_rows(table))
        nested = [inner for inner in table.iter("table") if inner is not table]
        if nested and _is_layout(table, rows):
            for row in rows:
                for cell in _cells(row):
                    self.flow(cell)
                    self.flush()
            return
        for caption in table.findall("caption"):
            self.flow(caption)
            self.flush()
        builder = GridBuilder()
        for row in rows:
            builder.row()
            for cell in _cells(row):
                builder.cell(
                    _cell_text(cell),
                    _span(cell, "rowspan", len(rows) - len(builder.rows) + 1),
                    _span(cell, "colspan", 1000),
                )
        if builder.rows:
            self.out.grid(builder.rows)
        for inner in nested:
            if next(inner.iterancestors("table"), None) is table:
                self._table(inner)


def _cell_text(cell: etree._Element) -> str:
    """Return a cell's words; its block elements stand on lines of their own."""
    words: list[str] = []
    _collect(cell, words, 0)
    return _fold(words)


def _collect(element: etree._Element, words: list[str], depth: int) -> None:
    if depth > MAX_DEPTH:
        return
    if element.text:
        words.append(element.text)
    number = _start(element) if element.tag == "ol" else 0
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag != "table" and not _hidden(child):
            if tag == "br":
                words.append("\v")
            elif tag in _BLOCK:
                words.append("\f")
                if tag == "li" and element.tag == "ol":
                    words.append(f"{number}.")
                    number += 1
                _collect(child, words, depth + 1)
                words.append("\f")
            else:
                _collect(child, words, depth + 1)
        if child.tail:
            words.append(child.tail)


def _fold(words: list[str]) -> str:
    """Fold the source's white space as a browser does; \\v is a line break, \\f a block's edge."""
    text = "".join(words)
    if "\f" in text:
        lines = [_fold_line(part) for part in text.split("\f")]
        return "\n".join(line for line in lines if line)
    return _fold_line(text)


def _fold_line(text: str) -> str:
    text = _SOURCE_BREAK.sub("", text)
    text = _BLANKS.sub(" ", text)
    return tidy(re.sub(r" ?\v ?", "\n", text))


def _hidden(element: etree._Element) -> bool:
    if element.tag in _SKIP:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style)) or element.get("hidden") is not None


def _rows(table: etree._Element) -> list[etree._Element]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(row for row in child if row.tag == "tr")
    return rows


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th") and not _hidden(cell)]


def _is_layout(table: etree._Element, rows: list[etree._Element]) -> bool:
    """A table that holds more cells in tables inside it than of its own only lays out a page."""
    cells = [_cells(row) for row in rows]
    return sum(1 for _ in table.iter("td", "th")) > 2 * sum(map(len, cells)) and is_layout(
        [[_says(cell) for cell in row] for row in cells]
    )


def _says(cell: etree._Element) -> bool:
    """Tell whether a cell has words, and no table."""
    return next(cell.iter("table"), None) is None and bool(_cell_text(cell))


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    if not text.isdecimal():
        return 1
    number = int(text[:9])
    if name == "rowspan" and number == 0:  # HTML: 0 runs to the end of the table
        return most
    return max(1, min(number, most))


def _start(element: etree._Element) -> int:
    text = element.get("start", "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1
