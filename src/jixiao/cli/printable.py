"""Text made fit to be shown: without what drives a terminal, and folded by its width there."""

from __future__ import annotations

import re
import unicodedata

# C0 (but for line feed and tab), DEL, C1, and the marks that turn the direction of writing: a file
# name or a cell must not clear the screen, set the title, or show another name than it has.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NO_BEGINNING = "，。、；：！？）》」』】〕”’％,.;:!?)]}%"


def printable(text: str) -> str:
    """Return a text without control characters; line feeds and tabs stay."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """Return a text without control characters, on one line."""
    return " ".join(printable(text).split())


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def fold(text: str, columns: int | None) -> list[str]:
    """Break a line to a width, nothing lost; None leaves it whole.

    Chinese breaks anywhere but before a closing mark; Latin words and numbers are kept whole where
    they fit.
    """
    if columns is None or width(text) <= columns:
        return [text]
    lines = [""]
    used = 0
    for piece in _PIECE.findall(text):
        if used + width(piece) > columns and used:
            carried = lines[-1][-1:].strip() if piece[0] in _NO_BEGINNING else ""
            lines[-1] = lines[-1][:-1] if carried else lines[-1].rstrip()
            lines.append(carried)
            used = width(carried)
            piece = piece if carried else piece.lstrip()
        for part in piece if used + width(piece) > columns else (piece,):
            if used + width(part) > columns and used:
                lines.append("")
                used = 0
            lines[-1] += part
            used += width(part)
    return lines


_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
