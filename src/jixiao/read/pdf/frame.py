"""How a page is shown: its size, and from the file's coordinates to points from its top left."""

from __future__ import annotations

import ctypes
from typing import Any

import msgspec

Box = tuple[float, float, float, float]

FAR = 20_000.0
"""Points; PDF itself allows pages of 14,400. What lies further off is no part of a page."""


class Frame(msgspec.Struct, frozen=True):
    """A page's box in the file's coordinates, turned by ``turn`` quarters clockwise.

    ``left``, ``bottom``, ``right``, ``top`` are the file's; ``width`` and ``height`` those of the
    page as it is shown.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the file's coordinates as it is shown: x0, y0 (upper), x1, y1."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def places(
        self, lefts: list[float], bottoms: list[float], rights: list[float], tops: list[float]
    ) -> tuple[list[float], list[float], list[float], list[float]]:
        """Return many boxes as they are shown: all x0, all y0, all x1, all y1."""
        if self.turn == 0:
            return (
                _beyond(lefts, self.left), _before(tops, self.top),
                _beyond(rights, self.left), _before(bottoms, self.top),
            )  # fmt: skip
        if self.turn == 1:
            return (
                _beyond(bottoms, self.bottom), _beyond(lefts, self.left),
                _beyond(tops, self.bottom), _beyond(rights, self.left),
            )  # fmt: skip
        if self.turn == 2:
            return (
                _before(rights, self.right), _beyond(bottoms, self.bottom),
                _before(lefts, self.right), _beyond(tops, self.bottom),
            )  # fmt: skip
        return (
            _before(tops, self.top), _before(rights, self.right),
            _before(bottoms, self.top), _before(lefts, self.right),
        )  # fmt: skip

    def turned(self, quarters: int) -> Frame:
        """Return the page turned further clockwise."""
        return msgspec.structs.replace(self, turn=(self.turn + quarters) % 4)

    def back(self, box: Box, quarters: int) -> Box:
        """Return a box of this page as the page shows it before it was turned by quarters."""
        x0, y0, x1, y1 = box
        if quarters == 1:
            return y0, self.width - x1, y1, self.width - x0
        if quarters == 2:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if quarters == 3:
            return self.height - y1, x0, self.height - y0, x1
        return box


def _beyond(values: list[float], origin: float) -> list[float]:
    return [value - origin for value in values] if origin else values


def _before(values: list[float], origin: float) -> list[float]:
    return [origin - value for value in values]


def frame_of(page: Any) -> Frame:
    """Return the frame of a page that is open in pdfium."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)) and box.right > box.left:
        return Frame(box.left, box.bottom, box.right, box.top, turn)
    return Frame(0, 0, 612, 792, turn)
