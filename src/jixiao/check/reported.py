"""What is reported of a project, as the rules over reports look at it: row by row, with numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from jixiao.check.attained import attained
from jixiao.check.pairing import pair_indicators
from jixiao.check.report_words import pattern
from jixiao.check.wording import fold, is_missing
from jixiao.model import Budget, Indicator, Money, Project, TargetValue, parse_value
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport
from jixiao.model.values import to_decimal

_HUNDRED = 100
_STOPS = "。．.；;，,！!"

RATE, RATE_WEIGHT, RATE_SCORE = "执行率", "执行率分值", "执行率得分"
"""Names under which ``ProjectReport.extra`` has what a form says of the execution rate."""


class Row(NamedTuple):
    """One indicator reported: its position, what was approved, and what the numbers are.

    ``reached`` and ``share`` are those of ``attained``; ``full`` and ``points`` the 分值 and 得分.
    """

    number: int
    said: IndicatorReport
    approved: Indicator | None
    target: TargetValue
    actual: TargetValue
    full: Decimal | None
    points: Decimal | None
    reached: bool | None
    share: Decimal | None

    @property
    def is_full(self) -> bool:
        """Whether it was given all its points."""
        return self.full is not None and self.points == self.full > 0

    @property
    def is_short(self) -> bool:
        """Whether it was given less than its points."""
        return self.full is not None and self.points is not None and self.points < self.full

    @property
    def is_unfilled(self) -> bool:
        """Whether no value is reported; 无 is one where nothing was to happen (无事故)."""
        if not is_missing(self.said.actual):
            return False
        if pattern("none_happened").fullmatch(fold(self.said.actual)) is None:
            return True
        wanted = fold(self.target.text)
        return pattern("none_wanted").fullmatch(wanted) is None and not self._is_bounded_above

    @property
    def _is_bounded_above(self) -> bool:
        return self.target.operator in ("≤", "<")

    @property
    def is_explained(self) -> bool:
        """Whether anything is written of why it differs from the target."""
        said = self.said
        return bool(said.causes) or any(map(tells, (said.reason, said.measures, said.remark)))


class Reported(NamedTuple):
    """What is reported of a project: its indicators and what was spent of what."""

    rows: tuple[Row, ...]
    rate: Decimal | None
    """执行率, in per cent."""

    @property
    def has_scores(self) -> bool:
        """Whether the form has points at all."""
        return any(row.points is not None for row in self.rows)


_last: tuple[ProjectReport, Project | None, Reported] | None = None


def reported(report: ProjectReport, project: Project | None) -> Reported:
    """Return what is reported of a project, held against what was approved.

    Several rules ask for the same report one after the other, so the last one is kept.
    """
    global _last
    last = _last
    if last is None or last[0] is not report or last[1] is not project:
        found = Reported(_rows(report, project), execution_rate(report))
        last = _last = report, project, found
    return last[2]


def _rows(report: ProjectReport, project: Project | None) -> tuple[Row, ...]:
    pairs = pair_indicators(report.indicators, project.indicators if project else ())
    rows = []
    for number, said in enumerate(report.indicators):
        at = pairs.get(number)
        known = project.indicators[at] if project is not None and at is not None else None
        rows.append(_row(number, said, known))
    return tuple(rows)


def _row(number: int, said: IndicatorReport, known: Indicator | None) -> Row:
    name = said.name or (known.name if known else None) or ""
    target = parse_value(said.target or "", name)
    if target.kind is None and known is not None:
        target = known.value
    actual = parse_value(said.actual or "", name)
    full = points(said.weight)
    if full is None and known is not None:
        full = points(known.weight)
    found = attained(target, actual, name)
    return Row(
        number, said, known, target, actual, full, points(said.score), found.reached, found.share
    )


def points(text: str | None) -> Decimal | None:
    """Return the points that a cell states: 10, 10分, 9.50."""
    return to_decimal(fold(text).removesuffix("分")) if text else None


def tells(text: str | None) -> bool:
    """Tell whether a text says something: not blank, 无, 无偏差, 暂无问题."""
    if is_missing(text):
        return False
    return pattern("nothing").fullmatch(fold(text).rstrip(_STOPS)) is None


def budget_of(funds: Funds) -> Budget:
    """Return what could be spent: 全年预算数, or 年初预算数 where none is given."""
    return funds.adjusted if funds.adjusted.money("total") is not None else funds.initial


def execution_rate(report: ProjectReport) -> Decimal | None:
    """Return spent ÷ budget in per cent, or what the form says of it; None if neither is known."""
    spent, budget = report.funds.spent.money("total"), budget_of(report.funds).money("total")
    if spent is not None and budget is not None and budget.amount > 0:
        return spent.to("元") * _HUNDRED / budget.to("元")
    said = parse_value(report.extra.get(RATE, ""))
    return said.number if said.unit == "%" and said.upper is None else None


def shown(number: Decimal) -> str:
    """Return a number as a message shows it: with two decimals at most, no zeros at the end."""
    text = f"{round(number, 2):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money_shown(money: Money) -> str:
    """Return a sum as a message shows it: 500万元."""
    return f"{shown(money.amount)}{money.unit}"


def written_of(report: ProjectReport) -> str:
    """Return everything that is explained in words: of the project, its fields and indicators."""
    texts: list[str | None] = [report.problems, report.measures, report.goal_reached]
    texts += report.extra.values()
    for said in report.indicators:
        texts += (said.reason, said.measures, said.remark, *said.causes)
    return _joined(texts)


def _joined(texts: Iterable[str | None]) -> str:
    return "\n".join(fold(text) for text in texts if text)
