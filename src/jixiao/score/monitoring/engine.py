"""One project at the end of a month, and a text's projects."""

from __future__ import annotations

from msgspec.structs import replace

from jixiao.model.errors import JixiaoError
from jixiao.model.monitoring import (
    Forecast,
    FundsMonitoring,
    IndicatorMonitoring,
    Judgement,
    ProjectMonitoring,
    TextMonitoring,
)
from jixiao.model.reports import IndicatorReport, ProjectReport, Reports
from jixiao.model.text import Indicator, PerformanceText, Project
from jixiao.model.values import Kind, TargetValue, parse_value
from jixiao.score.arithmetic import exact
from jixiao.score.matching import folded, matched
from jixiao.score.monitoring.actions import (
    LAMP_NAMES,
    action_of,
    goal_lamp,
    quadrant_of,
    worst,
)
from jixiao.score.monitoring.causes import causes, likelihood, measures
from jixiao.score.monitoring.funds import monitor_funds
from jixiao.score.monitoring.pairing import pair_projects
from jixiao.score.monitoring.quantity import Outcome, judge_quantity
from jixiao.score.monitoring.settings import MonitoringSettings
from jixiao.score.monitoring.statements import judge_deadline, judge_qualitative
from jixiao.score.monitoring.summary import summarise
from jixiao.score.monitoring.words import plain, shown
from jixiao.score.points import usable

_NOTHING = IndicatorReport()


@exact
def monitor(
    project: Project,
    report: ProjectReport,
    month: int,
    settings: MonitoringSettings,
    year: int | None = None,
) -> ProjectMonitoring:
    """Return how a project stands at the end of a month, by what its unit reports of it.

    ``year`` is the budget year, for deadlines that name one. Raises JixiaoError for a month that
    is none.
    """
    _check_month(month)
    funds, notes = monitor_funds(project, report.funds, month, settings)
    paired = matched(project.indicators, report.indicators)
    found, over = [], []
    for number, (indicator, line) in enumerate(zip(project.indicators, paired.rows, strict=True)):
        indicator = _with_target(indicator, line, notes)
        outcome = _outcome(indicator, line or _NOTHING, month, year, settings)
        found.append(_monitored(number, indicator, line or _NOTHING, outcome, report))
        if outcome.over:
            over.append(f"“{indicator.name or ''}”")
    notes.extend(
        f"“{project.indicators[at].name or ''}”按位置对上填报的“{line.name}”，请核对"
        for at in sorted(paired.by_position)
        if (line := paired.rows[at]) is not None and line.name
    )
    notes.extend(f"填报了“{line.name or ''}”，绩效目标表里没有这项指标" for line in paired.left)
    goal = goal_lamp(found, settings.goal)
    quadrant = quadrant_of(funds.by_time.lamp, goal.lamp)
    action = action_of(funds, goal, over, _explained(report), found, settings)
    quadrant_text = settings.quadrants[quadrant] if quadrant else "资金或目标判断不了"
    return ProjectMonitoring(
        code=project.code,
        name=project.name,
        unit=project.unit.name or report.unit.name,
        month=month,
        funds=funds,
        indicators=tuple(found),
        goal=goal,
        quadrant=quadrant,
        quadrant_text=quadrant_text,
        lamp=worst(funds.by_time.lamp, goal.lamp),
        action=action,
        summary=_summary(month, funds, goal, quadrant_text, action.name),
        notes=tuple(notes),
        profile=settings.profile,
    )


def monitor_text(
    text: PerformanceText,
    reports: Reports,
    settings: MonitoringSettings,
    month: int | None = None,
) -> TextMonitoring:
    """Return how a text's projects stand; ``month`` where it is not the one the reports name.

    Raises JixiaoError where no month is known.
    """
    month = month or reports.month
    if month is None:
        raise JixiaoError(f"{reports.source} 没有写截至几月", "请写明监控到几月底")
    _check_month(month)
    paired, unknown = pair_projects(text.projects, reports.projects)
    year = text.year or reports.year
    found = tuple(
        _of_unit(monitor(project, report, month, settings, year), text.unit.name)
        for project, report in zip(text.projects, paired, strict=True)
        if report is not None
    )
    missing = [
        project for project, report in zip(text.projects, paired, strict=True) if report is None
    ]
    return TextMonitoring(
        month=month,
        projects=found,
        summary=summarise(found, month, settings),
        missing=tuple(project.name or project.code or "" for project in missing),
        unknown=tuple(report.name or report.code or "" for report in unknown),
    )


