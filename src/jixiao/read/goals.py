"""绩效目标 cells: one string a goal, without the number or label before it."""

from __future__ import annotations

import re

_CHINESE = "一二三四五六七八九十"
_STYLES = (
    # label, number: each style of numbering that offices use, with the number as its group
    re.compile(
        r"\s*(?:年度|绩效|总体|分项)?目标(?:内容)?\s*(?=\S{1,3}\s*\S)(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[：:、.．]?\s*"
    ),
    re.compile(r"\s*[(（]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?\s*"),
    re.compile(r"\s*(\d{1,2})\s*[、.．)）]\s*"),
    re.compile(r"\s*([一二三四五六七八九十]{1,3})\s*、\s*"),
    re.compile(r"\s*([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])\s*[、.．]?\s*"),
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_HEADING = re.compile(r"^(?:年度|项目)?(?:总体|绩效)*目标(?:内容)?\s*[：:]\s*\n")
_SENTENCE_END = ("。", "；", ";", "！")
_BEFORE = "；;。．，,、 \t\n\u3000！"


def split_goals(text: str) -> list[str]:
    """Return the goals that a cell states.

    Numbered goals (1. 2. 3., （1）, 目标1：, ①) are taken apart where their numbers run on, on
    lines of their own or in one line, and lose the number. In a cell without numbers a goal ends
    with the line that ends a sentence.
    """
    text = _HEADING.sub("", text.strip())
    if not text:
        return []
    for style in _STYLES:
        first = style.match(text)
        if first and _is_number(first, text, alone=style.search(text, first.end()) is None):
            return [goal for goal in _take_apart(text, style) if goal]
    if any(style.match(line) for line in text.split("\n")[1:] for style in _STYLES):
        return [text]  # words, then numbered points of the same goal
    goals = [""]
    for line in text.split("\n"):
        if goals[-1].endswith(_SENTENCE_END):
            goals.append(line.strip())
        elif line.strip():
            goals[-1] = f"{goals[-1]}\n{line}".strip()
    return [goal for goal in goals if goal]


def _take_apart(text: str, style: re.Pattern[str]) -> list[str]:
    """Cut a text before each label whose number goes on the count."""
    cuts: list[tuple[int, int]] = []
    expected = None
    for found in style.finditer(text):
        number = _value(found[1])
        begins = found.start(0) + len(found[0]) - len(found[0].lstrip())
        if expected is None:
            expected = number
        elif (
            number != expected
            or not (begins == 0 or text[begins - 1] in _BEFORE)
            or not _is_number(found, text, alone=False)
        ):
            continue
        cuts.append((begins, found.end()))
        expected += 1
    ends = [begin for begin, _ in cuts[1:]] + [len(text)]
    return [text[start:end].strip() for (_, start), end in zip(cuts, ends, strict=True)]


def _is_number(found: re.Match[str], text: str, *, alone: bool) -> bool:
    """1.5万亩 begins with a decimal, 1.2024年 with a label; 1.20 is a label where 2. follows."""
    rest = text[found.end() : found.end() + 6]
    if not (found[0].rstrip().endswith((".", "．")) and rest[:1].isdigit()):
        return True
    return bool(_YEAR.match(rest)) or (not alone and found[0] != found[0].rstrip())


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(text[0]) - 0x2460 + 1
    tens, ten, ones = text.rpartition("十")
    if ten:
        high = _CHINESE.index(tens) + 1 if tens else 1
        return high * 10 + (_CHINESE.index(ones) + 1 if ones else 0)
    return _CHINESE.index(text[-1]) + 1
