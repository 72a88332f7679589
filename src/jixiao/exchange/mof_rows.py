"""From the model to rows of the Ministry of Finance's performance tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from jixiao.exchange.mof_mapping import Field, Holds, Mapping, MofTable
from jixiao.exchange.tables import tables
from jixiao.model import Budget, BudgetUnit, Indicator, PerformanceText, Plan, Project

Row = tuple[MofTable, dict[str, str]]
"""A table, and its row: the content of each field."""

_INDICATOR = ("description", "basis", "weight", "formula", "scoring", "previous", "remark")
"""What a mapping may leave out of an indicator."""


class MofRows:
    """Makes the rows of texts, and counts what no field of the mapping holds."""

    def __init__(self, mapping: Mapping, now: str) -> None:
        """Take the mapping, and the time of writing in 17 digits."""
        self._of: dict[Holds, MofTable] = {table.holds: table for table in mapping.values()}
        self._now = now
        self.left: Counter[str] = Counter()
        """How often each field of the model had content that was not written."""

    def rows(self, text: PerformanceText, text_id: str) -> Iterator[Row]:
        """Yield the rows of a text."""
        about = {
            "region_code": text.region.code or "",
            "region_name": text.region.name or "",
            "year": "" if text.year is None else str(text.year),
            **_units(text.unit, text.unit),
            "final": "no" if text.draft else "yes",
            "deleted": "no",
            "now": self._now,
        }
        for number, project in enumerate(text.projects, 1):
            unit = project.unit if project.unit != BudgetUnit() else text.unit
            department = project.department if project.department != BudgetUnit() else text.unit
            own = {
                **about,
                **_units(unit, department),
                "project_code": project.code or "",
                "project_name": project.name or "",
            }
            yield from self._project(project, own, f"{text_id}.p{number}")
        if text.overall is not None or text.indicators:
            goals = () if text.overall is None else (text.overall,)
            yield from self._goals("department_goals", goals, about, "annual", {})
        yield from self._indicators("department_indicators", text.indicators, about, text_id)
        self._leave_text(text)

    def _project(self, project: Project, about: dict[str, str], key: str) -> Iterator[Row]:
        extra = project.extra
        yield from self._goals("project_goals", project.goals, about, "annual", extra)
        if project.whole_period_goals:
            goals = project.whole_period_goals
            yield from self._goals("project_goals", goals, about, "whole", extra)
        yield from self._indicators("project_indicators", project.indicators, about, key)
        table = self._of.get("project_indicators")
        whole = project.whole_period_indicators
        if whole and (table is None or not table.has("period")):
            # Beside the year's own they would pass for them.
            self._leave("实施期指标", len(whole))
        else:
            yield from self._indicators("project_indicators", whole, about, key, "whole")
        self._leave_project(project)

    def _goals(
        self,
        holds: Holds,
        goals: Sequence[str],
        about: dict[str, str],
        period: str,
        extra: dict[str, str],
    ) -> Iterator[Row]:
        table = self._of.get(holds)
        if table is None or (period == "whole" and not table.has("period")):
            self._leave("绩效目标", len(goals))
            return
        words = {**about, "goals": joined(goals), "period": period}
        yield table, self._row(table, words, extra)

    def _indicators(
        self,
        holds: Holds,
        indicators: Sequence[Indicator],
        about: dict[str, str],
        owner: str,
        period: str = "annual",
    ) -> Iterator[Row]:
        table = self._of.get(holds)
        if table is None:
            self._leave("绩效指标", len(indicators))
            return
        letter = "i" if period == "annual" else "w"
        for number, indicator in enumerate(indicators, 1):
            words = {**about, "indicator_id": f"{owner}.{letter}{number}", "period": period}
            for name in ("level1", "level2", "name", *_INDICATOR):
                words[name] = getattr(indicator, name) or ""
            words["value"] = indicator.value.text
            yield table, self._row(table, words, indicator.extra)
            self._leave_indicator(indicator, table)

    def _row(self, table: MofTable, words: dict[str, str], extra: dict[str, str]) -> dict[str, str]:
        return {name: _content(field, words, extra) for name, field in table.fields.items()}

    def _leave(self, what: str, count: int = 1) -> None:
        if count:
            self.left[what] += count

    def _leave_indicator(self, indicator: Indicator, table: MofTable) -> None:
        columns = {column.name: column.title for column in tables()["indicators"].columns}
        for name in _INDICATOR:
            if getattr(indicator, name) and not table.has(name):
                self._leave(columns[name])
        self._leave_extra(indicator.extra, (table,))

    def _leave_extra(self, extra: dict[str, str], held: Sequence[MofTable]) -> None:
        if extra:
            titles = {
                field.title
                for table in held
                for field in table.fields.values()
                if field.origin in (None, "indicator_id")
            }
            self._leave(
                "其他栏目", sum(bool(text) for name, text in extra.items() if name not in titles)
            )

    def _leave_project(self, project: Project) -> None:
        table = self._of.get("project_goals")
        self._leave_extra(project.extra, (table,) if table else ())
        self._leave("资金用途", bool(project.purpose))
        self._leave("预算规模", project.budget != Budget())
        self._leave("资金支出计划", project.plan != Plan())
        self._leave("实施期资金", project.whole_period_budget is not None)

    def _leave_text(self, text: PerformanceText) -> None:
        for name, given in (
            ("sub_objectives", text.sub_objectives),
            ("safeguards", text.safeguards),
            ("tasks", text.tasks),
            ("unread", text.unread),
        ):
            self._leave(tables()[name].title, len(given))
        self._leave("部门整体的预算数", text.budget != Budget())


def joined(goals: Sequence[str]) -> str:
    """Return goals as one text, numbered where they are several."""
    if len(goals) < 2:
        return "".join(goals)
    return "\n".join(f"{number}. {goal}" for number, goal in enumerate(goals, 1))


def _units(unit: BudgetUnit, department: BudgetUnit) -> dict[str, str]:
    return {
        "unit_code": unit.code or "",
        "unit_name": unit.name or "",
        "department_code": department.code or "",
        "department_name": department.name or "",
    }


def _content(field: Field, words: dict[str, Any], extra: dict[str, str]) -> str:
    if field.origin is None:
        return extra.get(field.title, "")
    text: str = field.code(words.get(field.origin, ""))
    if field.origin == "indicator_id":
        text = extra.get(field.title) or text  # what the system calls it, if it came from there
    if field.fill and text and field.length is not None:
        text = text.ljust(field.length, field.fill)
    return text
