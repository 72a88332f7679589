"""偏差原因, 完成目标可能性, 改进措施: as the unit reports them, else proposed for it to confirm."""

from __future__ import annotations

from jixiao.model.monitoring import Named
from jixiao.model.reports import IndicatorReport
from jixiao.score.monitoring.quantity import Outcome
from jixiao.score.monitoring.words import WORDS, has, plain

_CAUSES = WORDS["causes"]
_OTHER: str = _CAUSES[-1]["name"]
_LIKELIHOOD = WORDS["likelihood"]


def causes(report: IndicatorReport, outcome: Outcome, explained: str | None) -> tuple[Named, ...]:
    """Return why an indicator deviates; ``explained`` is what the unit writes of the project."""
    given = [one for cause in report.causes if cause.strip() for one in _causes(cause)]
    if given:
        return tuple(dict.fromkeys(given))
    if outcome.judgement.lamp in (None, "green"):
        return ()
    words = plain("。".join(filter(None, (report.reason, report.remark, explained))))
    found = [
        Named(cause["name"], True, f"原因说明里有“{word}”")
        for cause in _CAUSES
        if (word := has(words, cause["words"]))
    ]
    if found:
        return tuple(found)
    why = "原因说明里看不出属于哪一类" if words else "没有填写原因，请单位说明"
    return (Named(_OTHER, True, why),)


def _causes(text: str) -> list[Named]:
    """Return the causes that a cell names; another is 其他, with its words as why."""
    words = plain(text)
    named = [cause["name"] for cause in _CAUSES if cause["name"] in words]
    if not named and len(words) > 1:
        named = [cause["name"] for cause in _CAUSES if cause["name"].startswith(words)]
    return [Named(name) for name in named] or [Named(_OTHER, False, words)]


def likelihood(report: IndicatorReport, outcome: Outcome) -> Named | None:
    """Return how likely it is that the target is reached this year."""
    words = plain(report.likelihood)
    # 不可能 has 可能 in it: the denials come first.
    for name in (_LIKELIHOOD["impossible"], _LIKELIHOOD["possible"], _LIKELIHOOD["sure"]):
        if words and has(words, _LIKELIHOOD["also"][name]):
            return Named(name)
    lamp = outcome.judgement.lamp
    if lamp is None:
        return None
    if outcome.final or outcome.overdue:
        return Named(_LIKELIHOOD["impossible"], True, outcome.judgement.formula)
    name = _LIKELIHOOD["sure" if outcome.sure else "possible"]
    return Named(name, True, outcome.judgement.formula)


def measures(
    report: IndicatorReport, outcome: Outcome, why: tuple[Named, ...], of_project: str | None
) -> tuple[Named, ...]:
    """Return what is to be done about a deviation."""
    if report.measures and report.measures.strip():
        return (Named(report.measures.strip()),)
    if outcome.judgement.lamp in (None, "green"):
        return ()
    if of_project and of_project.strip():
        return (Named(of_project.strip(), False, "项目的改进措施"),)
    by_name = {cause["name"]: cause["measure"] for cause in _CAUSES}
    return tuple(Named(by_name[cause.name], True, f"针对{cause.name}") for cause in why)
