"""Files that nobody should send: packages, pages and workbooks built to break a reader."""

from __future__ import annotations

import io
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
ROW = ("产出指标", "数量指标", "培训人数", "≥50人")


def packed(members: dict[str, bytes | str], **how: int) -> bytes:
    """Return a zip package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how.get("method", zipfile.ZIP_DEFLATED)) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, before: str = "", **more: bytes | str) -> bytes:
    """Return a Word document with a body; ``before`` stands before the root (a DOCTYPE)."""
    document = f'{XML}{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def cell(text: str, properties: str = "") -> str:
    """Return a cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(*rows: str) -> str:
    """Return a Word table of rows."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def project(extra: str = "") -> str:
    """Return a small form that is read as one project with one indicator."""
    name = cell("项目名称") + cell("培训费", '<w:gridSpan w:val="3"/>')
    return table(
        name, "".join(map(cell, HEADER)), "".join(map(cell, ROW)), *([extra] if extra else [])
    )


XLSX_TYPES = (
    f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(sheet: str, before: str = "") -> bytes:
    """Return a workbook with one sheet, given the XML inside its worksheet element."""
    return packed(
        {
            "[Content_Types].xml": XLSX_TYPES,
            "_rels/.rels": f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{XML}<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{XML}{before}<worksheet xmlns="{S}">{sheet}</worksheet>',
        }
    )


def sheet_cell(reference: str, text: str) -> str:
    """Return a cell with its words in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def compound(streams: dict[str, bytes]) -> bytes:
    """Return an OLE container ([MS-CFB], version 3) with streams of at least 4096 bytes each."""
    sector = 512
    padded = {
        name: data.ljust(max(4096, -(-len(data) // sector) * sector), b"\0")
        for name, data in streams.items()
    }
    sizes = {name: len(data) // sector for name, data in padded.items()}
    entries = [_entry("Root Entry", 5, child=1 if streams else -1, start=-2, size=0)]
    table = [-3, -2]  # sector 0 holds this table, sector 1 the directory
    start = 2
    for number, (name, data) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else -1
        entries.append(_entry(name, 2, right=right, start=start, size=len(data)))
        table += [*range(start + 1, start + sizes[name]), -2]
        start += sizes[name]
    table += [-1] * (128 - len(table))
    directory = b"".join(entries).ljust(sector, b"\0")
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    head += struct.pack("<109i", 0, *[-1] * 108)
    return head + struct.pack("<128i", *table) + directory + b"".join(padded.values())


def _entry(
    name: str, kind: int, *, child: int = -1, right: int = -1, start: int = 0, size: int = 0
) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBiii16sI8s8siQ", raw, len(raw) + 2, kind, 1, -1, right, child, b"", 0, b"", b"", start, size
    )  # fmt: skip
