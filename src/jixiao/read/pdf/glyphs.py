"""The characters of a page with their boxes, in points from the top left corner as it is shown."""

from __future__ import annotations

import ctypes
import itertools
import math
import struct
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_int, c_void_p
from functools import lru_cache
from importlib import resources
from typing import Any

import msgspec

from jixiao.read.pdf.calls import handle, plain
from jixiao.read.pdf.frame import FAR, Frame

MAX_GLYPHS = 200_000
"""Characters that one page may hold; a page set in small type has some 5,000."""

_SPACE = 0x20
_MADE_UP = frozenset((_SPACE, 0x0D, 0x0A))
"""What pdfium puts between characters where it guesses a blank or the end of a line."""

_LOST = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))

_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line; the sign stands in the text all the same."""


class Glyph(msgspec.Struct, gc=False):
    """A character: its box, and which way the writing runs (0 right, 1 down, 2 left, 3 up).

    ``is_blank`` tells a space of any width.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    turn: int = 0
    is_blank: bool = False

    @property
    def x(self) -> float:
        """The middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """The middle from top to bottom."""
        return (self.y0 + self.y1) / 2


class Glyphs(msgspec.Struct):
    """A page's characters in the order of the file; ``lost`` of them have no known meaning."""

    glyphs: list[Glyph]
    lost: int = 0
    cut: bool = False


def glyphs_of(page: Any, frame: Frame, *, guess_blanks: bool = False) -> Glyphs:
    """Return the characters of a page that is open in pdfium.

    What pdfium makes up (blanks and line ends that it guesses) is left out, and what stands
    outside of the page. ``guess_blanks`` takes the blanks that it guesses: for files of programs
    that leave them out, where others leave the same gap between Chinese and figures.
    """
    import pypdfium2.raw as pdfium

    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Glyphs([])
    try:
        return _read(pdfium, text_page, frame, guess_blanks=guess_blanks)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


_EDGES = struct.Struct("4f")
"""What FS_RECTF holds: left, top, right, bottom."""


def _read(pdfium: Any, text_page: Any, frame: Frame, *, guess_blanks: bool) -> Glyphs:
    count = pdfium.FPDFText_CountChars(text_page)
    found = Glyphs([], cut=count > MAX_GLYPHS)
    count = min(count, MAX_GLYPHS)
    is_generated, angle_of = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_GetCharAngle
    place, wide, high = frame.place, 2 * frame.width, 2 * frame.height
    is_upright, left, top = frame.turn == 0, frame.left, frame.top
    glyphs = found.glyphs
    guessed, turn, right, level = False, 0, FAR, 0.0
    known = zip(_codes(pdfium, text_page, count), *_boxes(text_page, count), strict=True)
    for index, (code, has_box, (x0, upper, x1, lower)) in enumerate(known):
        if code in _MADE_UP and is_generated(text_page, index) == 1:
            guessed = guess_blanks and code == _SPACE
            continue
        if not has_box:
            continue
        if is_upright:
            x0, y0, x1, y1 = x0 - left, top - upper, x1 - left, top - lower
        else:
            x0, y0, x1, y1 = place(x0, lower, x1, upper)
        # Off the page, or not a number.
        if not (0 <= x0 + x1 <= wide and 0 <= y0 + y1 <= high):
            continue
        text, is_blank = meaning(code)
        if not text:
            found.lost += code in _LOST or 0xE000 <= code < 0xF8FF
            continue
        # What follows to the right on the same line runs as what was before it.
        if turn or not (-1 < x0 - right < 9 and y0 < level < y1):
            turn = (round(angle_of(text_page, index) / (math.pi / 2)) + frame.turn) % 4
        right, level = x1, (y0 + y1) / 2
        glyph = Glyph(text, x0, y0, x1, y1, turn, is_blank)
        if guess_blanks and glyphs:
            _blank_before(glyphs, glyph, guessed=guessed)
        guessed = False
        glyphs.append(glyph)
    return found


def _boxes(text_page: Any, count: int) -> tuple[list[int], Iterator[tuple[float, ...]]]:
    """Return whether each character has a box, and the boxes: left, top, right, bottom.

    All are asked for in one go, with no word of Python in between.
    """
    box_of = plain("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
    room = (ctypes.c_float * (4 * count))()
    first = ctypes.addressof(room)
    places = range(first, first + _EDGES.size * count, _EDGES.size)
    found = list(map(box_of, itertools.repeat(handle(text_page).value), range(count), places))
    return found, _EDGES.iter_unpack(room)


def _codes(pdfium: Any, text_page: Any, count: int) -> Sequence[int]:
    """Return the codes of characters, in one go where there is one for each."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
        codes = buffer[:count]
        if not any(0xD800 <= code < 0xE000 or code in _LOST for code in set(codes)):
            return codes
    return [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]


def _blank_before(glyphs: list[Glyph], after: Glyph, *, guessed: bool) -> None:
    """Put a blank between the last character and the next, where there is room for one.

    Where pdfium guessed none, boxes narrower than their characters leave room of their own.
    """
    last = glyphs[-1]
    if last.is_blank or not last.y0 < after.y < last.y1:
        return
    em = max(last.x1 - last.x0, after.x1 - after.x0, min(last.y1 - last.y0, after.y1 - after.y0))
    gap = after.x0 - last.x1
    bare = is_bare(last.text) + is_bare(after.text)
    least = (0.15 if guessed and not bare else 0.2) + BARE * bare
    if least * em < gap < em and (guessed or not bare):
        glyphs.append(Glyph(" ", last.x1, last.y0, after.x0, last.y1, last.turn, is_blank=True))


BARE = 0.16
"""Ems by which a box without its margins may be narrower on each side."""


def is_bare(text: str) -> bool:
    """Tell a character of which pdfium gives the box without its margins.

    It does so of those that it takes for radicals of the Kangxi dictionary.
    """
    return text in _kangxi()


@lru_cache(maxsize=1)
def _kangxi() -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6))


@lru_cache(maxsize=16_384)
def meaning(code: int) -> tuple[str, bool]:
    """Return the character that a code means, and whether it is a blank."""
    text = character(code)
    return text, text.isspace()


def character(code: int) -> str:
    """Return the character that a code means, "" where it means none.

    Fonts often give the radical's code where a character looks the same (⽬ for 目).
    """
    if code in (0, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0xAD) or code > 0x10FFFF:
        return ""
    if 0xD800 <= code < 0xE000:
        return ""
    text = chr(code)
    if text == _HYPHEN:
        return "-"
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return _radicals().get(text) or unicodedata.normalize("NFKC", text)
    if text.isspace():
        return " " if text not in " \u3000" else text
    if unicodedata.category(text) in ("Cc", "Cf", "Cn"):
        return ""
    return text


@lru_cache(maxsize=1)
def _radicals() -> dict[str, str]:
    data = (resources.files("jixiao.read.pdf") / "data" / "radicals.toml").read_text("utf-8")
    return {str(radical): str(one) for radical, one in tomllib.loads(data)["radicals"].items()}
