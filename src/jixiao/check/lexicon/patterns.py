"""One pattern out of many words, so put that it is found quickly.

Python looks for a pattern only where a character stands that it can begin with, when the pattern is
a choice whose every branch begins with a plain letter; and of the branches it tries only those that
begin with the letter that stands there. So words are put in order by their first letters:
``违规|(?<!不)违法|[盗滥]伐`` becomes ``违(?:规|(?<!不违)法)|盗伐|滥伐``, which finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

_BEHIND = ("(?<!", "(?<=")
_MAY_BE_NOTHING = ("?", "*", "{", "+")
_LONGEST_COPY = 200
"""Characters that may stand after a group that is written once for each of its branches."""

_SIGNS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)


def one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of some patterns, the first that does."""
    split = [(_by_letters(pattern), pattern) for pattern in patterns]
    if all(known is not None for known, _ in split):
        return re.compile(_choice(known for known, _ in split if known))
    parts = []
    for is_known, some in groupby(split, lambda one: one[0] is not None):
        if is_known:
            known = [one for one, _ in some if one]
            letters = "".join(dict.fromkeys(letter for one in known for letter, _ in one))
            parts.append(f"(?=[{letters}])(?:{_choice(known)})")
        else:
            parts.extend(f"(?:{pattern})" for _, pattern in some)
    return re.compile("|".join(parts))


def _choice(known: Iterable[list[tuple[str, str]]]) -> str:
    """Return a choice of branches with a letter each, of which no two begin with the same."""
    by_letter: dict[str, list[str]] = {}
    for one in known:
        for letter, rest in one:
            by_letter.setdefault(letter, []).append(rest)
    return "|".join(
        letter + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(dict.fromkeys(rests))})")
        for letter, rests in by_letter.items()
    )


def _by_letters(pattern: str) -> list[tuple[str, str]] | None:
    """Return a pattern as pairs of the Chinese letter that a match begins with and what follows.

    None where there is no telling, or where it would be written out too many times.
    """
    pairs = []
    for part in _branches(pattern):
        found = _begins(part)
        if found is None:
            return None
        pairs += found
    return pairs


def _begins(part: str) -> list[tuple[str, str]] | None:
    behind = []
    while part.startswith(_BEHIND):
        end = _closing(part)
        behind.append((part[:4], part[4:end]))
        part = part[end + 1 :]
    if part.startswith("["):
        end = part.index("]", 2)
        pairs = [(letter, "") for letter in part[1:end]]
    elif part.startswith("(?:"):
        end = _closing(part)
        found = _by_letters(part[3:end])
        if found is None or len(found) * len(part[end + 1 :]) > _LONGEST_COPY:
            return None
        pairs = found
    else:
        end, pairs = 0, [(part[:1], "")]
    after = part[end + 1 :]
    if after.startswith(_MAY_BE_NOTHING) or not all(_is_letter(letter) for letter, _ in pairs):
        return None
    # What must or must not stand before the letter is told behind it, with the letter.
    return [
        (letter, "".join(f"{sign}(?:{told}){letter})" for sign, told in behind) + rest + after)
        for letter, rest in pairs
    ]


def _is_letter(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _branches(pattern: str) -> list[str]:
    parts, begin = [], 0
    for at, sign in _outside(pattern):
        if sign == "|":
            parts.append(pattern[begin:at])
            begin = at + 1
    return [*parts, pattern[begin:]]


def _closing(pattern: str) -> int:
    """Return where the bracket closes that a pattern opens with."""
    return next(at for at, sign in _outside(pattern[1:]) if sign == ")") + 1


def _outside(pattern: str) -> Iterator[tuple[int, str]]:
    """Yield where the | and ) of a pattern stand that are in no brackets of its own."""
    depth = 0
    for found in _SIGNS.finditer(pattern):
        sign = found[0]
        if sign == "(":
            depth += 1
        elif depth == 0 and sign in ("|", ")"):
            yield found.start(), sign
        elif sign == ")":
            depth -= 1
