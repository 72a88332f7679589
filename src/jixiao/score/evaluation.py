"""绩效自评 of projects: the execution rate, each indicator, the sum, the ceiling, the grade."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from jixiao.model.reports import IndicatorReport, ProjectReport, Reports
from jixiao.model.scores import IndicatorScore, ProjectEvaluation, UnitEvaluation
from jixiao.model.text import Indicator, PerformanceText, Project
from jixiao.model.values import TargetValue, parse_value
from jixiao.score.achievement import achieved
from jixiao.score.execution import ExecutionRate, execution
from jixiao.score.matching import Matched, folded, matched
from jixiao.score.monitoring.pairing import pair_projects, same_code
from jixiao.score.outcome import Outcome, told, undecided
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Scoring
from jixiao.score.weights import Shares, own_points, shared

_ZERO, _WHOLE = Decimal("0.00"), Decimal(100)


def evaluate(
    project: Project, report: ProjectReport, profile: Scoring, year: int | None = None
) -> ProjectEvaluation:
    """Score a project by its targets and what its unit reports of the whole year.

    ``year`` is the budget year, for dates that name none. Rows of the report that are about no
    target, and targets without a row, are told in the notes.
    """
    rate = execution(report.funds, project.budget, profile)
    pairs = matched(project.indicators, report.indicators)
    shares = shared(project.indicators, pairs.rows, profile)
    scores = tuple(
        _indicator(i, one, pairs, shares, profile, year) for i, one in enumerate(project.indicators)
    )
    notes = [*shares.about, *(_left(row) for row in pairs.left)]
    if not scores:
        notes.append("绩效目标表没有绩效指标，预算执行率以外的分值没有依据可算")
    return _summed(project, report, rate, scores, notes, profile)


def evaluate_text(text: PerformanceText, reports: Reports, profile: Scoring) -> UnitEvaluation:
    """Score each project of a text that the reports tell of; name the others in the notes."""
    year = text.year or reports.year
    paired, unknown = pair_projects(text.projects, reports.projects)
    return UnitEvaluation(
        source=text.source,
        year=year,
        unit=text.unit if text.unit.name else reports.unit,
        projects=tuple(
            evaluate(project, report, profile, year)
            for project, report in zip(text.projects, paired, strict=True)
            if report is not None
        ),
        notes=pairing_notes(text.projects, paired, unknown),
        profile=profile.label,
    )


def pairing_notes(
    projects: Sequence[Project],
    paired: Sequence[ProjectReport | None],
    unknown: Sequence[ProjectReport],
) -> tuple[str, ...]:
    """Return what is to be told of a pairing: codes that differ, what has no other side."""
    found = list(zip(projects, paired, strict=True))
    return (
        *(
            f"项目“{told(project.name)}”的编码与自评的不同"
            f"（{told(project.code)}、{told(report.code)}），按名称对上，请核对"
            for project, report in found
            if report is not None and not same_code(project.code, report.code)
        ),
        *(f"项目“{_named(one)}”没有填报自评" for one, report in found if report is None),
        *(
            f"填报的项目“{_named(one)}”在绩效文本中没有，没有计分，请核对项目编码和名称"
            for one in unknown
        ),
    )


def _named(one: Project | ProjectReport) -> str:
    return told(one.name or one.code) or "（没有名称）"


def project_of(report: ProjectReport) -> Project:
    """Return a project as its own report states it, for a report whose targets are not at hand."""
    return Project(
        code=report.code,
        name=report.name,
        unit=report.unit,
        department=report.department,
        budget=report.funds.initial,
        goals=(report.goal,) if report.goal else (),
        indicators=tuple(
            Indicator(
                level1=row.level1,
                level2=row.level2,
                name=row.name,
                value=parse_value(row.target or "", row.name or ""),
                weight=row.weight,
            )
            for row in report.indicators
        ),
    )


def _indicator(
    i: int, one: Indicator, pairs: Matched, shares: Shares, profile: Scoring, year: int | None
) -> IndicatorScore:
    row, full = pairs.rows[i], shares.points[i]
    notes = list(shares.notes[i])
    target = one.value
    if row is None:
        missing = "自评表里没有这项指标，请补填"
        outcome = undecided(full, "绩效指标得分", profile.quantitative.source, missing)
    else:
        if i in pairs.by_position:
            notes.append(f"按位置对上自评表的“{told(row.name)}”，名称不同，请核对")
        target = _target(one, row, notes)
        outcome = _outcome(full, one, target, row, profile, year)
        notes += _differing(full, row, outcome)
    score = outcome.score
    return IndicatorScore(
        number=i,
        name=one.name or "",
        target=target.text,
        actual=(row.actual if row else None) or "",
        rate=None if outcome.rate is None else rounded(outcome.rate * 100),
        score=replace(score, notes=(*score.notes, *notes)) if notes else score,
    )


def _outcome(
    full: Decimal,
    one: Indicator,
    target: TargetValue,
    row: IndicatorReport,
    profile: Scoring,
    year: int | None,
) -> Outcome:
    return achieved(
        full,
        one.name or "",
        target,
        row.actual or "",
        profile,
        own=own_points(row.score),
        reason=row.reason,
        year=year,
        satisfaction=any("满意" in (text or "") for text in (one.level1, one.level2, one.name)),
    )


def _target(one: Indicator, row: IndicatorReport, notes: list[str]) -> TargetValue:
    """Return the approved target; the report's own only where the approved one is blank."""
    theirs = (row.target or "").strip()
    if one.value.kind is None and theirs:
        notes.append(f"绩效目标表没有指标值，按自评表上的“{told(theirs)}”计算")
        return parse_value(theirs, one.name or "")
    if theirs and folded(theirs) != folded(one.value.text):
        reported = parse_value(theirs, one.name or "")
        if _meaning(reported) != _meaning(one.value) or reported.number is None:
            notes.append(
                f"自评表上的指标值“{told(theirs)}”与绩效目标表的“{told(one.value.text)}”不同，"
                "按绩效目标表计算"
            )
    return one.value


