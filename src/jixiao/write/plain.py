"""Text made fit for a file that another program opens: without what drives that program."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

# C0 (but for tab and line feed), DEL, C1, marks that turn the direction of writing, surrogates and
# what XML has no place for: a cell of a text must not forge the name that a report shows.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str | None) -> str:
    """Return a text without control characters; line feeds and tabs stay."""
    if not text:
        return ""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str | None) -> str:
    """Return a text without control characters, on one line."""
    return " ".join(clean(text).split())


def number(value: Decimal) -> str:
    """Return a number as people write it: 90, not 90.0 or 9E+1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def width(text: str) -> int:
    """Return how many columns a text takes where letters are of one width; a Chinese one, two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return a text filled with blanks to a width, at its left end with ``right``."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks
