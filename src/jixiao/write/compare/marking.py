"""Which words of a cell changed: the pieces that both texts have, and those that one has."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Which = Literal["both", "before", "after"]

_WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)
_MOST = 1_000_000
"""Cells of more words by words than this are marked as a whole between their common ends."""
_STRAY = 1
"""So many characters that two changes have between them are no reason to part them."""
_CONTEXT = 16


class Piece(NamedTuple):
    """A piece of a cell, and which of the two texts has it."""

    which: Which
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Return the pieces of two texts in order: all but ``after`` make the old one, and so on."""
    ours, theirs = _WORD.findall(before), _WORD.findall(after)
    start = _common(ours, theirs)
    end = _common(ours[start:][::-1], theirs[start:][::-1])
    middle = _middle(ours[start : len(ours) - end], theirs[start : len(theirs) - end])
    head, tail = "".join(ours[:start]), "".join(ours[len(ours) - end :])
    return _joined([Piece("both", head), *middle, Piece("both", tail)])


def _common(ours: list[str], theirs: list[str]) -> int:
    """Return how many words two lists begin with alike."""
    for at, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if one != other:
            return at
    return min(len(ours), len(theirs))


def _middle(ours: list[str], theirs: list[str]) -> list[Piece]:
    if len(ours) * len(theirs) > _MOST:
        return [Piece("before", "".join(ours)), Piece("after", "".join(theirs))]
    found = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for _, i, j, k, m in matcher.get_opcodes():
        gone, new = "".join(ours[i:j]), "".join(theirs[k:m])
        found += (
            [Piece("both", gone)] if gone == new else [Piece("before", gone), Piece("after", new)]
        )
    return found


def _joined(found: list[Piece]) -> list[Piece]:
    """Join neighbours: what two changes have between them by chance becomes part of them."""
    inner = found[1:-1]
    plain = [found[0]]
    for at, piece in enumerate(inner):
        stray = piece.which == "both" and len(piece.text) <= _STRAY and 0 < at < len(inner) - 1
        plain += [Piece("before", piece.text), Piece("after", piece.text)] if stray else [piece]
    plain.append(found[-1])
    made: list[Piece] = []
    gone = new = ""
    for piece in plain:
        if piece.which == "before":
            gone += piece.text
        elif piece.which == "after":
            new += piece.text
        elif piece.text:
            made += _changed(gone, new)
            gone = new = ""
            made.append(piece)
    return made + _changed(gone, new)


def _changed(gone: str, new: str) -> list[Piece]:
    sides: list[Piece] = [Piece("before", gone), Piece("after", new)]
    return [piece for piece in sides if piece.text]


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return two long texts with what they share cut down to a little on each side of a change."""
    found = pieces(before, after)
    last = len(found) - 1
    sides: dict[str, list[str]] = {"before": [], "after": []}
    for at, piece in enumerate(found):
        if piece.which != "both":
            sides[piece.which].append(piece.text)
            continue
        short = _shortened(piece.text, head=at == 0, tail=at == last)
        sides["before"].append(short)
        sides["after"].append(short)
    return "".join(sides["before"]), "".join(sides["after"])


def _shortened(text: str, *, head: bool, tail: bool) -> str:
    kept_before = "" if head else text[:_CONTEXT]
    kept_after = "" if tail else text[-_CONTEXT:]
    if len(text) <= len(kept_before) + len(kept_after) + _CONTEXT:
        return text
    return f"{kept_before}……{kept_after}"
