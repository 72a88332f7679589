"""审核意见 as Word comments, in the user's own file, at the words that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from jixiao.check import Finding, rules
from jixiao.model.errors import ReadError
from jixiao.read import Format, detect, libreoffice
from jixiao.read import _load as load_file
from jixiao.read.sniff import TO_DOCX
from jixiao.write.docx_markup import STRICT, Edit, Mark, as_utf8, before_root_ends, edited, inside
from jixiao.write.docx_package import DocxPackage, WriteError, part_ids
from jixiao.write.docx_places import DocxPlaces, Spot

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_IDS = re.compile(
    rb"<(?:[\w.-]+:)?comment(?:RangeStart|RangeEnd|Reference)\b[^>]*?\bid\s*=\s*[\"'](\d{1,9})[\"']"
)
# What no XML may hold, even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# A form's body style may indent by two characters and space its lines by 28 points, which no
# comment can bear: what a comment looks like is said in it.
_LOOK = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
_SIZE = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
_INITIALS = "绩效"


def commentable(path: Path, what: str = "写批注") -> bytes:
    """Return the docx that comments on a file are written into: the file, or a copy made of it.

    ``what`` is what the user wants done to it, for the error.

    A .doc, .wps, .odt or .rtf is read by way of LibreOffice's docx of it, and so its places are
    those of that docx. Raises ReadError for a file that cannot be opened or is no Word text.
    """
    data = load_file(path)
    kind = detect(data)
    if kind is Format.DOCX:
        return data
    if kind in TO_DOCX:
        converted = libreoffice.convert([(data, kind.value)], "docx")[0]
        if isinstance(converted, ReadError):
            raise converted
        return converted
    raise WriteError(
        f"这是 {kind.value} 文件，只有 Word 文档（docx、doc、wps、odt、rtf）能{what}",
        "请用 Word 文档再试",
    )


def with_comments(
    docx: bytes,
    findings: Sequence[Finding],
    author: str = "jixiao",
    date: datetime | None = None,
) -> bytes:
    """Return a Word file with a comment at each place that findings are about.

    The findings of one cell are one comment, the worst first. Those whose place is not in the
    file stand in one comment at the table of their project, or at the first words of the text.
    The user's own comments stay, and so does every byte that is not about comments.

    Raises ReadError for a damaged or hostile file, WriteError for one with a digital signature.
    """
    if not findings:
        return docx
    with DocxPackage(docx) as package:
        places = DocxPlaces(package)
        notes = _notes(places, findings)
        if not notes:
            raise WriteError("文件里没有可以加批注的文字", "请确认选对了文件")
        part = package.related("comments")
        known = as_utf8(package.part(part)) if part is not None and part in package else None
        number = 1 + max(_taken(places.xml, known), default=-1)
        at = (date or datetime.now()).strftime("%Y-%m-%dT%H:%M:%SZ")
        edits: list[Edit] = []
        comments = []
        strict = places.markup.namespace == STRICT
        namespace = f' xmlns:w="{places.markup.namespace}"'
        for spot, found in notes:
            edits += _anchor(places, spot, number, namespace)
            held = _outside_box(places, spot) or spot.begin
            comments.append(
                f'<w:comment{namespace} w:id="{number}" w:author={quoteattr(_legal(author))}'
                f' w:date="{at}" w:initials="{_INITIALS}">{_paragraphs(found, held)}</w:comment>'
            )
            number += 1
        package.change(package.main, edited(places.xml, edits))
        said = "".join(comments).encode()
        if known is not None and part is not None:
            package.change(part, before_root_ends(known, said))
        else:
            xml = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments{namespace}/>'
            )
            content = before_root_ends(xml.encode(), said)
            if part is None:
                package.relate("comments", _CONTENT_TYPE, content, strict=strict)
            else:  # named, and not there
                package.add(part, _CONTENT_TYPE, content)
        return package.packed()


def _notes(places: DocxPlaces, findings: Iterable[Finding]) -> list[tuple[Spot, list[Finding]]]:
    """Return the findings by the spot that their comment goes to, in the order of the file."""
    by_spot: dict[int, tuple[Spot, list[Finding]]] = {}
    homeless: list[Finding] = []
    homes: dict[int | None, Spot] = {}
    for finding in findings:
        spot = None if finding.place is None else places.nearest(finding.place)
        if spot is None:
            homeless.append(finding)
            continue
        by_spot.setdefault(_key(spot), (spot, []))[1].append(finding)
        home = homes.setdefault(finding.project, spot)
        if _key(spot) < _key(home):
            homes[finding.project] = spot
    first = places.first()
    for finding in homeless:
        spot = (homes.get(finding.project) if finding.project is not None else None) or first
        if spot is not None:
            by_spot.setdefault(_key(spot), (spot, []))[1].append(finding)
    return [by_spot[key] for key in sorted(by_spot)]


def _key(spot: Spot) -> int:
    mark = spot.cell or spot.begin
    return mark.start if mark is not None else 0


def _taken(document: bytes, comments: bytes | None) -> list[int]:
    """Return the numbers of the comments that are there."""
    taken = [int(number) for number in _IDS.findall(document)]
    if comments is not None:
        taken += [
            int(number) for number in part_ids(comments, "comment", "id") if number.isdecimal()
        ]
    return taken


def _anchor(places: DocxPlaces, spot: Spot, number: int, namespace: str) -> list[Edit]:
    """Return the edits that put a comment's anchor around the words of a spot."""
    outer = _outside_box(places, spot)
    begin, last = (outer, outer) if outer else (spot.begin, spot.end)
    host = begin or spot.cell
    if host is None:
        raise AssertionError
    if host.tag.startswith(b"w:"):
        namespace = ""  # known there
    start = f'<w:commentRangeStart{namespace} w:id="{number}"/>'
    end = f'<w:commentRangeEnd{namespace} w:id="{number}"/>'
    reference = f'<w:r{namespace}><w:commentReference w:id="{number}"/></w:r>'
    # LibreOffice takes the words of a content control away where a comment ends it.
    if begin is not None and begin.held:
        start += reference
    else:
        end += reference
    if begin is None or last is None:
        return inside(host, b"", f"<w:p{namespace}>{start}{end}</w:p>".encode())
    if begin is last:
        return inside(begin, start.encode(), end.encode())
    return [inside(begin, start.encode(), b"")[0], inside(last, b"", end.encode())[-1]]


