"""Traces of typing: words typed twice, doubled or stray punctuation, spaces inside a sentence.

Each function takes a text and says what to change in it. What is meant is never in question: a
change only takes away what stands there twice or by accident, and where it could have been meant
(天天, 研究研究, 县政府政府采购, a list set apart by spaces) nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import cycle, pairwise
from operator import add
from typing import NamedTuple

from jixiao.check.lexicon import one_of, words
from jixiao.check.rule import Hit
from jixiao.check.wording import quoted

_WORDS = words("cleaning")
_MEANT = frozenset(_WORDS["repeated"]["reduplicated"]) | frozenset(_WORDS["repeated"]["meeting"])
_PAIRS = tuple(_WORDS["repeated"]["single"])
_LONGEST_WORD = 10
# For words of each length: as many zeros, and by how many bits to shift.
_SHIFTS = [(bytes(size), 8 * size) for size in range(2, _LONGEST_WORD + 1)]
_TWICE = re.compile(rf"([\u4e00-\u9fff]{{2,{_LONGEST_WORD}}}?)\1+")
_ENDS = ("\n", "\r")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几")
_COUNTS = frozenset("一二三四五六七八九十两几")
# 教师教师节, 大学大学生: the second copy belongs to what follows.
_FOLLOWS = ("节", "生")

_PUNCTUATION: dict[str, str] = {
    pattern: right for group in _WORDS["punctuation"].values() for pattern, right in group.items()
}
_RIGHT = list(_PUNCTUATION.values())
_MARKS = "，。、；：,.:;%％"
_MAYBE_STRAY = re.compile(
    rf"[{_MARKS}）](?:(?<=[\s{_MARKS}（].)|(?<=[。；])\s*[0-9０-９]{{1,2}}[、.．]?\s*(?=\n))"
)
_GAP = re.compile(r"([\u4e00-\u9fff]+)([ \u00a0]{1,3}|\u3000)(?=([\u4e00-\u9fff]+))")
_ANY_GAP = re.compile(r"(?<=\S)[ \u3000\u00a0\t]+(?=\S)")
_SENTENCE = re.compile("[，。；]")
_FEW_GAPS = 2
_ROUNDS = 5  # changes lay bare others: 。，。
_PART_OF_SENTENCE = 5
"""A run of so many characters beside a gap is no name or label that the gap sets apart."""


FieldText = tuple[str, int | None, str]
"""A field that is not blank: its name, the number of the indicator that it is of, its text."""


class Change(NamedTuple):
    """Characters of a text, from ``start`` up to ``end``, and what is to stand for them."""

    start: int
    end: int
    before: str
    after: str


# Most texts need none of these patterns, and none is made before a text needs it.
@cache
def _single() -> re.Pattern[str]:
    return one_of(_WORDS["repeated"]["single"].values())


@cache
def _punctuation() -> re.Pattern[str]:
    return one_of([f"(?P<p{n}>{pattern})" for n, pattern in enumerate(_PUNCTUATION)])


@cache
def _spaces() -> re.Pattern[str]:
    found = one_of(pattern for group in _WORDS["spacing"].values() for pattern in group)
    # All of them begin with a space: nowhere else is any of them tried.
    return re.compile(f"(?=[ \u3000\u00a0])(?:{found.pattern})")


Find = Callable[[str], tuple[Change, ...]]
"""What says of a text what to change in it."""


def may_repeat(texts: Iterable[str]) -> bool:
    """Tell, of all texts at once, whether any word may be typed twice in a row in one of them.

    Where it is, the characters and those some places on are equal for as many places: zeros in the
    exclusive or of the two, seen as numbers. No word is missed; what is no word may look like one.
    """
    # Two ends of line in turn, so that equal texts that follow each other are no word typed twice.
    whole = "".join(map(add, texts, cycle(_ENDS)))
    if any(pair in whole for pair in _PAIRS):
        return True
    # The lower byte of each character tells it from nearly all others.
    coded = whole.replace("2020", "").encode("utf-16-le", "surrogatepass")[::2]
    length, number = len(coded), int.from_bytes(coded, "little")
    for zeros, bits in _SHIFTS:
        if zeros in (number ^ (number >> bits)).to_bytes(length, "little"):
            return True
    return False


@lru_cache(maxsize=512)
def repeated_words(text: str) -> tuple[Change, ...]:
    """Return the words that are typed twice in a row: 改善程度程度 → 改善程度."""
    # That no two characters stand in a text twice is quickly told, of nearly all names and values.
    spare = len(text) - len(set(text))
    if not spare or (spare == 1 and not any(pair in text for pair in _PAIRS)):
        return ()
    return _repeated(text)


def _repeated(text: str) -> tuple[Change, ...]:
    found = []
    if len(set(pairwise(text))) < len(text) - 1:
        found = [
            Change(*one.span(), one[0], one[1])
            for one in _TWICE.finditer(text)
            if not _is_meant(one[1], text[one.end() :])
        ]
    if any(pair in text for pair in _PAIRS):
        found += [Change(*one.span(), one[0], one[0][:1]) for one in _single().finditer(text)]
        found.sort()
    return tuple(found)


def _is_meant(word: str, rest: str) -> bool:
    return (
        word in _MEANT
        or word[0] in _COUNTS
        or len(set(word)) == 1
        or _NUMERALS.issuperset(word)
        or rest.startswith(_FOLLOWS)
    )


def stray_punctuation(text: str) -> tuple[Change, ...]:
    """Return doubled and stray marks, and what is left of a number at the end: 等工作。3."""
    return _stray(text) if may_be_stray(f"\n{text}\n") else ()


def may_be_stray(lines: str) -> bool:
    """Tell whether marks may be doubled or stray in texts that stand between line ends."""
    return _MAYBE_STRAY.search(lines) is not None


@lru_cache(maxsize=512)
def _stray(text: str) -> tuple[Change, ...]:
    found = []
    for one in _punctuation().finditer(text):
        after = _RIGHT[int((one.lastgroup or "p0")[1:])]
        found.append(Change(*one.span(), one[0], after))
    return tuple(found)


def stray_spacing(text: str) -> tuple[Change, ...]:
    """Return spaces inside document numbers and inside Chinese sentences."""
    return _spacing(text) if may_have_gap(text) else ()


def may_have_gap(text: str) -> bool:
    """Tell whether there is any space in a text."""
    return " " in text or "\u3000" in text or "\u00a0" in text


@lru_cache(maxsize=512)
def _spacing(text: str) -> tuple[Change, ...]:
    found = [Change(*one.span(), one[0], "") for one in _spaces().finditer(text)]
    begin = 0
    for line in text.split("\n"):
        found += [
            Change(begin + start, begin + end, line[start:end], "") for start, end in _gaps(line)
        ]
        begin += len(line) + 1
    return tuple(sorted(set(found)))


def _gaps(line: str) -> Iterator[tuple[int, int]]:
    """Yield the gaps in a sentence; many gaps, or gaps between short words, are a list's."""
    if not _SENTENCE.search(line) or len(_ANY_GAP.findall(line)) > _FEW_GAPS:
        return
    for one in _GAP.finditer(line):
        if max(len(one[1]), len(one[3])) >= _PART_OF_SENTENCE and min(len(one[1]), len(one[3])) > 1:
            yield one.span(2)


