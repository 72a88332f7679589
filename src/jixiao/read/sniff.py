"""What kind of file it is, by its content: offices name files wrongly all the time."""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO

from jixiao.model.errors import ReadError
from jixiao.read.package import open_package


class Format(StrEnum):
    """A kind of file that can be read."""

    DOCX = "docx"
    DOC = "doc"
    WPS = "wps"
    ODT = "odt"
    RTF = "rtf"
    ODS = "ods"
    XLSX = "xlsx"
    XLS = "xls"
    HTML = "html"
    MHT = "mht"
    TXT = "txt"
    PDF = "pdf"


TO_DOCX = frozenset((Format.DOC, Format.WPS, Format.ODT, Format.RTF))
"""Formats that LibreOffice makes a docx of."""

TO_XLSX = frozenset((Format.ODS, Format.XLS))
"""Formats that LibreOffice makes an xlsx of; an xls can be read without it, less exactly."""

SUFFIXES = frozenset(
    ("docx", "doc", "wps", "odt", "rtf", "html", "htm", "mht", "mhtml", "txt", "xlsx", "xls", "et", "ods", "pdf")
)  # fmt: skip
"""File name endings that a walk through a folder takes up."""

_PASSWORD = ReadError("文件设有密码，读不出内容", "请在 Word、WPS 或 Excel 中取消密码后再试")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div|p|title)\b", re.IGNORECASE)
_MHT = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What the old Office container begins with."""


def detect(data: bytes) -> Format:
    """Return the kind of a file's content.

    Raises ReadError for an empty file, one with a password, a picture, and whatever else is no
    document.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("文件是空的", "请确认文件已经保存、上传完整")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(_OLE):
        return _compound(data)
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048]
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(_PICTURES):
        raise ReadError("这是图片，不是文档", "请用文字识别软件转成 Word 文档再试")
    if _MHT.match(head):
        return Format.MHT
    if _HTML.search(_ascii(head)):
        return Format.HTML
    return Format.TXT


def _ascii(head: bytes) -> bytes:
    """Drop the zero bytes of UTF-16, in which a page's first tags would hide."""
    return head.replace(b"\x00", b"")


def _packed(data: bytes) -> Format:
    with open_package(data) as package:
        names = package.namelist()
        if any(name.startswith("word/") for name in names):
            return Format.DOCX
        if any(name.startswith("xl/") for name in names):
            return Format.XLSX
        if "content.xml" in names:
            kind = package.open("mimetype").read(200) if "mimetype" in names else b""
            return Format.ODS if b"spreadsheet" in kind else Format.ODT
    raise ReadError(
        "这是压缩包，里面不是 Word、WPS 或 Excel 文档",
        "如果是打包的多个文件，请先解压，再读其中的文档",
    )


def _compound(data: bytes) -> Format:
    """Tell the kinds of the old Office container (OLE) apart."""
    import olefile  # takes as long to load as a small text to read, and few files need it

    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            streams = {"/".join(name) for name in container.listdir()}
            if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
                raise _PASSWORD
            if "WordDocument" in streams:
                # Bit 8 of the flags at offset 10 (fEncrypted, [MS-DOC] 2.5.2)
                header = container.openstream("WordDocument").read(12)
                if len(header) == 12 and header[11] & 0x01:
                    raise _PASSWORD
                return Format.DOC
            if streams & {"Workbook", "Book"}:
                return Format.XLS
    except (OSError, ValueError, IndexError, TypeError, KeyError) as error:
        raise ReadError(
            "文件不完整或已损坏", "请重新取得文件，或用 Word、WPS 打开后另存一份再试"
        ) from error
    return Format.WPS
