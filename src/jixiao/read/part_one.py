"""第一部分: the department's objectives, read from paragraphs."""

from __future__ import annotations

import re

from jixiao.model import Place, SubObjective
from jixiao.read.blocks import Paragraph
from jixiao.read.labels import part_of

_CHINESE = "一二三四五六七八九十"
_STYLES = (
    ("bracket-chinese", re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]")),
    ("chinese", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    ("is", re.compile(r"([一二三四五六七八九十]{1,3})是")),
    ("bracket", re.compile(r"[(（](\d{1,2})[)）]")),
    ("digit", re.compile(r"(\d{1,2})[、．.)）](?!\d)")),
    ("ordinal", re.compile(r"第([一二三四五六七八九十]{1,3})[，,、]")),
    ("circle", re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])")),
)
_ENDS = "；;。．！!"


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text[0] not in _CHINESE:
        return ord(text[0]) - 0x2460 + 1
    high, ten, low = text.rpartition("十")
    if ten:
        return (_CHINESE.index(high) + 1 if high else 1) * 10 + (
            _CHINESE.index(low) + 1 if low else 0
        )
    return _CHINESE.index(text[-1]) + 1


def numbered(text: str) -> tuple[str, int] | None:
    """Return the style and the number that a paragraph begins with, None if it has none."""
    for style, pattern in _STYLES:
        found = pattern.match(text)
        if found:
            return style, _number(found[1])
    return None


def take_apart(text: str) -> list[str]:
    """Cut a paragraph where the next number of the same kind stands after a sentence's end.

    (4)…； (5)… → two items; every word stays where it was.
    """
    begin = numbered(text)
    if begin is None:
        return [text]
    style, number = begin
    pattern = dict(_STYLES)[style]
    cuts = [0]
    for found in pattern.finditer(text, 1):
        before = text[: found.start()].rstrip()
        if _number(found[1]) == number + 1 and before[-1:] in _ENDS:
            cuts.append(found.start())
            number += 1
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


class _Item:
    def __init__(self, place: Place) -> None:
        self.title: str | None = None
        self.parts: dict[str, list[str]] = {"duty": [], "objective": [], "indicators": []}
        self.place = {"self": place}

    def finish(self) -> SubObjective:
        """Return the sub-objective."""
        duty, objective = (self.parts[name] for name in ("duty", "objective"))
        return SubObjective(
            title=self.title,
            duty="\n".join(duty) if duty else None,
            objective="\n".join(objective) if objective else None,
            indicators=tuple(self.parts["indicators"]),
            place=self.place,
        )


def sub_objectives(paragraphs: list[Paragraph]) -> list[SubObjective]:
    """Return the 分项绩效目标 that the paragraphs of their section state.

    Where 职责描述：, 绩效目标： or 绩效指标： are written, a numbered paragraph is a title; where
    they are not, each numbered paragraph is a sub-objective, a title only if unnumbered words
    follow it.
    """
    lines = [(line, p.place) for p in paragraphs for line in take_apart(p.text)]
    labelled = any(part_of(line) for line, _ in lines)
    items: list[_Item] = []
    style: str | None = None
    part = "objective"
    open_label = False
    for at, (line, place) in enumerate(lines):
        label = part_of(line)
        if label is not None:
            if not items:
                items.append(_Item(place))
            part, rest = label
            open_label = not rest
            items[-1].place[part] = place
            if rest:
                items[-1].parts[part].append(rest)
            continue
        begin = numbered(line)
        inside = open_label and items and style is not None and (begin is None or begin[0] != style)
        if (
            begin is not None
            and not inside
            and (style is None or begin[0] == style or not labelled)
        ):
            items.append(_Item(place))
            style = style or begin[0]
            part, open_label = "objective", False
            if labelled or _is_title(lines, at):
                items[-1].title = line
            else:
                items[-1].parts["objective"].append(line)
                items[-1].place["objective"] = place
        elif not items or (begin is None and not labelled and style is None):
            items.append(_Item(place))
            items[-1].parts["objective"].append(line)
        else:
            items[-1].parts[part].append(line)
            items[-1].place.setdefault(part, place)
    return [item.finish() for item in items]


def _is_title(lines: list[tuple[str, Place]], at: int) -> bool:
    """A short numbered line without a full stop, with unnumbered words under it, is a title."""
    line = lines[at][0]
    if len(line) > 60 or line.endswith(tuple(_ENDS)) or at + 1 >= len(lines):
        return False
    return numbered(lines[at + 1][0]) is None


def safeguards(paragraphs: list[Paragraph]) -> list[tuple[str, Place]]:
    """Return the 工作保障措施, one string a measure, as written.

    A numbered paragraph begins a measure and the unnumbered ones after it go on it; where nothing
    is numbered each paragraph is one.
    """
    lines = [(line, p.place) for p in paragraphs for line in take_apart(p.text)]
    style = next((begin[0] for line, _ in lines if (begin := numbered(line))), None)
    measures: list[tuple[str, Place]] = []
    for line, place in lines:
        begin = numbered(line)
        begins = begin is not None and begin[0] == style
        if measures and style is not None and not begins and numbered(measures[-1][0]):
            measures[-1] = (f"{measures[-1][0]}\n{line}", measures[-1][1])
        else:
            measures.append((line, place))
    return measures
