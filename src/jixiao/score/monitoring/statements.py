"""定性指标 and 期限指标: what is said in words, and what is due by a date."""

from __future__ import annotations

from jixiao.model.monitoring import Forecast, Judgement
from jixiao.model.reports import IndicatorReport
from jixiao.model.scores import Lamp
from jixiao.model.text import Indicator
from jixiao.model.values import parse_value
from jixiao.score.monitoring.deadlines import Date, Done, done, due
from jixiao.score.monitoring.quantity import Outcome
from jixiao.score.monitoring.settings import IndicatorSettings
from jixiao.score.monitoring.words import HUNDRED, WORDS, has, plain

MONTHS = 12
_QUALITATIVE = WORDS["qualitative"]
_SAID: dict[Lamp, str] = {"green": "达成", "yellow": "部分达成并具有一定效果", "red": "未达成"}


def judge_qualitative(
    indicator: Indicator, report: IndicatorReport, month: int, settings: IndicatorSettings
) -> Outcome:
    """Return the lamp of what is said: 达成, 部分达成并具有一定效果, 未达成且效果较差."""
    target = indicator.value.text
    expected = plain(report.expected)
    words = expected or plain(report.actual)
    field = "全年预计" if expected else "完成情况"
    lamp, why, notes = _said(words, target, field, settings)
    forecast = _in_words(report, "定性指标不外推")
    judgement = Judgement(
        lamp, why, settings.qualitative_rule, settings.qualitative_source, tuple(notes)
    )
    return Outcome(judgement, forecast, final=month == MONTHS and lamp in ("yellow", "red"))


def _in_words(report: IndicatorReport, why: str) -> Forecast:
    if report.expected and report.expected.strip():
        return Forecast("reported", None, None, report.expected.strip(), "单位填报")
    return Forecast("none", None, None, "", why)


def _said(
    words: str, target: str, field: str, settings: IndicatorSettings
) -> tuple[Lamp | None, str, list[str]]:
    """Return lamp, why and notes of what is said of a statement."""
    if not words:
        return None, "没有填报完成情况", []
    quoted = f"{field}“{words[:40]}”"
    if word := has(words, _QUALITATIVE["waiting"]):
        return None, f"{quoted}：{word}，还看不出结果", []
    if words == plain(target):
        return "green", f"{quoted}与指标值相同，按达成", ["与指标值一字不差，请写明达成的依据"]
    grades: tuple[tuple[Lamp, str], ...] = (
        ("red", "missed"),
        ("yellow", "partial"),
        ("green", "reached"),
    )
    for lamp, grade in grades:
        if word := has(words, _QUALITATIVE[grade]):
            return lamp, f"{quoted}（{word}）：{_SAID[lamp]}", []
    return _by_percent(words, quoted, settings)


def _by_percent(
    words: str, quoted: str, settings: IndicatorSettings
) -> tuple[Lamp | None, str, list[str]]:
    value = parse_value(words)
    if value.number is None or value.unit != "%" or value.upper is not None:
        return None, f"{quoted}看不出达成没有，请按达成、部分达成、未达成三档填报", []
    lamp: Lamp = "red"
    if value.number >= settings.reached_from:
        lamp = "green"
    elif value.number >= settings.partial_from:
        lamp = "yellow"
    limits = f"{settings.reached_from}%及以上为达成，{settings.partial_from}%及以上为部分达成"
    return lamp, f"{quoted}：{limits}，{_SAID[lamp]}", []


def judge_deadline(
    indicator: Indicator,
    report: IndicatorReport,
    month: int,
    year: int | None,
    settings: IndicatorSettings,
) -> Outcome:
    """Return how something stands that is due by a date: done, late, overdue, or not yet due."""
    until = due(indicator.value.text)
    if until is None:
        return judge_qualitative(indicator, report, month, settings)
    this_year = year or until.year
    until = until.in_year(this_year)
    so_far = done(report.actual or "")
    lamp, why, notes = _against(until, so_far, report, month, this_year)
    overdue = not so_far.done and _is_past(until, month, this_year)
    if overdue and so_far.done is None:
        overdue, lamp = False, None
        why = f"{until}已到期，没有填报完成没有"
    judgement = Judgement(lamp, why, settings.deadline_rule, settings.deadline_source, tuple(notes))
    return Outcome(
        judgement,
        _in_words(report, "期限指标不外推"),
        HUNDRED if so_far.done else None,
        final=lamp == "red" and _is_past(until, month, this_year),
        overdue=overdue,
    )


def _is_past(until: Date, month: int, year: int) -> bool:
    """Tell whether something due is due by the end of the month."""
    return (until.year, until.month) <= (year, month)


def _against(
    until: Date, so_far: Done, report: IndicatorReport, month: int, year: int
) -> tuple[Lamp | None, str, list[str]]:
    """Return lamp, why and notes."""
    if so_far.done:
        return _finished(until, so_far.date, month, year)
    notes = []
    if year and until.year < year:
        notes.append(f"期限 {until} 早于预算年度，请核对指标值")
    if _is_past(until, month, year):
        return "red", f"应于{until}前完成，到{month}月底没有完成：逾期", notes
    planned = done((report.expected or "").replace("预计", "").replace("计划", ""))
    if planned.date is not None and planned.date.in_year(year) > until:
        date = planned.date.in_year(year)
        return "red", f"应于{until}前完成，单位预计{date}完成：将逾期", notes
    if planned.done is False:
        return "red", f"应于{until}前完成，单位预计完不成", notes
    return "green", f"应于{until}前完成，尚未到期", notes


def _finished(
    until: Date, date: Date | None, month: int, year: int
) -> tuple[Lamp | None, str, list[str]]:
    if date is None:
        late = _is_past(until, month, year) and (until.year, until.month) < (year, month)
        notes = ["没有写完成日期，请写明"] if late else []
        return "green", f"应于{until}前完成，已完成", notes
    date = date.in_year(year)
    if date > until:
        return "yellow", f"应于{until}前完成，{date}才完成：逾期完成", []
    return "green", f"应于{until}前完成，{date}完成", []
