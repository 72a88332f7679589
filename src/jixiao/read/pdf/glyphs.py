"""The characters of a page with their boxes, in points from the top left corner as it is shown."""

from __future__ import annotations

import itertools
import math
import re
import sys
from array import array
from collections import deque
from collections.abc import Sequence
from ctypes import c_float, c_int, c_ushort, c_void_p
from functools import lru_cache
from typing import Any

import msgspec

from jixiao.read.pdf.calls import handle, plain
from jixiao.read.pdf.characters import BARE, LOST, is_bare, meaning
from jixiao.read.pdf.frame import FAR, Frame
from jixiao.read.pdf.writing import PARTED, Writing, together

MAX_GLYPHS = 200_000
"""Characters that one page may hold; a page set in small type has some 5,000."""

_SPACE = 0x20
_MADE_UP = frozenset((_SPACE, 0x0D, 0x0A))
"""What pdfium puts between characters where it guesses a blank or the end of a line."""

_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"

_NOT_ALONE = LOST.union(range(0xD800, 0xE000))
"""Codes of 16 bits that stand for nothing, or for half of something."""

_BLANK = re.compile(r"\s")


class Glyphs(msgspec.Struct):
    """A page's characters in the order of the file, by what was written on without a gap.

    ``lost`` characters have no known meaning.
    """

    runs: list[Writing]
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
        count = pdfium.FPDFText_CountChars(text_page)
        reader = _Reader(pdfium, text_page, min(count, MAX_GLYPHS), frame)
        reader.read(guess_blanks=guess_blanks)
        return Glyphs(reader.runs, reader.lost, cut=count > MAX_GLYPHS)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Reader:
    """Goes through a page's characters.

    Most of them go on what is before them: for those little more is done than to tell so. The
    lists of all characters are cut into runs where one does not.
    """

    def __init__(self, pdfium: Any, text_page: Any, count: int, frame: Frame) -> None:
        self.runs: list[Writing] = []
        self.lost = 0
        self._pieces: list[Writing] = []  # of the run that is being read
        self._page = handle(text_page)
        self._frame = frame
        self._angle_of = plain("FPDFText_GetCharAngle", c_float)
        self._codes, distinct = _codes(pdfium, text_page, count)
        drawn = _drawn(self._page, self._codes)
        self._kept = list(itertools.compress(range(len(drawn)), drawn))
        self._texts = _texts(self._codes, distinct, drawn)
        self._x0s, self._y0s, self._x1s, self._y1s = _boxes(self._page, self._kept, frame)

    def read(self, *, guess_blanks: bool) -> None:
        """Take the runs."""
        wide, height = 2 * self._frame.width, self._frame.height
        odd = iter([*self._odd(guess_blanks=guess_blanks), len(self._texts)])
        next_odd = next(odd)
        turn, right, level = 0, FAR, 0.0
        # Where a character goes on the last one its middle is between these; at first nowhere.
        upper, lower = 1.0, 0.0
        start, joins, ends = -1, False, 0.0
        guessed = False
        boxes = zip(self._x0s, self._y0s, self._x1s, self._y1s, strict=True)
        for index, (x0, y0, x1, y1) in enumerate(boxes):
            middle = (y0 + y1) / 2
            if (
                upper < middle < lower
                and y0 < level < y1
                and -1 < x0 - right < PARTED
                and index < next_odd
            ):
                right, level, upper, lower = x1, middle, y0, y1
                continue
            if start >= 0:
                self._add(start, index, turn, joins)
                start, ends, lower = -1, lower, -1.0
            is_odd = index == next_odd
            if is_odd:
                next_odd = next(odd)
            if guess_blanks:
                guessed = self._is_guessed(index, guessed=guessed)
            # Off the page, or not a number: it has no box.
            if not (0 <= x0 + x1 <= wide and 0 <= middle <= height):
                continue
            if is_odd and not self._texts[index]:
                self._lose(self._codes[self._kept[index]])
                continue
            # What follows to the right on the same line runs as what was before it.
            if turn or not (-1 < x0 - right < 9 and y0 < level < y1):
                turn = self._turn_of(index)
            if guess_blanks and self._pieces and self._blank_before(index, guessed=guessed):
                ends = -1.0
            guessed = False
            joins = upper < middle < ends and -PARTED < x0 - right < PARTED and not turn
            start, right, level, upper, lower = index, x1, middle, y0, -1.0 if turn else y1
            if is_odd and self._texts[index].isspace():
                # A blank at a line's end may reach into the next cell: no run goes over it.
                self._add(index, index + 1, turn, joins, [True])
                start, ends, lower = -1, -1.0, -1.0
        if start >= 0:
            self._add(start, len(self._texts), turn, joins)
        self._end_run()

    def _odd(self, *, guess_blanks: bool) -> Sequence[int]:
        """Return the places of characters that need a look of their own: the blanks, or all."""
        texts, frame = self._texts, self._frame
        is_within = (
            min(self._x0s, default=0.0) >= 0
            and min(self._y0s, default=0.0) >= 0
            and max(self._x1s, default=0.0) <= frame.width
            and max(self._y1s, default=0.0) <= frame.height
        )
        if guess_blanks or not is_within:
            return range(len(texts))
        if isinstance(texts, str):
            return [found.start() for found in _BLANK.finditer(texts)]
        return [index for index, text in enumerate(texts) if not text or text.isspace()]

    def _is_guessed(self, index: int, *, guessed: bool) -> bool:
        """Tell whether pdfium guessed a blank before a character; so it did before one left out."""
        before = self._kept[index] - 1
        if before < 0 or (index and self._kept[index - 1] == before):
            return guessed
        return self._codes[before] == _SPACE

    def _lose(self, code: int) -> None:
        self.lost += code in LOST or 0xE000 <= code < 0xF8FF

    def _turn_of(self, index: int) -> int:
        angle: float = self._angle_of(self._page, self._kept[index])
        if not angle:
            return self._frame.turn
        return (round(angle / (math.pi / 2)) + self._frame.turn) % 4

    def _add(
        self, start: int, end: int, turn: int, joins: bool, blanks: list[bool] | None = None
    ) -> None:
        """Take characters as a run, or what ``joins`` the one before them."""
        if not joins:
            self._end_run()
        piece = Writing(
            self._texts[start:end], self._x0s[start:end], self._y0s[start:end],
            self._x1s[start:end], self._y1s[start:end], turn, blanks, True,
        )  # fmt: skip
        self._pieces.append(piece)

    def _end_run(self) -> None:
        if self._pieces:
            run = together(self._pieces)
            run.is_run = True
            self.runs.append(run)
            self._pieces = []

    def _blank_before(self, index: int, *, guessed: bool) -> bool:
        """Put a blank between the last character and the next, where there is room for one.

        Where pdfium guessed none, boxes narrower than their characters leave room of their own.
        """
        last = self._pieces[-1]
        x1, upper, lower = last.x1s[-1], last.y0s[-1], last.y1s[-1]
        x0, y0, y1 = self._x0s[index], self._y0s[index], self._y1s[index]
        if last.ends_blank or not upper < (y0 + y1) / 2 < lower:
            return False
        em = max(x1 - last.x0s[-1], self._x1s[index] - x0, min(lower - upper, y1 - y0))
        bare = is_bare(last.texts[-1]) + is_bare(self._texts[index])
        least = (0.15 if guessed and not bare else 0.2) + BARE * bare
        if not least * em < x0 - x1 < em or (bare and not guessed):
            return False
        blank = Writing([" "], [x1], [upper], [x0], [lower], last.turn, [True])
        if last.turn:
            self._end_run()
        self._pieces.append(blank)
        return True


