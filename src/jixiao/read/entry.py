"""A filled entry form (Excel 填报表) as a performance text.

Only what keeps the data from being placed is told here, with its cell; whether what is written is
right is the audit's business. A row that cannot be placed is in ``unread``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from jixiao.model import (
    BudgetUnit,
    Criterion,
    DepartmentTask,
    Indicator,
    PerformanceText,
    Place,
    Project,
    ReadingWarning,
    Region,
    SubObjective,
    TargetValue,
    Unread,
)
from jixiao.model.values import to_decimal
from jixiao.read.blocks import Blocks, Grid
from jixiao.read.entry_cells import DRAFT, FINAL, Flat, is_cut
from jixiao.read.entry_layout import EXTRA, GUIDE, Column, layout, sheet_of
from jixiao.read.entry_links import Links
from jixiao.read.entry_records import (
    TEXTS,
    budget_of,
    extra_of,
    optional_budget_of,
    plan_of,
    text_of,
    unit_of,
)
from jixiao.read.entry_table import Row, Table
from jixiao.read.entry_values import derived_value
from jixiao.read.labels import fold

_WHOLE_PERIOD = "实施期"
_PLACES = {
    "budget.total": "total", "budget.fiscal": "fiscal", "budget.other": "other",
    "unit.name": "unit", "unit.code": "unit_code",
    "department.name": "department", "department.code": "department_code",
    "whole.total": "whole_total", "whole.fiscal": "whole_fiscal", "whole.other": "whole_other",
    "goals": "goals.0", "whole_goals": "whole_period_goals.0",
}  # fmt: skip
"""Ids of columns where the places of a project's fields are called otherwise."""

_ROUNDED = re.compile(r"\d{15}\d*0{3}$|\d(?:\.\d+)?[eE]\+\d+$")
"""A code that Excel took for a number: it keeps 15 digits, and the rest become zeros."""


def read_entry(blocks: Blocks, source: str) -> PerformanceText:
    """Return the text that a filled form holds."""
    return _Form(blocks).read(source)


