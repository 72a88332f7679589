"""What a character of a PDF file means, whatever code its font gives it."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources

LOST = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))
"""Codes that say that a font does not tell what its character means."""

_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line; the sign stands in the text all the same."""

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
def meaning(code: int) -> str:
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
