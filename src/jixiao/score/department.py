"""部门整体支出绩效: projects rolled up by money, own indicators, dimensions, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.model.department import DepartmentEvaluation, RolledProject, RollUp
from jixiao.model.reports import ProjectReport, Reports
from jixiao.model.scores import ProjectEvaluation
from jixiao.model.text import PerformanceText, Project
from jixiao.score.arithmetic import exact
from jixiao.score.coverage import coverage
from jixiao.score.department_settings import DepartmentSettings, RollUpSettings
from jixiao.score.dimensions import Scored, dimensions
from jixiao.score.evaluation import evaluate, pairing_notes, project_of
from jixiao.score.monitoring.funds import annual_budget, money
from jixiao.score.monitoring.pairing import pair_projects
from jixiao.score.monitoring.words import HUNDRED
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Scoring

_WRITTEN_OUT = 6
"""A sum of more projects is told by its result: no one reads a line of forty products."""


class Evaluated(NamedTuple):
    """A project of a text with what its unit reports and how that scores."""

    number: int
    project: Project
    report: ProjectReport
    evaluation: ProjectEvaluation
    budget: Decimal | None


def evaluate_projects(
    text: PerformanceText, reports: Reports, scoring: Scoring
) -> tuple[list[Evaluated], list[str]]:
    """Return the projects that have a report, evaluated, and notes on those that have none."""
    year = text.year or reports.year
    paired, unknown = pair_projects(text.projects, reports.projects)
    found = []
    for number, (project, report) in enumerate(zip(text.projects, paired, strict=True)):
        if report is None:
            continue
        evaluation = evaluate(project, report, scoring, year)
        budget = annual_budget(project, report.funds)
        found.append(Evaluated(number, project, report, evaluation, budget))
    return found, [*pairing_notes(text.projects, paired, unknown)]


def evaluate_department(
    text: PerformanceText,
    reports: Reports,
    scoring: Scoring,
    settings: DepartmentSettings,
    done: tuple[Sequence[Evaluated], Sequence[str]] | None = None,
) -> DepartmentEvaluation:
    """Return how a department stands as a whole, by its projects and its own indicators.

    The two are not put into one score: no regulation says how much each should count. ``done``
    is what ``evaluate_projects`` gave, where it has been asked already.
    """
    projects, told = done or evaluate_projects(text, reports, scoring)
    notes = [*told]
    own = _own(text, reports, scoring, notes)
    return DepartmentEvaluation(
        unit=text.unit.name or reports.unit.name,
        year=text.year or reports.year,
        roll_up=roll_up(projects, scoring, settings.roll_up),
        own=own[1] if own else None,
        dimensions=dimensions(
            Scored(*own) if own else None,
            [(Scored(one.project, one.evaluation), one.budget) for one in projects],
            settings.dimensions,
        ),
        coverage=coverage(text, settings.coverage),
        notes=tuple(notes),
        profile=scoring.label,
    )


def _own(
    text: PerformanceText, reports: Reports, scoring: Scoring, notes: list[str]
) -> tuple[Project, ProjectEvaluation] | None:
    """Return the department's own targets as a project, evaluated like one."""
    report = reports.department
    if report is None:
        if text.indicators:
            notes.append("部门整体支出有绩效指标，没有填报完成情况")
        return None
    if text.indicators:
        project = Project(name=text.unit.name, budget=text.budget, indicators=text.indicators)
    elif report.indicators:
        project = project_of(report)
        notes.append("绩效文本没有部门整体指标，按自评表上的指标值计算")
    else:
        return None
    return project, evaluate(project, report, scoring, text.year or reports.year)


@exact
def roll_up(projects: Sequence[Evaluated], scoring: Scoring, settings: RollUpSettings) -> RollUp:
    """Return the projects' scores weighted by 全年预算数; without any money there is no result."""
    notes = []
    weighed = [one for one in projects if one.budget is not None and one.budget > 0]
    if left := len(projects) - len(weighed):
        notes.append(f"{left}个项目没有预算数或预算数不大于0，没有计入加权")
    budget = sum((one.budget or Decimal(0) for one in weighed), Decimal(0))
    unknown = sum(one.evaluation.total is None for one in weighed)
    if unknown:
        notes.append(f"{unknown}个项目还没有总分，只能给出范围")
    lowest = _weighted([(one.evaluation.lowest, one.budget) for one in weighed], budget)
    highest = _weighted([(one.evaluation.highest, one.budget) for one in weighed], budget)
    total = (
        None
        if unknown
        else _weighted([(one.evaluation.total, one.budget) for one in weighed], budget)
    )
    return RollUp(
        total=total,
        lowest=lowest,
        highest=highest,
        grade=None if total is None else scoring.grade(total),
        budget=budget,
        projects=tuple(_rolled(one, budget) for one in projects),
        formula=_formula(weighed, budget, total, lowest, highest),
        rule=settings.rule,
        source=settings.source,
        notes=tuple(notes),
    )


def _weighted(
    pairs: Sequence[tuple[Decimal | None, Decimal | None]], budget: Decimal
) -> Decimal | None:
    if budget <= 0:
        return None
    products = ((score or Decimal(0)) * (weight or Decimal(0)) for score, weight in pairs)
    return rounded(sum(products, Decimal(0)) / budget)


def _rolled(one: Evaluated, budget: Decimal) -> RolledProject:
    known = one.budget is not None and one.budget > 0
    return RolledProject(
        number=one.number,
        code=one.project.code,
        name=one.project.name,
        budget=one.budget,
        share=rounded((one.budget or Decimal(0)) * HUNDRED / budget) if known else None,
        total=one.evaluation.total,
        grade=one.evaluation.grade,
    )


def _formula(
    weighed: Sequence[Evaluated],
    budget: Decimal,
    total: Decimal | None,
    lowest: Decimal | None,
    highest: Decimal | None,
) -> str:
    """Return the sum with its numbers; that of many projects by what it comes to."""
    if lowest is None or highest is None:
        return "没有可以加权的项目"
    if total is None:
        return f"还有项目没有总分，在 {shown(lowest)} 到 {shown(highest)} 之间"
    if len(weighed) > _WRITTEN_OUT:
        whole = f"{len(weighed)}个项目的（总分 × 全年预算数）之和 ÷ {money(budget)}"
        return f"{whole} = {shown(total)}"
    products = " + ".join(
        f"{shown(one.evaluation.total or Decimal(0))} × {money(one.budget or Decimal(0))}"
        for one in weighed
    )
    return f"（{products}）÷ {money(budget)} = {shown(total)}"
