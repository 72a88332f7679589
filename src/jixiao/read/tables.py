"""Grids into projects: what kind of rows follow each other, and where a project begins."""

from __future__ import annotations

import re

from jixiao.model import BudgetUnit, Place, ReadingWarning, Unread
from jixiao.read.blocks import Cell, Grid
from jixiao.read.columns import PROJECT, Header, Values, View, header_at, row_values
from jixiao.read.cover import plain_title, title_year
from jixiao.read.department import DepartmentRows, money_in_header, text_of
from jixiao.read.drafts import Draft
from jixiao.read.info import InfoRows
from jixiao.read.labels import (
    Label,
    fold,
    is_group,
    is_page_number,
    is_sum,
    is_whole_department_title,
    title_of,
)
from jixiao.read.rows import begins_other, has_labels, is_unit_row, project_keys, title_row

_INDICATOR_ROLES = frozenset(("name", "value", "description", "basis"))
_BESIDE = frozenset(("weight", "formula", "scoring", "previous", "remark"))
_EXTRA = "extra:"
_BLANK_WORDS = re.compile(r"^[\s.…·。]*$")


class Tables:
    """Reads the grids of one document, in order."""

    def __init__(self) -> None:
        """Begin before the first grid."""
        self.drafts: list[Draft] = []
        self.department = DepartmentRows()
        self.years: list[str] = []
        self.unread: list[Unread] = []
        self.warnings: list[ReadingWarning] = []
        self._draft: Draft | None = None
        self._header: Header | None = None
        self._levels: dict[str, tuple[str, Cell]] = {}
        self._whole = False
        self._title: tuple[str, Place] | None = None
        self._before: list[tuple[Label, Place]] = []
        self._money: str | None = None
        self._listed_cells: set[tuple[int, int]] = set()
        self._list_head: Draft | None = None

    # ── what stands between grids ──────────────────────────────────────────
    def title(self, name: str, place: Place, *, whole: bool = False) -> None:
        """Take the title over the next table; ``name`` is "" where it names no project.

        ``whole`` tells that it is over the table of the department as a whole.
        """
        self._whole = whole
        self._list_head = None
        if self._title is None or name or not self._title[0]:
            self._title = (name, place)

    def beside(self, label: Label, place: Place) -> None:
        """Take a field that stands in a line over or under a table.

        预算单位：… is of the next table; 填报人：… under a table signs that one.
        """
        draft = self._draft
        if label.field == "extra" and self._title is None and draft and not draft.is_empty:
            draft.add_extra(label.name, label.inline or "", place)
        else:
            self._before.append((label, place))

    def money(self, unit: str) -> None:
        """Take the unit of money that a line over the next table states."""
        self._money = unit
        self._list_head = None

    def unit_before(self) -> BudgetUnit:
        """Return the unit that a line names over a table that is no project's."""
        said = {label.field: label.inline for label, _ in self._before}
        return BudgetUnit(said.get("unit_code"), said.get("unit"))

    def end(self) -> None:
        """Report the lines over a table that never came."""
        for label, place in self._before:
            if label.field not in ("unit", "unit_code"):
                words = f"{label.title}：{label.inline}" if label.title else label.inline or ""
                self.unread.append(Unread(words, place, "后面没有它所说的表"))

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
        torn = None if 0 in headers else self._goes_on(view)
        if not headers and torn is None and not has_labels(view):
            self._skip(view)
            return
        self._listed_cells.clear()
        if self._title is not None:
            self._begin_titled(headers)
        info = InfoRows(view, self._report)
        row = 0
        if torn is not None:
            row = self._torn_row(view, 0, torn)
            row = self._rows(view, row, torn, headers)
        while row < view.height:
            header = headers.get(row)
            if header is not None:
                goes_on = self._header is not None and header.roles == self._header.roles
                self._header = header
                self._name_extras(view, header, row)
                data = self._torn_row(view, header.data, header) if goes_on else header.data
                row = self._rows(view, data, header, headers)
                continue
            if (title := title_row(view, row)) is not None:
                self._header = None
                self._begin_row_title(title, view, row)
            elif not view.is_blank(row):
                self._header = None
                info.read(row, self._draft_for(view, row))
            row += 1

    def _goes_on(self, view: View) -> Header | None:
        """Return the header of the grid before this one where this one goes on its rows.

        A page's next grid may have lost the columns that only its upper rows needed.
        """
        header = self._header
        if header is None or self._title is not None or not view.height:
            return None
        if begins_other(view, 0) or title_row(view, 0) is not None:
            return None
        return header if view.width == header.width else header.squeezed(view.width)

    def _torn_row(self, view: View, row: int, header: Header) -> int:
        """Put the rest of a row that a page cut in two to the indicator it belongs to.

        It has no name, or neither level 2 nor value, of its own. Return the row after it.
        """
        draft = self._draft
        if draft is None or row >= view.height or len(header.halves) > 1:
            return row
        values = row_values(view, row, header.halves[0])
        if not draft.indicators or not {"level2", "name", "value"} <= values.keys():
            return row
        said = {role for role in values if _says(values, role) and not role.startswith(PROJECT)}
        cut = "name" not in said or not said & {"level1", "level2", "value", "basis"}
        if not said or not cut or said & {"level1", "level2"}:
            return row
        draft.extend_indicator({role: values[role][0] for role in said})
        return row + 1

    def _begin_row_title(self, text: str, view: View, row: int) -> None:
        """Take a title that is the first row of a form: it begins one."""
        name = plain_title(title_of(text) or "")
        year = title_year(text)
        if not name and year:
            self.years.append(year)
        draft = self._draft
        if draft is None or draft.has_content or draft.fields:
            draft = self._begin()
        draft.is_department = is_whole_department_title(text)
        if draft.title is None or name:
            draft.title = (name, view.grid.place(view.rows[row][0]))

    def _begin_titled(self, headers: dict[int, Header]) -> None:
        """Begin the project that the title over this grid names, unless it is the one being read."""
        title, self._title = self._title, None
        draft = self._draft
        named = (
            draft is not None
            and title is not None
            and title[0] in ("", draft.fields.get("name"), draft.title[0] if draft.title else None)
        )
        if draft is not None and 0 in headers and named and not draft.indicators:
            return  # 项目绩效指标表 after the project's first grid
        if draft is not None and title and title[0] and 0 in headers and named:
            return  # the title again over what a page tore off
        if draft is None or draft.has_content or draft.fields or draft.title:
            draft = self._begin()
        draft.title = title
        draft.is_department = self._whole

    def _begin(self) -> Draft:
        self._draft = draft = Draft()
        draft.default_money = self._money
        self.drafts.append(draft)
        self._levels = {}
        for label, place in self._before:
            field, text = label.field or "extra", label.inline or ""
            if field == "extra" or not draft.put(field, text, place):
                draft.add_extra(label.name, text, place)
        self._before = []
        return draft

    def _draft_for(self, view: View, row: int) -> Draft:
        """Return the draft that a row of labels belongs to: the one being read, or a new one."""
        draft = self._draft
        if draft is None:
            return self._begin()
        found = dict(project_keys(view, row))
        begun = draft.has_content or bool(draft.fields)
        if "department_name" in found and begun and not draft.is_department:
            return self._begin()
        if found.keys() & {"code", "name"}:
            if draft.is_department:
                return self._begin()
            same = all(draft.fields.get(field) in (None, text) for field, text in found.items())
            if not same or draft.indicators:
                return self._begin()
        elif draft.indicators and is_unit_row(view, row):
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
            if row in headers or begins_other(view, row) or title_row(view, row) is not None:
                break
            if view.words[row]:
                if "duty" in roles:
                    self._report_outside(view, row, header)
                    (self._draft or self._begin()).is_department = True
                    self.department.duty(view, row, header, self._money)
                elif "task_name" in roles:
                    self._report_outside(view, row, header)
                    (self._draft or self._begin()).is_department = True
                    self.department.task(view, row, header, self._money)
                else:
                    self._indicator_row(view, row, header)
            row += 1
        return row

    def _report_outside(self, view: View, row: int, header: Header) -> None:
        """Report words beside the columns that the header has."""
        columns = header.halves[-1]
        first, last = header.halves[0][0].start, columns[-1].end
        words = view.words[row]
        if words[0].end > first and words[-1].column < last:
            return
        for cell in words:
            if cell.end <= first or cell.column >= last:
                self._report(cell.text, view.grid.place(cell))

    def _indicator_row(self, view: View, row: int, header: Header) -> None:
        if self._is_note(view, row, header):
            return
        self._report_outside(view, row, header)
        if is_sum(view.words[row][0].text):
            return
        for number, half in enumerate(header.halves):
            values = row_values(view, row, half)
            if header.lists:
                self._listed(values, view)
            self._inherit(values, number)
            if not any(_says(values, role) for role in _INDICATOR_ROLES):
                self._leftover(values, view, row, listed=header.lists)
                continue
            if is_sum(text_of(values, "name") or text_of(values, "level1") or ""):
                continue
            draft = self._draft or self._begin()
            whole = len(header.halves) == 2 and number == 0
            draft.add_indicator(values, view.grid, whole=whole)

    def _leftover(self, values: Values, view: View, row: int, *, listed: bool) -> None:
        """Place what a row says that states no indicator: of a list's project, or unread."""
        for role, (text, cell) in values.items():
            if cell.row != row or not _says(values, role):
                continue
            place = view.grid.place(cell)
            if listed and self._draft and (role == "remark" or role.startswith(_EXTRA)):
                self._draft.add_extra(
                    "备注" if role == "remark" else role[len(_EXTRA) :], text, place
                )
            elif role in _BESIDE or role.startswith(_EXTRA):
                self._report(text, place)

    def _is_note(self, view: View, row: int, header: Header) -> bool:
        """A row of one cell, or of a label and one wide cell, is no indicator: place it."""
        cells = view.words[row]
        count = sum(len(half) for half in header.halves)
        if len(cells) > 2 or count < 3 or not cells:
            return False
        first, last = cells[0], cells[-1]
        if view.spans:
            wide = last.colspan * 2 > view.width or (
                len(cells) == 1 and first.colspan * 2 > view.width
            )
        else:
            wide = len(view.rows[row]) <= 2
        if not wide:
            return False
        if len(cells) == 1:
            if is_page_number(first.text):
                return True
            if fold(first.text).rstrip("0123456789()分").endswith("指标") and len(first.text) < 20:
                self._levels = {"level1": (first.text, first)}
            else:
                self._report(first.text, view.grid.place(first))
        else:
            draft = self._draft or self._begin()
            draft.add_extra(first.text, last.text, view.grid.place(last))
        return True

    def _inherit(self, values: Values, half: int) -> None:
        """A blank 一级 or 二级指标 goes on the one above it."""
        above = self._levels.get("level1")
        if "level1" not in values and above is not None and half == 0:
            values["level1"] = above  # in a row of its own
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
        if is_sum(keys.get("name", "")):
            return
        draft = self._draft
        if draft is None or (
            keys
            and (
                not draft.is_listed
                or any(draft.fields.get(field) != text for field, text in keys.items())
            )
        ):
            self._take_list_head()
            draft = self._begin()
            draft.is_listed, draft.title = True, None
        draft.money_unit = draft.money_unit or money_in_header(self._header)
        for field, (text, cell) in fields.items():
            if is_group(field) or (cell.row, cell.column) in self._listed_cells:
                continue
            self._listed_cells.add((cell.row, cell.column))
            self._put_listed(draft, field, text, view.grid.place(cell))
        for role in [role for role in values if role.startswith(_EXTRA)]:
            text, cell = values[role]
            named = fields.get("name") or fields.get("code")
            if named and 1 < cell.rowspan == named[1].rowspan:
                del values[role]  # merged down beside the name, it is of the project
                if text and (cell.row, cell.column) not in self._listed_cells:
                    self._listed_cells.add((cell.row, cell.column))
                    draft.add_extra(role[len(_EXTRA) :], text, view.grid.place(cell))

        if (head := self._list_head) is not None:
            for field in draft.stand_under(head):
                self._report(head.fields.pop(field), head.place[field])

    def _take_list_head(self) -> None:
        """Take what stands over a list, 部门：… and 单位：万元, as said of each of its projects."""
        draft = self._draft
        if draft is None or draft.has_content or draft.fields.keys() & {"name", "code"}:
            return
        self.drafts.remove(draft)
        self._list_head = draft

    def _put_listed(self, draft: Draft, field: str, text: str, place: Place) -> None:
        """Take a field that stands in a column; where it is not merged it comes in every row."""
        if field in ("goals", "whole_goals"):
            if text not in draft.cells:
                draft.cells.add(text)
                draft.put(field, text, place)
        elif not draft.put(field, text, place):
            self._report(text, place)


def _says(values: Values, role: str) -> bool:
    return role in values and not _BLANK_WORDS.match(values[role][0])
