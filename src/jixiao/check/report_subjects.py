"""What a report is about: which approved project, which place in the report's file.

A report names its projects and indicators in words; what was approved is found by code, by name,
and where both tell of a single project, by its being the only one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.wording import fold, is_missing, key
from jixiao.model import Indicator, PerformanceText, Place, Project, parse_value
from jixiao.model.reports import ProjectReport, Reports

_Approved = tuple[int | None, ProjectReport, Project | None]


def department(text: PerformanceText) -> Project:
    """Return the department's own table as rules over a project see it."""
    return Project(
        name=text.unit.name,
        unit=text.unit,
        budget=text.budget,
        goals=(text.overall,) if text.overall else (),
        indicators=text.indicators,
        place=text.place,
    )


def approved(reports: Reports, text: PerformanceText | None) -> Iterator[_Approved]:
    """Yield each report with its position and what was approved; None for what is not known.

    The department as a whole comes first and has no position.
    """
    if reports.department is not None:
        known = text is not None and (text.indicators or text.overall)
        yield None, reports.department, department(text) if text is not None and known else None
    pairs = pair(reports, text)
    for position, report in enumerate(reports.projects):
        at = pairs.get(position)
        yield position, report, None if at is None or text is None else text.projects[at]


def pair(reports: Reports, text: PerformanceText | None) -> dict[int, int]:
    """Return which project of the text each report is of, by position in both."""
    if text is None:
        return {}
    pairs: dict[int, int] = {}
    left = set(range(len(text.projects)))
    for names in (_by_code, _by_name):
        wanted: dict[str, list[int]] = {}
        for at in sorted(left):
            wanted.setdefault(names(text.projects[at]), []).append(at)
        for position, report in enumerate(reports.projects):
            same = wanted.get(names(report), [])
            if position not in pairs and names(report) and same:
                pairs[position] = same.pop(0)
        left -= set(pairs.values())
    if not pairs and len(reports.projects) == len(text.projects) == 1:
        only = reports.projects[0]
        if not _by_code(only) and not _by_name(only):
            pairs[0] = 0
    return pairs


def _by_code(of: Project | ProjectReport) -> str:
    return "" if is_missing(of.code) else key(of.code).upper()


def _by_name(of: Project | ProjectReport) -> str:
    return "" if is_missing(of.name) else key(of.name)


def place_in_report(
    reports: Reports, project: int | None, indicator: int | None, field: str
) -> Place | None:
    """Return where a field stands; where it is not in the file, where what should have it stands.

    A field within another (``funds.spent.total``) is also looked for as ``spent.total``.
    """
    holder: Reports | ProjectReport = reports if project is None else reports.projects[project]
    if project is None and reports.department is not None:
        own = reports.department
        if indicator is not None or _place(own.place, field):
            holder = own
    if indicator is not None and isinstance(holder, ProjectReport):
        places = holder.indicators[indicator].place
        found = _place(places, field) or places.get("self")
        if found is not None:
            return found
    return _place(holder.place, field) or holder.place.get("self") or reports.place.get("self")


def _place(places: dict[str, Place], field: str) -> Place | None:
    """funds.spent.total is also told of as spent.total; that of funds.spent is its total's."""
    inner = field.partition(".")[2]
    for name in (field, inner, f"{inner}.total", field.partition(".")[0]):
        if name in places:
            return places[name]
    return None


def outline(reports: Reports) -> PerformanceText:
    """Return a report as a text with the same positions, names, targets and places.

    Whatever shows, waives or counts findings takes a text; this is the text that the findings of
    ``Checker.check_reports`` are about.
    """
    own = reports.department
    return PerformanceText(
        source=reports.source,
        year=reports.year,
        unit=reports.unit,
        overall=own.goal if own else None,
        indicators=_indicators(own) if own else (),
        projects=tuple(map(_project, reports.projects)),
        unread=reports.unread,
        warnings=reports.warnings,
        place=reports.place,
    )


def _project(report: ProjectReport) -> Project:
    funds = report.funds
    budget = funds.adjusted if fold(funds.adjusted.total) else funds.initial
    return Project(
        code=report.code,
        name=report.name,
        unit=report.unit,
        department=report.department,
        budget=budget,
        goals=(report.goal,) if report.goal else (),
        indicators=_indicators(report),
        extra=report.extra,
        place=report.place,
    )


def _indicators(report: ProjectReport) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            level1=one.level1,
            level2=one.level2,
            name=one.name,
            value=parse_value(one.target or "", one.name or ""),
            weight=one.weight,
            remark=one.remark,
            place=one.place,
        )
        for one in report.indicators
    )