def _of_unit(one: ProjectMonitoring, unit: str | None) -> ProjectMonitoring:
    return one if one.unit else replace(one, unit=unit)


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise JixiaoError(f"月份 {month} 不对", "请写 1 到 12")


def _outcome(
    indicator: Indicator,
    line: IndicatorReport,
    month: int,
    year: int | None,
    settings: MonitoringSettings,
) -> Outcome:
    """Return how an indicator stands, by the kind of its target."""
    value, limits = indicator.value, settings.indicator
    if value.kind is None:
        why = Judgement(None, "没有指标值，请补填", limits.rule, limits.source)
        return Outcome(why, Forecast("none", None, None, "", "没有指标值"))
    if value.kind is Kind.DEADLINE:
        return judge_deadline(indicator, line, month, year, limits)
    if _is_number(value):
        return judge_quantity(indicator, line, month, limits)
    return judge_qualitative(indicator, line, month, limits)


def _with_target(indicator: Indicator, line: IndicatorReport | None, notes: list[str]) -> Indicator:
    """Return an indicator with the reported target where the approved one is blank."""
    reported = (line.target or "").strip() if line else ""
    if not reported:
        return indicator
    name = indicator.name or ""
    target = parse_value(reported, name)
    if indicator.value.kind is None:
        notes.append(f"“{name}”没有指标值，按填报的“{reported}”判断")
        return replace(indicator, value=target)
    if folded(reported) != folded(indicator.value.text) and (
        target.number is None or _meaning(target) != _meaning(indicator.value)
    ):
        approved = indicator.value.text
        notes.append(f"“{name}”填报的指标值“{reported}”与批复的“{approved}”不同，按批复的判断")
    return indicator


def _meaning(value: TargetValue) -> tuple[object, ...]:
    return value.operator or "=", value.number, value.upper, value.unit


def _is_number(value: TargetValue) -> bool:
    numbers = [number for number in (value.number, value.upper) if number is not None]
    return value.kind is Kind.QUANTITATIVE and bool(numbers) and all(map(usable, numbers))


def _monitored(
    number: int,
    indicator: Indicator,
    line: IndicatorReport,
    outcome: Outcome,
    report: ProjectReport,
) -> IndicatorMonitoring:
    why = causes(line, outcome, report.problems)
    return IndicatorMonitoring(
        number=number,
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name or "",
        target=indicator.value.text,
        actual=line.actual or "",
        expected=line.expected or "",
        progress=outcome.progress,
        forecast=outcome.forecast,
        deviation=outcome.deviation,
        judgement=outcome.judgement,
        final=outcome.final,
        overdue=outcome.overdue,
        causes=why,
        reason=line.reason,
        likelihood=likelihood(line, outcome),
        measures=measures(line, outcome, why, report.measures),
    )


def _explained(report: ProjectReport) -> str:
    """Return all that the unit writes to explain, without blanks."""
    lines = (part for one in report.indicators for part in (one.reason, one.remark))
    return plain("。".join(filter(None, (report.problems, report.goal_reached, *lines))))


def _summary(
    month: int, funds: FundsMonitoring, goal: Judgement, quadrant: str, action: str
) -> str:
    rate = "执行率算不出" if funds.rate is None else f"执行率 {shown(funds.rate)}%"
    money = f"资金{LAMP_NAMES[funds.by_time.lamp]}灯" if funds.by_time.lamp else "资金判断不了"
    goals = f"目标{LAMP_NAMES[goal.lamp]}灯" if goal.lamp else "目标判断不了"
    return f"截至{month}月底{rate}，{money}，{goals}：{quadrant}；{action}"
