"""What to write instead: indicators of the library that fit a project, a category and a budget."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from jixiao.check.measures import category_of
from jixiao.check.topics import of_project
from jixiao.library import LibraryIndicator, fields, replacements
from jixiao.model import Indicator, Project, parse_value
from jixiao.model.values import MONEY_UNITS


def instead(indicator: Indicator, project: Project) -> str:
    """Return a phrase that names indicators to use in place of one: 如“…”“…”; "" if none fits."""
    topic = of_project(project)
    category = category_of(indicator)
    if category is None:
        return ""
    level2 = "服务对象满意度指标" if category == "满意度" else f"{category}指标"
    found = [
        one
        for one in _found(topic.fields[:2], level2, project.name or "")
        if _affordable(one, project)
    ]
    return f"如{'、'.join(f'“{one}”' for one in found[:2])}" if found else ""


@lru_cache(maxsize=8192)
def _found(of_fields: tuple[str, ...], level2: str, like: str) -> tuple[LibraryIndicator, ...]:
    known = [field for field in of_fields if field in fields()]
    return tuple(replacements(known, level2, like, count=4))


def _affordable(one: LibraryIndicator, project: Project) -> bool:
    """Leave out a cost that is above the project's whole budget."""
    value, budget = parse_value(one.value), project.budget.money("total")
    head = (value.unit or "").partition("/")[0]
    if budget is None or value.number is None or head not in MONEY_UNITS:
        return True
    amount: Decimal = value.number * MONEY_UNITS[head]
    return amount <= budget.to("元")
