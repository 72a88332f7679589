"""The project tables that a table of contents lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PAGE = re.compile(r"[\s.…·。\-—_\t]*\d{0,4}\s*$")
_NUMBER = re.compile(
    r"^\s*(?:\d{1,3}\s*[、.．)）]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]、?|[一二三四五六七八九十]{1,3}、)\s*"
)
_TABLE = re.compile(r"(?:项目)?(?:支出)?(?:绩效目标|绩效)(?:申报|批复|信息|公开)?表$")


def entries(contents: Iterable[str]) -> list[str]:
    """Return the names of projects that a table of contents lists by their tables."""
    found = []
    for line in contents:
        plain = _PAGE.sub("", line)
        name = _TABLE.sub("", _NUMBER.sub("", plain)).strip()
        if name and _TABLE.search(plain) and len(name) > 1:
            found.append(name)
    return found
