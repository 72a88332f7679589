"""Files in: every format becomes the same blocks, and recognition turns blocks into the model."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from jixiao.model import PerformanceText
from jixiao.model.errors import ReadError, reason
from jixiao.read import libreoffice
from jixiao.read.blocks import Block, Blocks, Cell, Grid, Paragraph
from jixiao.read.recognise import recognise
from jixiao.read.sniff import SUFFIXES, TO_DOCX, TO_XLSX, Format, detect

__all__ = [
    "SUFFIXES",
    "Block",
    "Blocks",
    "Cell",
    "Format",
    "Grid",
    "Paragraph",
    "blocks_of",
    "detect",
    "needs_libreoffice",
    "read",
    "read_blocks",
    "read_bytes",
    "read_many",
    "recognise",
]

MAX_FILE = 200 * 1024 * 1024
"""Bytes of the largest file that is opened; a text of 100 projects has under 1 MB."""


def read(path: Path) -> PerformanceText:
    """Read a performance text from a file of any known format.

    Raises ReadError, whose text says in Chinese what is wrong with the file and what to do.
    """
    return recognise(read_blocks(path), str(path))


def read_bytes(data: bytes, source: str) -> PerformanceText:
    """Read a performance text from a file's content; ``source`` is what to call it.

    Raises ReadError.
    """
    return recognise(blocks_of(data), source)


def blocks_of(data: bytes) -> Blocks:
    """Return the paragraphs and grids of a file's content. Raises ReadError."""
    return _blocks(data, detect(data))


def read_blocks(path: Path) -> Blocks:
    """Return the paragraphs and grids of a file. Raises ReadError."""
    data = _load(path)
    return _blocks(data, detect(data))


def read_many(paths: Sequence[Path]) -> Iterator[tuple[Path, PerformanceText | ReadError]]:
    """Read files in order; those that need LibreOffice are converted in one start of it."""
    ready: dict[Path, bytes | ReadError] = {}
    pending: dict[Path, tuple[bytes, str]] = {}
    for path in paths:
        try:
            data = _load(path)
            kind = detect(data)
        except ReadError as error:
            ready[path] = error
            continue
        if kind in TO_DOCX:
            pending[path] = data, kind.value
    if pending:
        ready.update(zip(pending, libreoffice.convert(list(pending.values())), strict=True))
        pending.clear()
    for path in paths:
        content = ready.pop(path, None)
        if isinstance(content, ReadError):
            yield path, content
            continue
        try:
            text = read(path) if content is None else read_bytes(content, str(path))
        except ReadError as error:
            yield path, error
        else:
            yield path, text


def needs_libreoffice(path: Path) -> bool:
    """Tell, by its content, whether a file is read by way of LibreOffice."""
    try:
        return detect(_load(path)) in TO_DOCX | TO_XLSX
    except ReadError:
        return False


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReadError("这是文件夹，不是文件", "请指定其中的文件")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("这不是普通文件（是设备或管道）", "请指定保存在磁盘上的文件")
        if status.st_size > MAX_FILE:
            raise ReadError(
                f"文件太大，超过 {MAX_FILE // 1024 // 1024} MB",
                "请确认它是绩效文本，删去图片后再试",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("文件不存在", "请检查文件名和路径") from error
    except PermissionError as error:
        raise ReadError(
            "没有权限读这个文件", "请请管理员开通读取权限，或复制到自己的文件夹"
        ) from error
    except OSError as error:
        raise ReadError(f"文件读不出来：{reason(error)}", "请检查文件名、磁盘和网络") from error


def _blocks(data: bytes, kind: Format) -> Blocks:
    if kind in TO_DOCX:
        data, kind = _converted(data, kind, "docx"), Format.DOCX
    elif kind in TO_XLSX and (kind is Format.ODS or libreoffice.program()):
        data, kind = _converted(data, kind, "xlsx"), Format.XLSX
    if kind is Format.DOCX:
        from jixiao.read.docx import read_docx

        return read_docx(data)
    if kind in (Format.XLSX, Format.XLS):
        from jixiao.read.sheet import read_sheet

        return read_sheet(data)
    if kind is Format.HTML:
        from jixiao.read.html import read_html

        return read_html(data)
    if kind is Format.MHT:
        from jixiao.read.html import read_mht

        return read_mht(data)
    if kind is Format.PDF:
        from jixiao.read.pdf import read_pdf

        return read_pdf(data)
    from jixiao.read.txt import read_txt

    return read_txt(data)


def _converted(data: bytes, kind: Format, target: str) -> bytes:
    result = libreoffice.convert([(data, kind.value)], target)[0]
    if isinstance(result, ReadError):
        raise result
    return result
