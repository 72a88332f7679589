"""The dimensions of whole-department evaluation, as far as indicators tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.model.department import DimensionRate
from jixiao.model.scores import ProjectEvaluation, Score
from jixiao.model.text import Project
from jixiao.score.arithmetic import exact
from jixiao.score.department_settings import Dimension
from jixiao.score.monitoring.words import HUNDRED
from jixiao.score.points import rounded, shown

_EXECUTION = "预算执行率"


class Scored(NamedTuple):
    """Targets and how they score; those of a project, or the department's own."""

    project: Project
    evaluation: ProjectEvaluation


class _Part(NamedTuple):
    """Points got of points possible in one dimension, and of which indicators."""

    got: Decimal
    full: Decimal
    names: tuple[str, ...]
    unknown: int

    @property
    def rate(self) -> Decimal | None:
        return self.got * HUNDRED / self.full if self.full > 0 else None


@exact
def dimensions(
    own: Scored | None,
    projects: Sequence[tuple[Scored, Decimal | None]],
    settings: Sequence[Dimension],
) -> tuple[DimensionRate, ...]:
    """Return the rate of points in each dimension.

    The department's own indicators go before those of its projects, which count by their money
    (``projects`` has the annual budget of each beside it).
    """
    own_parts = _parts(own, settings) if own else {}
    parts = [(_parts(one, settings), budget) for one, budget in projects]
    return tuple(
        _dimension(
            each.name,
            own_parts.get(each.name),
            [(found[each.name], budget) for found, budget in parts],
        )
        for each in settings
    )


def _parts(scored: Scored, settings: Sequence[Dimension]) -> dict[str, _Part]:
    """Return an evaluation's points by dimension."""
    lines: dict[str, list[tuple[str, Score]]] = {each.name: [] for each in settings}
    for each in settings:
        if each.execution:
            lines[each.name].append((_EXECUTION, scored.evaluation.execution))
    for one in scored.evaluation.indicators:
        indicator = scored.project.indicators[one.number]
        category = f"{indicator.level1 or ''} {indicator.level2 or ''}"
        name = _named(category, settings) or _named(one.name, settings)
        if name is not None:
            lines[name].append((one.name, one.score))
    return {name: _summed(found) for name, found in lines.items()}


def _named(words: str, settings: Sequence[Dimension]) -> str | None:
    """Return the first dimension one of whose words a text has."""
    return next((each.name for each in settings if any(word in words for word in each.words)), None)


def _summed(lines: Sequence[tuple[str, Score]]) -> _Part:
    known = [(name, score.score, score.full) for name, score in lines if score.score is not None]
    return _Part(
        sum((score for _, score, _ in known), Decimal(0)),
        sum((full for _, _, full in known), Decimal(0)),
        tuple(name for name, _, _ in known),
        len(lines) - len(known),
    )


def _dimension(
    name: str, own: _Part | None, projects: Sequence[tuple[_Part, Decimal | None]]
) -> DimensionRate:
    own_rate = own.rate if own else None
    weighed = [
        (rate, budget)
        for part, budget in projects
        if (rate := part.rate) is not None and budget is not None and budget > 0
    ]
    money = sum((budget for _, budget in weighed), Decimal(0))
    of_projects = (
        sum((rate * budget for rate, budget in weighed), Decimal(0)) / money if weighed else None
    )
    unknown = (own.unknown if own else 0) + sum(part.unknown for part, _ in projects)
    rate = own_rate if own_rate is not None else of_projects
    return DimensionRate(
        name=name,
        rate=None if rate is None else rounded(rate),
        own=None if own_rate is None else rounded(own_rate),
        projects=None if of_projects is None else rounded(of_projects),
        formula=_formula(own, own_rate, of_projects, len(weighed)),
        rests_on=own.names if own else (),
        notes=(f"{unknown}项指标没有得分，没有计入",) if unknown else (),
    )


def _formula(
    own: _Part | None, own_rate: Decimal | None, of_projects: Decimal | None, number: int
) -> str:
    if own is not None and own_rate is not None:
        return f"部门整体指标 {shown(own.got)} ÷ {shown(own.full)} = {shown(rounded(own_rate))}%"
    if of_projects is not None:
        return f"{number}个项目这一方面的得分率按全年预算数加权，{shown(rounded(of_projects))}%"
    return "没有数据"
