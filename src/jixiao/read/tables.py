"""Grids into projects: what kind of rows follow each other, and where a project begins."""

from __future__ import annotations

import re

from jixiao.model import Budget, Criterion, DepartmentTask, Place, ReadingWarning, SubObjective, Unread
from jixiao.read.blocks import Cell, Grid
from jixiao.read.columns import PROJECT, Header, Values, View, header_at, row_values
from jixiao.read.drafts import Draft
from jixiao.read.info import InfoRows
from jixiao.read.labels import coded_unit, fold, is_group, label_of

_INDICATOR_ROLES = frozenset(("name", "value", "description", "basis"))
_SUM = frozenset(("合计", "总计", "小计", "金额合计", "合计分", "总分"))
_BLANK_WORDS = re.compile(r"^[\s.…·。]*$")
# Rows that begin so begin something other than one more indicator.
_BEGINS = frozenset(
    ("code", "name", "unit", "unit_code", "department", "department_name", "goals", "whole_goals", "purpose",
     "total", "fiscal", "other", "whole_total", "budget_group", "plan_group", "task_group")
)  # fmt: skip


class Tables:
    """Reads the grids of one document, in order."""

    def __init__(self) -> None:
        """Begin before the first grid."""
        self.drafts: list[Draft] = []
        self.budget = Budget()
        self.tasks: list[DepartmentTask] = []
        self.sub_objectives: list[SubObjective] = []
        self.unread: list[Unread] = []
        self.warnings: list[ReadingWarning] = []
        self._draft: Draft | None = None
        self._header: Header | None = None
        self._levels: dict[str, tuple[str, Cell]] = {}
        self._title: tuple[str, Place] | None = None
        self._before: list[tuple[str, str, Place]] = []

    # ── what stands between grids ──────────────────────────────────────────
    def title(self, name: str, place: Place) -> None:
        """Take the title over the next table; ``name`` is "" where it names no project."""
        if self._title is None or name or not self._title[0]:
            self._title = (name, place)

    def before(self, field: str, text: str, place: Place) -> None:
        """Take a field that stands in a paragraph over the next table (预算单位：…)."""
        self._before.append((field, text, place))

    @property
    def expects_table(self) -> bool:
        """Whether a title has been read whose table has not."""
        return self._title is not None

    def drop_title(self) -> tuple[str, Place] | None:
        """Forget a title whose table did not come: it was an entry of the contents."""
        title, self._title = self._title, None
        return title

    def interrupt(self) -> None:
        """Say that words stood between two grids: the second does not go on the first's rows."""
        self._header = None

    # ── grids ──────────────────────────────────────────────────────────────
    def read(self, grid: Grid) -> None:
        """Read a grid."""
        view = View(grid)
        headers = {row: header for row in range(view.height) if (header := header_at(view, row))}
        if not headers and not self._goes_on(view) and not _has_labels(view):
            self._skip(view)
            return
        if self._title is not None:
            self._begin_titled(view, headers)
        info = InfoRows(view, self._report)
        row = 0
        if self._header is not None and self._goes_on(view) and 0 not in headers:
            row = self._rows(view, 0, self._header, headers)
        while row < view.height:
            header = headers.get(row)
            if header is not None:
                self._header = header
                self._name_extras(view, header, row)
                row = self._rows(view, header.data, header, headers)
            else:
                if not view.is_blank(row):
                    self._header = None
                    info.read(row, self._draft_for(view, row))
                row += 1

    def _goes_on(self, view: View) -> bool:
        """Tell whether a grid without a header goes on the rows of the one before it."""
        if self._header is None or self._title is not None or view.width != self._header.width:
            return False
        return view.height > 0 and not _begins_other(view, 0)

    def _begin_titled(self, view: View, headers: dict[int, Header]) -> None:
        """Begin the project that the title over this grid names, unless it is the one being read."""
        title, self._title = self._title, None
        draft = self._draft
        named = draft is not None and title is not None and title[0] in (
            "", draft.fields.get("name"), draft.title[0] if draft.title else None
        )
        if draft is not None and 0 in headers and named and not draft.indicators:
            return  # 项目绩效指标表 after the project's first grid
        if draft is not None and title and title[0] and 0 in headers and named:
            return  # the title again over what a page tore off
        if draft is None or not draft.is_empty:
            draft = self._begin()
        draft.title = title

    def _begin(self) -> Draft:
        self._draft = draft = Draft()
        self.drafts.append(draft)
        self._levels = {}
        for field, text, place in self._before:
            draft.put(field, text, place)
        self._before = []
        return draft

    def _draft_for(self, view: View, row: int) -> Draft:
        """Return the draft that a row of labels belongs to: the one being read, or a new one."""
        draft = self._draft
        if draft is None:
            return self._begin()
        found = dict(_keys(view, row))
        if "department_name" in found and not draft.is_empty and not draft.is_department:
            return self._begin()
        if found.keys() & {"code", "name"}:
            same = all(draft.fields.get(field) in (None, text) for field, text in found.items())
            repeated = any(draft.fields.get(field) == text for field, text in found.items() if text)
            if not same or draft.indicators or (draft.has_content and not repeated):
                return self._begin()
        elif draft.indicators and _is_unit_row(view, row):
            return self._begin()
        return draft

    def _skip(self, view: View) -> None:
        """Report a grid that is no form."""
        lines = [" | ".join(cell.text for cell in line if cell.text) for line in view.rows]
        text = "\n".join(line for line in lines if line)
        if text:
            self.unread.append(Unread(text, view.grid.place(), "不是绩效目标表"))
        self._header = None

    def _report(self, text: str, place: Place) -> None:
        self.unread.append(Unread(text, place, "表中无法归入任何栏目"))

    def _name_extras(self, view: View, header: Header, row: int) -> None:
        for half in header.halves:
            for column in half:
                if column.role == "extra" and column.title:
                    cell = view.at(row, column.start)
                    message = f"列“{fold(column.title)}”不在已知的表式里，内容保留在 extra 中"
                    place = view.grid.place(cell)
                    if not any(warning.message == message for warning in self.warnings):
                        self.warnings.append(ReadingWarning(message, place))

    # ── rows under a header ────────────────────────────────────────────────
    def _rows(self, view: View, row: int, header: Header, headers: dict[int, Header]) -> int:
        """Read rows until something else begins; return the row where it does."""
        roles = header.roles
        while row < view.height:
            if row in headers or _begins_other(view, row):
                break
            if not view.is_blank(row):
                if "duty" in roles:
                    self._duty(view, row, header)
                elif "task_name" in roles:
                    self._task(view, row, header)
                else:
                    self._indicator_row(view, row, header)
            row += 1
        return row

    def _indicator_row(self, view: View, row: int, header: Header) -> None:
        if self._is_note(view, row, header):
            return
        for number, half in enumerate(header.halves):
            values = row_values(view, row, half)
            if PROJECT + "name" in values or PROJECT + "code" in values:
                self._listed(values, view)
            draft = self._draft or self._begin()
            self._inherit(values, number)
            if not any(_says(values, role) for role in _INDICATOR_ROLES):
                continue
            if fold(_text(values, "name") or _text(values, "level1") or "") in _SUM:
                continue
            named = {k: v for k, v in values.items() if not k.startswith((PROJECT, "side", "number"))}
            whole = len(header.halves) == 2 and number == 0
            draft.add_indicator(named, view.grid, whole=whole)

    def _is_note(self, view: View, row: int, header: Header) -> bool:
        """A row of one cell, or of a label and one wide cell, is no indicator: place it."""
        cells = [cell for cell in view.rows[row] if cell.text]
        count = sum(len(half) for half in header.halves)
        if len(cells) > 2 or count < 4 or not cells:
            return False
        first, last = cells[0], cells[-1]
        if view.spans:
            wide = last.colspan * 2 > view.width or (len(cells) == 1 and first.colspan * 2 > view.width)
        else:
            wide = len(view.rows[row]) <= 2
        if not wide:
            return False
        if len(cells) == 1:
            if fold(first.text).rstrip("0123456789()分").endswith("指标") and len(first.text) < 20:
                self._levels = {"level1": (first.text, first)}
            else:
                self._report(first.text, view.grid.place(first))
        else:
            draft = self._draft or self._begin()
            draft.extra[first.text] = last.text
            draft.place.setdefault(f"extra.{first.text}", view.grid.place(last))
        return True

    def _inherit(self, values: Values, half: int) -> None:
        """A blank 一级 or 二级指标 goes on the one above it."""
        for role in ("level1", "level2"):
            if role not in values:
                continue
            key = f"{role}.{half}" if role == "level2" else role
            if values[role][0]:
                if role == "level1" and self._levels.get("level1", ("",))[0] != values[role][0]:
                    self._levels = {k: v for k, v in self._levels.items() if k == "level1"}
                self._levels[key] = values[role]
            elif key in self._levels:
                values[role] = (self._levels[key][0], values[role][1])

    # ── tables of many ─────────────────────────────────────────────────────
    def _listed(self, values: Values, view: View) -> None:
        """Begin the next project of a table of projects, or go on the one being read."""
        fields = {
            role.removeprefix(PROJECT): value
            for role, value in values.items()
            if role.startswith(PROJECT) and value[0]
        }
        keys = {field: fields[field][0] for field in ("code", "name") if field in fields}
        if fold(keys.get("name", "")) in _SUM:
            return
        draft = self._draft
        if keys and (
            draft is None
            or not draft.is_listed
            or any(draft.fields.get(field) != text for field, text in keys.items())
        ):
            draft = self._begin()
            draft.is_listed = True
        if draft is None:
            return
        for field, (text, cell) in fields.items():
            goals = draft.goals if field == "goals" else draft.whole_goals
            place = view.grid.place(cell)
            seen = place in draft.place.values()
            if field in ("goals", "whole_goals"):
                if not seen and not (goals and text.endswith(goals[-1])):
                    draft.put(field, text, place)
            elif not is_group(field) and not draft.put(field, text, place) and not seen:
                self._report(text, place)
        draft.money_unit = draft.money_unit or _money_in_header(self._header)

    def _task(self, view: View, row: int, header: Header) -> None:
        """Read a 年度主要任务 of a department's own table."""
        values = row_values(view, row, header.halves[0])
        draft = self._draft or self._begin()
        draft.is_department = True
        unit = _money_in_header(header)
        name = _text(values, "task_name")
        if any(fold(cell.text) in _SUM for cell in view.rows[row][:3]):
            self.budget = _budget(values, unit)
            return
        if name and fold(name) not in _SUM and not _BLANK_WORDS.match(name):
            place = {"self": view.grid.place(values["task_name"][1])}
            self.tasks.append(
                DepartmentTask(name, _text(values, "task_content"), _budget(values, unit), place)
            )

    def _duty(self, view: View, row: int, header: Header) -> None:
        """Read a row of the older Hebei table: a 职责活动, or one more indicator of it."""
        values = row_values(view, row, header.halves[0])
        title = _text(values, "duty")
        last = self.sub_objectives[-1] if self.sub_objectives else None
        goes_on = last is not None and (not title or title == last.title)
        if last is None or not goes_on:
            last = SubObjective(
                title=title,
                duty=_text(values, "duty_content"),
                objective=_text(values, PROJECT + "goals"),
                budget=_budget(values, _money_in_header(header)),
                place={"self": view.grid.place(next(iter(values.values()))[1])},
            )
            self.sub_objectives.append(last)
        name = _text(values, "name")
        if name:
            grades = [_text(values, role) for role in ("excellent", "good", "fair", "poor")]
            self.sub_objectives[-1] = SubObjective(
                last.title, last.duty, last.objective, (*last.indicators, name), last.budget,
                (*last.criteria, Criterion(name, *grades)), last.place,
            )  # fmt: skip


