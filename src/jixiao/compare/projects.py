"""Projects: which of the one text is which of the other, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from jixiao.compare import indicators, items
from jixiao.compare.amounts import amount, money_change
from jixiao.compare.changes import (
    FieldChange,
    IndicatorChange,
    ItemChange,
    Kind,
    Match,
    ProjectChange,
    ProjectSide,
)
from jixiao.compare.fields import Fields, present, worst
from jixiao.compare.pairing import Pairing, changes
from jixiao.compare.values import Years
from jixiao.compare.wording import MATCHING, code_key, code_parts, key, lasting, likeness
from jixiao.model import Project

_ALIKE: float = MATCHING["projects"]["alike"]
_NAME_SHARE: float = MATCHING["projects"]["name_share"]
_NO_PROJECT = Project()


def compared(
    before: Sequence[Project], after: Sequence[Project], years: Years
) -> tuple[ProjectChange, ...]:
    """Return what became of each project, in the order of the second text."""
    return changes(paired(before, after), before, after, partial(_change, years))


def paired(before: Sequence[Project], after: Sequence[Project]) -> Pairing:
    """Pair projects: by code; by name; by a code of another year; by like names and content."""
    pairing = Pairing(len(before), len(after))
    score = _Score(before, after)
    pairing.equal([_whole(one) for one in before], [_whole(one) for one in after], Match.CONTENT)
    pairing.keyed(
        [code_key(one.code) or None for one in before],
        [code_key(one.code) or None for one in after],
        score.together,
        Match.CODE,
    )
    ours, theirs = [_yearless(one) for one in before], [_yearless(one) for one in after]
    ours_lasting = [lasting(one.name) or None for one in before]
    theirs_lasting = [lasting(one.name) or None for one in after]
    # A code's running number may begin anew each year: a name that is the same goes before it.
    pairing.keyed(
        [code and name and (code, name) for code, name in zip(ours, ours_lasting, strict=True)],
        [code and name and (code, name) for code, name in zip(theirs, theirs_lasting, strict=True)],
        score.together,
        Match.CODE_WITHOUT_YEAR,
    )
    pairing.keyed(
        [key(one.name) or None for one in before],
        [key(one.name) or None for one in after],
        score.together,
        Match.NAME,
    )
    pairing.keyed(ours_lasting, theirs_lasting, score.together, Match.NAME_WITHOUT_YEAR)
    pairing.keyed(ours, theirs, score.together, Match.CODE_WITHOUT_YEAR)
    pairing.alike(score.alike, Match.LIKENESS)
    return pairing


class _Score:
    """How well two projects go together by their names and contents."""

    def __init__(self, before: Sequence[Project], after: Sequence[Project]) -> None:
        self._before = [_Gist(one) for one in before]
        self._after = [_Gist(one) for one in after]

    def together(self, one: int, other: int) -> float:
        """Return how alike two projects are, names and contents taken together, from 0 to 1."""
        ours, theirs = self._before[one], self._after[other]
        names = likeness(ours.name, theirs.name)
        return _NAME_SHARE * names + (1 - _NAME_SHARE) * _contents(ours, theirs)

    def alike(self, one: int, other: int) -> float:
        """Return how alike two projects are that have no code or name in common, else -1."""
        ours, theirs = self._before[one], self._after[other]
        if not ours.name or not theirs.name:
            return -1
        names = likeness(ours.name, theirs.name)
        if _NAME_SHARE * names + 1 - _NAME_SHARE < _ALIKE:
            return -1
        both = _NAME_SHARE * names + (1 - _NAME_SHARE) * _contents(ours, theirs)
        points = max(names, both)
        return points if points >= _ALIKE else -1


class _Gist:
    """What of a project is looked at to tell whether it is another."""

    def __init__(self, project: Project) -> None:
        self.name = lasting(project.name)
        self.purpose = lasting(project.purpose)
        self.indicators = frozenset(filter(None, (lasting(one.name) for one in project.indicators)))
        self.total = amount(project.budget, "total")


def _contents(ours: _Gist, theirs: _Gist) -> float:
    """Return how alike two projects are but for their names, from 0 to 1."""
    told = []
    if ours.purpose or theirs.purpose:
        told.append(likeness(ours.purpose, theirs.purpose))
    if ours.indicators or theirs.indicators:
        shared = len(ours.indicators & theirs.indicators)
        told.append(2 * shared / (len(ours.indicators) + len(theirs.indicators)))
    if ours.total and theirs.total:
        told.append(float(ours.total == theirs.total))
    return sum(told) / len(told) if told else 0.0


def _whole(one: Project) -> tuple[object, ...]:
    return (
        one.code, one.name, one.budget, one.purpose, one.goals,
        tuple((each.name, each.value.text) for each in one.indicators),
    )  # fmt: skip


def _yearless(one: Project) -> tuple[str, str] | None:
    parts = code_parts(one.code)
    return (parts[0], parts[2]) if parts else None


def _change(
    years: Years,
    before: tuple[int, Project] | None,
    after: tuple[int, Project] | None,
    match: Match | None,
    moved: bool,
) -> ProjectChange:
    ours = before[1] if before else _NO_PROJECT
    theirs = after[1] if after else _NO_PROJECT
    found = _fields(ours, theirs, years)
    goals = _goals(ours, theirs, "goals", years)
    table = indicators.compared(ours.indicators, theirs.indicators, years)
    whole_goals = _goals(ours, theirs, "whole_period_goals", years)
    whole_table = indicators.compared(
        ours.whole_period_indicators, theirs.whole_period_indicators, years
    )
    if before is None:
        kind = Kind.ADDED
    elif after is None:
        kind = Kind.DROPPED
    else:
        parts: tuple[Sequence[FieldChange | ItemChange | IndicatorChange], ...]
        parts = (found, goals, table, whole_goals, whole_table)
        kind = worst((each.kind for part in parts for each in part), moved=moved)
    return ProjectChange(
        kind,
        moved,
        before is not None and after is not None and _renamed(found),
        match,
        _side(before),
        _side(after),
        money_change(amount(ours.budget, "total"), amount(theirs.budget, "total")),
        found,
        goals,
        table,
        whole_goals,
        whole_table,
    )


def _goals(ours: Project, theirs: Project, field: str, years: Years) -> tuple[ItemChange, ...]:
    return items.compared(
        items.texts(getattr(ours, field), field, ours.place),
        items.texts(getattr(theirs, field), field, theirs.place),
        years,
    )


def _fields(ours: Project, theirs: Project, years: Years) -> tuple[FieldChange, ...]:
    fields = Fields(years, ours.place, theirs.place)
    return present(
        [
            fields.code("code", ours.code, theirs.code),
            fields.name("name", ours.name, theirs.name),
            fields.text("unit", ours.unit.name, theirs.unit.name),
            fields.text("unit_code", ours.unit.code, theirs.unit.code),
            fields.text("department", ours.department.name, theirs.department.name),
            fields.text("department_code", ours.department.code, theirs.department.code),
            *fields.budget(ours.budget, theirs.budget),
            fields.text("purpose", ours.purpose, theirs.purpose),
            *fields.plan(ours.plan, theirs.plan),
            *fields.budget(
                ours.whole_period_budget, theirs.whole_period_budget, "whole_period_budget"
            ),
            *fields.others(ours.extra, theirs.extra),
        ]
    )


def _renamed(found: Sequence[FieldChange]) -> bool:
    return any(each.field == "name" and each.kind.matters for each in found)


def _side(project: tuple[int, Project] | None) -> ProjectSide | None:
    if project is None:
        return None
    at, one = project
    return ProjectSide(
        at + 1,
        one.code,
        one.name,
        amount(one.budget, "total"),
        len(one.indicators),
        one.place.get("self") or one.place.get("name"),
    )
