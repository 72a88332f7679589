"""定性指标 and 期限指标: what is said in words, and what is due by a date."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jixiao.model.monitoring import Forecast, Judgement
from jixiao.model.reports import IndicatorReport
from jixiao.model.scores import Lamp
from jixiao.model.text import Indicator
from jixiao.score.monitoring.deadlines import (
    Done,
    done,
    due,
    month_end,
    named_year,
    percent_of,
    told,
)
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
    final = month == MONTHS and lamp in ("yellow", "red")
    return Outcome(judgement, forecast, final=final, sure=lamp == "green")


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
    if (percent := percent_of(words)) is not None:
        return _by_percent(percent, quoted, settings)
    grades: tuple[tuple[Lamp, str], ...] = (
        ("red", "missed"),
        ("yellow", "partial"),
        ("green", "reached"),
    )
    for lamp, grade in grades:
        if word := has(words, _QUALITATIVE[grade]):
            return lamp, f"{quoted}（{word}）：{_SAID[lamp]}", []
    return None, f"{quoted}看不出达成没有，请按达成、部分达成、未达成三档填报", []


def _by_percent(
    percent: Decimal, quoted: str, settings: IndicatorSettings
) -> tuple[Lamp | None, str, list[str]]:
    lamp: Lamp = "red"
    if percent >= settings.reached_from:
        lamp = "green"
    elif percent >= settings.partial_from:
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
    this_year = year or named_year(indicator.value.text) or date.today().year
    until = due(indicator.value.text, this_year)
    today = month_end(this_year, month)
    so_far = done(report.actual or "", today)
    if until is None:
        return _recurring(indicator, report, so_far, month, settings)
    lamp, why, notes = _against(until, so_far, report, today)
    overdue = not so_far.done and until <= today
    if overdue and so_far.done is None:
        overdue, lamp = False, None
        why = f"{told(until)}已到期，没有填报完成没有"
    judgement = Judgement(lamp, why, settings.deadline_rule, settings.deadline_source, tuple(notes))
    return Outcome(
        judgement,
        _in_words(report, "期限指标不外推"),
        HUNDRED if so_far.done else None,
        final=lamp == "red" and until <= today,
        overdue=overdue,
        sure=lamp == "green" and bool(so_far.done),
    )


def _recurring(
    indicator: Indicator,
    report: IndicatorReport,
    so_far: Done,
    month: int,
    settings: IndicatorSettings,
) -> Outcome:
    """Return how something stands that is due again and again: on time so far, or as it is said."""
    if not so_far.done:
        return judge_qualitative(indicator, report, month, settings)
    why = f"没有单独一个到期日（{indicator.value.text}），到{month}月底按期"
    judgement = Judgement("green", why, settings.deadline_rule, settings.deadline_source)
    return Outcome(judgement, _in_words(report, "期限指标不外推"))


def _against(
    until: date, so_far: Done, report: IndicatorReport, today: date
) -> tuple[Lamp | None, str, list[str]]:
    """Return lamp, why and notes at the end of a month (``today``)."""
    if so_far.done:
        return _finished(until, so_far.day, today)
    notes = []
    if until.year < today.year:
        notes.append(f"期限 {told(until)} 早于预算年度，请核对指标值")
    promised = f"应于{told(until)}前完成"
    if until <= today:
        return "red", f"{promised}，到{today.month}月底没有完成：逾期", notes
    planned = done(_without_promise(report.expected), month_end(today.year, MONTHS))
    if planned.day is not None and planned.day > until:
        return "red", f"{promised}，单位预计{told(planned.day)}完成：将逾期", notes
    if planned.done is False:
        return "red", f"{promised}，单位预计完不成", notes
    return "green", f"{promised}，尚未到期", notes


def _without_promise(text: str | None) -> str:
    """Return what a unit expects without 预计, which elsewhere says that it is not done yet."""
    return (text or "").replace("预计", "").replace("计划", "")


def _finished(until: date, day: date | None, today: date) -> tuple[Lamp | None, str, list[str]]:
    promised = f"应于{told(until)}前完成"
    if day is None:
        notes = ["没有写完成日期，看不出是否逾期，请写明"] if until < today else []
        return "green", f"{promised}，已完成", notes
    if day > until:
        return "yellow", f"{promised}，{told(day)}才完成：逾期完成", []
    return "green", f"{promised}，{told(day)}完成", []
