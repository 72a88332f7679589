"""The Word template of a text: an ordinary file with places in it, which an office may change.

Its paragraphs, styles, page and footer are taken as they are. ``{{单位}}`` within a line is filled in;
a paragraph that is only ``{{项目绩效目标表}}`` gives way to paragraphs and tables.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from jixiao.model.errors import TemplateError
from jixiao.read.docx import main_part
from jixiao.read.package import member, open_package, parse_xml
from jixiao.write.text.blocks import Kind
from jixiao.write.text.pages import Sheet, Style
from jixiao.write.text.wording import WORDING, Wording, load, standard

DOCUMENT = "text.docx"
"""The name of the file, in the package and in a template folder."""

FILES = (DOCUMENT, WORDING, "text.typ", "blocks.typ")
"""The files of a template folder."""

CONTENTS = "目录"
BLOCKS = (
    CONTENTS, "总体绩效目标", "分项绩效目标", "工作保障措施", "部门整体绩效", "项目绩效目标表",
)  # fmt: skip
WORDS = ("单位", "年度", "标题", "草案", "编制单位", "审核单位")

BODY, TITLE, GAP, TABLE = "JixiaoBody", "JixiaoTableTitle", "JixiaoGap", "JixiaoTable"
CELLS: dict[Kind, str] = {
    "value": "JixiaoCell",
    "label": "JixiaoLabel",
    "head": "JixiaoHead",
    "number": "JixiaoNumber",
}
"""Paragraph styles of the kinds of cells, by their ids in the file."""

PLACE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
_STYLES = "word/styles.xml"
_NEEDED = (BODY, TITLE, GAP, TABLE, *CELLS.values())
_TWIPS = 20


class Template(NamedTuple):
    """A template ready for use; its ``document`` is parsed anew for each text."""

    parts: dict[str, bytes]
    """The parts of the package by name, but for the document's."""
    main: str
    document: bytes
    styles: dict[str, Style]
    sheet: Sheet
    wording: Wording


def template(folder: Path | None = None) -> Template:
    """Return the package's template, or that of a folder, which may have only one of its files.

    Raises TemplateError.
    """
    if folder is None:
        return _standard()
    document, wording = folder / DOCUMENT, folder / WORDING
    if not document.is_file() and not wording.is_file():
        raise TemplateError(
            f"“{folder}”里没有模板（{DOCUMENT} 或 {WORDING}）", "请先导出一份缺省的模板再修改"
        )
    words = load(wording) if wording.is_file() else standard()
    data = document.read_bytes() if document.is_file() else packaged(DOCUMENT)
    return _opened(data, words, str(document))


def packaged(name: str) -> bytes:
    """Return a file of the package's template."""
    return (resources.files("jixiao.write.text") / "data" / name).read_bytes()


@lru_cache(maxsize=1)
def _standard() -> Template:
    return _opened(packaged(DOCUMENT), standard(), DOCUMENT)


def _opened(data: bytes, wording: Wording, name: str) -> Template:
    with open_package(data) as package:
        main = main_part(package)
        parts = {info.filename: member(package, info.filename) for info in package.infolist()}
    document = parts.pop(main)
    root = parse_xml(document)
    if root.nsmap.get("w") != NS or _STYLES not in parts or root.find(W + "body") is None:
        raise TemplateError(
            f"模板“{name}”不是通常的 Word 文档", "请在 Word 或 WPS 里另存为 .docx（不选严格格式）"
        )
    styles = parse_xml(parts[_STYLES])
    _check(root, styles, name)
    known = _read_styles(styles)
    return Template(parts, main, document, known, _sheet(root, styles, name), wording)


def _check(root: etree._Element, styles: etree._Element, name: str) -> None:
    present = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    missing = [style for style in _NEEDED if style not in present]
    if missing:
        raise TemplateError(
            f"模板“{name}”里少了样式 {'、'.join(missing)}",
            "请在缺省的模板上修改样式，不要删去或重建它们",
        )
    text = [words_of(paragraph) for paragraph in root.iter(W + "p")]
    named = {found for line in text for found in PLACE.findall(line)}
    unknown = sorted(named - {*BLOCKS, *WORDS})
    if unknown:
        raise TemplateError(
            f"模板“{name}”里的“{{{{{unknown[0]}}}}}”不知道填什么",
            f"可用的有：{'、'.join((*WORDS, *BLOCKS))}",
        )
    alone = {PLACE.fullmatch(line.strip()) for line in text}
    places = {found[1] for found in alone if found}
    for block in BLOCKS:
        if block in named and block not in places:
            raise TemplateError(
                f"模板“{name}”里的“{{{{{block}}}}}”要单独成段", "请把它移到空的一段里"
            )
    if BLOCKS[-1] not in places:
        raise TemplateError(
            f"模板“{name}”里没有“{{{{{BLOCKS[-1]}}}}}”，项目的表没有地方放", "请加上单独的一段"
        )


