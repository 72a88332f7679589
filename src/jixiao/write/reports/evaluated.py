"""A text's projects with what is reported of each and how it scores, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from jixiao.model import PerformanceText, Project
from jixiao.model.department import DepartmentEvaluation
from jixiao.model.reports import IndicatorReport, ProjectReport, Reports
from jixiao.model.scores import ProjectEvaluation, UnitEvaluation
from jixiao.score.department import evaluate_department, evaluate_projects
from jixiao.score.department_settings import department_settings
from jixiao.score.matching import matched
from jixiao.score.monitoring.funds import annual_budget
from jixiao.score.monitoring.pairing import pair_projects
from jixiao.score.profile import Scoring

_MYRIAD = Decimal(10_000)


class Evaluated(NamedTuple):
    """A project, its report with a row for each of its indicators in order, and its scores."""

    project: Project
    report: ProjectReport
    evaluation: ProjectEvaluation

    @property
    def budget(self) -> Decimal | None:
        """The year's budget (adjusted, else initial) in 万元."""
        amount = annual_budget(self.project, self.report.funds)
        return None if amount is None else amount / _MYRIAD

    @property
    def spent(self) -> Decimal | None:
        """What was spent, in 万元."""
        money = self.report.funds.spent.money("total")
        return None if money is None else money.to("万元")

    @property
    def initial(self) -> Decimal | None:
        """The budget at the year's beginning, in 万元."""
        for budget in (self.report.funds.initial, self.project.budget):
            if (money := budget.money("total")) is not None:
                return money.to("万元")
        return None


class UnitReport(NamedTuple):
    """All that a unit's self-evaluation says."""

    text: PerformanceText
    reports: Reports
    projects: tuple[Evaluated, ...]
    missing: tuple[Project, ...]
    unknown: tuple[ProjectReport, ...]
    evaluation: UnitEvaluation
    department: DepartmentEvaluation


def evaluated(text: PerformanceText, reports: Reports, profile: Scoring) -> UnitReport:
    """Score each project of a text by what is reported of it; name what has no other side."""
    year = text.year or reports.year
    scored, notes = evaluate_projects(text, reports, profile)
    done = [
        Evaluated(one.project, whole(one.project, one.report), one.evaluation) for one in scored
    ]
    paired, unknown = pair_projects(text.projects, reports.projects)
    missing = [one for one, report in zip(text.projects, paired, strict=True) if report is None]
    made = UnitEvaluation(
        source=text.source,
        year=year,
        unit=text.unit if text.unit.name else reports.unit,
        projects=tuple(one.evaluation for one in done),
        notes=tuple(notes),
        profile=profile.label,
    )
    settings = department_settings(profile)
    department = evaluate_department(text, reports, profile, settings, (scored, notes))
    return UnitReport(text, reports, tuple(done), tuple(missing), tuple(unknown), made, department)


def department_report(unit: UnitReport) -> ProjectReport | None:
    """Return the department's own report, with what the text says where it is silent."""
    report, text = unit.reports.department, unit.text
    if report is None:
        return None
    if not text.indicators:
        return report
    goals = (text.overall,) if text.overall else ()
    own = Project(unit=text.unit, budget=text.budget, goals=goals, indicators=text.indicators)
    return whole(own, report)


def whole(project: Project, report: ProjectReport) -> ProjectReport:
    """Return a report with what its project says where it is silent, its rows in the same order.

    An indicator that is not reported has a blank row; rows of no indicator stand at the end.
    """
    pairs = matched(project.indicators, report.indicators)
    rows = [
        row
        if row is not None
        else IndicatorReport(
            level1=one.level1, level2=one.level2, name=one.name, target=one.value.text
        )
        for one, row in zip(project.indicators, pairs.rows, strict=True)
    ]
    funds = report.funds
    if funds.initial.total is None:
        funds = msgspec.structs.replace(funds, initial=project.budget)
    return msgspec.structs.replace(
        report,
        code=report.code or project.code,
        name=report.name or project.name,
        unit=report.unit if report.unit.name else project.unit,
        department=report.department if report.department.name else project.department,
        funds=funds,
        goal=report.goal or "\n".join(project.goals),
        indicators=(*rows, *pairs.left),
    )


def sums(projects: Sequence[Evaluated]) -> tuple[Decimal, Decimal, Decimal, int]:
    """Return 年初预算, 全年预算 and 执行数 in 万元, and how many projects could not be counted."""
    known = [each for each in projects if each.budget is not None and each.spent is not None]
    return (
        sum((each.initial or each.budget or Decimal(0) for each in known), Decimal(0)),
        sum((each.budget or Decimal(0) for each in known), Decimal(0)),
        sum((each.spent or Decimal(0) for each in known), Decimal(0)),
        len(projects) - len(known),
    )
