"""Finding streams that unpack to more than a document can be, before a native library does."""

from __future__ import annotations

import re
import zlib

from jixiao.model.errors import ReadError

MAX_STREAM = 100 * 1024 * 1024
"""Bytes that one packed stream may unpack to; a page's drawing has under 1 MB, a font 20 MB."""

MAX_UNPACKED = 1024 * 1024 * 1024
"""Bytes that all of a file's packed streams may unpack to."""

MAX_RATIO = 400
"""How far a large stream may be packed; drawings pack some 10 times, blank pictures more."""

_RATIO_MATTERS = 20 * 1024 * 1024
_CHUNK = 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")


def refuse_bombs(data: bytes) -> None:
    """Raise ReadError where a stream of the file unpacks to more than a document can be."""
    total = 0
    for found in _STREAM.finditer(data):
        start = found.start()
        if data[start - 3 : start] == b"end":
            continue
        # A stream's dictionary stands right before it.
        begin = data.rfind(b"obj", max(0, start - 4096), start)
        filters = _FLATE.findall(data, max(begin, start - 4096, 0), start)
        if not filters:
            continue
        size = _unpacked(data, found.end(), len(filters))
        total += size
        if size > MAX_STREAM or total > MAX_UNPACKED:
            raise _bomb()


def _unpacked(data: bytes, start: int, times: int) -> int:
    """Return how much a stream unpacks to, as far as it need be known."""
    unpacker = zlib.decompressobj()
    inner = zlib.decompressobj() if times > 1 else None
    size = used = 0
    view = memoryview(data)
    at = start
    rest = b""
    try:
        while not unpacker.eof and (at < len(data) or rest):
            piece = rest or bytes(view[at : at + 65536])
            if not rest:
                at += len(piece)
            out = unpacker.decompress(piece, _CHUNK)
            rest = unpacker.unconsumed_tail
            used = at - start
            if inner is not None:
                out = inner.decompress(out, 64 * _CHUNK)
                if inner.unconsumed_tail:
                    raise _bomb()
            size += len(out)
            if size > MAX_STREAM or (size > _RATIO_MATTERS and size > MAX_RATIO * used):
                raise _bomb()
    except zlib.error:  # not packed after all, or encrypted
        return size
    return size


def _bomb() -> ReadError:
    return ReadError(
        "PDF 文件解开后大得不正常，可能是恶意文件（压缩炸弹），没有读取",
        "请确认文件来源；如果文件没有问题，请用 PDF 阅读器打开后另存一份再试",
    )
