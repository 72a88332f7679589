"""监控表 (财预〔2019〕136号) and 自评表 (财预〔2020〕10号, 财预〔2015〕88号) as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.model.reports import IndicatorReport, ProjectReport, Reports
from jixiao.model.scores import IndicatorScore, Lamp, ProjectEvaluation
from jixiao.model.values import to_decimal
from jixiao.read.report_drafts import MEASURES, RATE, RATE_SCORE, RATE_WEIGHT
from jixiao.read.report_labels import period
from jixiao.write.plain import number, one_line
from jixiao.write.reports.indicators import (
    Column,
    IndicatorTable,
    Rows,
    column,
    field,
    indicator_table,
    ticks,
    used,
)
from jixiao.write.reports.parts import below, funds, goal, who
from jixiao.write.reports.words import points, rate, say, words, year_words
from jixiao.write.text.blocks import Block, Heading, Line, Table

_UPRIGHT, _LYING = 14, 8
"""Indicators that the form has in one table; with more its headings are repeated on each page."""


class Form(NamedTuple):
    """One form: what its sheet is called in a workbook, and its blocks."""

    name: str
    blocks: list[Block]
    landscape: bool = False


def self_evaluation_form(
    report: ProjectReport,
    year: int | None,
    evaluation: ProjectEvaluation | None = None,
    *,
    whole: bool = False,
    single: bool = False,
) -> Form:
    """Return the 自评表 of a project, or of the department as a whole.

    Scores that the unit has not given are those proposed, and their headings say so. ``single``
    keeps all in one table, however many indicators there are.
    """
    title = words().titles["department" if whole else "self_evaluation"]
    given = _Scores(report, evaluation)
    rated = [
        ("weight", given.weight_heading, given.execution_weight),
        ("rate", say("rate"), report.extra.get(RATE) or rate(report)),
        ("score", given.score_heading, given.execution_score),
    ]
    if given.beside:
        rated.append(("proposed", say("proposed_beside"), given.proposed_execution))
    stages = [
        ("initial", say("initial")),
        ("adjusted", say("adjusted")),
        ("spent", say("spent", period(None))),
    ]
    top = [
        *who(report, whole=whole),
        *funds(report, stages, rated, whole=whole),
        *goal(report, say("goal_reached")),
    ]
    columns = _self_columns(report.indicators, given)
    side = single or len(report.indicators) <= _UPRIGHT
    table = indicator_table(report.indicators, columns, side=side)
    table.rows.append(table.sum_row(say("sum"), given.sums()))
    heading = Heading(3, title.format(year=year_words(year)), new_page=True)
    name = "部门整体" if whole else one_line(report.name) or one_line(report.code)
    return Form(name, [heading, *_tables(top, table, below(report), side=side)])


def monitoring_form(
    report: ProjectReport,
    year: int | None,
    month: int,
    lamps: Sequence[Lamp | None] = (),
    *,
    whole: bool = False,
    single: bool = False,
) -> Form:
    """Return the 监控表 of a project as of the end of a month; ``lamps`` are its indicators'."""
    when = period(month)
    stages = [("initial", say("initial"))]
    if any(getattr(report.funds.adjusted, part) for part in ("total", "fiscal", "other")):
        stages.append(("adjusted", say("adjusted")))
    stages += [("spent", say("spent", when)), ("expected", say("expected"))]
    said = report.extra.get(RATE) or rate(report)
    top = [
        *who(report, whole=whole),
        *funds(report, stages, [("rate", say("rate_monitoring", when), said)], whole=whole),
        *goal(report, say("goal_reached_monitoring", when)),
    ]
    columns = [
        column("indicator", field("name")),
        column("target", field("target")),
        column("actual_monitoring", field("actual"), period=when),
        column("expected_value", field("expected")),
        *ticks(),
        *(column(name, field(name)) for name in used(report.indicators, "measures", "evidence")),
        column("remark", field("remark")),
    ]
    if any(lamps):
        shown = [words().lamps[each] if each else "" for each in lamps]
        columns.append(
            column("lamp", lambda at, _: shown[at] if at < len(shown) else "", kind="number")
        )
    side = single or len(report.indicators) <= _LYING
    table = indicator_table(report.indicators, columns, side=side)
    title = words().titles["department_monitoring" if whole else "monitoring"]
    heading = Heading(3, title.format(year=year_words(year)), new_page=True)
    name = "部门整体" if whole else one_line(report.name) or one_line(report.code)
    return Form(name, [heading, *_tables(top, table, below(report), side=side)], landscape=True)


