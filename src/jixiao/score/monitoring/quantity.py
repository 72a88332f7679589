"""定量指标: progress, forecast, deviation and lamp of a number against its target."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jixiao.model.monitoring import Forecast, Judgement
from jixiao.model.reports import IndicatorReport
from jixiao.model.scores import Lamp
from jixiao.model.text import Indicator
from jixiao.score.monitoring.quantities import (
    Bounds,
    Measured,
    accrues,
    bounds,
    extrapolated,
    may_still_rise,
    measured,
    with_unit,
)
from jixiao.score.monitoring.settings import IndicatorSettings
from jixiao.score.monitoring.words import HUNDRED, shown
from jixiao.score.points import rounded

MONTHS = 12


class Outcome(NamedTuple):
    """What is found of an indicator of any kind.

    ``final``: it cannot be reached any more; ``sure``: it is reached, or the unit says it will be.
    """

    judgement: Judgement
    forecast: Forecast
    progress: Decimal | None = None
    deviation: Decimal | None = None
    final: bool = False
    overdue: bool = False
    over: bool = False
    sure: bool = False


def judge_quantity(
    indicator: Indicator, report: IndicatorReport, month: int, settings: IndicatorSettings
) -> Outcome:
    """Return how a number stands: what the year will bring against the target."""
    so_far = measured(report.actual, indicator, settings)
    expected = measured(report.expected, indicator, settings)
    allowed, odd = bounds(indicator, max(so_far.scale, expected.scale), settings)
    notes = [*((odd,) if odd else ()), *so_far.notes, *expected.notes]
    forecast = _forecast(indicator, allowed, so_far, expected, month, notes)
    value, written = _value(forecast, so_far.number, month)
    progress = _percent(so_far.number, _bound(allowed))
    if value is None:
        why = "没有填报完成情况" if not (report.actual or report.expected) else "填报的读不成数"
        return Outcome(_judged(None, why, settings, notes), forecast, progress)
    missed = allowed.missed(value)
    short = missed is not None and missed == allowed.low
    if short and forecast.by == "none" and month < MONTHS and may_still_rise(indicator):
        why = (
            f"目前 {with_unit(value, indicator.value.unit)}，随工作推进还会变，年中低于年度值不算偏差；"
            "请单位填写全年预计完成情况"
        )
        return Outcome(_judged(None, why, settings, notes), forecast, progress)
    over = _is_over(allowed, so_far.number, settings, notes)
    deviation = _deviation(value, missed if missed is not None else _bound(allowed))
    lamp, formula = _lamp(indicator, forecast, (value, written), missed, deviation, settings)
    final = missed is not None and (month == MONTHS or _past(indicator, allowed, so_far.number))
    return Outcome(
        _judged(lamp, formula, settings, notes),
        forecast,
        progress,
        None if deviation is None else rounded(deviation),
        final,
        over=over,
        sure=missed is None and forecast.by in ("reached", "reported"),
    )


def _value(forecast: Forecast, so_far: Decimal | None, month: int) -> tuple[Decimal | None, str]:
    """Return what is held against the target, unrounded, and how a formula writes it."""
    if forecast.by == "linear" and so_far is not None:
        return so_far * MONTHS / month, f"{shown(so_far)} ÷ {month} × {MONTHS}"
    value = so_far if forecast.number is None else forecast.number
    return value, "" if value is None else shown(value)


def _judged(
    lamp: Lamp | None, formula: str, settings: IndicatorSettings, notes: list[str]
) -> Judgement:
    return Judgement(lamp, formula, settings.rule, settings.source, tuple(notes))


def _bound(allowed: Bounds) -> Decimal:
    bound = allowed.low if allowed.low is not None else allowed.high
    assert bound is not None
    return bound


def _percent(number: Decimal | None, bound: Decimal) -> Decimal | None:
    return None if number is None or bound == 0 else rounded(number * HUNDRED / bound)


def _deviation(value: Decimal, bound: Decimal) -> Decimal | None:
    """Return by how many percent of the bound a value differs from it; None where that is 0."""
    return None if bound == 0 else (value - bound) * HUNDRED / abs(bound)


def _past(indicator: Indicator, allowed: Bounds, so_far: Decimal | None) -> bool:
    """Tell whether what adds up is already above its upper bound: it will not come down again."""
    if so_far is None or allowed.high is None or not accrues(indicator):
        return False
    return allowed.missed(so_far) == allowed.high and so_far >= allowed.high


def _forecast(
    indicator: Indicator,
    allowed: Bounds,
    so_far: Measured,
    expected: Measured,
    month: int,
    notes: list[str],
) -> Forecast:
    """Return what the year will bring: as reported, else reached, else by the months so far."""
    unit, actual = indicator.value.unit, so_far.number
    adds_up = accrues(indicator)
    if expected.number is not None:
        return _reported(expected.number, actual, unit, adds_up, notes)
    if actual is None:
        return Forecast("none", None, None, "", "没有填报")
    if month == MONTHS:
        return _known("reached", actual, unit, "已到年终，按实际完成")
    if not extrapolated(indicator, allowed):
        why = "比率、满意度、时长、标准、成本和存量（人数、户数）不按月份外推，按目前的值判断"
        return Forecast("none", None, unit, "", why)
    if allowed.high is None and allowed.missed(actual) is None:
        return _known("reached", actual, unit, "已经达到，不外推")
    number = actual * MONTHS / month
    formula = f"{shown(actual)} ÷ {month} × {MONTHS} = {with_unit(number, unit)}"
    return Forecast("linear", rounded(number), unit, with_unit(number, unit), formula)


def _reported(
    expected: Decimal, actual: Decimal | None, unit: str | None, adds_up: bool, notes: list[str]
) -> Forecast:
    """Return the unit's own forecast; what adds up cannot end below what it is already."""
    if adds_up and actual is not None and expected < actual:
        notes.append(
            f"全年预计 {with_unit(expected, unit)} 少于目前的 {with_unit(actual, unit)}，按目前的判断"
        )
        return _known("reported", actual, unit, "单位填报的比目前的少，取目前的")
    return _known("reported", expected, unit, "单位填报")


