"""A department's projects counted: by lamp, with their money, and what needs something done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

from jixiao.model.monitoring import (
    Attention,
    LampCount,
    MonitoringSummary,
    ProjectMonitoring,
)
from jixiao.model.scores import Lamp
from jixiao.score.arithmetic import exact
from jixiao.score.monitoring.settings import MonitoringSettings
from jixiao.score.monitoring.words import HUNDRED
from jixiao.score.points import rounded

_LAMPS: tuple[Lamp | None, ...] = ("green", "yellow", "red", None)
_URGENT: dict[Lamp | None, int] = {"red": 0, "yellow": 1, "green": 2, None: 3}
_NONE = Decimal(0)


@exact
def summarise(
    projects: Sequence[ProjectMonitoring], month: int, settings: MonitoringSettings
) -> MonitoringSummary:
    """Return the projects counted; money only of those whose budget is known."""
    known = [one for one in projects if one.funds.total.budget is not None]
    budget, spent = _sums(known)
    notes = _notes(projects, len(projects) - len(known))
    quadrants: Counter[str] = Counter(one.quadrant or "unknown" for one in projects)
    return MonitoringSummary(
        month=month,
        projects=len(projects),
        budget=budget,
        spent=spent,
        rate=rounded(spent * HUNDRED / budget) if budget > 0 else None,
        lamps=_counted(projects, lambda one: one.lamp),
        money=_counted(projects, lambda one: one.funds.by_time.lamp),
        goals=_counted(projects, lambda one: one.goal.lamp),
        quadrants={name: quadrants[name] for name in (*settings.quadrants, "unknown")},
        attention=_attention(projects, settings),
        notes=notes,
    )


def _notes(projects: Sequence[ProjectMonitoring], without_budget: int) -> tuple[str, ...]:
    unjudged = sum(one.quadrant is None for one in projects)
    told = (
        (without_budget, f"{without_budget}个项目没有预算数，金额没有计入"),
        (unjudged, f"{unjudged}个项目的资金或目标判断不了，请补填后再看"),
    )
    return tuple(note for number, note in told if number)


def _sums(projects: Sequence[ProjectMonitoring]) -> tuple[Decimal, Decimal]:
    """Return budget and what is spent of it, in 元."""
    totals = [one.funds.total for one in projects if one.funds.total.budget is not None]
    return (
        sum((one.budget or _NONE for one in totals), _NONE),
        sum((one.spent or _NONE for one in totals), _NONE),
    )


def _counted(
    projects: Sequence[ProjectMonitoring], lamp_of: Callable[[ProjectMonitoring], Lamp | None]
) -> tuple[LampCount, ...]:
    counts = []
    for lamp in _LAMPS:
        these = [one for one in projects if lamp_of(one) == lamp]
        budget, spent = _sums(these)
        counts.append(LampCount(lamp, len(these), budget, spent))
    return tuple(counts)


def _attention(
    projects: Sequence[ProjectMonitoring], settings: MonitoringSettings
) -> tuple[Attention, ...]:
    """Return the projects with something to be done, the most urgent first, then by money."""
    order = {rule.code: place for place, rule in reversed(list(enumerate(settings.actions)))}
    needing = [one for one in projects if one.action.code != "continue"]
    needing.sort(
        key=lambda one: (
            order[one.action.code],
            _URGENT[one.lamp],
            -(one.funds.total.budget or _NONE),
        )
    )
    return tuple(Attention(one.code, one.name, one.unit, one.lamp, one.action) for one in needing)
