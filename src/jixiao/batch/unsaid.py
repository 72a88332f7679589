"""Where a file read back differs from its text only in blanks, line ends or how a list is cut.

A comparison for people passes over these; whoever converts a text must know of them all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from jixiao.model import PerformanceText

# What the file itself is, not what the text says.
_OF_THE_FILE = frozenset(("place", "source", "contents", "warnings", "unread"))
_VALUE = "指标值"
"""A target value is one field to a person, whatever parts its meaning has."""

_SHOWN = 3
"""Places that a note names; the others it counts."""


def unsaid(text: PerformanceText, back: PerformanceText) -> list[str]:
    """Return a line that says where two texts differ that a comparison calls the same.

    A blank beside a field that the form does not have is no difference: that is the form's.
    """
    found = list(dict.fromkeys(_apart(msgspec.to_builtins(text), msgspec.to_builtins(back), "")))
    if not found:
        return []
    more = "等" if len(found) > _SHOWN else ""
    return [
        f"有 {len(found)} 处只是空格、换行、分条或指标值的含义不同：{'、'.join(found[:_SHOWN])}{more}"
    ]


def _apart(one: Any, other: Any, at: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            if key not in _OF_THE_FILE:
                name = "" if at.endswith(_VALUE) else _word(key)
                yield from _apart(one.get(key), other.get(key), f"{at} {name}".strip())
    elif (
        isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other)
    ):
        for number, (ours, theirs) in enumerate(zip(one, other, strict=True), 1):
            yield from _apart(ours, theirs, f"{at} {number}")
    elif one != other and (_filled(one) or (_filled(other) and not at.endswith(_VALUE))):
        yield at  # what reading finds in the words of a value that stated nothing is no loss


def _filled(value: Any) -> bool:
    """Tell whether anything is said; a list or a budget of blanks says nothing."""
    if isinstance(value, dict):
        return any(map(_filled, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_filled, value))
    return value not in (None, "")


def _word(field: str) -> str:
    from jixiao.write.compare.words import field_word

    return field_word(field)
