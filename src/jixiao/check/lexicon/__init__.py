"""The words that rules go by, as data: what stands for nothing, what can exceed 100%, …"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from jixiao.check.lexicon.patterns import one_of

__all__ = ["one_of", "words"]


@cache
def words(name: str) -> dict[str, Any]:
    """Return the table of a file of this folder, by its name without ``.toml``."""
    content = (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)
