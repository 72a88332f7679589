"""Running headers, footers and page numbers: what stands at the edge of one page after another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jixiao.read.labels import section_of, title_of
from jixiao.read.pdf.lines import Line
from jixiao.read.pdf.page import PageContent

EDGE = 0.12
"""The share of a page's height at its top and bottom in which headers and footers stand."""

REPEATED = 0.4
"""The share of pages on which a header stands at least; those of odd and even pages may differ."""

_LEVEL = 3.0
"""Points by which the same header may stand higher or lower."""

_PAGE_NUMBER = re.compile(
    r"[-—–－·.\s]*(?:\d{1,4}|[ivxIVX]{1,6})[-—–－·.\s]*"
    r"|第?\s*\d{1,4}\s*页?\s*[,，/、(（]?\s*(?:共\s*)?\d{1,4}\s*页?\s*[)）]?"
    r"|第\s*\d{1,4}\s*页|(?:[Pp]age\s*)?\d{1,4}\s*(?:/|of)\s*\d{1,4}"
)


def without_running(pages: Sequence[PageContent]) -> None:
    """Take headers, footers and page numbers out of pages.

    What may be a table's title or a part's heading stays: forms repeat them on every page.
    """
    repeated = _repeated(pages)
    for page in pages:
        for edge in (_upper(page), _lower(page)):
            for line in edge:
                if _PAGE_NUMBER.fullmatch(line.text.strip()) or _is_repeated(line, repeated):
                    page.items.remove(line)
                else:
                    break


def _upper(page: PageContent) -> list[Line]:
    """Return the lines at a page's upper edge, before anything else, from the outermost on."""
    found = []
    for item in page.items:
        if not isinstance(item, Line) or item.y1 > EDGE * page.height:
            break
        found.append(item)
    return found


def _lower(page: PageContent) -> list[Line]:
    found = []
    for item in reversed(page.items):
        if not isinstance(item, Line) or item.y0 < (1 - EDGE) * page.height:
            break
        found.append(item)
    return found


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))


def _repeated(pages: Sequence[PageContent]) -> dict[str, list[float]]:
    """Return the words that stand at the edge of many pages, with their heights there."""
    heights: dict[str, list[float]] = {}
    for page in pages:
        for line in {_key(line): line for line in [*_upper(page), *_lower(page)]}.values():
            heights.setdefault(_key(line), []).append(line.y0)
    filled = sum(bool(page.items) for page in pages)
    least = max(2, REPEATED * filled)
    found: dict[str, list[float]] = {}
    for key, ys in heights.items():
        levels = Counter(round(y / _LEVEL) for y in ys)
        usual = [
            y for y in ys if sum(levels[round(y / _LEVEL) + step] for step in (-1, 0, 1)) >= least
        ]
        if usual:
            found[key] = usual
    return found


def _is_repeated(line: Line, repeated: dict[str, list[float]]) -> bool:
    levels = repeated.get(_key(line))
    if levels is None or not any(abs(level - line.y0) <= 2 * _LEVEL for level in levels):
        return False
    text = line.text.strip()
    return title_of(text) is None and section_of(text) is None
