"""The words that rules go by, as data: what stands for nothing, what can exceed 100%, …"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """Return the table of a file of this folder, by its name without ``.toml``."""
    content = (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of some patterns, the first that does.

    Many words that begin with a letter each are tried only where one of the letters stands: one
    look at a set instead of one at every word.
    """
    parts = []
    for is_word, some in groupby(patterns, _begins_with_letter):
        found = list(some)
        one = "|".join(f"(?:{pattern})" for pattern in found)
        if is_word and len(found) > _FEW:
            letters = "".join(dict.fromkeys(pattern[0] for pattern in found))
            one = f"(?=[{letters}])(?:{one})"
        parts.append(one)
    return re.compile("|".join(parts))


_FEW = 3


def _begins_with_letter(pattern: str) -> bool:
    """Tell whether whatever a pattern matches begins with its own first character, a Chinese one."""
    if not "\u4e00" <= pattern[:1] <= "\u9fff" or pattern[1:2] in ("?", "*", "{"):
        return False
    depth = 0
    for sign in pattern:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            return False
    return "\\" not in pattern
