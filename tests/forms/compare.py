"""Compares a reading with what a form says, cell by cell; white space is folded, nothing else.

What a form does not carry must come back blank, so that nothing is read into the wrong field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from forms.blocks import Form
from jixiao.model import PerformanceText

Cells = dict[str, str]

_SPACE = re.compile(r"\s+")
_MONEY = ("total", "fiscal", "other")
_INDICATOR = (
    "level1", "level2", "name", "description", "basis", "weight", "formula", "scoring", "previous", "remark",
)  # fmt: skip


def fold(text: object) -> str:
    """Return a text without white space; nothing at all is blank."""
    return "" if text is None else _SPACE.sub("", str(text))


def _budget(budget: Mapping[str, Any] | None, lead: str) -> Iterator[tuple[str, str]]:
    budget = budget or {}
    for key in _MONEY:
        yield f"{lead}.{key}", fold(budget.get(key))
    # Without an amount there is nothing that the unit could be of.
    if any(budget.get(key) for key in _MONEY):
        yield f"{lead}.money_unit", fold(budget.get("money_unit"))


def _indicators(rows: Sequence[Mapping[str, Any]], lead: str) -> Iterator[tuple[str, str]]:
    yield f"{lead}.count", str(len(rows))
    for at, row in enumerate(rows):
        for key in _INDICATOR:
            yield f"{lead}.{at}.{key}", fold(row.get(key))
        value = row.get("value")
        text = value.get("text") if isinstance(value, Mapping) else value
        yield f"{lead}.{at}.value", fold(text)
        yield from _extra(row.get("extra"), f"{lead}.{at}.extra")


def _extra(extra: Mapping[str, str] | None, lead: str) -> Iterator[tuple[str, str]]:
    for key, text in (extra or {}).items():
        yield f"{lead}.{fold(key)}", fold(text)


def _goals(goals: Sequence[str] | None, lead: str) -> Iterator[tuple[str, str]]:
    yield f"{lead}.count", str(len(goals or ()))
    for at, goal in enumerate(goals or ()):
        yield f"{lead}.{at}", fold(goal)


def _unit(unit: Mapping[str, Any] | None, lead: str) -> Iterator[tuple[str, str]]:
    for key in ("code", "name"):
        yield f"{lead}.{key}", fold((unit or {}).get(key))


def _project(project: Mapping[str, Any], lead: str) -> Iterator[tuple[str, str]]:
    for key in ("code", "name", "purpose"):
        yield f"{lead}.{key}", fold(project.get(key))
    yield from _unit(project.get("unit"), f"{lead}.unit")
    yield from _unit(project.get("department"), f"{lead}.department")
    yield from _budget(project.get("budget"), f"{lead}.budget")
    yield from _budget(project.get("whole_period_budget"), f"{lead}.whole_period_budget")
    plan = project.get("plan") or {}
    for month in ("03", "06", "09", "10", "12"):
        yield f"{lead}.plan.{month}", fold(plan.get(month))
    yield from _goals(project.get("goals"), f"{lead}.goals")
    yield from _goals(project.get("whole_period_goals"), f"{lead}.whole_period_goals")
    yield from _indicators(project.get("indicators") or (), f"{lead}.indicators")
    yield from _indicators(
        project.get("whole_period_indicators") or (), f"{lead}.whole_period_indicators"
    )
    yield from _extra(project.get("extra"), f"{lead}.extra")


def _objective(sub: Mapping[str, Any], lead: str) -> Iterator[tuple[str, str]]:
    for key in ("title", "duty", "objective"):
        yield f"{lead}.{key}", fold(sub.get(key))
    yield from _goals(sub.get("indicators"), f"{lead}.indicators")
    yield from _budget(sub.get("budget"), f"{lead}.budget")
    for at, criterion in enumerate(sub.get("criteria") or ()):
        for key in ("indicator", "excellent", "good", "fair", "poor"):
            yield f"{lead}.criteria.{at}.{key}", fold(criterion.get(key))


def cells(text: Mapping[str, Any]) -> Cells:
    """Return every cell of a text (a truth, or a reading as builtins) by its name."""
    found: list[tuple[str, str]] = [("year", fold(text.get("year")))]
    found += _unit(text.get("unit"), "unit")
    found += _unit(text.get("region"), "region")
    found.append(("overall", fold(text.get("overall"))))
    found.append(("draft", str(bool(text.get("draft")))))
    found += _goals(text.get("safeguards"), "safeguards")
    for name, of in (("sub_objectives", _objective), ("projects", _project)):
        things = text.get(name) or ()
        found.append((f"{name}.count", str(len(things))))
        for at, thing in enumerate(things):
            found += of(thing, f"{name}.{at}")
    tasks = text.get("tasks") or ()
    found.append(("tasks.count", str(len(tasks))))
    for at, task in enumerate(tasks):
        found += [(f"tasks.{at}.{key}", fold(task.get(key))) for key in ("name", "content")]
        found += _budget(task.get("budget"), f"tasks.{at}.budget")
    found += _budget(text.get("budget"), "budget")
    found += _indicators(text.get("indicators") or (), "indicators")
    return dict(found)


def differences(form: Form, text: PerformanceText) -> tuple[int, list[str]]:
    """Return how many cells the form has, and each that was read otherwise or is left over."""
    wanted = cells(form.expect)
    got = cells(msgspec.to_builtins(text))
    problems = [
        f"{name}: {wanted.get(name, '')!r} read as {got.get(name, '')!r}"
        for name in wanted | got
        if wanted.get(name, "") != got.get(name, "")
    ]
    problems += _unread(form, text)
    return len(wanted), problems


def _unread(form: Form, text: PerformanceText) -> list[str]:
    """What cannot be placed is reported, each once, and nothing besides."""
    reported = Counter(fold(one.text) for one in text.unread)
    wanted = Counter(map(fold, form.unread))
    noise = set(map(fold, form.noise))
    problems = [f"not reported as unread: {one!r}" for one in wanted - reported]
    problems += [f"unread: {one!r}" for one in reported - wanted if one not in noise]
    return problems
