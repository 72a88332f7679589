"""A project while its table is being read, and how it becomes one of the model."""

from __future__ import annotations

import re

import msgspec

from jixiao.model import (
    Budget,
    BudgetUnit,
    Indicator,
    Money,
    Place,
    Plan,
    Project,
    ReadingWarning,
    parse_value,
)
from jixiao.model.values import Direction, to_decimal
from jixiao.read.blocks import Grid
from jixiao.read.columns import Values
from jixiao.read.goals import split_goals
from jixiao.read.labels import coded_unit, without_number

_AMOUNT = re.compile(
    r"^(?:(?:人民币|小写)\s*[：:]?|[¥￥])*\s*(.*?\d)\s*[(（]?(亿元|万元|千元|元)[)）]?(?:整|人民币)?"
    r"(?:[\s(（，,；;]*(?:人民币)?大写.*)?$",
    re.DOTALL,
)
_DIRECTIONS = {
    "正向": Direction.HIGHER,
    "正向指标": Direction.HIGHER,
    "反向": Direction.LOWER,
    "反向指标": Direction.LOWER,
    "负向": Direction.LOWER,
    "负向指标": Direction.LOWER,
}
_VALUE_ROLES = ("operator", "value", "unit_of_measure")
_CODE_BEHIND = re.compile(r"^(.*[\u4e00-\u9fff）)])[\s（(\[_—-]*(\d{3,12})[)）\]]?$", re.DOTALL)
_PLAIN_FIELDS = ("description", "basis", "weight", "formula", "scoring", "previous", "remark")
_INDICATOR_ROLES = frozenset(("level1", "level2", "name", *_VALUE_ROLES, *_PLAIN_FIELDS))


class Draft:
    """What has been read of a project so far. A department's own table is one, too."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.is_department = False
        self.is_listed = False
        self.fields: dict[str, str] = {}
        self.place: dict[str, Place] = {}
        self.amounts: dict[str, str] = {}
        self.money_unit: str | None = None
        self.default_money: str | None = None  # of a line over the table
        self.plan: dict[str, str] = {}
        self.goals: list[str] = []
        self.whole_goals: list[str] = []
        self.indicators: list[Indicator] = []
        self.whole_indicators: list[Indicator] = []
        self.extra: dict[str, str] = {}
        self.title: tuple[str, Place] | None = None
        self.warnings: list[ReadingWarning] = []
        self.cells: set[str] = set()  # goals' cells read, where rows repeat them

    @property
    def has_content(self) -> bool:
        """Whether more is known than what it is called."""
        return bool(
            self.amounts or self.plan or self.goals or self.indicators or self.whole_indicators
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has been read."""
        return not (self.has_content or self.fields)

    def put(self, field: str, text: str, place: Place) -> bool:
        """Take a field; tell whether there was room for it (a second, different one has none)."""
        if field in ("goals", "whole_goals"):
            self.add_goals(text, place, whole=field == "whole_goals")
            return True
        known = self.amounts if field in AMOUNTS else self.fields
        if known.get(field):
            return known[field] == text or not text
        known[field] = text
        self.place[field] = place
        return True

    def add_goals(self, text: str, place: Place, *, whole: bool = False) -> None:
        """Take a cell of goals."""
        goals = self.whole_goals if whole else self.goals
        for goal in split_goals(text):
            self.place[f"{'whole_period_' if whole else ''}goals.{len(goals)}"] = place
            goals.append(goal)

    def add_indicator(self, values: Values, grid: Grid, *, whole: bool = False) -> None:
        """Take a row of an indicator table."""
        (self.whole_indicators if whole else self.indicators).append(indicator_of(values, grid))

    def extend_indicator(self, rest: dict[str, str]) -> None:
        """Take the rest of the last indicator's row, which a page cut in two."""
        last = self.indicators[-1]
        joined = {
            role: (getattr(last, role) or "") + rest[role]
            for role in ("name", *_PLAIN_FIELDS)
            if role in rest
        }
        text = last.value.text + "".join(rest.get(role, "") for role in _VALUE_ROLES)
        extra = dict(last.extra)
        for role, more in rest.items():
            if role.startswith("extra:"):
                key = role.removeprefix("extra:")
                extra[key] = extra.get(key, "") + more
        value = parse_value(text, joined.get("name", last.name or ""))
        self.indicators[-1] = msgspec.structs.replace(last, value=value, extra=extra, **joined)

    def add_extra(self, label: str, text: str, place: Place) -> None:
        """Take a field that the model has no name for; a second one of a name goes on the first."""
        known = self.extra.get(label)
        if known and text and text not in known.split("\n"):
            text = f"{known}\n{text}"
        self.extra[label] = text or known or ""
        self.place.setdefault(f"extra.{label}", place)

    def stand_under(self, head: Draft) -> list[str]:
        """Take over what the head of a list says of all its projects.

        Return the fields that it has no room for, because it says something else itself.
        """
        self.default_money = head.money_unit or self.default_money
        for label, text in head.extra.items():
            self.extra.setdefault(label, text)
        return [
            field
            for field, text in head.fields.items()
            if not self.put(field, text, head.place[field])
        ]

    def budget(self, lead: str = "", default_unit: str | None = None) -> Budget:
        """Return the amounts in one unit of money."""
        read = {
            name: _amount(self.amounts[lead + name])
            for name in ("total", "fiscal", "other")
            if self.amounts.get(lead + name)
        }
        unit = next((unit for _, unit in read.values() if unit), None)
        main = (
            read.get("total", (None, None))[1]
            or self.money_unit
            or unit
            or self.default_money
            or default_unit
        )
        amounts = {}
        for name, (text, own) in read.items():
            number = to_decimal(text)
            if own and main and own != main and number is not None:
                amounts[name] = f"{Money(number, own).to(main).normalize():f}"
                self.warnings.append(
                    ReadingWarning(
                        f"同一项目的金额单位不一：{text}{own} 已换算为 {amounts[name]}{main}",
                        self.place.get(lead + name),
                    )
                )
            else:
                amounts[name] = text
        return Budget(amounts.get("total"), amounts.get("fiscal"), amounts.get("other"), main)

    def finish(self, default_unit: str | None) -> Project:
        """Return the project."""
        name = self.fields.get("name")
        if not name and self.title and self.title[0]:
            name, self.place["name"] = without_number(self.title[0]), self.title[1]
        whole_budget = self.budget("whole_", default_unit)
        indicators, whole = self.indicators, self.whole_indicators
        if whole and not indicators:
            # A form that fills only the first half means the year by it.
            indicators, whole = whole, []
        goals, whole_goals = self.goals, self.whole_goals
        if whole_goals and not goals:
            goals, whole_goals = whole_goals, []
            self.place.update(
                {f"goals.{n}": self.place[f"whole_period_goals.{n}"] for n in range(len(goals))}
            )
        if "self" not in self.place and self.place:
            self.place["self"] = next(iter(self.place.values()))
        return Project(
            code=self.fields.get("code"),
            name=name,
            unit=_unit(self.fields, "unit"),
            department=_unit(self.fields, "department"),
            budget=self.budget("", default_unit),
            purpose=self.fields.get("purpose"),
            plan=_plan(self.plan),
            goals=tuple(goals),
            indicators=tuple(indicators),
            whole_period_budget=whole_budget if whole_budget.total else None,
            whole_period_goals=tuple(whole_goals),
            whole_period_indicators=tuple(whole),
            extra=self.extra,
            place=self.place,
        )


