"""Rows of a project's form that pair labels with values (项目编码 | 1307… | 项目名称 | …)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from jixiao.model import Place
from jixiao.model.values import MONEY_UNITS
from jixiao.read.blocks import Cell
from jixiao.read.columns import View
from jixiao.read.drafts import AMOUNTS, Draft
from jixiao.read.labels import Label, coded_unit, is_group, label_of

_NUMERIC = re.compile(r"^[\d.,，%％\s—–-]*(?:亿元|万元|千元|元)?$")
_SHORT = 16  # an unknown label is at most this long

# 项目负责人：张三; 注： is no label but leads a note
_UNKNOWN_INLINE = re.compile(r"^(?!注|说明|其中)([\u4e00-\u9fff（）()]{2,10})[：:]\s*(\S.{0,60})$")

Report = Callable[[str, Place], None]


class InfoRows:
    """Reads the rows of one grid into a draft, one after the other."""

    def __init__(self, view: View, unread: Report) -> None:
        """Take the grid, and where to report what cannot be placed."""
        self._view = view
        self._unread = unread
        self._used: set[tuple[int, int]] = set()
        self._group: str | None = None
        self._whole_columns: set[int] = set()

    def read(self, row: int, draft: Draft) -> None:
        """Read one row."""
        cells = self._view.rows[row]
        self._enter_group(cells)
        checkpoints = [
            cell for cell in cells if (label := label_of(cell.text)) and label.checkpoint
        ]
        if checkpoints:
            self._plan(checkpoints, draft)
        vertical = False
        for cell in cells:
            if (cell.row, cell.column) in self._used or not cell.text:
                continue
            label = label_of(cell.text)
            if label is None or not (label.names or label.money_unit):
                self._content(cell, cells, draft)
            else:
                vertical = self._labelled(cell, label, draft, vertical=vertical)

    def _enter_group(self, cells: Sequence[Cell]) -> None:
        """A label at the left edge rules the rows that it spans, or that stay blank under it."""
        if cells and cells[0].column == 0 and cells[0].text:
            label = label_of(cells[0].text)
            self._group = label.field if label and label.inline is None else None

    def _plan(self, checkpoints: Sequence[Cell], draft: Draft) -> None:
        """Read 3月底 | 6月底 | … with the shares below, or each with its share beside it."""
        beside = not any(
            left.end == right.column for left, right in itertools.pairwise(checkpoints)
        )
        for cell in checkpoints:
            label = label_of(cell.text)
            value = self._view.at(cell.row, cell.end) if beside else None
            if value is None or (value.text and label_of(value.text)):
                value = self._below(cell)
            self._used.add((cell.row, cell.column))
            if label is None or label.checkpoint is None:
                continue
            if value is not None:
                self._used.add((value.row, value.column))
                draft.plan[label.checkpoint] = value.text
                draft.place[f"plan.{label.checkpoint}"] = self._view.grid.place(value)
            else:
                draft.plan.setdefault(label.checkpoint, "")

    def _labelled(self, cell: Cell, label: Label, draft: Draft, *, vertical: bool) -> bool:
        """Read a labelled cell; tell whether its value stood below it."""
        if label.money_unit:
            draft.money_unit = label.money_unit
        if not label.names:
            return vertical
        if label.inline is not None and label.field:
            self._put(label.field, label.inline, label.title, cell, draft)
            return vertical
        if label.field and is_group(label.field):
            return vertical
        value = self._below(cell) if vertical else None
        if value is None:
            value = self._beside(cell)
            if value is None and not vertical:
                value = self._below(cell)
                if value is not None and label.field in AMOUNTS and not _NUMERIC.match(value.text):
                    value = None
                vertical = value is not None
        if value is None:
            if label.goal:  # 目标内容1, and nothing said of it
                draft.add_goals(cell.text, self._view.grid.place(cell))
                return vertical
            if label.field == "goals":
                return vertical  # a heading over 目标1, 目标2
            text = ""
        else:
            self._used.add((value.row, value.column))
            text = value.text
        if "unit_of_measure" in label.columns and text in MONEY_UNITS:
            draft.money_unit = text
        elif label.goal:
            draft.add_goals(text, self._view.grid.place(value or cell))
        elif label.field:
            self._put(label.field, text, cell.text, value or cell, draft)
        elif text:
            draft.add_extra(_bare(cell.text), text, self._view.grid.place(value or cell))
        return vertical

    def _put(self, field: str, text: str, title: str, cell: Cell, draft: Draft) -> None:
        if field == "whole_total":
            self._whole_columns.add(cell.column)
        elif field in ("fiscal", "other") and self._is_whole(cell):
            field = f"whole_{field}"
        place = self._view.grid.place(cell)
        if field == "department_name":
            draft.is_department = True
            field = "unit"
        if field in AMOUNTS and text and not _NUMERIC.match(text):
            draft.add_extra(_bare(title), text, place)
        if field == "extra" or not draft.put(field, text, place):
            draft.add_extra(_bare(title), text, place)

    def _is_whole(self, cell: Cell) -> bool:
        """Tell whether an amount stands under that of the whole period, beside that of the year."""
        return cell.column in self._whole_columns

    def _content(self, cell: Cell, cells: Sequence[Cell], draft: Draft) -> None:
        """Place a cell that is no label by the group it stands in."""
        place = self._view.grid.place(cell)
        if self._group in ("goals", "whole_goals"):
            draft.add_goals(cell.text, place, whole=self._group == "whole_goals")
        elif (
            self._group == "budget_group"
            and not _NUMERIC.match(cell.text)
            and "purpose" not in draft.fields
        ):
            draft.put("purpose", cell.text, place)
        elif (both := coded_unit(cell.text)) and "unit" not in draft.fields:
            draft.put("unit_code", both[0], place)
            draft.put("unit", both[1], place)
        elif self._states_money(cells) and "unit" not in draft.fields:
            draft.put("unit", cell.text, place)
        elif said := _UNKNOWN_INLINE.match(cell.text):
            draft.add_extra(said[1], said[2].strip(), place)
        else:
            self._unknown(cell, cells, draft)

    @staticmethod
    def _states_money(cells: Sequence[Cell]) -> bool:
        """The row over a form: the unit's name at the left, 单位：万元 at the right."""
        return len([cell for cell in cells if cell.text]) == 2 and any(
            (label := label_of(cell.text)) and label.money_unit and not label.names
            for cell in cells
        )

    def _unknown(self, cell: Cell, cells: Sequence[Cell], draft: Draft) -> None:
        """A short cell with a cell beside it is a label that the forms known here do not have."""
        beside = self._view.at(cell.row, cell.end)
        if (
            len(cell.text) <= _SHORT
            and beside is not None
            and beside.row == cell.row
            and (beside.row, beside.column) not in self._used
            and label_of(beside.text) is None
            and (beside.text or len(cells) == 2 or cell is not cells[-2])
        ):
            self._used.add((beside.row, beside.column))
            draft.add_extra(_bare(cell.text), beside.text, self._view.grid.place(beside))
        else:
            self._unread(cell.text, self._view.grid.place(cell))

    def _beside(self, cell: Cell) -> Cell | None:
        """Return the cell to the right if it can be the value of a label."""
        value = self._view.at(cell.row, cell.end)
        return value if value is not None and self._can_be_value(value, cell.row) else None

    def _below(self, cell: Cell) -> Cell | None:
        value = self._view.at(cell.row + cell.rowspan, cell.column)
        if value is None or value.column != cell.column or value.row != cell.row + cell.rowspan:
            return None
        return value if self._can_be_value(value, value.row) else None

    def _can_be_value(self, value: Cell, row: int) -> bool:
        if value.row != row or (value.row, value.column) in self._used:
            return False
        label = label_of(value.text)
        if label is not None and label.inline is not None:
            return label.field in ("goals", "purpose")  # prose may begin with words like a label
        return label is None or not (label.names or label.money_unit)


def _bare(label: str) -> str:
    """Return a label as a name: on one line, without its colon."""
    return "".join(label.split()).rstrip("：:")
