"""PDF files made by hand, as small as they can be, for what no office program would write."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

A4 = (595, 842)


def pdf(
    pages: Sequence[bytes],
    *,
    resources: bytes = b"",
    extra: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
    size: tuple[float, float] = A4,
    turn: int = 0,
) -> bytes:
    """Return a file with pages of the given drawing; ``extra`` are objects from number 100 on.

    Text is written in the font /F (Helvetica).
    """
    objects: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    objects[3] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    for at, drawing in enumerate(pages):
        objects[10 + 2 * at] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %f %f]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>%s>>>>" % (*size, turn, 11 + 2 * at, resources)
        )
        objects[11 + 2 * at] = stream(drawing)
    objects.update({number + 10_000: body for number, body in (extra or {}).items()})
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (max(places) + 1, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def stream(content: bytes, about: bytes = b"", *, packed: bool = True) -> bytes:
    """Return a stream object."""
    if packed:
        content, about = zlib.compress(content, 9), about + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(content), content)


def words(x: float, y: float, text: str, size: float = 10) -> bytes:
    """Draw Latin words with their lower left corner at a place, from the lower left corner."""
    return b"BT /F %f Tf %f %f Td (%s) Tj ET\n" % (size, x, y, text.encode("latin-1"))


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> bytes:
    """Draw a line."""
    return b"%f w %f %f m %f %f l S\n" % (width, x0, y0, x1, y1)
