"""What of a text counts when two are held against each other, and how alike two are."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Any

MATCHING: dict[str, Any] = tomllib.loads(
    (resources.files("jixiao.compare") / "data" / "matching.toml").read_text("utf-8")
)
"""The thresholds of ``data/matching.toml``."""

_SPACE = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# Between digits a mark makes another number (1.5, 5-10, 1/3); elsewhere it only sets words apart.
_MARKS = re.compile(r"(?<!\d)[^\w%‰≥≤<>=+±/]+|[^\w%‰≥≤<>=+±/]+(?!\d)")
_ONE_MARK = str.maketrans("[〔【〈《{]〕】〉》}–—―−~", "(" * 6 + ")" * 6 + "-" * 5)
"""Brackets and dashes of all shapes are one."""
_PASSING = re.compile("|".join(MATCHING["years"]["passing"]))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CODE = re.compile(MATCHING["codes"]["shape"])
_LONGEST: int = MATCHING["limits"]["longest"]


@lru_cache(maxsize=65_536)
def plain(text: str | None) -> str:
    """Return a text without white space, wide letters and signs made narrow; "" for None."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)) if text else ""


def unspaced(text: str | None) -> str:
    """Return a text without white space, which is layout: one format keeps it, another does not."""
    return _SPACE.sub("", text) if text else ""


@lru_cache(maxsize=65_536)
def key(text: str | None) -> str:
    """Return what of a text says something: texts of one key differ only in how they are written.

    Letters and digits, signs of comparison, and the marks inside numbers are kept.
    """
    return _MARKS.sub("", _THOUSANDS.sub("", plain(text).translate(_ONE_MARK)))


@lru_cache(maxsize=16_384)
def lasting(name: str | None) -> str:
    """Return the key of a name without what passes with the year: 2023年, 冀财农〔2023〕154号."""
    return _MARKS.sub("", _PASSING.sub("", plain(name)))


def relative(text: str, year: int | None) -> str:
    """Return the key of a text with its years counted from one: what passes with them is equal."""
    if year is None:
        return key(text)
    return key(_YEAR.sub(lambda found: f"<{int(found[0]) - year}>", plain(text)))


@lru_cache(maxsize=16_384)
def code_key(code: str | None) -> str:
    """Return the letters and digits of a project code, "" for one of dashes or 无."""
    letters = re.sub(r"[\W_]", "", plain(code)).upper()
    return letters if any(each.isdigit() for each in letters) else ""


@lru_cache(maxsize=16_384)
def code_parts(code: str | None) -> tuple[str, int, str] | None:
    """Return region, year in its century, and the rest of a project code; None for another."""
    found = _CODE.fullmatch(code_key(code))
    return (found[1], int(found[2]), found[3]) if found else None


def likeness(one: str, other: str) -> float:
    """Return how alike two keys are, from 0 to 1: twice what they share in order, over both.

    The order of the two makes no difference (that of ``difflib`` does). Only the first 300
    characters are looked at.
    """
    one, other = one[:_LONGEST], other[:_LONGEST]
    if one == other:
        return 1.0
    both = len(one) + len(other)
    return 2 * _in_common(one, other) / both if one and other else 0.0


def at_most(one: str, other: str) -> float:
    """Return a number that the likeness of two keys cannot be above, told by their lengths."""
    short, long = sorted((min(len(one), _LONGEST), min(len(other), _LONGEST)))
    return 2 * short / (short + long) if long else 1.0


@lru_cache(maxsize=4096)
def _bits(text: str) -> dict[str, int]:
    """Return where in a text each of its characters stands, as bits."""
    places: dict[str, int] = {}
    for at, character in enumerate(text):
        places[character] = places.get(character, 0) | 1 << at
    return places


def _in_common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence (Hyyrö 2004, bits in parallel)."""
    places = _bits(one)
    whole = state = (1 << len(one)) - 1
    for standing in filter(None, map(places.get, other)):
        both = state & standing
        state = ((state + both) | (state - both)) & whole
    return len(one) - state.bit_count()
