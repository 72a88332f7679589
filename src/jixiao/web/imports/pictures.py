"""Pages of a PDF as pictures, drawn by a process of its own.

Whoever made the file is a stranger: a page that makes the drawing program fall, eats memory or
takes for ever ends that process and nothing else. Run as ``python -m jixiao.web.imports.pictures
FIRST COUNT`` it reads the PDF from its input, and writes one line with the sizes of all pages and,
page by page, a line with number and length before the picture.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from typing import Any, NamedTuple

SECONDS = 60
"""How long the drawing of one batch of pages may take; a page of a form takes 50 ms."""

LONG_SIDE = 1500
"""Pixels of the longer side of a picture: an A4 page at 128 dpi, legible on half a screen."""

DENSEST = 2.0
"""Pixels a point at most, so that a small page is not drawn larger than it needs."""

MEMORY = 2 * 1024**3
"""Bytes of address space that the process may take."""

_BEGIN = b"\x89PNG\r\n\x1a\n"
_COLOURS = {1: 0, 3: 2}
"""Bytes a pixel → the colour type of PNG (ISO/IEC 15948, 11.2.2)."""


class Drawn(NamedTuple):
    """Sizes of all pages (width and height in points), and pictures of some by number from 1."""

    sizes: list[list[float]]
    pictures: dict[int, bytes]


def draw(pdf: bytes, first: int, count: int, seconds: float = SECONDS) -> Drawn:
    """Return pictures of so many pages from one on; pages that cannot be drawn are missing.

    Without sizes the file cannot be opened at all.
    """
    command = [sys.executable, "-m", "jixiao.web.imports.pictures", str(first), str(count)]
    try:
        out = subprocess.run(  # noqa: S603 - our own module
            command, input=pdf, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=seconds, check=False,
        ).stdout  # fmt: skip
    except subprocess.TimeoutExpired as error:
        out = error.stdout or b""
    return _parsed(out)


def _parsed(out: bytes) -> Drawn:
    head, _, rest = out.partition(b"\n")
    try:
        sizes = json.loads(head)
    except ValueError:
        return Drawn([], {})
    pictures = {}
    while rest:
        line, _, rest = rest.partition(b"\n")
        number, length = (int(each) for each in line.split())
        if len(rest) < length:
            break  # it was ended in the middle of this page
        pictures[number], rest = rest[:length], rest[length:]
    return Drawn(sizes, pictures)


def _main() -> None:
    first, count = int(sys.argv[1]), int(sys.argv[2])
    _limit()
    import pypdfium2

    out = sys.stdout.buffer
    with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as document:
        sizes = [
            [round(side, 2) for side in document.get_page_size(n)] for n in range(len(document))
        ]
        out.write(json.dumps(sizes).encode() + b"\n")
        out.flush()
        for index in range(first - 1, min(first - 1 + count, len(document))):
            with suppress(pypdfium2.PdfiumError):
                picture = _picture(document[index])
                out.write(b"%d %d\n" % (index + 1, len(picture)) + picture)
                out.flush()


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _picture(page: Any) -> bytes:
    width, height = page.get_size()
    scale = min(DENSEST, LONG_SIDE / max(width, height, 1))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, may_draw_forms=False)
    wide = bitmap.width * bitmap.n_channels
    raw = bytes(bitmap.buffer)
    rows = [raw[at * bitmap.stride : at * bitmap.stride + wide] for at in range(bitmap.height)]
    return png(rows, bitmap.width, bitmap.n_channels)


def png(rows: list[bytes], width: int, channels: int) -> bytes:
    """Return rows of pixels (1 or 3 bytes each) as a PNG, without colours where there are none."""
    if channels == 3:
        grey = [row[::3] for row in rows]
        if all(row[1::3] == row[2::3] == one for row, one in zip(rows, grey, strict=True)):
            rows, channels = grey, 1
    head = struct.pack(">IIBBBBB", width, len(rows), 8, _COLOURS[channels], 0, 0, 0)
    data = zlib.compress(b"".join(b"\x00" + row for row in rows), 6)
    return _BEGIN + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    _main()