def _text(values: Values, role: str) -> str | None:
    found = values.get(role)
    return None if found is None else found[0]


def _says(values: Values, role: str) -> bool:
    return role in values and not _BLANK_WORDS.match(values[role][0])


def _budget(values: Values, unit: str | None) -> Budget:
    draft = Draft()
    draft.money_unit = unit
    for field in ("total", "fiscal", "other"):
        draft.amounts[field] = _text(values, PROJECT + field) or ""
    return draft.budget()


def _money_in_header(header: Header | None) -> str | None:
    """Return the unit of money that a heading states: 预算数（万元）."""
    for half in header.halves if header else ():
        for column in half:
            label = label_of(column.title)
            if label and label.money_unit:
                return label.money_unit
    return None


def _keys(view: View, row: int) -> list[tuple[str, str]]:
    """Return what a row says a project is called: fields that name it, with their values."""
    found = []
    for cell in view.rows[row]:
        label = label_of(cell.text) if cell.text else None
        if label and label.field in ("code", "name", "department_name"):
            beside = view.at(row, cell.end)
            found.append((label.field, label.inline or (beside.text if beside else "")))
    return found


def _is_unit_row(view: View, row: int) -> bool:
    """976001怀来县官厅库区建设管理中心 | 单位：万元: the row that a new form begins with."""
    first = next((cell for cell in view.rows[row] if cell.text), None)
    if first is None:
        return False
    if coded_unit(first.text):
        return True
    label = label_of(first.text)
    return bool(label and label.field in ("unit", "unit_code", "department"))


def _begins_other(view: View, row: int) -> bool:
    """Tell whether a row begins with a label of the form, at the left edge."""
    first = next(iter(view.rows[row]), None)
    if first is None or first.column != 0 or not first.text:
        return False
    label = label_of(first.text)
    if label is not None and (label.field in _BEGINS or label.goal):
        return True
    others = [cell for cell in view.rows[row][1:] if cell.text]
    return len(others) == 1 and (found := label_of(others[0].text)) is not None and bool(
        found.money_unit and not found.names
    )


def _has_labels(view: View) -> bool:
    """Tell whether a grid has the labels of a form: two at least, or one that names a project."""
    fields = set()
    for line in view.rows:
        for cell in line:
            label = label_of(cell.text)
            if label and (label.field or label.checkpoint or label.goal):
                fields.add(label.field or label.checkpoint or "goal")
                if len(fields) > 1 or fields & {"name", "code", "goals"}:
                    return True
    return False

