"""Lines outside of tables into paragraphs, as their writer meant them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec

from jixiao.read.pdf.lines import Line
from jixiao.read.pdf.page import PageContent
from jixiao.read.pdf.wrapping import between, is_entry, is_full, item_number

INDENT = 1.2
"""Ems from which on a line is drawn in, as the first of a Chinese paragraph is by two."""

SLACK = 0.12
"""Ems by which the room at a line's end is measured wrongly; a page's margins are sure."""

_STOPS = ("。", "；", ";", "：", ":", "！", "？")


class Margins(msgspec.Struct, frozen=True):
    """Where a page's writing begins and ends from left to right, and how far its lines lie apart."""

    left: float
    right: float
    pitch: float


def margins_of(pages: Sequence[PageContent]) -> dict[tuple[int, int], Margins]:
    """Return the margins of the pages of each size, by the words outside of tables."""
    by_size: dict[tuple[int, int], list[PageContent]] = {}
    for page in pages:
        by_size.setdefault(size_of(page), []).append(page)
    return {size: _margins(alike) for size, alike in by_size.items()}


def size_of(page: PageContent) -> tuple[int, int]:
    """Return a page's width and height in whole points."""
    return round(page.width), round(page.height)


def _margins(pages: Sequence[PageContent]) -> Margins:
    lines = [line for page in pages for line in page.lines]
    width = pages[0].width
    if not lines:
        return Margins(0.1 * width, 0.9 * width, 0)
    lefts = sorted(line.x0 for line in lines)
    left = lefts[len(lefts) // 50]
    em = median(line.em for line in lines)
    furthest = max(line.x1 for line in lines)
    # Where several lines end in the same place they ran full; else a page is taken as even.
    full = sum(line.x1 > furthest - em for line in lines if line.x1 - line.x0 > 0.5 * width)
    right = furthest if full > 2 else max(furthest, width - left)
    steps = [
        lower.y1 - upper.y1
        for page in pages
        for upper, lower in zip(page.items, page.items[1:], strict=False)
        if isinstance(upper, Line) and isinstance(lower, Line) and lower.y1 > upper.y1
    ]
    return Margins(left, right, median(steps) if steps else 0)


def goes_on(line: Line, following: Line, margins: Margins, *, over_page: bool = False) -> bool:
    """Tell whether a line goes on the paragraph of the line before it."""
    if is_entry(line.text) or _differ(line, following):
        return False
    if not over_page and margins.pitch:
        step = following.y1 - line.y1
        if step > 1.4 * margins.pitch and step > 1.8 * line.em:
            return False
    if not is_full(line, following, margins.left, margins.right, slack=SLACK):
        return False
    if _is_centred(following, margins):
        return _is_centred(line, margins) or line.x1 > margins.right - 2 * line.em
    drawn_in = following.x0 > margins.left + INDENT * following.em
    if drawn_in and following.x0 > line.x0 - 0.5 * line.em:
        return following.x0 < line.x0 + 0.5 * line.em and item_number(following.text) is None
    if item_number(following.text) is not None:
        return not line.text.rstrip().endswith(_STOPS)
    return True


def _differ(line: Line, following: Line) -> bool:
    return abs(line.em - following.em) > 0.15 * max(line.em, following.em)


def _is_centred(line: Line, margins: Margins) -> bool:
    before, after = line.x0 - margins.left, margins.right - line.x1
    return before > 2.5 * line.em and abs(before - after) < line.em


def words_between(line: Line, following: Line, margins: Margins) -> str:
    """Return what stands between two lines of one paragraph."""
    return between(line, following, margins.left, margins.right)