def forms_of(
    reports: Reports, evaluations: Sequence[ProjectEvaluation | None] = (), *, single: bool = False
) -> list[Form]:
    """Return the forms of all that a file reports, the department's last."""
    forms = []
    for at, report in enumerate(reports.projects):
        if reports.kind == "monitoring":
            month = reports.month or 12
            forms.append(monitoring_form(report, reports.year, month, single=single))
        else:
            score = evaluations[at] if at < len(evaluations) else None
            forms.append(self_evaluation_form(report, reports.year, score, single=single))
    if reports.department is not None:
        if reports.kind == "monitoring":
            month = reports.month or 12
            forms.append(
                monitoring_form(reports.department, reports.year, month, whole=True, single=single)
            )
        else:
            forms.append(
                self_evaluation_form(reports.department, reports.year, whole=True, single=single)
            )
    return forms


def _tables(top: Rows, table: IndicatorTable, bottom: Rows, *, side: bool) -> list[Block]:
    if side:
        return [Table([*top, *table.heads, *table.rows, *bottom])]
    return [
        Table(top),
        Line(""),
        Table([*table.heads, *table.rows, *bottom], heads=len(table.heads)),
    ]


def _self_columns(indicators: Sequence[IndicatorReport], given: _Scores) -> list[Column]:
    columns = [
        column("indicator", field("name")),
        column("target", field("target")),
        column("actual", field("actual")),
        Column(given.weight_heading, words().widths["weight"], given.weight, "number"),
        Column(given.score_heading, words().widths["score"], given.score, "number"),
    ]
    if given.beside:
        columns.append(column("proposed_beside", given.proposed, kind="number"))
    columns.append(column("why", lambda _, one: explanation(one)))
    return columns + [column(name, field(name)) for name in used(indicators, "evidence", "remark")]


def explanation(one: IndicatorReport) -> str:
    """Return causes, reason and measures in one: 经费保障：资金到位晚。 改进措施：…"""
    causes = "、".join(one.causes)
    reason = one.reason or ""
    text = f"{causes}：{reason}" if causes and reason else causes or reason
    if one.measures:
        text = f"{text}\n{MEASURES}：{one.measures}" if text else f"{MEASURES}：{one.measures}"
    return text


class _Scores:
    """Which scores a form shows: the unit's own, those proposed, or both side by side."""

    def __init__(self, report: ProjectReport, evaluation: ProjectEvaluation | None) -> None:
        self._report = report
        self._evaluation = evaluation
        extra, indicators = report.extra, report.indicators
        own_scores = bool(
            report.score or extra.get(RATE_SCORE) or any(one.score for one in indicators)
        )
        own_weights = bool(extra.get(RATE_WEIGHT) or any(one.weight for one in indicators))
        self._propose = evaluation is not None and not own_scores
        self._weigh = evaluation is not None and not own_weights
        self.beside = evaluation is not None and own_scores
        self.weight_heading = say("proposed_weight" if self._weigh else "weight")
        self.score_heading = say("proposed_score" if self._propose else "score")

    @property
    def execution_weight(self) -> str:
        if self._weigh and self._evaluation:
            return points(self._evaluation.execution.full)
        return self._report.extra.get(RATE_WEIGHT, "")

    @property
    def execution_score(self) -> str:
        return self.proposed_execution if self._propose else self._report.extra.get(RATE_SCORE, "")

    @property
    def proposed_execution(self) -> str:
        return points(self._evaluation.execution.score) if self._evaluation else ""

    def weight(self, at: int, one: IndicatorReport) -> str:
        if not self._weigh:
            return one.weight or ""
        found = self._scored(at)
        return points(found.score.full) if found else ""

    def score(self, at: int, one: IndicatorReport) -> str:
        return self.proposed(at, one) if self._propose else one.score or ""

    def proposed(self, at: int, _: IndicatorReport) -> str:
        found = self._scored(at)
        return points(found.score.score) if found else ""

    def _scored(self, at: int) -> IndicatorScore | None:
        scores = self._evaluation.indicators if self._evaluation else ()
        return next((each for each in scores if each.number == at), None)

    def sums(self) -> dict[str, str]:
        """Return what stands in the row of sums, by heading."""
        sums = {self.weight_heading: self._full()}
        total = points(self._evaluation.total) if self._evaluation else ""
        sums[self.score_heading] = total if self._propose else self._report.score or ""
        if self.beside:
            sums[say("proposed_beside")] = total
        return sums

    def _full(self) -> str:
        if self._weigh and self._evaluation:
            scores = self._evaluation.indicators
            return number(sum((s.score.full for s in scores), self._evaluation.execution.full))
        weights = [to_decimal(one.weight) for one in self._report.indicators if one.weight]
        weights.append(to_decimal(self._report.extra.get(RATE_WEIGHT) or "0"))
        known = [each for each in weights if each is not None]
        full = sum(known, Decimal(0))
        return number(full) if full and len(known) == len(weights) else ""
