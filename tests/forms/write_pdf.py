"""Blocks to PDF, as offices print them: a ruled Word document or a web page, laid out on paper.

The pages are made by LibreOffice and Chromium; here is what they are given. ``Paper`` varies what
differs from office to office: the lines, the writing, the page.
"""

from __future__ import annotations

import random
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from forms.blocks import Block, Cell, Form, Grid, Para
from forms.write_docx import RELS, TYPES, W, _Writer

TWIPS = 20
"""Of which a point has so many."""

RUNNING = "部门预算绩效管理材料汇编"
"""What stands at the head of each page, where something does."""


@dataclass(frozen=True)
class Paper:
    """How one office prints: sizes in points; ``line`` a border of Word, "" for none inside.

    ``sides`` False leaves out the outer lines at left and right; ``numbered`` prints a header
    and the page's number.
    """

    line: str = "single"
    weight: int = 4
    sides: bool = True
    size: float = 10.5
    margin: float = 72
    wide: bool = False
    font: str = "Noto Serif CJK SC"
    align: str = "left"
    middle: bool = False
    numbered: bool = False
    widths: tuple[int, ...] = ()

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of an A4 page."""
        return (841.9, 595.3) if self.wide else (595.3, 841.9)

    @property
    def room(self) -> float:
        """The width that a table has."""
        return self.page[0] - 2 * self.margin


PAPERS = {
    "plain": Paper(),
    "small": Paper(size=8, margin=56, align="center", middle=True, numbered=True),
    "thick": Paper(weight=18, font="Noto Sans CJK SC", numbered=True),
    "double": Paper(line="double", margin=60, middle=True),
    "dashed": Paper(line="dashed", size=9, numbered=True),
    "open": Paper(sides=False, size=12, margin=54),
    "wide": Paper(wide=True, size=14, align="center", middle=True),
    "dotted": Paper(line="dotted", wide=True, size=9, widths=(2, 3, 5, 4)),
}


class _Printed(_Writer):
    """Writes tables with lines, widths and sizes, as a document that is printed has them."""

    def __init__(self, rng: random.Random, paper: Paper) -> None:
        super().__init__(rng, breaks=False)
        self.paper = paper

    def paragraph(self, para: Para) -> str:
        text = super().paragraph(para)
        if para.style in ("cover", "title"):
            text = text.replace("<w:p>", '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>', 1)
        elif para.style == "body" and para.text:
            indent = f'<w:pPr><w:ind w:firstLine="{round(2 * self.paper.size * TWIPS)}"/></w:pPr>'
            text = text.replace("<w:p>", f"<w:p>{indent}", 1)
        return text

    def runs(self, text: str) -> str:
        half = round(2 * self.paper.size)
        return super().runs(text).replace("w:sz w:val='21'", f"w:sz w:val='{half}'")

    def deleted(self, line: str) -> str:
        """Leave no tracked changes: they are printed."""
        return ""

    def table(self, grid: Grid) -> str:
        paper, count = self.paper, grid.width()
        parts = [paper.widths[at % len(paper.widths)] if paper.widths else 1 for at in range(count)]
        self.columns = [round(paper.room * TWIPS * part / sum(parts)) for part in parts]
        line = f'w:val="{paper.line}" w:sz="{paper.weight}" w:space="0" w:color="000000"'
        names = ["top", "left", "bottom", "right", "insideH", "insideV"]
        borders = "".join(
            f"<w:{name} {line}/>" if paper.sides or name not in ("left", "right")
            else f'<w:{name} w:val="nil"/>'
            for name in names
        )  # fmt: skip
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.columns)
        rows = []
        for slots in grid.slots():
            at, cells = 0, []
            for cell, begins in slots:
                self.width = sum(self.columns[at : at + cell.cols])
                cells.append(self.cell(cell, begins))
                at += cell.cols
            rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(self.columns)}" w:type="dxa"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def cell(self, cell: Cell, begins: bool) -> str:
        text = super().cell(cell, begins)
        text = text.replace(f'w:w="{1200 * cell.cols}"', f'w:w="{self.width}"', 1)
        if self.paper.middle:
            text = text.replace("</w:tcPr>", '<w:vAlign w:val="center"/></w:tcPr>', 1)
        if self.paper.align != "left":
            text = text.replace("<w:p>", f'<w:p><w:pPr><w:jc w:val="{self.paper.align}"/></w:pPr>')
        return text


def _styles(paper: Paper) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault>'
        f'<w:rPr><w:rFonts w:ascii="{paper.font}" w:hAnsi="{paper.font}" w:eastAsia="{paper.font}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
    )


def write_print(form: Form, path: Path, paper: Paper) -> None:
    """Write the docx that is printed."""
    writer = _Printed(random.Random(path.name), paper)
    body = "".join(map(writer.block, form.blocks))
    width, height = (round(side * TWIPS) for side in paper.page)
    margin = round(paper.margin * TWIPS)
    orient = ' w:orient="landscape"' if paper.wide else ""
    running = (
        '<w:headerReference w:type="default" r:id="rId2"/>'
        '<w:footerReference w:type="default" r:id="rId3"/>'
        if paper.numbered
        else ""
    )
    section = (
        f'<w:sectPr>{running}<w:pgSz w:w="{width}" w:h="{height}"{orient}/><w:pgMar w:top="{margin}"'
        f' w:right="{margin}" w:bottom="{margin}" w:left="{margin}" w:header="400" w:footer="400"'
        ' w:gutter="0"/></w:sectPr>'
    )
    main = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{body}{section}</w:body></w:document>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{name}+xml"/>'
        for name in ("styles", "header", "footer")
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{relation}/{name}" Target="{name}.xml"/>'
        for at, name in enumerate(("styles", "header", "footer"), 1)
    )
    number = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inner}'
        for kind, inner in (
            ("begin", "<w:r><w:instrText>PAGE</w:instrText></w:r>"),
            ("separate", "<w:r><w:t>1</w:t></w:r>"),
            ("end", ""),
        )
    )
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.replace("</Types>", f"{parts}</Types>"))
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", main)
        archive.writestr("word/styles.xml", _styles(paper))
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
            f'"http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
        )
        archive.writestr(
            "word/header.xml",
            f'<w:hdr xmlns:w="{W}"><w:p>{centred}<w:r><w:t>{RUNNING}</w:t></w:r></w:p></w:hdr>',
        )
        archive.writestr(
            "word/footer.xml",
            f'<w:ftr xmlns:w="{W}"><w:p>{centred}<w:r><w:t xml:space="preserve">- </w:t></w:r>'
            f'{number}<w:r><w:t xml:space="preserve"> -</w:t></w:r></w:p></w:ftr>',
        )


def web_page(form: Form, paper: Paper) -> str:
    """Return the web page that a browser prints."""
    rule = {"double": "3px double", "dashed": "1px dashed", "dotted": "1px dotted"}.get(
        paper.line, f"{max(1, paper.weight // 6)}px solid"
    )
    out = [
        '<html><head><meta charset="utf-8"><style>'
        f"body{{font:{paper.size}pt '{paper.font}';margin:0}}p{{margin:4pt 0}}"
        f"table{{border-collapse:collapse;width:100%;margin:0 0 8pt}}td{{border:{rule} #000;"
        f"padding:2pt 4pt;text-align:{paper.align};vertical-align:{'middle' if paper.middle else 'top'};"
        "overflow-wrap:anywhere}"
        f"{'' if paper.sides else 'td.first{border-left:none}'}"
        f"@page{{size:{paper.page[0]}pt {paper.page[1]}pt;margin:{paper.margin}pt}}</style></head><body>"
    ]
    out += map(_web_block, form.blocks)
    return "\n".join([*out, "</body></html>"])


def _web_block(block: Block) -> str:
    if isinstance(block, Para):
        centred = " align=center" if block.style in ("cover", "title") else ""
        return f"<p{centred}>{_web_text(block.text)}</p>"
    rows = []
    for slots in block.slots():
        cells = "".join(
            f"<td colspan={cell.cols} rowspan={cell.rows}{'' if at else ' class=first'}>"
            f"{_web_text(cell.text)}</td>"
            for at, (cell, begins) in enumerate(slots)
            if begins
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _web_text(text: str) -> str:
    return escape(text, quote=False).replace("  ", "&nbsp;&nbsp;").replace("\n", "<br>")