class _Form:
    def __init__(self, blocks: Blocks) -> None:
        self.warnings = blocks.warnings
        self.unread: list[Unread] = []
        self.tables: dict[str, list[Table]] = {}
        for block in blocks.blocks:
            if isinstance(block, Grid) and sheet_of(block) is not None:
                table = Table(block)
                self.tables.setdefault(table.key, []).append(table)
            elif isinstance(block, Grid):
                for cell in (cell for row in block.rows for cell in row if cell.text):
                    self.unread.append(Unread(cell.text, block.place(cell), _FOREIGN))
            else:
                self.unread.append(Unread(block.text, block.place, _FOREIGN))

    def read(self, source: str) -> PerformanceText:
        department = self._department()
        objectives = self._objectives()
        projects = self._projects()
        text = PerformanceText(
            source=source,
            sub_objectives=objectives,
            projects=projects,
            indicators=tuple(
                self._indicator(row, columns) for row, columns in self._rows("whole_indicators")
            ),
            tasks=tuple(self._task(row, columns) for row, columns in self._rows("tasks")),
            **department,
        )
        self._unread_before()
        for key, tables in self.tables.items():
            for table in tables:
                self.unread += table.unread
                if table.layout is None and key != GUIDE:
                    self._warn("这张工作表不是本版本的填报表，没有读", table.grid.place())
        if not (text.projects or text.sub_objectives or text.overall or text.safeguards):
            self._warn("填报表里还没有填写内容", None)
        return msgspec.structs.replace(
            text, unread=tuple(self.unread), warnings=tuple(self.warnings)
        )

    def _warn(self, message: str, place: Place | None) -> None:
        self.warnings.append(ReadingWarning(message, place))

    def _rows(self, key: str) -> list[tuple[Row, list[Column]]]:
        """Return all rows of a sheet, with its columns."""
        return [
            (row, columns)
            for table in self.tables.get(key, ())
            for columns in (table.columns(),)
            for row in table.rows()
        ]

    def _flat(self, row: Row, columns: list[Column]) -> Flat:
        """Return a row's fields, those too long or too many to be shown among them."""
        flat: Flat = {}
        for column in columns:
            if column.kind == "link":
                continue
            flat[column.id] = value = row.field(column)
            self._look(row, column, value)
        more = row.record.get("more")
        for key, value in more.items() if isinstance(more, dict) else ():
            if isinstance(value, str):
                flat.setdefault(EXTRA + str(key), value)
        return flat

    def _look(self, row: Row, column: Column, value: object) -> None:
        text = row.text(column.id)
        if column.kind == "money" and value and to_decimal(str(value)) is None:
            self._warn(f"{column.label}“{text[:30]}”不是数字，请只写数字", row.place(column.id))
        elif column.id.endswith("code") and _ROUNDED.match(text):
            self._warn(
                f"{column.label}“{text[:30]}”可能被 Excel 当成数字改过，请与原来的编码核对",
                row.place(column.id),
            )
        if is_cut(text) and value == text:
            self._warn(f"{column.label}太长，改动后只剩格里看得见的部分", row.place(column.id))

    # ── the department's sheet: a field a line ─────────────────────────────
    def _department(self) -> dict[str, Any]:
        fields = {each.id: each for each in layout().sheets["department"].columns}
        by_label = {fold(each.label): each.id for each in fields.values()}
        flat: Flat = {}
        lists: dict[str, list[str]] = {}
        place: dict[str, Place] = {}
        last = ""
        for row, _ in self._rows("department"):
            label = fold(row.text("label"))
            named = str(row.record.get("field", "")) or by_label.get(label, "" if label else last)
            column = fields.get(named)
            if column is None or (not label and named != last and not row.record):
                if words := row.text("value") or row.words:
                    self.unread.append(Unread(words, row.place("value"), "不知道是哪一栏"))
                continue
            last = named if column.kind == "many" else ""
            text = row.text("value")
            here = msgspec.structs.replace(column, id="value")
            value = row.field(here)
            if column.kind == "many":
                if value is not None:
                    items = lists.setdefault(named, [])
                    place[f"{named}.{len(items)}"] = row.place("value")
                    items.append(str(value))
                continue
            if named in flat and text:
                self.unread.append(Unread(text, row.place("value"), f"{column.label}写了两次"))
                continue
            flat[named] = value
            place[_PLACES.get(named, named)] = row.place("value")
            self._judge(column, text, value, row)
        return {
            "year": flat.get("year"),
            "region": Region(flat.get("region.code"), flat.get("region.name")),
            "unit": BudgetUnit(flat.get("unit.code"), flat.get("unit.name")),
            "draft": bool(flat.get("draft")),
            "overall": flat.get("overall"),
            "safeguards": tuple(lists.get("safeguards", ())),
            "contents": tuple(lists.get("contents", ())),
            "budget": budget_of(flat, "budget"),
            "place": place,
        }

    def _judge(self, column: Column, text: str, value: object, row: Row) -> None:
        self._look(row, msgspec.structs.replace(column, id="value"), value)
        if column.kind == "year" and text and value is None:
            self._warn(f"{column.label}“{text[:30]}”不是年份，请写四位数字", row.place("value"))
            self.unread.append(Unread(text, row.place("value"), "不是年份"))
        if column.kind == "draft" and text not in ("", DRAFT, FINAL):
            self._warn(f"{column.label}“{text[:30]}”应为正式或草案", row.place("value"))

    # ── lists ──────────────────────────────────────────────────────────────
    def _objectives(self) -> tuple[SubObjective, ...]:
        rows = [(row, self._flat(row, columns)) for row, columns in self._rows("objectives")]
        links = Links([(row, row.text("title"), "") for row, _ in rows])
        criteria: dict[int, list[Criterion]] = {}
        for row, columns in self._rows("criteria"):
            at, problem = links.find(row)
            if at is None:
                self._leave(row, problem or "没有写明是哪个分项绩效目标的")
                continue
            flat = self._flat(row, columns)
            criterion = Criterion(
                text_of(flat, "indicator"), *(flat.get(n) for n in ("excellent", "good", "fair", "poor"))
            )  # fmt: skip
            criteria.setdefault(at, []).append(criterion)
        return tuple(
            SubObjective(
                flat.get("title"),
                flat.get("duty"),
                flat.get("objective"),
                tuple(flat.get("indicators") or ()),
                optional_budget_of(flat, "budget", blank=bool(row.record.get("budget"))),
                tuple(criteria.get(at, ())),
                {"self": row.place(), **_places(row)},
            )
            for at, (row, flat) in enumerate(rows)
        )

    def _task(self, row: Row, columns: list[Column]) -> DepartmentTask:
        flat = self._flat(row, columns)
        place = {"self": row.place(), **_places(row)}
        return DepartmentTask(
            flat.get("name"), flat.get("content"), budget_of(flat, "budget"), place
        )

    def _projects(self) -> tuple[Project, ...]:
        rows = [(row, self._flat(row, columns)) for row, columns in self._rows("projects")]
        links = Links([(row, row.text("name"), row.text("code")) for row, _ in rows])
        self._duplicates([row for row, _ in rows])
        yearly: dict[int, list[Indicator]] = {}
        whole: dict[int, list[Indicator]] = {}
        for row, columns in self._rows("indicators"):
            at, problem = links.find(row)
            if at is None:
                self._leave(row, problem)
                continue
            if problem:
                self._warn(problem, row.place("of"))
            kept = whole if row.text("period") == _WHOLE_PERIOD else yearly
            kept.setdefault(at, []).append(self._indicator(row, columns))
        return tuple(
            _project(row, flat, yearly.get(at, ()), whole.get(at, ()))
            for at, (row, flat) in enumerate(rows)
        )

    def _duplicates(self, rows: list[Row]) -> None:
        counts = Counter(row.text("code") for row in rows if _NUMBERED.search(row.text("code")))
        for row in rows:
            code = row.text("code")
            if counts[code] > 1:
                self._warn(f"项目编码 {code[:40]} 有 {counts[code]} 个项目在用", row.place("code"))

    def _indicator(self, row: Row, columns: list[Column]) -> Indicator:
        flat = self._flat(row, columns)
        extra = extra_of(flat)
        derived = derived_value(text_of(flat, "value"), flat.get("name"), extra)
        return Indicator(
            level1=flat.get("level1"),
            level2=flat.get("level2"),
            name=flat.get("name"),
            value=_target(row, derived),
            extra=extra,
            place={"self": row.place(), **_places(row)},
            **{name: flat.get(name) for name in TEXTS},
        )

    def _unread_before(self) -> None:
        for row, columns in self._rows("unread"):
            flat = self._flat(row, columns)
            self.unread.append(Unread(text_of(flat, "text"), row.place(), text_of(flat, "reason")))

    def _leave(self, row: Row, problem: str) -> None:
        place = row.place()
        self.unread.append(Unread(row.words, place, problem))
        self._warn(f"这一行没有读：{problem}", place)


