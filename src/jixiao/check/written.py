"""What is written of a project in words, field by field and as one text to look through."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from jixiao.check.wording import fold
from jixiao.model import Project

FieldText = tuple[str, int | None, str]
"""A field that is not blank: its name, the number of the indicator that it is of, its text."""


class Written:
    """All the text of a project, each field on lines of its own, and the fields that have text.

    To look for something once in ``whole`` is several times faster than in field after field.
    """

    def __init__(self, project: Project) -> None:
        """Take what is written of a project."""
        self._project = project
        self.texts: list[str] = list(filter(None, _texts(project)))
        self.whole = "\n{}\n".format("\n".join(self.texts))

    @cached_property
    def fields(self) -> list[FieldText]:
        """The fields that are not blank, in the order of their texts."""
        return [(name, number, text) for name, number, text in _fields(self._project) if text]

    @cached_property
    def folded(self) -> str:
        """The whole text without white space but that between its fields."""
        if len("".join(self.whole.split())) == len(self.whole) - len(self.texts) - 1:
            return self.whole  # the line ends between the fields are all there is
        return "\n{}\n".format("\n".join(map(fold, self.texts)))

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
        known = project, Written(project)
        if len(_recent) >= _MOST:
            _recent.clear()
        _recent[id(project)] = known
    return known[1]


def _texts(project: Project) -> list[str | None]:
    found: list[str | None] = [project.name, project.purpose, *project.goals]
    for one in project.indicators:
        found += (one.name, one.description, one.value.text, one.basis)
    return found


def _fields(project: Project) -> Iterator[tuple[str, int | None, str | None]]:
    """Yield the name of each field, the number of its indicator and its text, as ``_texts``."""
    yield "name", None, project.name
    yield "purpose", None, project.purpose
    for number, goal in enumerate(project.goals):
        yield f"goals.{number}", None, goal
    for number, one in enumerate(project.indicators):
        yield "name", number, one.name
        yield "description", number, one.description
        yield "value", number, one.value.text
        yield "basis", number, one.basis
