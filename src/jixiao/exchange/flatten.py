"""From the model to rows of the tidy tables."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from jixiao.check import Finding
from jixiao.exchange.numbers import budget_numbers, fitting, plan_shares
from jixiao.model import (
    Budget,
    Indicator,
    PerformanceText,
    Project,
    SubObjective,
    TargetValue,
    parse_value,
)

Row = tuple[str, dict[str, Any]]
"""The name of a table, and a row of it: values by column, absent ones left out."""

_BUDGET = ("total", "fiscal", "other", "money_unit")
_WORDS = (
    "level1",
    "level2",
    "name",
    "description",
    "basis",
    "weight",
    "formula",
    "scoring",
    "previous",
    "remark",
)
"""Fields of an indicator that are plain words."""


_IDENTIFIER = re.compile(r"t[0-9a-f]{16}(?:-\d+)?(?:\.p\d+)?\.[iw]\d+")


class Identifiers:
    """Names the texts, projects and indicators of a run, the same in every run.

    A text is named by its source; only where two have the same does the order count. What stands
    in a text is named by its place in the order: ``t….p2.i5`` is the fifth indicator of the
    second project, ``t….p2.w1`` the first of its 实施期, ``t….i1`` the department's first.
    """

    def __init__(self) -> None:
        """Begin a run."""
        self._seen: Counter[str] = Counter()

    def text(self, source: str) -> str:
        """Return the name of the next text of a source."""
        name = text_identifier(source)
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}-{self._seen[name]}"


def text_identifier(source: str) -> str:
    """Return the name of a source's first text."""
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    return f"t{digest[:16]}"  # The letter keeps a spreadsheet from reading 12e5… as a number.


def is_identifier(name: str) -> bool:
    """Tell whether a name of an indicator is one that ``Identifiers`` made."""
    return _IDENTIFIER.fullmatch(name) is not None


def text_rows(text: PerformanceText, text_id: str, ordinal: int) -> Iterator[Row]:
    """Yield the rows that hold a text, each after those that it names."""
    yield (
        "texts",
        {
            "text_id": text_id,
            "ordinal": ordinal,
            "source": text.source,
            "year": text.year,
            "region_code": text.region.code,
            "region_name": text.region.name,
            "unit_code": text.unit.code,
            "unit_name": text.unit.name,
            "draft": text.draft,
            "overall": text.overall,
            **_budget(text.budget),
            "place": text.place or None,
        },
    )
    yield from _list("safeguards", {"text_id": text_id}, text.safeguards)
    yield from _list("contents", {"text_id": text_id}, text.contents)
    for number, objective in enumerate(text.sub_objectives, 1):
        yield from _sub_objective(objective, text_id, number)
    for number, task in enumerate(text.tasks, 1):
        row = {"text_id": text_id, "ordinal": number, "name": task.name, "content": task.content}
        yield "tasks", {**row, **_budget(task.budget), "place": task.place or None}
    yield from _indicators(text.indicators, f"{text_id}.i", {"text_id": text_id}, "annual")
    for number, project in enumerate(text.projects, 1):
        yield from _project(project, text_id, number)
    for number, unread in enumerate(text.unread, 1):
        about = {"text": unread.text, "reason": unread.reason, "place": unread.place}
        yield "unread", {"text_id": text_id, "ordinal": number, **about}
    for number, warning in enumerate(text.warnings, 1):
        told = {"message": warning.message, "place": warning.place}
        yield "warnings", {"text_id": text_id, "ordinal": number, **told}


def stated(value: TargetValue, name: str | None) -> dict[str, Any] | None:
    """Return what a target value means beyond what its words and its name tell, None if nothing."""
    told = parse_value(value.text, name or "")
    if told == value:
        return None
    ours, theirs = msgspec.to_builtins(value), msgspec.to_builtins(told)
    # As written, so that 1.0 and 1.00 both come back as they were.
    return {key: ours[key] for key in ours if ours[key] != theirs[key]}


class FindingRows:
    """Makes rows of findings; knows which texts, projects and indicators were written."""

    def __init__(self) -> None:
        """Begin with no texts."""
        self._texts: dict[str, tuple[str, int, tuple[int, ...]]] = {}
        self._count = 0

    def note(self, text: PerformanceText, text_id: str) -> None:
        """Take note of a text that was written; findings mean the first of a source."""
        counts = tuple(len(project.indicators) for project in text.projects)
        self._texts.setdefault(text.source, (text_id, len(text.indicators), counts))

    def rows(self, findings: Iterable[Finding]) -> Iterator[Row]:
        """Yield the rows of findings."""
        for finding in findings:
            self._count += 1
            yield "findings", {"ordinal": self._count, **self._keys(finding), **_told(finding)}

    def _keys(self, finding: Finding) -> dict[str, str]:
        """Return the keys of what a finding is about, as far as it was written."""
        if finding.file not in self._texts:
            return {}
        text_id, own, counts = self._texts[finding.file]
        keys = {"text_id": text_id}
        owner, most = text_id, own
        if finding.project is not None:
            if not 0 <= finding.project < len(counts):
                return keys
            owner, most = f"{text_id}.p{finding.project + 1}", counts[finding.project]
            keys["project_id"] = owner
        if finding.indicator is not None and 0 <= finding.indicator < most:
            keys["indicator_id"] = f"{owner}.i{finding.indicator + 1}"
        return keys