def _outside_box(places: DocxPlaces, spot: Spot) -> Mark | None:
    """Return the paragraph that holds the text box a spot is in: Word has no comments in a box."""
    mark = spot.begin or spot.cell
    if mark is None or mark.outer < 0:
        return None
    outer = places.markup.paragraphs[mark.outer]
    return None if outer is mark else outer


def _paragraphs(findings: Sequence[Finding], at: Mark | None) -> str:
    """Return a comment's text: each finding with what would be right and what it rests on.

    In a content control an empty line leads: LibreOffice shows the first one nowhere.
    """
    titles = {code: rule.title for code, rule in rules().items()}
    ordered = sorted(findings, key=lambda finding: finding.severity.rank)
    lines: list[tuple[str, str]] = [("", "")] if at is not None and at.held else []
    for policy, group in groupby(ordered, key=lambda finding: finding.policy):
        for finding in group:
            title = f" {titles[finding.code]}" if finding.code in titles else ""
            lines.append((f"【{finding.severity.value}·{finding.code}{title}】", finding.message))
            if finding.suggestion:
                lines.append(("", f"建议：{finding.suggestion}"))
        if policy:
            lines.append(("", f"依据：{policy}"))
    mark = "<w:r><w:annotationRef/></w:r>"
    return "".join(
        f"<w:p>{_LOOK}{mark if number == 0 else ''}{_run(lead, '<w:b/>')}{_run(text)}</w:p>"
        for number, (lead, text) in enumerate(lines)
    )


def _run(text: str, more: str = "") -> str:
    if not text:
        return ""
    lines = [
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _legal(text).splitlines()
    ]
    return f"<w:r><w:rPr>{more}{_SIZE}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
