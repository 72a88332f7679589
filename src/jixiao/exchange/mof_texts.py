"""From rows of the Ministry of Finance's performance tables to the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from jixiao.exchange.cells import shown
from jixiao.exchange.flatten import is_identifier
from jixiao.exchange.mof_mapping import MofTable
from jixiao.exchange.problems import Problems
from jixiao.model import (
    BudgetUnit,
    Indicator,
    PerformanceText,
    Project,
    Region,
    parse_value,
)
from jixiao.read.goals import split_goals

_WORDS = ("level1", "level2", "name", "description", "basis", "weight")
_MORE_WORDS = ("formula", "scoring", "previous", "remark")
_REGION_DIGITS = 6
"""Digits of a region's code in GB/T 2260; the standard's has nine, the rest zeros."""


class _Project(msgspec.Struct):
    """What has been read of a project."""

    first: dict[str, str]
    goals: dict[str, tuple[str, ...]] = {}
    indicators: dict[str, list[Indicator]] = {}
    extra: dict[str, str] = {}


class _Text(msgspec.Struct):
    """What has been read of a text."""

    first: dict[str, str]
    overall: str | None = None
    indicators: list[Indicator] = []
    projects: dict[tuple[str, ...], _Project] = {}


class MofTexts:
    """Takes rows of the tables, and makes texts of them: one for each region, year and department.

    Rows that say the same of the same goal twice (several versions) are told, and the later is
    taken. ``wrong`` are faults that leave it open what a row means, ``told`` the others.
    """

    def __init__(self, source: str, wrong: Problems, told: Problems) -> None:
        """Begin, for a source by its name."""
        self._source = source
        self._wrong = wrong
        self._told = told
        self._texts: dict[tuple[str, ...], _Text] = {}

    def take(self, table: MofTable, file: str, lines: Iterator[tuple[int, list[str]]]) -> None:
        """Take a table: its head, then its rows."""
        head = next(lines, None)
        if head is None:
            self._wrong.add(file, "是空的，连表头也没有")
            return
        names = self._head(table, file, head[1])
        lost: Counter[str] = Counter()
        for at, cells in lines:
            if len(cells) != len(names):
                self._wrong.add(file, f"有 {len(cells)} 列，表头有 {len(names)} 列", at)
                continue
            row = dict(zip(names, cells, strict=True))
            row.pop("", None)
            known = self._known(table, file, at, row)
            if known is not None:
                lost.update(self._row(table, (file, at), known, row))
        for name, count in lost.items():
            self._told.add(file, f"有 {count} 行内容没有对应的栏目，没有读入", column=name)

    def texts(self) -> list[PerformanceText]:
        """Return the texts, in the order in which they were met."""
        several = len(self._texts) > 1
        return [self._text(key, text, several) for key, text in self._texts.items()]

    def _head(self, table: MofTable, file: str, head: list[str]) -> list[str]:
        """Return the fields that the columns hold, by the names of the mapping."""
        known = {name.lower(): name for name in table.fields}
        names: list[str] = []
        for column, cell in enumerate(head, 1):
            name = cell.strip()
            name = known.get(name.lower(), name)
            if name and name in names:
                self._wrong.add(file, "有两列是这个名字", 1, name)
            elif name and name not in table.fields:
                self._told.add(file, f"第 {column} 列不在映射文件里，作为其他栏目", 1, name)
            names.append(name)
        for name, field in table.fields.items():
            if field.required and name not in names:
                self._wrong.add(file, f"缺少必填字段“{field.title}”", 1, name)
        return names

    def _known(
        self, table: MofTable, file: str, at: int, row: dict[str, str]
    ) -> dict[str, str] | None:
        """Return what a row says, by where it is in the model; None where a code is unknown."""
        known: dict[str, str] = {}
        sound = True
        for name, field in table.fields.items():
            text = row.get(name, "")
            if trouble := field.trouble(text):
                self._told.add(file, trouble, at, name)
            if field.origin is None:
                continue
            if field.origin == "year" and text and not _year(text):
                self._told.add(file, f"不是年度：“{shown(text)}”", at, name)
            word = field.word(text) if text else ""
            if word is None:
                codes = "、".join(field.codes.values())
                self._wrong.add(file, f"代码应是 {codes} 之一，现为“{shown(text)}”", at, name)
                sound = False
            elif name in row:
                known[field.origin] = word
        return known if sound else None

    def _row(
        self, table: MofTable, where: tuple[str, int], known: dict[str, str], row: dict[str, str]
    ) -> list[str]:
        """Take a row; return the columns whose content found no place."""
        file, at = where
        if known.get("deleted") == "yes":
            self._told.add(file, "这一行标明已删除，没有读入", at)
            return []
        text = self._of(known)
        period = known.get("period") or "annual"
        extra = _extra(table, row)
        if table.holds == "department_goals":
            if text.overall and text.overall != known.get("goals"):
                self._told.add(file, "同一单位前面已有绩效目标，以这一行为准", at)
            if period == "whole":
                self._told.add(file, "部门整体没有实施期目标，没有读入", at)
            else:
                text.overall = known.get("goals", "")
            return list(extra)
        if table.holds == "department_indicators":
            text.indicators.append(_indicator(known, extra))
            return []
        project = self._project(text, known)
        if table.holds == "project_indicators":
            project.indicators.setdefault(period, []).append(_indicator(known, extra))
            return []
        if period in project.goals:
            self._told.add(file, "同一项目前面已有绩效目标（可能是另一版本），以这一行为准", at)
        project.goals[period] = tuple(split_goals(known.get("goals", "")))
        project.first = {**project.first, **known}
        project.extra.update(extra)
        return []

    def _of(self, known: dict[str, str]) -> _Text:
        code = known.get("department_code") or known.get("unit_code", "")
        name = known.get("department_name") or known.get("unit_name", "")
        key = (_region(known.get("region_code", "")), known.get("year", ""), code or name)
        return self._texts.setdefault(key, _Text(known))

    def _project(self, text: _Text, known: dict[str, str]) -> _Project:
        code = known.get("project_code", "")
        key = (code, "" if code else known.get("project_name", ""), known.get("unit_code", ""))
        return text.projects.setdefault(key, _Project(known))

    def _text(self, key: tuple[str, ...], text: _Text, several: bool) -> PerformanceText:
        region, year, unit = key
        first = text.first
        whole = _unit(first, "department")
        if whole == BudgetUnit():
            whole = _unit(first, "unit")
        return PerformanceText(
            source=f"{self._source}#{region}/{year}/{unit}" if several else self._source,
            year=_year(year),
            region=Region(region or None, first.get("region_name") or None),
            unit=whole,
            draft=first.get("final") == "no",
            overall=text.overall,
            indicators=tuple(text.indicators),
            projects=tuple(_project(project) for project in text.projects.values()),
        )


def _project(read: _Project) -> Project:
    first: dict[str, Any] = read.first
    return Project(
        code=first.get("project_code"),
        name=first.get("project_name"),
        unit=_unit(first, "unit"),
        department=_unit(first, "department"),
        goals=read.goals.get("annual", ()),
        indicators=tuple(read.indicators.get("annual", ())),
        whole_period_goals=read.goals.get("whole", ()),
        whole_period_indicators=tuple(read.indicators.get("whole", ())),
        extra=read.extra,
    )


def _indicator(known: dict[str, str], extra: dict[str, str]) -> Indicator:
    return Indicator(
        **{name: known.get(name) for name in (*_WORDS, *_MORE_WORDS)},  # type: ignore[arg-type]
        value=parse_value(known.get("value", ""), known.get("name", "")),
        extra=extra,
    )


def _extra(table: MofTable, row: dict[str, str]) -> dict[str, str]:
    """Return what a row says that the model has no name for."""
    extra = {}
    for name, cell in row.items():
        field = table.fields.get(name)
        if not cell or (field and field.origin not in (None, "indicator_id")):
            continue
        if field is None or field.origin is None or not is_identifier(cell):
            extra[field.title if field else name] = cell
    return extra


def _unit(known: dict[str, str], lead: str) -> BudgetUnit:
    return BudgetUnit(known.get(f"{lead}_code") or None, known.get(f"{lead}_name") or None)


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{4}", text) else None


def _region(code: str) -> str:
    rest = code[_REGION_DIGITS:]
    return code[:_REGION_DIGITS] if rest and not rest.strip("0") else code
