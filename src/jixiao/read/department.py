"""Rows of a department's own tables: 年度主要任务 and 职责活动."""

from __future__ import annotations

from jixiao.model import Budget, Criterion, DepartmentTask, Place, SubObjective
from jixiao.read.blocks import Cell
from jixiao.read.columns import PROJECT, Column, Header, Values, View, row_values
from jixiao.read.drafts import Draft
from jixiao.read.labels import is_sum

_GRADES = ("excellent", "good", "fair", "poor")
_AMOUNTS = ("total", "fiscal", "other")


class DepartmentRows:
    """Collects what the rows of a department's own tables say."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.budget = Budget()
        self.tasks: list[DepartmentTask] = []
        self.sub_objectives: list[SubObjective] = []
        self._duty: Cell | None = None

    def task(self, view: View, row: int, header: Header, unit: str | None) -> None:
        """Read a 年度主要任务 (财预〔2015〕88号), or the sum under them."""
        columns = header.halves[0]
        values = row_values(view, row, columns)
        unit = money_in_header(header) or unit
        if any(is_sum(cell.text) for cell in view.rows[row][:3]):
            self.budget = _sum(view, row, columns, unit)
            return
        name = text_of(values, "task_name")
        if name and name.strip(" .…·。"):
            place = {
                "name" if role == "task_name" else "content": view.grid.place(values[role][1])
                for role in ("task_name", "task_content")
                if role in values
            }
            place["self"] = place["name"]
            self.tasks.append(
                DepartmentTask(name, text_of(values, "task_content"), _budget(values, unit), place)
            )

    def duty(self, view: View, row: int, header: Header, unit: str | None) -> None:
        """Read a row of the older Hebei table: a 职责活动, or one more indicator of it."""
        values = row_values(view, row, header.halves[0])
        if not values:
            return
        title = text_of(values, "duty")
        cell = values["duty"][1] if "duty" in values else None
        last = self.sub_objectives[-1] if self.sub_objectives else None
        if last is None or not self._goes_on(title, last, cell, values):
            last = SubObjective(
                title=title,
                duty=text_of(values, "duty_content"),
                objective=text_of(values, PROJECT + "goals"),
                budget=_budget(values, money_in_header(header) or unit),
                place=_duty_places(values, view),
            )
            self.sub_objectives.append(last)
        self._duty = cell
        name = text_of(values, "name")
        if name:
            grades = [text_of(values, role) for role in _GRADES]
            self.sub_objectives[-1] = SubObjective(
                last.title, last.duty, last.objective, (*last.indicators, name), last.budget,
                (*last.criteria, Criterion(name, *grades)), last.place,
            )  # fmt: skip

    def _goes_on(
        self, title: str | None, last: SubObjective, cell: Cell | None, values: Values
    ) -> bool:
        """Tell whether a row is one more indicator of the activity above it."""
        if not title or (cell is not None and cell is self._duty):
            return True
        objective = text_of(values, PROJECT + "goals")
        return title == last.title and objective in (None, "", last.objective)


def _duty_places(values: Values, view: View) -> dict[str, Place]:
    roles = {"title": "duty", "duty": "duty_content", "objective": PROJECT + "goals"}
    place = {"self": view.grid.place(next(iter(values.values()))[1])}
    for field, role in roles.items():
        if role in values:
            place[field] = view.grid.place(values[role][1])
    return place


def _sum(view: View, row: int, columns: tuple[Column, ...], unit: str | None) -> Budget:
    """金额合计 merged over what is no amount leaves the amounts at the right, in their order."""
    roles = [c.role.removeprefix(PROJECT) for c in columns if c.role.startswith(PROJECT)]
    amounts = [role for role in roles if role in _AMOUNTS]
    texts = [cell.text for cell in view.rows[row]]
    label = next(number for number, text in enumerate(texts) if is_sum(text))
    said = texts[label + 1 :][-len(amounts) :] if amounts else []
    draft = Draft()
    draft.money_unit = unit
    draft.amounts.update(zip(amounts, said, strict=False))
    return draft.budget()


def text_of(values: Values, role: str) -> str | None:
    """Return what a row says in a role, None where it has no such column."""
    found = values.get(role)
    return None if found is None else found[0]


def _budget(values: Values, unit: str | None) -> Budget:
    draft = Draft()
    draft.money_unit = unit
    for field in _AMOUNTS:
        draft.amounts[field] = text_of(values, PROJECT + field) or ""
    return draft.budget()


def money_in_header(header: Header | None) -> str | None:
    """Return the unit of money that a heading states: 预算数（万元）."""
    return header.money_unit if header else None