def _known(by: str, number: Decimal, unit: str | None, formula: str) -> Forecast:
    kind = "reported" if by == "reported" else "reached"
    return Forecast(kind, number, unit, with_unit(number, unit), formula)  # type: ignore[arg-type]


def _lamp(
    indicator: Indicator,
    forecast: Forecast,
    valued: tuple[Decimal, str],
    missed: Decimal | None,
    deviation: Decimal | None,
    settings: IndicatorSettings,
) -> tuple[Lamp, str]:
    """Return the lamp of a value, and why."""
    (value, written), unit = valued, indicator.value.unit
    which = "目前" if forecast.by == "none" else "全年预计"
    said = f"{which} {with_unit(value, unit)}，指标值 {indicator.value.text}"
    if missed is None:
        return "green", f"{said}，达到"
    if deviation is None:
        return "red", f"{said}，没有达到（指标值为0，算不出百分比）"
    size = abs(deviation)
    text = shown(deviation, settings.limit, -settings.limit).replace("-", "−")
    formula = f"{said}：（{written} − {shown(missed)}）÷ {shown(abs(missed))} = {text}%"
    if size <= settings.limit:
        return "yellow", f"{formula}，偏差不超过 {shown(settings.limit)}%"
    return "red", f"{formula}，偏差超过 {shown(settings.limit)}%"


def _is_over(
    allowed: Bounds, so_far: Decimal | None, settings: IndicatorSettings, notes: list[str]
) -> bool:
    """Tell whether what is reached already is so far above the target that it was set too low."""
    if so_far is None or allowed.low is None or allowed.low <= 0 or allowed.high is not None:
        return False
    share = so_far * HUNDRED / allowed.low
    if share < settings.over:
        return False
    notes.append(
        f"已完成指标值的 {shown(share, settings.over)}%，达到或超过 {shown(settings.over)}%，"
        f"目标可能定低了，要书面说明（{settings.over_source}）"
    )
    return True