_NUMBERED = re.compile("[0-9A-Za-z]")
_FOREIGN = "所在的工作表不是填报表的"


def _project(
    row: Row, flat: Flat, yearly: Sequence[Indicator], whole: Sequence[Indicator]
) -> Project:
    amounts = any(flat.get(f"whole.{name}") for name in ("total", "fiscal", "other"))
    if amounts and not row.record.get("whole_unit"):
        flat["whole.money_unit"] = flat.get("whole.money_unit") or flat.get("budget.money_unit")
    place = {"self": row.place(), **_places(row)}
    for lead, goals in (("goals", "goals"), ("whole_period_goals", "whole_goals")):
        for number in range(len(flat.get(goals) or ())):
            place[f"{lead}.{number}"] = row.place(goals)
    return Project(
        code=flat.get("code"),
        name=flat.get("name"),
        unit=unit_of(flat, "unit"),
        department=unit_of(flat, "department"),
        budget=budget_of(flat, "budget"),
        purpose=flat.get("purpose"),
        plan=plan_of(flat),
        goals=tuple(flat.get("goals") or ()),
        indicators=tuple(yearly),
        whole_period_budget=optional_budget_of(
            flat, "whole", blank=bool(row.record.get("whole"))
        ),
        whole_period_goals=tuple(flat.get("whole_goals") or ()),
        whole_period_indicators=tuple(whole),
        extra=extra_of(flat),
        place=place,
    )  # fmt: skip


def _places(row: Row) -> dict[str, Place]:
    """Return where each field of a row stands, by the names that findings use."""
    return {
        _PLACES.get(key.replace(EXTRA, "extra."), key.replace(EXTRA, "extra.")): row.place(key)
        for key in row.cells
    }


def _target(row: Row, derived: TargetValue) -> TargetValue:
    """Return what the record keeps of a target value, where the cell still says the same words."""
    try:
        kept = msgspec.convert(row.record["target"], TargetValue, strict=False)
    except (KeyError, msgspec.ValidationError):
        return derived
    return kept if kept.text == derived.text else derived
