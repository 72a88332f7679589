"""What the forms have in common: who, the money, the goal, and what stands below the indicators."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.model.reports import ProjectReport
from jixiao.read.report_drafts import RATE, RATE_SCORE, RATE_WEIGHT
from jixiao.write.reports.words import money_unit, rate, say, words
from jixiao.write.text.blocks import FULL, Cell, spread
from jixiao.write.text.project import unit_words

_LABEL = 130
_SECOND = 290
_MIDDLE = 565
_NAME = 690
_PARTS = ("total", "fiscal", "other")
_STRUCK = "—"

Rows = list[list[Cell]]


def wide_row(label: str, text: str) -> list[Cell]:
    """Return a row of a label and one wide cell."""
    return [Cell(label, 0, _LABEL, "label"), Cell(text, _LABEL, FULL)]


def who(report: ProjectReport, *, whole: bool = False) -> Rows:
    """Return the rows that say whose report it is."""
    if whole:
        return [wide_row(say("whole"), unit_words(report.unit))]
    rows = []
    if report.code:
        rows.append(_two(say("name"), report.name or "", say("code"), report.code))
    else:
        rows.append(wide_row(say("name"), report.name or ""))
    department, unit = unit_words(report.department), unit_words(report.unit)
    rows.append(_two(say("department"), department, say("unit"), unit))
    return rows


def _two(first: str, one: str, second: str, other: str) -> list[Cell]:
    return [
        Cell(first, 0, _LABEL, "label"),
        Cell(one, _LABEL, _MIDDLE),
        Cell(second, _MIDDLE, _NAME, "label"),
        Cell(other, _NAME, FULL),
    ]


def funds(
    report: ProjectReport,
    stages: Sequence[tuple[str, str]],
    rated: Sequence[tuple[str, str, str]],
    *,
    whole: bool = False,
) -> Rows:
    """Return the rows of the money.

    ``stages`` are columns of amounts (initial, its heading). ``rated`` are those that only the
    total has, with their headings and what they say; the rate is said of each part.
    """
    unit = money_unit(report)
    name = "department_funds" if whole else "funds"
    label = words().labels[name].format(unit) if unit else say(f"{name}_unitless")
    heads = [heading for _, heading in stages] + [heading for _, heading, _ in rated]
    edges = spread([1] * len(heads), _SECOND)
    rows: Rows = [[Cell(label, 0, _LABEL, "label", 1 + len(_PARTS)), Cell("", _LABEL, _SECOND)]]
    for heading, begin, end in zip(heads, edges, edges[1:], strict=False):
        rows[0].append(Cell(heading, begin, end, "head"))
    for part in _PARTS:
        texts = [getattr(getattr(report.funds, stage), part) or "" for stage, _ in stages]
        for role, _, text in rated:
            if part == "total":
                texts.append(text)
            else:
                texts.append(rate(report, part) if role == "rate" else _STRUCK)
        row = [Cell(say(part), _LABEL, _SECOND, "label")]
        for text, begin, end in zip(texts, edges, edges[1:], strict=False):
            row.append(Cell(text, begin, end, "number"))
        rows.append(row)
    return rows


def goal(report: ProjectReport, reached: str) -> Rows:
    """Return what was to be reached and what was; ``reached`` heads the latter."""
    return [
        [
            Cell(say("goals"), 0, _LABEL, "label", 2),
            Cell(say("goal"), _LABEL, _MIDDLE, "head"),
            Cell(reached, _MIDDLE, FULL, "head"),
        ],
        [
            Cell(report.goal or "", _LABEL, _MIDDLE),
            Cell(report.goal_reached or "", _MIDDLE, FULL),
        ],
    ]


def below(report: ProjectReport) -> Rows:
    """Return the rows under the indicators: problems, measures, the form's own, who signs."""
    rows = []
    for name, text in (("problems", report.problems), ("next", report.measures)):
        if text:
            rows.append(wide_row(say(name), text))
    rows += [
        wide_row(name, text)
        for name, text in report.extra.items()
        if name not in (RATE, RATE_WEIGHT, RATE_SCORE)
    ]
    rows.append([Cell(say("sign"), 0, FULL)])
    return rows
