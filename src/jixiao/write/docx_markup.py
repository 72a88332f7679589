"""Where in the bytes of a Word text its paragraphs, cells and words stand.

A tree that is written out again is never byte for byte what was read: quotes, spaces, entities and
declarations change. So the text is changed where it stands, in the bytes, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

import msgspec

from jixiao.model.errors import ReadError
from jixiao.read.package import parse_xml

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

_TAG_END = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_DECLARED = re.compile(rb"""^(<\?xml[^>]*?encoding\s*=\s*["'])([^"']+)""")
_SEPARATOR = " "


class Mark(msgspec.Struct, gc=False):
    """An element's place in the bytes.

    ``tag`` is its name as written, ``inner`` where its content begins and ``end`` where that ends;
    in an element without content (``<w:p/>``) both stand behind it. ``content`` is where content
    begins behind its properties. ``outer`` is the number of the outermost paragraph around it,
    itself for a paragraph that is in no other: a text box stands inside a paragraph. ``held`` says
    whether a content control (w:sdt) holds the paragraph or its cell.
    """

    tag: bytes
    start: int
    inner: int
    end: int
    content: int
    empty: bool
    outer: int
    held: bool = False


class Markup(msgspec.Struct):
    """The marks of a text, each kind in the order of the document."""

    namespace: str
    paragraphs: list[Mark]
    cells: list[Mark]
    words: list[Mark]


def as_utf8(xml: bytes) -> bytes:
    """Return a part in UTF-8, as nearly all are; one in UTF-16 is written anew."""
    if xml.startswith(b"\xef\xbb\xbf") or (b"\x00" not in xml[:4] and _is_utf8(xml)):
        return xml
    declared = _DECLARED.match(xml)
    encoding = declared[2].decode("ascii", "replace") if declared else "utf-16"
    try:
        text = xml.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise ReadError(
            "文件内容的文字编码认不出", "请用 Word 或 WPS 打开后另存一份再试"
        ) from error
    return _DECLARED.sub(rb"\g<1>UTF-8", text.lstrip("\ufeff").encode(), count=1)


def _is_utf8(xml: bytes) -> bool:
    declared = _DECLARED.match(xml)
    return declared is None or declared[2].lower() in (b"utf-8", b"utf8", b"us-ascii")


def scan(xml: bytes) -> Markup:
    """Return the marks of a text in UTF-8 that the guards of reading have let pass."""
    return _Scanner(xml).scan()


class _Scanner:
    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._open: list[tuple[str, Mark | None]] = []
        self._around: list[int] = []  # numbers of the paragraphs that are open
        self._out = Markup(TRANSITIONAL, [], [], [])
        self._lists: dict[str, list[Mark]] = {
            "p": self._out.paragraphs,
            "tc": self._out.cells,
            "t": self._out.words,
            "pPr": [],
            "tcPr": [],
        }

    def scan(self) -> Markup:
        parser = self._parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        _parse(parser, self._xml)
        return self._out

    def _start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - expat's form
        namespace, _, rest = name.partition(_SEPARATOR)
        local, _, prefix = rest.partition(_SEPARATOR)
        marks = self._lists.get(local) if namespace in (TRANSITIONAL, STRICT) else None
        if marks is None:
            if local == "document" and not self._open:
                self._out.namespace = namespace
            self._open.append((local, None))
            return
        start = self._parser.CurrentByteIndex
        inner = _tag_end(self._xml, start)
        if local == "p":
            self._around.append(len(marks))
        mark = Mark(
            (f"{prefix}:{local}" if prefix else local).encode(),
            start, inner, inner, inner,
            self._xml[inner - 2 : inner] == b"/>",
            self._around[0] if self._around else -1,
            local == "p" and self._is_held(),
        )  # fmt: skip
        marks.append(mark)
        self._open.append((local, mark))

    def _is_held(self) -> bool:
        for local, _ in reversed(self._open):
            if local in ("sdt", "tr", "txbxContent"):
                return local == "sdt"
        return False

    def _end(self, name: str) -> None:  # noqa: ARG002 - expat's form
        local, mark = self._open.pop()
        if mark is None:
            return
        if not mark.empty:
            mark.end = self._parser.CurrentByteIndex
        if local == "p":
            self._around.pop()
        above = self._open[-1][1] if self._open else None
        if local in ("pPr", "tcPr") and above is not None:
            above.content = mark.end if mark.empty else _tag_end(self._xml, mark.end)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.namespace_prefixes = True
    return parser


def _parse(parser: expat.XMLParserType, xml: bytes) -> None:
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _broken() from error


def _tag_end(xml: bytes, start: int) -> int:
    """Return where the tag that begins at a place ends."""
    found = _TAG_END.match(xml, start)
    if found is None:
        raise _broken()
    return found.end()


def _broken() -> ReadError:
    return ReadError(
        "文件内容已损坏，不是正常的文档结构", "请重新取得文件，或用 Word、WPS 打开后另存一份再试"
    )


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Bytes to put in the place of others."""

    start: int
    end: int
    content: bytes


def edited(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return bytes with edits made; those at the same place in the order they were given."""
    pieces: list[bytes] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start < done:
            raise AssertionError
        pieces += (xml[done : edit.start], edit.content)
        done = edit.end
    return b"".join((*pieces, xml[done:]))


def inside(mark: Mark, begin: bytes, end: bytes) -> list[Edit]:
    """Return the edits that put something before and behind an element's content."""
    if mark.empty:
        whole = begin + end
        return [Edit(mark.inner - 2, mark.inner, b">" + whole + b"</" + mark.tag + b">")]
    return [Edit(mark.content, mark.content, begin), Edit(mark.end, mark.end, end)]


def before_root_ends(xml: bytes, content: bytes) -> bytes:
    """Return a part with something added as the last child of its root. Raises ReadError."""
    parse_xml(xml)
    parser = _parser()
    depth = 0
    root: list[int] = []  # where its first tag begins, and where its last does

    def start(name: str, attributes: dict[str, str]) -> None:  # noqa: ARG001 - expat's form
        nonlocal depth
        depth += 1
        if depth == 1:
            root.append(parser.CurrentByteIndex)

    def end(name: str) -> None:  # noqa: ARG001 - expat's form
        nonlocal depth
        depth -= 1
        if depth == 0:
            root.append(parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    _parse(parser, xml)
    inner = _tag_end(xml, root[0])
    if xml[inner - 2 : inner] != b"/>":
        return xml[: root[1]] + content + xml[root[1] :]
    tag = re.split(rb"[\s/>]", xml[root[0] + 1 : inner], maxsplit=1)[0]
    return xml[: inner - 2] + b">" + content + b"</" + tag + b">" + xml[inner:]
