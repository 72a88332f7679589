"""One field of a text by its name: what it says, and the text with it saying something else.

Names are those of the core's findings (``budget.total``, ``plan.06``, ``value``). A list that is
filled in as one box (目标、措施) has one line for each of its entries. Nothing here knows a database.
"""

from __future__ import annotations

import re

import msgspec

from jixiao.model import Indicator, PerformanceText, Plan, Project, SubObjective, parse_value
from jixiao.model.errors import JixiaoError

_MONTHS = {"03": "march", "06": "june", "09": "september", "10": "october", "12": "december"}
_BUDGET = ("total", "fiscal", "other", "money_unit")
_PROJECT = ("code", "name", "purpose")
INDICATOR = ("level1", "level2", "name", "description", "value", "basis")
"""Columns of the indicator table that are filled in."""

_OBJECTIVE = ("title", "duty", "objective")
_OF_OBJECTIVE = re.compile(r"sub_objectives\.(\d{1,3})\.(title|duty|objective)")

LONGEST = 20_000
"""Characters of the longest field that is taken; a 总体绩效目标 has some hundreds."""

# XML, and with it Word and Excel, has no place for these.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class FieldError(JixiaoError):
    """A field that there is not, or a value that cannot be kept."""


def clean(value: str) -> str:
    """Return what was typed as a text keeps it: ends of lines alike, no control characters."""
    if len(value) > LONGEST:
        raise FieldError(f"这一栏有 {len(value)} 个字，太长了", f"请缩到 {LONGEST} 字以内")
    return "\n".join(line.rstrip() for line in without_controls(value).split("\n")).strip("\n")


def without_controls(value: str) -> str:
    """Return a text with ends of lines alike and without control characters."""
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def of_project(project: Project, field: str) -> str:
    """Return what a project says in a field, "" where it is blank. Raises FieldError."""
    part, _, rest = field.partition(".")
    if field in _PROJECT:
        return getattr(project, field) or ""
    if part == "budget" and rest in _BUDGET:
        return getattr(project.budget, rest) or ""
    if part == "plan" and rest in _MONTHS:
        said = getattr(project.plan, _MONTHS[rest])
        return said if isinstance(said, str) else ""
    if field == "goals":
        return "\n".join(project.goals)
    raise _unknown(field)


def with_project(project: Project, field: str, value: str) -> Project:
    """Return a project that says something else in a field. Raises FieldError."""
    part, _, rest = field.partition(".")
    change = msgspec.structs.replace
    if field in _PROJECT:
        return change(project, **{field: value})
    if part == "budget" and rest in _BUDGET:
        return change(project, budget=change(project.budget, **{rest: value or None}))
    if part == "plan" and rest in _MONTHS:
        plan: Plan = change(project.plan, **{_MONTHS[rest]: value or None})
        return change(project, plan=plan)
    if field == "goals":
        return change(project, goals=lines(value))
    raise _unknown(field)


def of_indicator(indicator: Indicator, field: str) -> str:
    """Return what an indicator says in a column. Raises FieldError."""
    if field == "value":
        return indicator.value.text
    if field in INDICATOR:
        return getattr(indicator, field) or ""
    raise _unknown(field)


def with_indicator(indicator: Indicator, field: str, value: str) -> Indicator:
    """Return an indicator that says something else in a column. Raises FieldError.

    What a value means depends on the name, so that either of them makes it be read again.
    """
    if field not in INDICATOR:
        raise _unknown(field)
    change = msgspec.structs.replace
    if field == "value":
        return change(indicator, value=parse_value(value, indicator.name or ""))
    if field == "name":
        return change(indicator, name=value, value=parse_value(indicator.value.text, value))
    return change(indicator, **{field: value})


def of_head(head: PerformanceText, field: str) -> str:
    """Return what the department's part says in a field. Raises FieldError."""
    if field == "overall":
        return head.overall or ""
    if field == "safeguards":
        return "\n".join(head.safeguards)
    number, name = _objective(head, field)
    return getattr(head.sub_objectives[number], name) or ""


def with_head(head: PerformanceText, field: str, value: str) -> PerformanceText:
    """Return a department's part that says something else in a field. Raises FieldError."""
    change = msgspec.structs.replace
    if field == "overall":
        return change(head, overall=value)
    if field == "safeguards":
        return change(head, safeguards=lines(value))
    number, name = _objective(head, field)
    changed = change(head.sub_objectives[number], **{name: value})
    objectives = (*head.sub_objectives[:number], changed, *head.sub_objectives[number + 1 :])
    return change(head, sub_objectives=objectives)


def lines(value: str) -> tuple[str, ...]:
    """Return the entries of a list that was typed one a line."""
    return tuple(line.strip() for line in value.split("\n") if line.strip())


def blank_objective() -> SubObjective:
    """Return a 分项绩效目标 to fill in."""
    return SubObjective(title="", objective="")


def _objective(head: PerformanceText, field: str) -> tuple[int, str]:
    found = _OF_OBJECTIVE.fullmatch(field)
    if found is None or int(found[1]) >= len(head.sub_objectives):
        raise _unknown(field)
    return int(found[1]), found[2]


def _unknown(field: str) -> FieldError:
    return FieldError(f"没有“{field[:40]}”这一栏", "请刷新页面后再试")