def _codes(pdfium: Any, text_page: Any, count: int) -> tuple[Sequence[int], set[int]]:
    """Return the codes of characters, and which there are; in one go where each has one."""
    buffer = (c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
        codes = array("H", bytes(buffer)[:-2])
        distinct = set(codes)
        if _NOT_ALONE.isdisjoint(distinct):
            return codes, distinct
    asked = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    return asked, set(asked)


def _drawn(text_page: c_void_p, codes: Sequence[int]) -> bytearray:
    """Return for each character whether it is drawn (1), or pdfium made it up (0)."""
    is_generated = plain("FPDFText_IsGenerated", c_int)
    drawn = bytearray(b"\1" * len(codes))
    for place in [place for place, code in enumerate(codes) if code in _MADE_UP]:
        if is_generated(text_page, place) == 1:
            drawn[place] = 0
    return drawn


def _texts(codes: Sequence[int], distinct: set[int], drawn: bytearray) -> Sequence[str]:
    """Return what the characters that are drawn mean; a string where each is one character."""
    meant = {code: meaning(code) for code in distinct}
    if not isinstance(codes, array) or set(map(len, meant.values())) != {1}:
        return [meant[code] for code in itertools.compress(codes, drawn)]
    text = "".join(itertools.compress(codes.tobytes().decode(_UTF_16), drawn))
    for code, sign in meant.items():  # what a meaning means is itself
        if ord(sign) != code:
            text = text.replace(chr(code), sign)
    return text


_AT_A_TIME = 1024
_NOWHERE = array("f", [math.nan] * (4 * _AT_A_TIME))


@lru_cache(maxsize=1)
def _room() -> tuple[array[float], list[c_void_p]]:
    """Return room for some boxes, and where each of them lies, as pdfium takes it.

    One for all: nothing asks pdfium for anything while another does.
    """
    room = array("f", _NOWHERE)
    first = room.buffer_info()[0]
    size = 4 * room.itemsize
    return room, [c_void_p(first + size * place) for place in range(_AT_A_TIME)]


def _boxes(
    text_page: c_void_p, characters: Sequence[int], frame: Frame
) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return the sides of characters' boxes as shown: x0, y0, x1, y1; no numbers where one has none.

    They are asked for with no word of Python in between.
    """
    box_of = plain("FPDFText_GetLooseCharBox", None)
    room, places = _room()
    edges = array("f")
    for first in range(0, len(characters), _AT_A_TIME):
        asked = characters[first : first + _AT_A_TIME]
        room[:] = _NOWHERE  # it stays so for those that have no box
        deque(map(box_of, itertools.repeat(text_page), asked, places), maxlen=0)
        edges += room[: 4 * len(asked)]
    lefts, tops, rights, bottoms = (edges[side::4].tolist() for side in range(4))
    return frame.places(lefts, bottoms, rights, tops)
