"""A comparison without what is only written in another way, in another order, or for another year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from jixiao.compare.changes import (
    Comparison,
    FieldChange,
    IndicatorChange,
    ItemChange,
    ProjectChange,
)
from jixiao.compare.counting import counts, value_counts
from jixiao.compare.fields import worst

E = TypeVar("E", ItemChange, IndicatorChange)

_PARTS = ("sub_objectives", "safeguards", "tasks", "indicators")
_PROJECT_PARTS = ("goals", "indicators", "whole_period_goals", "whole_period_indicators")


def folded(comparison: Comparison) -> Comparison:
    """Return a comparison that tells only of what is said differently.

    Its ``folded`` counts the fields, and the things out of order, that it no longer tells of.
    """
    found = tuple(map(_project, comparison.projects))
    parts: dict[str, Any] = {name: tuple(map(_entry, getattr(comparison, name))) for name in _PARTS}
    fields = _kept(comparison.fields)
    lines = [line for project in found for line in project.indicators]
    kinds = [each.kind for part in (fields, found, *parts.values()) for each in part]
    made = replace(
        comparison,
        kind=worst(kinds),
        fields=fields,
        projects=found,
        project_counts=counts(found),
        indicator_counts=counts(lines),
        value_counts=value_counts(lines),
        **parts,
    )
    return replace(made, folded=_told(comparison) - _told(made))


def _project(project: ProjectChange) -> ProjectChange:
    fields = _kept(project.fields)
    parts: dict[str, Any] = {
        name: tuple(map(_entry, getattr(project, name))) for name in _PROJECT_PARTS
    }
    kind = project.kind
    if project.before and project.after:
        kind = worst(each.kind for part in (fields, *parts.values()) for each in part)
    return replace(project, kind=kind, moved=False, fields=fields, **parts)


def _entry(entry: E) -> E:
    fields = _kept(entry.fields)
    kind = entry.kind
    if entry.before and entry.after:
        kind = worst(each.kind for each in fields)
    return replace(entry, kind=kind, moved=False, fields=fields)


def _kept(fields: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    return tuple(each for each in fields if each.kind.matters)


def _told(comparison: Comparison) -> int:
    """Return how many fields a comparison tells of, and how many things out of order."""
    things: list[ItemChange | IndicatorChange | ProjectChange] = [*comparison.projects]
    things += [each for name in _PARTS for each in getattr(comparison, name)]
    for project in comparison.projects:
        things += [each for name in _PROJECT_PARTS for each in getattr(project, name)]
    return len(comparison.fields) + sum(len(each.fields) + each.moved for each in things)
