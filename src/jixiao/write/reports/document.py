"""Forms as a Word document: the styles of a text's template, on a page of their own shape."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

from lxml import etree

from jixiao.read.package import parse_xml
from jixiao.write.text.blocks import Block
from jixiao.write.text.docx import fill
from jixiao.write.text.layout import Content
from jixiao.write.text.pages import Sheet, Style
from jixiao.write.text.template import BLOCKS, BODY, CELLS, Template, W, template

_PLACE = BLOCKS[-1]
_TWIPS = 20
_MARGIN, _LYING_MARGIN = 1134, 720
"""Twips (2 and 1.27 cm) around a form: its tables are wide."""

_SMALLER: dict[str, tuple[float, float]] = {
    **dict.fromkeys(CELLS.values(), (9.0, 12.0)),
    BODY: (12.0, 20.0),
}
"""Points of letters and lines on lying pages: 小五 in cells, 小四 between tables."""

_STYLES = "word/styles.xml"


def write_forms(
    blocks: Sequence[Block], *, landscape: bool = False, folder: Path | None = None
) -> bytes:
    """Return blocks as a Word document, in the styles of the package's template or of a folder's.

    Raises TemplateError.
    """
    return fill(form_template(landscape=landscape, folder=folder), content_of(blocks))


def content_of(blocks: Sequence[Block]) -> Content:
    """Return blocks as what goes into a form's template."""
    return Content({}, {_PLACE: list(blocks)})


def form_template(*, landscape: bool = False, folder: Path | None = None) -> Template:
    """Return the template of a text made one of forms: no cover, one place, narrower margins."""
    form = template(folder)
    root = parse_xml(form.document)
    body = next(root.iter(W + "body"))
    section = deepcopy(body.findall(W + "sectPr")[-1])
    for element in list(body):
        body.remove(element)
    body.append(_place())
    body.append(section)
    sheet = _page(section, form.sheet, landscape=landscape)
    made = form._replace(document=etree.tostring(root), sheet=sheet)
    return _smaller(made) if landscape else made


def _place() -> etree._Element:
    paragraph = etree.Element(W + "p")
    words = etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t")
    words.text = f"{{{{{_PLACE}}}}}"
    return paragraph


def _page(section: etree._Element, sheet: Sheet, *, landscape: bool) -> Sheet:
    """Set a section's page; return what room it has."""
    for element in section.findall(W + "titlePg"):
        section.remove(element)
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    assert size is not None and margins is not None
    short, long = sorted((int(size.get(W + "w", "11906")), int(size.get(W + "h", "16838"))))
    wide, high = (long, short) if landscape else (short, long)
    size.set(W + "w", str(wide))
    size.set(W + "h", str(high))
    if landscape:
        size.set(W + "orient", "landscape")
    margin = _LYING_MARGIN if landscape else _MARGIN
    for side in ("top", "right", "bottom", "left"):
        margins.set(W + side, str(margin))
    for side in ("header", "footer"):
        margins.set(W + side, str(margin // 2))
    return sheet._replace(width=(wide - 2 * margin) / _TWIPS, height=(high - 2 * margin) / _TWIPS)


def _smaller(form: Template) -> Template:
    """Return a template with smaller letters: a lying form has many columns."""
    styles = parse_xml(form.parts[_STYLES])
    known = dict(form.styles)
    for style in styles.iter(W + "style"):
        name = str(style.get(W + "styleId"))
        if name not in _SMALLER:
            continue
        letters, line = _SMALLER[name]
        spacing = style.find(f"{W}pPr/{W}spacing")
        if spacing is not None:
            spacing.set(W + "line", str(round(line * _TWIPS)))
        indent = style.find(f"{W}pPr/{W}ind")
        if indent is not None and indent.get(W + "firstLine") is not None:
            indent.set(W + "firstLine", str(round(2 * letters * _TWIPS)))
        for tag in ("sz", "szCs"):
            size = style.find(f"{W}rPr/{W}{tag}")
            if size is not None:
                size.set(W + "val", str(round(letters * 2)))
        before = known.get(name, Style())
        first = 2 * letters if before.first else 0.0
        known[name] = before._replace(size=letters, line=line, first=first)
    data = etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True)
    return form._replace(parts={**form.parts, _STYLES: data}, styles=known)
