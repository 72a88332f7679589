"""What to write instead: indicators of the library that fit a project, a category and a budget."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from jixiao.check.costs import total_of
from jixiao.check.measures import category_of
from jixiao.check.topics import of_project
from jixiao.library import LibraryIndicator, fields, replacements
from jixiao.model import Indicator, Project, parse_value


def instead(indicator: Indicator, project: Project) -> str:
    """Return a phrase that names indicators to use in place of one: 如“…”“…”; "" if none fits."""
    found = alternatives(indicator, project)
    return f"如{'、'.join([f'“{one}”' for one in found])}" if found else ""


def alternatives(indicator: Indicator, project: Project) -> list[LibraryIndicator]:
    """Return indicators of the library to use in place of one, at most two."""
    category = category_of(indicator)
    if category is None:
        return []
    level2 = "服务对象满意度指标" if category == "满意度" else f"{category}指标"
    found, costs = _found(of_project(project).fields[:2], level2, project.name or "")
    budget = project.budget.money("total") if costs else None
    if budget is not None:
        # A cost above the project's whole budget is no advice.
        most = budget.to("元")
        found = [one for one, cost in zip(found, costs, strict=True) if not cost or cost <= most]
    return found[:2]


@lru_cache(maxsize=512)
def _found(
    of_fields: tuple[str, ...], level2: str, like: str
) -> tuple[list[LibraryIndicator], list[Decimal | None]]:
    """Return indicators that fit, and what each states as a sum (元), if any does."""
    known = fields()
    found = replacements([field for field in of_fields if field in known], level2, like, count=4)
    costs = [_cost(one.value) for one in found]
    return found, costs if any(costs) else []


@lru_cache(maxsize=2048)
def _cost(value: str) -> Decimal | None:
    """Return the sum (元) that a typical value states, None where it states none."""
    return total_of(parse_value(value))
