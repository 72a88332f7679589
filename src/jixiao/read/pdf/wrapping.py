"""Which lines of a cell or paragraph one text was wrapped into, and which end for good.

A line that had room for the beginning of the next one was ended by its writer. Where a line ran
full it cannot be told, but for numbers: 2. behind 1. begins a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jixiao.read.pdf.lines import NO_END, Line, is_latin, is_wide

SLACK = 0.3
"""Ems by which the room left at a line's end is measured wrongly at most."""

_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕］｝”’")
_NUMERALS = "一二三四五六七八九十"
_ITEM = re.compile(
    rf"[（(]?(?:(?P<figure>\d{{1,2}})(?![\d%％])(?:[.．](?!\d)|[、)）])|目标(?P<goal>\d{{1,2}})"
    rf"|(?P<numeral>[{_NUMERALS}]{{1,3}})(?:[、)）]|是)|(?P<circle>[①-⑳]))"
)
_ITEM_STARTS = frozenset(("（", "(", "目", *_NUMERALS, *map(chr, range(ord("①"), ord("⑳") + 1))))
"""What an item's number begins with, besides figures."""

_ENTRY = re.compile(r"(?:[.…·．_]{3,}|\t)\s*[-—]?\s*\d{1,4}\s*[-—]?\s*$")

_ENTRY_PAGE = re.compile(r"(\d{1,4})\D*$")
_NEAR_PAGE = re.compile(r"(?<=[\u4e00-\u9fff)）>》\]])[.…·．_\s]{0,2}(\d{1,4})\s*$")
_MOST_PAGES = 40
"""Pages that one entry's matter takes at most."""


def item_number(text: str) -> int | None:
    """Return the number that a line begins with as an item of a list, None where it is none."""
    text = text.lstrip()
    first = text[:1]
    if first not in _ITEM_STARTS and not first.isdecimal():  # most lines
        return None
    found = _ITEM.match(text)
    if found is None:
        return None
    if figure := found["figure"] or found["goal"]:
        return int(figure)
    if circle := found["circle"]:
        return ord(circle) - ord("①") + 1
    return numeral(found["numeral"])


def numeral(text: str) -> int:
    """Return the number of Chinese numerals up to 99: 二十一 → 21."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _NUMERALS.index(text[-1]) + 1
    return 10 * (_NUMERALS.index(tens[-1]) + 1 if tens else 1) + (
        _NUMERALS.index(ones[0]) + 1 if ones else 0
    )


def is_entry(text: str) -> bool:
    """Tell an entry of a table of contents: words, a row of dots or a gap, the page."""
    return _ENTRY.search(text) is not None


def as_entry(text: str, above: str) -> str:
    """Return a line as an entry of a table of contents, if one stands above it.

    Where hardly any room is left for the dots, one of them stands before the page, or none.
    """
    before, found = _ENTRY_PAGE.search(above), _NEAR_PAGE.search(text)
    if before is None or found is None or is_entry(text) or not is_entry(above):
        return text
    if not 0 <= int(found[1]) - int(before[1]) <= _MOST_PAGES:
        return text
    return f"{text[: found.start()]}……{found[1]}"


def room(line: Line, left: float, right: float) -> float:
    """Return how much room a line leaves between two margins."""
    before, after = line.x0 - left, right - line.x1
    if before > 0.5 * line.em and abs(before - after) < 0.5 * line.em:
        return before + after  # centred
    return after


def is_full(
    line: Line,
    following: Line,
    left: float,
    right: float,
    head: float | None = None,
    slack: float = SLACK,
) -> bool:
    """Tell whether a line had no room for what begins the next one.

    ``head`` is how wide that is, where it goes on behind the next line.
    """
    if line.text.rstrip()[-1:] in NO_END or following.text[:1] in _NEVER_FIRST:
        return True
    if NO_END.issuperset(following.text):
        return True
    wanted = following.head if head is None else head
    return wanted > room(line, left, right) - slack * line.em


def heads(lines: Sequence[Line]) -> list[float]:
    """Return how wide each line's beginning is that may not be parted.

    What is too wide for any line is parted all the same, and goes on on the next one.
    """
    found = [line.head for line in lines]
    for index in range(len(lines) - 2, -1, -1):
        line, following = lines[index], lines[index + 1]
        if line.head < line.x1 - line.x0 - 0.1:
            continue
        last = line.text[-1]
        if last in NO_END or (line.is_run and is_latin(last) and is_latin(following.text[0])):
            found[index] += found[index + 1]
    return found


def between(line: Line, following: Line, left: float, right: float) -> str:
    """Return what stands between two lines that one text was wrapped into: "" or a blank."""
    text = line.text
    last = text[-1]
    if last.isspace():
        return ""
    if is_wide(last) or is_wide(following.text[0]):
        return ""
    if last in "-/_":
        return ""
    tight = room(line, left, right) - SLACK * line.em < following.first
    run = following.text.split(" ", 1)[0]
    if tight and line.is_run:
        return ""  # too long for a line, so it was broken where the line ended
    if tight and is_latin(last) and (any(map(str.isdigit, run)) or last.isdigit()):
        return ""
    return " "


def joined(
    lines: Sequence[Line], left: float, right: float, widths: Sequence[float] | None = None
) -> str:
    """Return the text of a cell: wrapped lines joined, true line ends kept.

    ``widths`` are the lines' heads, where they are known.
    """
    if len(lines) < 2:
        return lines[0].text if lines else ""
    words = [lines[0].text]
    number = item_number(lines[0].text)
    apart: bool | None = None
    widths = heads(lines) if widths is None else widths
    for line, following, head in zip(lines, lines[1:], widths[1:], strict=False):
        item = item_number(following.text)
        is_next = item is not None and number is not None and item == number + 1
        is_end = line.text.rstrip().endswith("。")
        if is_end and apart is None:
            apart = are_sentences_apart(line.text for line in lines)
        if is_next or (is_end and apart) or not is_full(line, following, left, right, head):
            words.append("\n")
        else:
            words.append(between(line, following, left, right))
        number = item if item is not None and (is_next or number is None) else number
        words.append(following.text)
    return "".join(words)


def are_sentences_apart(lines: Iterable[str]) -> bool:
    """Tell whether each sentence ends where a line ends: they were written one to a line.

    Sentences that run on end at a line's end by chance only, and not all of them.
    """
    return not any("。" in line.rstrip()[:-1] for line in lines)
