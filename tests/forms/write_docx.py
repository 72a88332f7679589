"""Blocks to docx, straight to XML, with what Word leaves in real files.

Runs are cut in odd places, bookmarks and TC fields stand at headings, the table of contents sits
in a content control, deleted text of a tracked change is there and must not be read.
"""

from __future__ import annotations

import random
import zipfile
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from forms.blocks import Block, Cell, Form, Grid, Para

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def package(document: str, names: str = "word/document.xml") -> dict[str, bytes]:
    """Return the members of a docx around a document.xml."""
    return {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": RELS.encode(),
        names: document.encode(),
    }


def document(body: str) -> str:
    """Wrap a body in a document."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )


def write_docx(form: Form, path: Path, breaks: bool = False) -> None:
    """Write a docx; ``breaks`` uses w:br inside cells where otherwise paragraphs stand."""
    writer = _Writer(random.Random(path.name), breaks)
    body = "".join(
        contents("".join(map(writer.block, blocks)))
        if is_contents
        else "".join(map(writer.block, blocks))
        for is_contents, blocks in groupby(form.blocks, _is_contents)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package(document(body)).items():
            archive.writestr(name, content)


def _is_contents(block: Block) -> bool:
    return isinstance(block, Para) and block.style == "toc"


def contents(paragraphs: str) -> str:
    """Wrap the table of contents in the content control that Word keeps it in."""
    properties = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{paragraphs}</w:sdtContent></w:sdt>"


class _Writer:
    def __init__(self, rng: random.Random, breaks: bool) -> None:
        self.rng = rng
        self.breaks = breaks
        self.ids = 0

    def block(self, block: Block) -> str:
        if isinstance(block, Grid):
            return self.table(block)
        return self.paragraph(block)

    def paragraph(self, para: Para) -> str:
        style = {"heading": "Heading2", "title": "Title", "toc": "TOC1"}.get(para.style, "")
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        inner = self.runs(para.text)
        if para.mark:
            self.ids += 1
            inner = (
                f'<w:bookmarkStart w:id="{self.ids}" w:name="_Toc{self.ids:08}"/>{inner}'
                f'<w:bookmarkEnd w:id="{self.ids}"/>'
            )
        if para.code:
            inner += (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                f'<w:r><w:instrText xml:space="preserve"> TC "{escape(para.code)}" \\f C \\l 1 </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
        return f"<w:p>{properties}{inner}</w:p>"

    def runs(self, text: str) -> str:
        """Cut a text into runs, as proofing and input methods do."""
        pieces: list[str] = []
        while text:
            size = self.rng.choice((2, 3, 5, 8, 40, 40))
            pieces.append(text[:size])
            text = text[size:]
        return '<w:proofErr w:type="gramStart"/>'.join(
            f"<w:r><w:rPr><w:sz w:val='21'/></w:rPr>{self.text(piece)}</w:r>" for piece in pieces
        )

    def text(self, piece: str) -> str:
        parts = []
        for at, line in enumerate(piece.split("\n")):
            if at:
                parts.append("<w:br/>")
            for tab_at, each in enumerate(line.split("\t")):
                if tab_at:
                    parts.append("<w:tab/>")
                if each:
                    parts.append(f'<w:t xml:space="preserve">{escape(each)}</w:t>')
        return "".join(parts)

    def table(self, grid: Grid) -> str:
        width = grid.width()
        columns = "".join('<w:gridCol w:w="1200"/>' for _ in range(width))
        rows = []
        for line in grid.slots():
            cells = "".join(self.cell(cell, begins) for cell, begins in line)
            rows.append(f'<w:tr><w:trPr><w:trHeight w:val="400"/></w:trPr>{cells}</w:tr>')
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def cell(self, cell: Cell, begins: bool) -> str:
        properties = f'<w:tcW w:w="{1200 * cell.cols}" w:type="dxa"/>'
        if cell.cols > 1:
            properties += f'<w:gridSpan w:val="{cell.cols}"/>'
        if cell.rows > 1:
            properties += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        if not begins:
            content = "<w:p/>"
        elif self.breaks:
            content = f"<w:p>{self.runs(cell.text)}</w:p>"
        else:
            content = "".join(
                f"<w:p>{self.runs(line)}{self.deleted(line)}</w:p>"
                for line in cell.text.split("\n")
            )
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    def deleted(self, line: str) -> str:
        """Leave deleted text behind some cells, as accepted-by-nobody changes do."""
        if not line or self.rng.random() > 0.03:
            return ""
        return (
            '<w:del w:id="9001" w:author="审核" w:date="2024-01-01T00:00:00Z"><w:r>'
            '<w:delText xml:space="preserve">（待定）</w:delText></w:r></w:del>'
        )
