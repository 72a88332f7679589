"""From places as a person sees them on a page of a PDF to the coordinates of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.model.place import Box
from jixiao.read.pdf.frame import FAR, Frame

if TYPE_CHECKING:
    import pikepdf

_LETTER = (0.0, 0.0, 612.0, 792.0)
"""The page that pdfium takes where the file gives none."""

LEAST = 1.0
"""Points: no mark is narrower or lower than this."""


def frame_of_page(page: pikepdf.Page) -> Frame:
    """Return a page's frame as the reader has it: the crop box within the media box, turned."""
    media = _box(page.obj, "/MediaBox") or _LETTER
    crop = _box(page.obj, "/CropBox") or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if left >= right or bottom >= top:
        left, bottom, right, top = media
    turn = _inherited(page.obj, "/Rotate")
    quarters = int(turn) // 90 % 4 if _is_number(turn) else 0
    return Frame(left, bottom, right, top, quarters)


def box_in_file(frame: Frame, box: Box) -> Box:
    """Return a box as it is shown (see ``Place.box``) as left, bottom, right, top of the file.

    What lies outside of the page is cut off.
    """
    x0, x1 = _within(box[0], box[2], frame.width)
    y0, y1 = _within(box[1], box[3], frame.height)
    if frame.turn == 0:
        found = x0 + frame.left, frame.top - y1, x1 + frame.left, frame.top - y0
    elif frame.turn == 1:
        found = y0 + frame.left, x0 + frame.bottom, y1 + frame.left, x1 + frame.bottom
    elif frame.turn == 2:
        found = frame.right - x1, y0 + frame.bottom, frame.right - x0, y1 + frame.bottom
    else:
        found = frame.right - y1, frame.top - x1, frame.right - y0, frame.top - x0
    left, bottom, right, top = (round(edge, 2) for edge in found)
    return left, bottom, right, top


def parts(box: Box, count: int) -> list[Box]:
    """Return a box parted into so many of one height, from top to bottom."""
    x0, y0, x1, y1 = box
    step = (y1 - y0) / count
    return [(x0, y0 + number * step, x1, y0 + (number + 1) * step) for number in range(count)]


def _within(start: float, end: float, length: float) -> tuple[float, float]:
    start = max(0.0, min(start, length - LEAST))
    return start, max(start + LEAST, min(end, length))


def _box(page: Any, name: str) -> Box | None:
    import pikepdf

    found = _inherited(page, name)
    if not isinstance(found, pikepdf.Array) or len(found) != 4:
        return None
    edges = [float(edge) for edge in found if _is_number(edge)]
    if len(edges) != 4 or not all(-FAR < edge < FAR for edge in edges):
        return None
    left, right = sorted((edges[0], edges[2]))
    bottom, top = sorted((edges[1], edges[3]))
    return (left, bottom, right, top) if right > left and top > bottom else None


def _is_number(thing: Any) -> bool:
    from decimal import Decimal

    return isinstance(thing, int | float | Decimal) and not isinstance(thing, bool)


def _inherited(page: Any, name: str) -> Any:
    """Return what a page, or the pages above it, say under a name."""
    import pikepdf

    for _ in range(64):
        if not isinstance(page, pikepdf.Dictionary):
            return None
        if name in page:
            return page[name]
        page = page.get("/Parent")
    return None
