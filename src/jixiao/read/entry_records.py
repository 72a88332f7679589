"""Rows of the entry form and the structures of the model, both ways.

``flat_…`` takes a structure apart into fields by column id, ``…_of`` puts it together again.
"""

from __future__ import annotations

from typing import Any

import msgspec

from jixiao.model import (
    Budget,
    BudgetUnit,
    Criterion,
    DepartmentTask,
    Indicator,
    PerformanceText,
    Plan,
    Project,
    Region,
    SubObjective,
)
from jixiao.read.entry_cells import UNSET, Flat
from jixiao.read.entry_layout import EXTRA

TEXTS = ("description", "basis", "weight", "formula", "scoring", "previous", "remark")
"""Fields of an indicator that are one text each, besides its name, categories and value."""

_AMOUNTS = ("total", "fiscal", "other", "money_unit")


def flat_text(text: PerformanceText) -> Flat:
    """Return what the department's sheet says of a text."""
    return {
        "year": text.year,
        **_flat_pair("unit", text.unit),
        **_flat_pair("region", text.region),
        "draft": text.draft,
        "overall": text.overall,
        **_flat_budget("budget", text.budget),
    }


def flat_objective(each: SubObjective) -> Flat:
    """Return the fields of a 分项绩效目标."""
    return {
        "title": each.title,
        "duty": each.duty,
        "objective": each.objective,
        "indicators": list(each.indicators),
        **_flat_budget("budget", each.budget),
    }


def flat_criterion(each: Criterion) -> Flat:
    """Return the fields of a 评价标准."""
    flat: Flat = msgspec.structs.asdict(each)
    return flat


def flat_task(each: DepartmentTask) -> Flat:
    """Return the fields of a 年度主要任务."""
    return {"name": each.name, "content": each.content, **_flat_budget("budget", each.budget)}


def flat_project(each: Project) -> Flat:
    """Return the fields of a project; its indicators have rows of their own."""
    return {
        "code": each.code,
        "name": each.name,
        **_flat_pair("unit", each.unit),
        **_flat_pair("department", each.department),
        **_flat_budget("budget", each.budget),
        "purpose": each.purpose,
        "plan.03": each.plan.march,
        "plan.06": each.plan.june,
        "plan.09": each.plan.september,
        "plan.10": each.plan.october,
        "plan.12": each.plan.december,
        "goals": list(each.goals),
        **_flat_budget("whole", each.whole_period_budget),
        "whole_goals": list(each.whole_period_goals),
        **_flat_extra(each.extra),
    }


def flat_indicator(each: Indicator) -> Flat:
    """Return the fields of an indicator."""
    return {
        "level1": each.level1,
        "level2": each.level2,
        "name": each.name,
        "value": each.value.text,
        **{name: getattr(each, name) for name in TEXTS},
        **_flat_extra(each.extra),
    }


def _flat_pair(lead: str, pair: BudgetUnit | Region) -> Flat:
    return {f"{lead}.code": pair.code, f"{lead}.name": pair.name}


def _flat_budget(lead: str, budget: Budget | None) -> Flat:
    return {f"{lead}.{name}": getattr(budget, name) if budget else None for name in _AMOUNTS}


def _flat_extra(extra: dict[str, str]) -> Flat:
    return {EXTRA + key: value for key, value in extra.items()}


def unit_of(flat: Flat, lead: str) -> BudgetUnit:
    """Return the 预算单位 whose fields begin so."""
    return BudgetUnit(flat.get(f"{lead}.code"), flat.get(f"{lead}.name"))


def budget_of(flat: Flat, lead: str) -> Budget:
    """Return the amounts whose fields begin so."""
    return Budget(*(flat.get(f"{lead}.{name}") for name in _AMOUNTS))


def optional_budget_of(flat: Flat, lead: str, *, blank: bool) -> Budget | None:
    """Return amounts that may be absent; ``blank`` tells that they are there with nothing said."""
    budget = budget_of(flat, lead)
    return None if budget == Budget() and not blank else budget


def extra_of(flat: Flat) -> dict[str, str]:
    """Return the fields that the model has no name for."""
    return {
        id_.removeprefix(EXTRA): value
        for id_, value in flat.items()
        if id_.startswith(EXTRA) and value is not UNSET
    }


def plan_of(flat: Flat) -> Plan:
    """Return the 资金支出计划."""
    return Plan(
        flat.get("plan.03"),
        flat.get("plan.06"),
        flat.get("plan.10"),
        flat.get("plan.12"),
        flat.get("plan.09", UNSET),
    )


def text_of(flat: Flat, name: str) -> str:
    """Return a field that is always a text."""
    value: Any = flat.get(name)
    return value if isinstance(value, str) else ""
