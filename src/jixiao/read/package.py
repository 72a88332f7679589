"""Opening what others packed: zip members and XML, with every file taken as hostile."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from jixiao.model.errors import ReadError

MAX_MEMBER = 200 * 1024 * 1024
"""Bytes that one part of a package may unpack to; the largest real text seen is under 10 MB."""

MAX_RATIO = 500
"""How far one part may be packed. Word XML packs about 20 times, long tables up to 100 times."""

_RATIO_MATTERS = 10 * 1024 * 1024

_DAMAGED_HOW = "文件可能没有下载完或已损坏，请重新取得文件，或用 Word、WPS 打开后另存一份再试"


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open a zip package (docx, xlsx, odt).

    Raises ReadError where it is no whole zip file.
    """
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise ReadError("文件不完整或已损坏，压缩包打不开", _DAMAGED_HOW) from error


def member(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part's bytes, whatever size its header claims.

    Raises KeyError where there is no such part, ReadError where it is damaged, encrypted, or
    unpacks to more than a document can be (a zip bomb).
    """
    info = package.getinfo(name)
    if info.file_size > MAX_MEMBER:
        raise _bomb()
    if info.flag_bits & 0x1:
        raise ReadError("文件设有密码，读不出内容", "请在 Word、WPS 或 Excel 中取消密码后再试")
    try:
        with package.open(info) as stream:
            data = stream.read(MAX_MEMBER + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise ReadError("文件不完整或已损坏，内容解不开", _DAMAGED_HOW) from error
    if len(data) > MAX_MEMBER or (
        len(data) > _RATIO_MATTERS and len(data) > MAX_RATIO * max(info.compress_size, 1)
    ):
        raise _bomb()
    return data


def _bomb() -> ReadError:
    return ReadError(
        "文件解开后大得不正常，可能是恶意文件（压缩炸弹），没有读取",
        "请确认文件来源；如果文件没有问题，请删去无关内容另存一份再试",
    )


def parse_xml(xml: bytes) -> etree._Element:
    """Parse XML that nobody vouches for: no DTD, no entities, no network, bounded depth.

    Raises ReadError.
    """
    # Office never writes a DOCTYPE, so one can only be an attack; it stands before the root.
    if re.search(rb"<!DOCTYPE|<!ENTITY", xml[:4096], re.IGNORECASE) or _encoded_doctype(xml):
        raise ReadError(
            "文件里有外部实体声明（DOCTYPE），可能是恶意文件，没有读取",
            "请确认文件来源；如果文件没有问题，请用 Word 或 WPS 打开后另存一份再试",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            raise ReadError(
                "文件里的表格一层套一层，套得太深，读不了",
                "请把嵌套的表格拆开，让绩效目标表独立成表",
            ) from error
        if "too long" in str(error):
            raise ReadError(
                "文件里有一段文字长得不正常，读不了", "请打开文件，删去多余的文字后另存一份再试"
            ) from error
        raise ReadError("文件内容已损坏，不是正常的文档结构", _DAMAGED_HOW) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(
            "文件里有外部实体声明（DOCTYPE），可能是恶意文件，没有读取", "请确认文件来源"
        )
    return root


def _encoded_doctype(xml: bytes) -> bool:
    """A UTF-16 part could hide its DOCTYPE from a search for ASCII."""
    return b"\x00" in xml[:64] and b"D\x00O\x00C\x00T" in xml[:8192]