AMOUNTS = frozenset(
    ("total", "fiscal", "other", "whole_total", "whole_fiscal", "whole_other", "task_total")
)
"""Fields that are sums of money."""


def indicator_of(values: Values, grid: Grid) -> Indicator:
    """Return the indicator that a row of a table states."""
    place: dict[str, Place] = {}
    extra: dict[str, str] = {}
    # As grid.place does, which for every cell of every table takes its time.
    table, sheet, (top, left) = grid.table, grid.sheet, grid.origin
    for role, (text, cell) in values.items():
        if role in _INDICATOR_ROLES:
            if grid.boxes:
                here = grid.place(cell)
            else:
                here = Place(None, table, sheet, cell.row + top + 1, cell.column + left + 1)
            place[role] = here
            if "self" not in place:
                place["self"] = here
        elif role.startswith("extra:") and text:
            key = role.removeprefix("extra:")
            extra[key] = text
            place[f"extra.{key}"] = grid.place(cell)
    name = values["name"][0] if "name" in values else None
    text, direction = _value_text(values, extra)
    value = parse_value(text, name or "")
    if direction is not None:
        value = msgspec.structs.replace(value, direction=direction)
    plain = {role: values[role][0] for role in _PLAIN_FIELDS if role in values}
    return Indicator(
        level1=_text(values, "level1"),
        level2=_text(values, "level2"),
        name=name,
        value=value,
        extra=extra,
        place=place,
        **plain,
    )


def _value_text(values: Values, extra: dict[str, str]) -> tuple[str, Direction | None]:
    """Return the target value as one text, and the direction where a column states it.

    Where operator, value and unit stand in three columns the text is all of them in that order.
    """
    operator = _text(values, "operator") or ""
    text = _text(values, "value") or ""
    unit = _text(values, "unit_of_measure") or ""
    direction = next(
        (_DIRECTIONS[stated] for stated in extra.values() if stated in _DIRECTIONS), None
    )
    if operator in _DIRECTIONS:
        direction = _DIRECTIONS[operator]
        extra["指标性质"] = operator
        operator = ""
    return operator + text + unit, direction


def _text(values: Values, role: str) -> str | None:
    found = values.get(role)
    return None if found is None else found[0]


def _amount(text: str) -> tuple[str, str | None]:
    """Split 161.93万元 into the number as written and its unit."""
    found = _AMOUNT.match(text)
    if found and to_decimal(found[1]) is not None:
        return found[1], found[2]
    return text, None


def _unit(fields: dict[str, str], lead: str) -> BudgetUnit:
    name, code = fields.get(lead), fields.get(f"{lead}_code")
    if name and not code and (both := coded_unit(name)):
        code, name = both
    elif name and not code and (behind := _CODE_BEHIND.match(name)):
        name, code = behind[1].strip(), behind[2]
    return BudgetUnit(code, name)


def _plan(plan: dict[str, str]) -> Plan:
    given = {month: text or None for month, text in plan.items()}
    return Plan(
        given.get("03"),
        given.get("06"),
        given.get("10"),
        given.get("12"),
        given.get("09", msgspec.UNSET),
    )