def changed(text: str, changes: Iterable[Change]) -> str:
    """Return a text with changes made; of two that overlap, only the first."""
    pieces: list[str] = []
    done = 0
    for change in sorted(changes):
        if change.start >= done:
            pieces += (text[done : change.start], change.after)
            done = change.end
    return "".join((*pieces, text[done:]))


def settled(text: str, find: Find) -> str:
    """Return a text without anything that a function finds, also of what its changes lay bare."""
    for _ in range(_ROUNDS):
        changes = find(text)
        if not changes:
            break
        text = changed(text, changes)
    return text


def cleaned(text: str) -> str:
    """Return a text without any of it."""
    for _ in range(_ROUNDS):
        before = text
        for find in (repeated_words, stray_punctuation, stray_spacing):
            text = settled(text, find)
        if text == before:
            break
    return text


def hits(fields: Iterable[FieldText], find: Find, what: str, how: str) -> Iterator[Hit]:
    """Yield a hit for each field in which something is to be changed.

    ``what`` says what is wrong, with the places of the changes at ``{}``; ``how`` what to do.
    """
    for field, indicator, text in fields:
        changes = find(text)
        if changes:
            where = "、".join(dict.fromkeys(_around(text, change) for change in changes))
            right = settled(text, find)
            yield Hit(
                field, f"{quoted(text)}{what.format(where)}", text, f"{how}“{right}”", indicator
            )


def _around(text: str, change: Change) -> str:
    """Return a change's characters with a little of what stands around them."""
    if change.before.strip(" \u3000\u00a0"):
        return f"“{change.before}”"
    return f"“{text[max(0, change.start - 2) : change.end + 2]}”"
