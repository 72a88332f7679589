"""From rows of the tidy tables back to the model."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from jixiao.exchange.problems import Problems
from jixiao.exchange.tables import Table, tables
from jixiao.model import (
    Budget,
    BudgetUnit,
    Criterion,
    DepartmentTask,
    Indicator,
    PerformanceText,
    Plan,
    Project,
    ReadingWarning,
    Region,
    SubObjective,
    TargetValue,
    Unread,
    parse_value,
)


class Given(msgspec.Struct, frozen=True):
    """A row that was read: where it stands, and the values of its columns."""

    file: str
    row: int
    cells: dict[str, Any]


_Cells = dict[str, Any]
_WORDS = ("level1", "level2", "name", "description", "basis", "weight")
_MORE_WORDS = ("formula", "scoring", "previous", "remark")


def check_keys(given: dict[str, list[Given]], problems: Problems) -> None:
    """Note rows whose key another row has, and rows that name a row that is not there."""
    known: dict[str, set[Any]] = {}
    for name, table in tables().items():
        if name in given:
            known[name] = _keys(table, given[name], problems)
    for name, rows in given.items():
        for column, of in tables()[name].foreign.items():
            if of not in known:
                continue  # that table could not be read, which is told already
            title = tables()[of].title
            for one in rows:
                value = one.cells.get(column)
                if value is not None and (value,) not in known[of]:
                    problems.add(one.file, f"“{title}”表里没有这个标识“{value}”", one.row, column)
    _check_owners(given, problems)


def _keys(table: Table, rows: list[Given], problems: Problems) -> set[Any]:
    seen: set[Any] = set()
    for one in rows:
        key = tuple(one.cells.get(column) for column in table.key)
        if None in key:
            continue  # told already, where the row was read
        if key in seen:
            what = "、".join(map(str, key))
            problems.add(one.file, f"与前面的行重复：{what}", one.row, "、".join(table.key))
        seen.add(key)
    return seen


def _check_owners(given: dict[str, list[Given]], problems: Problems) -> None:
    """Note rows that would belong to nothing, to two things, or stand in for another."""
    text_of = {
        one.cells.get("project_id"): one.cells.get("text_id") for one in given.get("projects", ())
    }
    for one in given.get("indicators", ()):
        project, text = one.cells.get("project_id"), one.cells.get("text_id")
        if project is None and one.cells.get("period") == "whole":
            problems.add(one.file, "部门整体支出的指标没有实施期", one.row, "period")
        elif text is not None and (text_of.get(project) or text) != text:
            problems.add(one.file, f"项目“{project}”不在这份文本中", one.row, "text_id")
    names: set[Any] = set()
    for one in given.get("extras", ()):
        project, indicator = one.cells.get("project_id"), one.cells.get("indicator_id")
        if project is None and indicator is None:
            problems.add(one.file, "项目标识、指标标识都是空的", one.row, "project_id")
        name = (*_owner("extras", one.cells), one.cells.get("name"))
        if name in names:
            problems.add(one.file, f"栏目名与前面的行重复：{name[-1]}", one.row, "name")
        names.add(name)


def assemble(given: dict[str, list[Given]], problems: Problems) -> list[PerformanceText]:
    """Return the texts that the rows hold, in the order that they say."""
    rows = _Rows(given, problems)
    order = sorted((one.cells for one in given.get("texts", ())), key=_ordinal)
    return [_text(cells, rows) for cells in order]


class _Rows:
    """The rows of each table by what they belong to, in the order that they say."""

    def __init__(self, given: dict[str, list[Given]], problems: Problems) -> None:
        self.problems = problems
        self._of: dict[str, dict[Any, list[_Cells]]] = {}
        for name, rows in given.items():
            groups: dict[Any, list[_Cells]] = defaultdict(list)
            for one in rows:
                if name == "indicators":
                    self._tell(one)
                groups[_owner(name, one.cells)].append(one.cells)
            for group in groups.values():
                group.sort(key=_ordinal)
            self._of[name] = groups

    def of(self, table: str, *owner: Any) -> list[_Cells]:
        """Return the rows of a table that belong to something."""
        return self._of.get(table, {}).get(owner, [])

    def texts(self, table: str, *owner: Any) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(cells["text"] for cells in self.of(table, *owner))

    def extras(self, *owner: Any) -> dict[str, str]:
        """Return the fields that the model has no name for."""
        return {cells["name"]: cells["text"] for cells in self.of("extras", *owner)}

    def _tell(self, one: Given) -> None:
        """Put the target value that a row means into it, noting where it means none."""
        cells = one.cells
        told = parse_value(cells["value"], cells.get("name") or "")
        more = cells.get("value_stated")
        if more:
            try:
                told = msgspec.convert({**msgspec.to_builtins(told), **more}, TargetValue)
            except msgspec.ValidationError:
                self.problems.add(one.file, "说的不是指标值的含义", one.row, "value_stated")
        cells["_told"] = told


def _owner(table: str, cells: _Cells) -> tuple[Any, ...]:
    """Return what a row belongs to."""
    if table == "extras":
        # An indicator's name is its own among all.
        indicator = cells.get("indicator_id")
        return (None, indicator) if indicator is not None else (cells.get("project_id"), None)
    if table in ("indicators", "goals"):
        owner = cells.get("project_id") or cells.get("text_id")
        return owner, cells["period"]
    return (cells[next(iter(tables()[table].foreign), "")] if table != "texts" else None,)


def _ordinal(cells: _Cells) -> int:
    number: int = cells["ordinal"] if "ordinal" in cells else cells["month"]
    return number


def _text(cells: _Cells, rows: _Rows) -> PerformanceText:
    key = cells["text_id"]
    return PerformanceText(
        source=cells["source"],
        year=cells.get("year"),
        region=Region(cells.get("region_code"), cells.get("region_name")),
        unit=BudgetUnit(cells.get("unit_code"), cells.get("unit_name")),
        draft=cells["draft"],
        overall=cells.get("overall"),
        sub_objectives=tuple(_sub_objective(one, rows) for one in rows.of("sub_objectives", key)),
        safeguards=rows.texts("safeguards", key),
        tasks=tuple(
            DepartmentTask(one.get("name"), one.get("content"), _budget(one), _place(one))
            for one in rows.of("tasks", key)
        ),
        budget=_budget(cells),
        indicators=_indicators(rows, key, "annual"),
        projects=tuple(_project(one, rows) for one in rows.of("projects", key)),
        contents=rows.texts("contents", key),
        unread=tuple(
            Unread(one["text"], one["place"], one["reason"]) for one in rows.of("unread", key)
        ),
        warnings=tuple(
            ReadingWarning(one["message"], one.get("place")) for one in rows.of("warnings", key)
        ),
        place=_place(cells),
    )


def _sub_objective(cells: _Cells, rows: _Rows) -> SubObjective:
    key = cells["sub_objective_id"]
    return SubObjective(
        title=cells.get("title"),
        duty=cells.get("duty"),
        objective=cells.get("objective"),
        indicators=rows.texts("sub_objective_indicators", key),
        budget=_optional_budget(cells, "budget"),
        criteria=tuple(
            Criterion(
                one["indicator"],
                one.get("excellent"),
                one.get("good"),
                one.get("fair"),
                one.get("poor"),
            )
            for one in rows.of("criteria", key)
        ),
        place=_place(cells),
    )


def _project(cells: _Cells, rows: _Rows) -> Project:
    key = cells["project_id"]
    return Project(
        code=cells.get("code"),
        name=cells.get("name"),
        unit=BudgetUnit(cells.get("unit_code"), cells.get("unit_name")),
        department=BudgetUnit(cells.get("department_code"), cells.get("department_name")),
        budget=_budget(cells),
        purpose=cells.get("purpose"),
        plan=_plan({one["month"]: one.get("share") for one in rows.of("plan", key)}),
        goals=rows.texts("goals", key, "annual"),
        indicators=_indicators(rows, key, "annual"),
        whole_period_budget=_optional_budget(cells, "whole_period_budget"),
        whole_period_goals=rows.texts("goals", key, "whole"),
        whole_period_indicators=_indicators(rows, key, "whole"),
        extra=rows.extras(key, None),
        place=_place(cells),
    )


def _plan(shares: dict[int, str | None]) -> Plan:
    quarter = {9: shares[9]} if 9 in shares else {}
    return Plan(
        shares.get(3), shares.get(6), shares.get(10), shares.get(12), quarter.get(9, msgspec.UNSET)
    )


def _indicators(rows: _Rows, owner: str, period: str) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            **{name: cells.get(name) for name in (*_WORDS, *_MORE_WORDS)},
            value=cells["_told"],
            extra=rows.extras(None, cells["indicator_id"]),
            place=_place(cells),
        )
        for cells in rows.of("indicators", owner, period)
    )


def _budget(cells: _Cells, lead: str = "budget") -> Budget:
    return Budget(
        cells.get(f"{lead}_total"),
        cells.get(f"{lead}_fiscal"),
        cells.get(f"{lead}_other"),
        cells.get(f"{lead}_money_unit"),
    )


def _optional_budget(cells: _Cells, lead: str) -> Budget | None:
    """Return a budget where the form has one, or where a cell of it was filled in."""
    budget = _budget(cells, lead)
    return budget if cells[f"has_{lead}"] or budget != Budget() else None


def _place(cells: _Cells) -> Any:
    return cells.get("place") or {}