def _meaning(value: TargetValue) -> tuple[object, ...]:
    return value.operator or "=", value.number, value.upper, value.unit


def _differing(full: Decimal, row: IndicatorReport, outcome: Outcome) -> list[str]:
    """Return where the report's own points are not those that the profile gives."""
    notes = []
    weight, own = own_points(row.weight), own_points(row.score)
    if weight is not None and weight != full:
        notes.append(f"自评表上的分值为 {shown(weight)}，按口径为 {shown(full)}")
    if own is not None and outcome.score.score is not None and own != outcome.score.score:
        notes.append(f"单位自评得 {shown(own)} 分，按口径得 {shown(outcome.score.score)} 分")
    return notes


def _left(row: IndicatorReport) -> str:
    name = told(row.name) or "没有名称的一项"
    return f"自评表的“{name}”在绩效目标表中没有对应的指标，没有计分，请核对"


def _summed(
    project: Project,
    report: ProjectReport,
    rate: ExecutionRate,
    scores: tuple[IndicatorScore, ...],
    notes: list[str],
    profile: Scoring,
) -> ProjectEvaluation:
    points = [rate.score, *(one.score for one in scores)]
    sure = sum((each.score or _ZERO for each in points), _ZERO)
    unsure = sum((each.full for each in points if each.score is None), _ZERO)
    if not scores:
        unsure += _WHOLE - profile.execution.points
    # a rate that cannot be told may turn out to be nothing, or all
    lowest = _capped(sure, rate.rate or Fraction(0), profile)
    highest = _capped(sure + unsure, Fraction(1) if rate.rate is None else rate.rate, profile)
    total = lowest if not unsure and not any(each.score is None for each in points) else None
    if total is not None and total < sure:
        notes.append(
            f"合计 {shown(sure)} 分；执行率 {shown(rate.percent or _ZERO)}%，"
            f"总分至多 {shown(total)} 分（{profile.ceilings.source}）"
        )
    undone = sum(1 for each in points if each.score is None)
    if undone:
        notes.append(
            f"有 {undone} 项算不出来，要人来定：总分在 {shown(lowest)} 到 {shown(highest)} 之间"
        )
    own = own_points(report.score)
    if own is not None and total is not None and own != total:
        notes.append(f"单位自评总分 {shown(own)}，按口径为 {shown(total)}")
    return ProjectEvaluation(
        code=project.code or report.code,
        name=project.name or report.name,
        execution_rate=rate.percent,
        execution=rate.score,
        indicators=scores,
        total=total,
        lowest=lowest,
        highest=highest,
        grade=None if total is None else profile.grade(total),
        notes=tuple(notes),
        profile=profile.label,
    )


def _capped(total: Decimal, rate: Fraction, profile: Scoring) -> Decimal:
    """Return a total under the lowest ceiling that the execution rate allows."""
    for step in profile.ceilings.steps:
        if rate * 100 < step.below:
            total = min(total, step.most)
    return rounded(total)
