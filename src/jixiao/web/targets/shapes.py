"""What of the core's structures a person fills in, and what of them is the reader's own.

A test holds this against the structures, so that a field added to the model is either filled in
here or named in ``NOT_FILLED`` with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from jixiao.model import (
    Budget,
    BudgetUnit,
    Criterion,
    DepartmentTask,
    Indicator,
    PerformanceText,
    Plan,
    Project,
    SubObjective,
)


class Shape(NamedTuple):
    """The fields of one structure.

    ``words`` are texts, ``lines`` lists of texts that are filled in as one box with a line for
    each, ``parts`` structures inside, ``lists`` tables. ``null`` says that a blank is None.
    """

    words: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    parts: Mapping[str, type] = {}
    lists: Mapping[str, type] = {}
    has_extra: bool = False
    null: bool = False


MONTHS = {"03": "march", "06": "june", "09": "september", "10": "october", "12": "december"}
"""Fields of a plan, and their names in its structure."""

SHAPES: Mapping[Any, Shape] = {
    PerformanceText: Shape(
        ("overall",),
        ("safeguards",),
        {"unit": BudgetUnit, "budget": Budget},
        {"sub_objectives": SubObjective, "tasks": DepartmentTask, "indicators": Indicator},
    ),
    SubObjective: Shape(
        ("title", "duty", "objective"),
        ("indicators",),
        {"budget": Budget},
        {"criteria": Criterion},
    ),
    Criterion: Shape(("indicator", "excellent", "good", "fair", "poor")),
    DepartmentTask: Shape(("name", "content"), parts={"budget": Budget}),
    Project: Shape(
        ("code", "name", "purpose"),
        ("goals", "whole_period_goals"),
        {
            "unit": BudgetUnit,
            "department": BudgetUnit,
            "budget": Budget,
            "plan": Plan,
            "whole_period_budget": Budget,
        },
        {"indicators": Indicator, "whole_period_indicators": Indicator},
        has_extra=True,
    ),
    Budget: Shape(("total", "fiscal", "other", "money_unit"), null=True),
    BudgetUnit: Shape(("code", "name"), null=True),
    Plan: Shape(tuple(MONTHS), null=True),
    Indicator: Shape(
        (
            "level1", "level2", "name", "description", "basis", "weight", "formula", "scoring",
            "previous", "remark",
        ),
        has_extra=True,
    ),
}  # fmt: skip

NOT_FILLED: Mapping[Any, Mapping[str, str]] = {
    PerformanceText: {
        "source": "what it was read from",
        "region": "of the unit's account",
        "draft": "told by the state of the text",
        "projects": "each a page of its own",
        "contents": "made when it is printed",
        "unread": "the reader's",
        "warnings": "the reader's",
        "place": "the reader's",
    },
    SubObjective: {"place": "the reader's"},
    DepartmentTask: {"place": "the reader's"},
    Project: {"place": "the reader's"},
    Indicator: {"place": "the reader's"},
}
"""Fields that nobody fills in on a page, and why."""
