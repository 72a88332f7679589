"""绩效运行监控: the table of a unit's projects with their lamps, then a form a project."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from jixiao.model import PerformanceText
from jixiao.model.monitoring import MonitoringSummary, ProjectMonitoring, TextMonitoring
from jixiao.model.reports import ProjectReport, Reports
from jixiao.model.scores import Lamp
from jixiao.score.monitoring.pairing import pair_projects
from jixiao.write.plain import number, one_line
from jixiao.write.reports.evaluated import whole
from jixiao.write.reports.forms import Form, monitoring_form
from jixiao.write.reports.words import words, year_words
from jixiao.write.text.blocks import Block, Cell, Heading, Line, Table, spread

_MYRIAD = Decimal(10_000)
_CENT = Decimal("0.01")


class Monitored(NamedTuple):
    """A project's report, with what its targets say where it is silent, and how it stands."""

    report: ProjectReport
    monitoring: ProjectMonitoring


def monitored(
    text: PerformanceText, reports: Reports, found: TextMonitoring
) -> tuple[Monitored, ...]:
    """Return the projects that are monitored with their reports, in the order of the text."""
    paired, _ = pair_projects(text.projects, reports.projects)
    told = [
        whole(project, report)
        for project, report in zip(text.projects, paired, strict=True)
        if report is not None
    ]
    return tuple(Monitored(report, one) for report, one in zip(told, found.projects, strict=True))


def monitoring_forms(
    text: PerformanceText, reports: Reports, found: TextMonitoring, *, single: bool = False
) -> list[Form]:
    """Return the summary and the forms of a unit's projects as of a month."""
    year = text.year or reports.year
    made = [_summary(found, year)]
    for one in monitored(text, reports, found):
        lamps = [each.judgement.lamp for each in one.monitoring.indicators]
        made.append(monitoring_form(one.report, year, found.month, lamps, single=single))
    if reports.department is not None:
        made.append(
            monitoring_form(reports.department, year, found.month, whole=True, single=single)
        )
    return made


def counted(summary: MonitoringSummary) -> str:
    """Return the sentence that counts the projects by lamp, with their money."""
    lamps: dict[Lamp | None, int] = {each.lamp: each.projects for each in summary.lamps}
    text: str = words().monitoring["counted"]
    return text.format(
        projects=summary.projects,
        month=summary.month,
        budget=_myriads(summary.budget),
        spent=_myriads(summary.spent),
        rate="算不出" if summary.rate is None else f"{number(summary.rate)}%",
        green=lamps.get("green", 0),
        yellow=lamps.get("yellow", 0),
        red=lamps.get("red", 0),
        open=lamps.get(None, 0),
    )


def _summary(found: TextMonitoring, year: int | None) -> Form:
    said = words().monitoring
    title = words().titles["monitoring_summary"].format(year=year_words(year), month=found.month)
    edges = spread(said["widths"])
    rows = [_row(edges, said["heads"], head=True)]
    for at, one in enumerate(found.projects, 1):
        total = one.funds.total
        texts = [
            str(at),
            one_line(one.name),
            "" if total.budget is None else _myriads(total.budget),
            "" if total.spent is None else _myriads(total.spent),
            "" if one.funds.rate is None else f"{number(one.funds.rate)}%",
            _lamp(one.funds.by_time.lamp),
            _lamp(one.goal.lamp),
            one.quadrant_text,
            one.action.name,
            "；".join(one.action.reasons) or one.action.rule,
        ]
        rows.append(_row(edges, texts))
    profile = found.projects[0].profile if found.projects else ""
    blocks: list[Block] = [
        Heading(3, title),
        Table(rows, heads=1),
        Line(""),
        Line(said["about"].format(profile=profile, summary=counted(found.summary))),
    ]
    for name in ("missing", "unknown"):
        names: Sequence[str] = getattr(found, name)
        if names:
            blocks.append(Line(said[name].format(names="、".join(map(one_line, names)))))
    return Form("监控汇总", blocks, landscape=True)


def _lamp(lamp: Lamp | None) -> str:
    return words().lamps[lamp] if lamp else str(words().monitoring["unjudged"])


def _myriads(amount: Decimal) -> str:
    return number((amount / _MYRIAD).quantize(_CENT, ROUND_HALF_UP))


def _row(edges: Sequence[int], texts: Sequence[str], *, head: bool = False) -> list[Cell]:
    return [
        Cell(text, begin, end, "head" if head else "value" if at in (1, 7, 9) else "number")
        for at, (text, begin, end) in enumerate(zip(texts, edges, edges[1:], strict=False))
    ]
