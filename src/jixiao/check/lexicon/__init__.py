"""The words that rules go by, as data: what stands for nothing, what can exceed 100%, …"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """Return the table of a file of this folder, by its name without ``.toml``."""
    content = (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of some patterns."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
