"""How a rule compares and quotes what people wrote."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.lexicon import one_of, words

_BLANKS = words("blanks")
_MISSING = one_of(_BLANKS["missing"])
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_MISSING_BEGINS = frozenset(_BLANKS["missing_begins"] + _SPACES)
_NOT_WORDS = re.compile(r"[\W_]+")
_QUOTE = 60
_LONGEST_MISSING = 40


@lru_cache(maxsize=512)
def fold(text: str | None) -> str:
    """Return a text without white space; "" for None."""
    return "".join(text.split()) if text else ""


@lru_cache(maxsize=512)
def key(text: str | None) -> str:
    """Return what of a text counts when two are compared: its letters and digits."""
    if not text or text.isalnum():
        return text or ""
    return _NOT_WORDS.sub("", text)


_NINE = str.maketrans("123456789", "0" * 9)


def shape(text: str) -> str:
    """Return a text with all digits alike, for what only asks where there are any: ≥00%."""
    return text.translate(_NINE)


def is_missing(text: str | None) -> bool:
    """Tell whether a field is blank or holds only dashes, strokes or 无."""
    # Asked several times of every field: its first letter tells of nearly all that they say much.
    return not text or (text[0] in _MISSING_BEGINS and _is_missing(text))


def may_all_say(*texts: str) -> bool:
    """Tell whether the first letters of some texts already show that none of them is missing."""
    return _MISSING_BEGINS.isdisjoint([text[0] for text in texts])


@lru_cache(maxsize=512)
def _is_missing(text: str) -> bool:
    plain = fold(text)
    return len(plain) <= _LONGEST_MISSING and _MISSING.fullmatch(plain) is not None


def quoted(text: str | None) -> str:
    """Return a text in quotation marks for a message, shortened in its middle if it is long."""
    flat = " ".join((text or "").split())
    if len(flat) > _QUOTE:
        flat = f"{flat[: _QUOTE - 15]}……{flat[-10:]}"
    return f"“{flat}”"
