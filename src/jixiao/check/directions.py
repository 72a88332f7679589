"""Bad things that names count: what they are, and where in a name they stand."""

from __future__ import annotations

import re
from functools import cache

from jixiao.check.lexicon import one_of, words

_WORDS = words("directions")

BAD = one_of(_WORDS["bad_counts"])
"""What is the better the less there is of it: 事故, 投诉, 逾期."""

_LETTERS: str = _WORDS["bad_letters"]
# One of these is in whatever the letters' pattern finds; to look for them alone is far faster.
_SETS = re.compile(r"\[([\u4e00-\u9fff]+)\]")
_LETTER = re.compile(f"[{''.join(_SETS.findall(_LETTERS))}]")
_NOT_DONE = re.compile(_WORDS["undone"])
_ASIDE = re.compile("不[动产间]")
_NEWLY = "新增"
_NEAR = 4


_COUNTED: str = _WORDS["counted"]
_BAD_COUNTED = f"(?:{BAD.pattern})(?:{_COUNTED})"
_LETTERS_COUNTED = f"(?:{_LETTERS})(?:{_COUNTED})"
_HAPPENED_COUNTED = f"(?:{_WORDS['happened']})(?:{_COUNTED})"
_LETTERS_LAST = f"(?:{_LETTERS})(?=.{{0,3}}$)"
_BAD_RATE = f"(?:{BAD.pattern})(?:{_WORDS['bad_rates']})"


# Patterns with all the words in them take long to make: none is made before a name needs it.
@cache
def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _bad_stem() -> re.Pattern[str]:
    return one_of(_WORDS["bad_stems"])


def bad_last(plain: str) -> re.Match[str] | None:
    """Return the first bad thing of those that a name ends with, but for how they are counted."""
    last = _made(_BAD_COUNTED).search(plain)
    letters = _made(_LETTERS_COUNTED).search(plain) if _LETTER.search(plain) else None
    for other in (_made(_HAPPENED_COUNTED).search(plain), letters):
        if other and (last is None or other.start() < last.start()):
            last = other
    return last


def has_bad_letters_last(name: str) -> bool:
    """Tell whether a name has a word of two letters about something bad near its end: 返修次数."""
    return _LETTER.search(name) is not None and _made(_LETTERS_LAST).search(name) is not None


def is_bad_rate(plain: str) -> bool:
    """Tell whether a rate is one of bad things: 投诉率, 逾期占比."""
    return _made(_BAD_RATE).search(plain) is not None or _bad_stem().search(plain) is not None


def is_undone(text: str) -> bool:
    """Tell whether a text begins with a word for what was not done, or done wrong: 未, 漏, 误."""
    return _NOT_DONE.match(text) is not None


def begins_bad(plain: str) -> bool:
    """Tell whether a name begins with a bad thing that was not done, or done wrong: 冒领补贴."""
    return is_undone(plain) and not _ASIDE.match(plain) and BAD.match(plain) is not None


def without_newly_bad(plain: str) -> str:
    """Return a name without 新增 shortly before a bad thing, where it is no good one."""
    kept, begin = "", 0
    while (at := plain.find(_NEWLY, begin)) >= 0:
        end = at + len(_NEWLY)
        bad = BAD.search(plain, end)
        is_bad = bad is not None and bad.start() - end <= _NEAR
        kept += plain[begin : at if is_bad else end]
        begin = end
    return kept + plain[begin:]
