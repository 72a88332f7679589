"""Texts of the demo county that were made up: from ``projects.toml``, where a project takes few lines."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from jixiao.model import (
    Budget,
    BudgetUnit,
    Indicator,
    PerformanceText,
    Plan,
    Project,
    Region,
    SubObjective,
    parse_value,
)

_WRITTEN_FOR = "2026"
"""The year that the projects are written for; in the text of another year it is that one."""

_OF_COUNTY = "130799"


@cache
def _told() -> dict[str, Any]:
    data = resources.files("jixiao.web.demo") / "projects.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"))


def text(unit: str, year: int, names: list[str]) -> PerformanceText:
    """Return the text of a unit, by its code, with the projects named."""
    head = _told()["heads"][unit]
    return PerformanceText(
        source=f"{unit}-{year}",
        year=year,
        region=Region(None, ""),
        unit=BudgetUnit(unit, ""),
        overall=head["overall"],
        sub_objectives=tuple(_objective(each) for each in head["objectives"]),
        safeguards=tuple(head["safeguards"]),
        projects=tuple(_project(unit, year, name) for name in names),
    )


def _objective(said: str) -> SubObjective:
    title, _, objective = said.partition("：")
    return SubObjective(title=title, objective=objective)


def _project(unit: str, year: int, name: str) -> Project:
    told = _told()["projects"][name]
    number = list(_told()["projects"]).index(name) + 1
    march, june, october, december = told["plan"]
    return Project(
        code=f"{_OF_COUNTY}{year % 100}P{unit}{number:06}",
        name=told["name"],
        budget=Budget(told["total"], told["total"], None, "万元"),
        purpose=told["purpose"],
        plan=Plan(march=march, june=june, october=october, december=december),
        goals=tuple(told["goals"]),
        indicators=tuple(_indicator(line, year) for line in told["indicators"]),
    )


def _indicator(line: str, year: int) -> Indicator:
    level1, level2, name, description, value, basis = line.replace(_WRITTEN_FOR, str(year)).split(
        "|"
    )
    return Indicator(level1, level2, name, description, parse_value(value, name), basis)