def words_of(element: etree._Element) -> str:
    """Return the words of an element of a document, without line ends and tabs."""
    return "".join(each.text or "" for each in element.iter(W + "t"))


def _read_styles(styles: etree._Element) -> dict[str, Style]:
    """Return the paragraph styles, each with what it has from the one it is based on."""
    elements = {
        str(style.get(W + "styleId")): style
        for style in styles.iter(W + "style")
        if style.get(W + "type") == "paragraph"
    }
    known: dict[str, Style] = {}

    def read(name: str, depth: int = 0) -> Style:
        if name in known or name not in elements or depth > len(elements):
            return known.get(name, Style())
        element = elements[name]
        base = element.find(W + "basedOn")
        start = Style() if base is None else read(str(base.get(W + "val")), depth + 1)
        known[name] = _style(element, start._replace(level=None))
        return known[name]

    for name in elements:
        read(name)
    return known


def _style(element: etree._Element, style: Style) -> Style:
    size = element.find(f"{W}rPr/{W}sz")
    if size is not None:
        style = style._replace(size=_number(size.get(W + "val"), 21) / 2)
    spacing = element.find(f"{W}pPr/{W}spacing")
    if spacing is not None:
        line = spacing.get(W + "line")
        if line is not None:
            exact = spacing.get(W + "lineRule") in ("exact", "atLeast")
            # One line of a Chinese font is about 1.3 letters high; 240 stands for one line.
            height = _points(line) if exact else style.size * 1.3 * _number(line, 240) / 240
            style = style._replace(line=height)
        style = style._replace(
            before=_points(spacing.get(W + "before"), style.before),
            after=_points(spacing.get(W + "after"), style.after),
        )
    indent = element.find(f"{W}pPr/{W}ind")
    if indent is not None:
        style = style._replace(
            left=_points(indent.get(W + "left"), style.left),
            right=_points(indent.get(W + "right"), style.right),
            first=_points(indent.get(W + "firstLine"), style.first),
        )
    level = element.find(f"{W}pPr/{W}outlineLvl")
    return style._replace(
        keep_next=_flag(element, "keepNext", style.keep_next),
        new_page=_flag(element, "pageBreakBefore", style.new_page),
        level=style.level if level is None else int(_number(level.get(W + "val"), 8)) + 1,
    )


def _flag(element: etree._Element, name: str, before: bool) -> bool:
    found = element.find(f"{W}pPr/{W}{name}")
    return before if found is None else found.get(W + "val") not in ("0", "false", "off")


def _sheet(root: etree._Element, styles: etree._Element, name: str) -> Sheet:
    sections = root.findall(f".//{W}sectPr")
    size = sections[-1].find(W + "pgSz") if sections else None
    margins = sections[-1].find(W + "pgMar") if sections else None
    if size is None or margins is None:
        raise TemplateError(f"模板“{name}”没有纸张和页边距", "请在 Word 的页面设置里设好")
    inside = dict.fromkeys(("top", "left", "bottom", "right"), 0.0)
    for table in styles.iter(W + "style"):
        if table.get(W + "styleId") == TABLE:
            for side in inside:
                margin = table.find(f"{W}tblPr/{W}tblCellMar/{W}{side}")
                inside[side] = 0.0 if margin is None else _points(margin.get(W + "w"))
    return Sheet(
        width=_points(size.get(W + "w"))
        - _points(margins.get(W + "left"))
        - _points(margins.get(W + "right")),
        height=_points(size.get(W + "h"))
        - _points(margins.get(W + "top"))
        - _points(margins.get(W + "bottom")),
        cell_left_right=inside["left"] + inside["right"],
        cell_top_bottom=inside["top"] + inside["bottom"],
    )


def _number(text: str | None, other: float) -> float:
    try:
        return float(text) if text else other
    except ValueError:
        return other


def _points(twips: str | None, other: float = 0.0) -> float:
    return _number(twips, other * _TWIPS) / _TWIPS
