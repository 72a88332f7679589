"""What is written of a project in words, field by field and as one text to look through."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from jixiao.model import Project

FieldText = tuple[str, int | None, str]
"""A field that is not blank: its name, the number of the indicator that it is of, its text."""


class Written(NamedTuple):
    """The fields of a project that have text, and all the text, each field on lines of its own.

    To look for something once in ``whole`` is several times faster than in field after field.
    """

    fields: list[FieldText]
    texts: list[str]
    whole: str

    def having(self, pattern: re.Pattern[str]) -> list[FieldText]:
        """Return the fields in which, or at whose ends, a pattern is found in the whole text."""
        found: dict[int, None] = {}
        ends: list[int] = []
        for match in pattern.finditer(self.whole):
            ends = ends or list(accumulate(len(text) + 1 for text in self.texts))
            first = bisect_right(ends, match.start() - 1)
            last = bisect_right(ends, match.end() - 2)
            found.update(dict.fromkeys(range(first, last + 1)))
        return [self.fields[number] for number in found if number < len(self.fields)]


_recent: dict[int, tuple[Project, Written]] = {}
_MOST = 256


def written(project: Project) -> Written:
    """Return what is written of a project.

    Several rules ask for the projects of a text one after the other, so those are kept.
    """
    known = _recent.get(id(project))
    # That it is kept with its project makes sure that the number is still that project's.
    if known is None or known[0] is not project:
        fields = _fields(project)
        texts = list(map(_TEXT, fields))
        whole = "\n".join(texts)
        known = project, Written(fields, texts, f"\n{whole}\n")
        if len(_recent) >= _MOST:
            _recent.clear()
        _recent[id(project)] = known
    return known[1]


_TEXT = itemgetter(2)


def _fields(project: Project) -> list[FieldText]:
    found: list[FieldText] = []
    add = found.append
    if project.name:
        add(("name", None, project.name))
    if project.purpose:
        add(("purpose", None, project.purpose))
    for number, goal in enumerate(project.goals):
        if goal:
            add((f"goals.{number}", None, goal))
    for number, indicator in enumerate(project.indicators):
        if text := indicator.name:
            add(("name", number, text))
        if text := indicator.description:
            add(("description", number, text))
        if text := indicator.value.text:
            add(("value", number, text))
        if text := indicator.basis:
            add(("basis", number, text))
    return found