def _told(finding: Finding) -> dict[str, Any]:
    waiver = finding.waiver
    return {
        "file": finding.file,
        "project_ordinal": None if finding.project is None else finding.project + 1,
        "indicator_ordinal": None if finding.indicator is None else finding.indicator + 1,
        "field": finding.field,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "evidence": finding.evidence,
        "suggestion": finding.suggestion,
        "policy": finding.policy,
        "place": finding.place,
        "waiver_reason": waiver.reason if waiver else None,
        "waiver_person": waiver.person if waiver else None,
        "waiver_date": waiver.date if waiver else None,
    }


def _sub_objective(objective: SubObjective, text_id: str, number: int) -> Iterator[Row]:
    key = {"sub_objective_id": f"{text_id}.s{number}"}
    yield (
        "sub_objectives",
        {
            **key,
            "text_id": text_id,
            "ordinal": number,
            "title": objective.title,
            "duty": objective.duty,
            "objective": objective.objective,
            "has_budget": objective.budget is not None,
            **_budget(objective.budget),
            "place": objective.place or None,
        },
    )
    yield from _list("sub_objective_indicators", key, objective.indicators)
    for ordinal, criterion in enumerate(objective.criteria, 1):
        yield "criteria", {**key, "ordinal": ordinal, **msgspec.structs.asdict(criterion)}


def _project(project: Project, text_id: str, number: int) -> Iterator[Row]:
    project_id = f"{text_id}.p{number}"
    key = {"project_id": project_id}
    yield (
        "projects",
        {
            **key,
            "text_id": text_id,
            "ordinal": number,
            "code": project.code,
            "name": project.name,
            "unit_code": project.unit.code,
            "unit_name": project.unit.name,
            "department_code": project.department.code,
            "department_name": project.department.name,
            **_budget(project.budget),
            "purpose": project.purpose,
            "has_whole_period_budget": project.whole_period_budget is not None,
            **_budget(project.whole_period_budget, "whole_period_budget"),
            "place": project.place or None,
        },
    )
    shares = plan_shares(project.plan)
    for month, share in project.plan.items():
        at = {"month": int(month), "share": share, "share_percent": shares[month]}
        yield "plan", {**key, **at}
    yield from _list("goals", {**key, "period": "annual"}, project.goals)
    yield from _list("goals", {**key, "period": "whole"}, project.whole_period_goals)
    yield from _extras(project.extra, project_id, key)
    both = {"text_id": text_id, **key}
    yield from _indicators(project.indicators, f"{project_id}.i", both, "annual")
    yield from _indicators(project.whole_period_indicators, f"{project_id}.w", both, "whole")


def _indicators(
    indicators: Sequence[Indicator], lead: str, keys: dict[str, str], period: str
) -> Iterator[Row]:
    project = {key: value for key, value in keys.items() if key == "project_id"}
    for number, indicator in enumerate(indicators, 1):
        name = f"{lead}{number}"
        value = indicator.value
        row: dict[str, Any] = {"indicator_id": name, **keys, "period": period, "ordinal": number}
        for field in _WORDS:
            row[field] = getattr(indicator, field)
        row["value"] = value.text
        row["value_operator"] = value.operator
        row["value_number"] = fitting(value.number)
        row["value_upper"] = fitting(value.upper)
        row["value_unit"] = value.unit
        row["value_kind"] = value.kind and value.kind.value
        row["value_nature"] = value.nature and value.nature.value
        row["value_direction"] = value.direction and value.direction.value
        row["value_stated"] = stated(value, indicator.name)
        row["place"] = indicator.place or None
        yield "indicators", row
        if indicator.extra:
            yield from _extras(indicator.extra, name, {**project, "indicator_id": name})


def _extras(extra: dict[str, str], owner: str, keys: dict[str, str]) -> Iterator[Row]:
    for number, (name, text) in enumerate(extra.items(), 1):
        row = {"extra_id": f"{owner}.e{number}", **keys, "ordinal": number}
        yield "extras", {**row, "name": name, "text": text}


def _list(table: str, keys: dict[str, str], items: Sequence[str]) -> Iterator[Row]:
    for number, item in enumerate(items, 1):
        yield table, {**keys, "ordinal": number, "text": item}


def _budget(budget: Budget | None, lead: str = "budget") -> dict[str, Any]:
    if budget is None:
        return {}
    words = {f"{lead}_{name}": getattr(budget, name) for name in _BUDGET}
    return {**words, **budget_numbers(budget, lead)}
