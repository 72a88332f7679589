"""What is written of a project in words, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from jixiao.check.cleaning import FieldText
from jixiao.check.looks import Looks, look
from jixiao.model import Project


class Written:
    """What is written of a project: what there may be wrong with it, and the fields with text."""

    def __init__(self, project: Project) -> None:
        """Take a project."""
        self._project = project

    @cached_property
    def looks(self) -> Looks:
        """What there may be in the fields; where it is nothing, they need no look of their own."""
        return look(text for _, _, text in self.fields)

    @cached_property
    def fields(self) -> list[FieldText]:
        """The fields that are not blank."""
        return [(name, number, text) for name, number, text in _fields(self._project) if text]


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


def _fields(project: Project) -> Iterator[tuple[str, int | None, str | None]]:
    """Yield the name of each field, the number of its indicator and its text."""
    yield "name", None, project.name
    yield "purpose", None, project.purpose
    for number, goal in enumerate(project.goals):
        yield f"goals.{number}", None, goal
    for number, one in enumerate(project.indicators):
        yield "name", number, one.name
        yield "description", number, one.description
        yield "value", number, one.value.text
        yield "basis", number, one.basis
