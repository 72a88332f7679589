"""Parts that the layouts share: labels as offices write them, indicator rows, money, goals."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from forms.blocks import Builder, Cell
from forms.truth import split_value

Project = dict[str, Any]
Label = Callable[[str], str]
Columns = Sequence[tuple[str, str]]
"""Pairs of a key of the truth (or op, number, unit, seq, blank:…, extra:…) and a label."""

HEBEI: Columns = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"),
    ("description", "绩效指标描述"), ("value", "指标值"), ("basis", "指标值确定依据"),
)  # fmt: skip
SHORT: Columns = (
    ("level1", "一级指标"),
    ("level2", "二级指标"),
    ("name", "三级指标"),
    ("value", "指标值"),
)


def plain(label: str) -> str:
    """Write a label as the regulation does."""
    return label


def broken(label: str) -> str:
    """Break a label over lines, as a narrow column does."""
    known = {"预算规模及资金用途": "预算规模\n及资金\n用途", "项目编码": "项目\n编码"}
    if label in known:
        return known[label]
    half = len(label) // 2
    return f"{label[:half]}\n{label[half:]}" if len(label) > 3 else label


def padded(label: str) -> str:
    """Pad a label with spaces, as a wide cell invites to."""
    if len(label) <= 4:
        return " ".join(label) if len(label) > 2 else "  ".join(label)
    return f"{label[:-2]}    {label[-2:]}"


def colon(label: str) -> str:
    """Put a full-width colon behind a label."""
    return f"{label}："


def wide(label: str) -> str:
    """Write a label with full-width spaces between its letters."""
    return "\u3000".join(label) if len(label) <= 4 else label


def below(text: str) -> str:
    """Write letter under letter, as a label merged down the left side."""
    return "\n".join(text)


def part(indicator: dict[str, str], key: str) -> str:
    """Return what a column shows of an indicator."""
    if key in ("op", "number", "unit"):
        return split_value(indicator["value"])[("op", "number", "unit").index(key)]
    return "" if key.startswith("blank:") else indicator.get(key, "")


def indicator_cells(
    indicators: Sequence[dict[str, str]],
    columns: Columns,
    levels: str = "merged",
    before: dict[str, str] | None = None,
    lead: str = "repeat",
) -> list[list[Cell]]:
    """Lay indicators out as rows.

    ``levels``: ``repeated`` writes level 1 and 2 in every row, ``merged`` merges level 1 down,
    ``merged2`` level 2 as well, ``sparse`` writes level 1 once and leaves the cells below blank
    without merging. ``before`` is the indicator above a tear: with ``lead`` ``blank`` the first
    level-1 cell stays blank where it goes on from there.
    """
    rows: list[list[Cell]] = [[] for _ in indicators]
    for key, _ in columns:
        merge = key == "level1" and levels in ("merged", "merged2")
        merge = merge or (key == "level2" and levels == "merged2")
        at = 0
        while at < len(indicators):
            shown = str(at + 1) if key == "seq" else part(indicators[at], key)
            run = 1
            if merge or (levels == "sparse" and key == "level1"):
                upto = ("level1",) if key == "level1" else ("level1", "level2")
                same = [indicators[at][one] for one in upto]
                while at + run < len(indicators) and same == [
                    indicators[at + run][one] for one in upto
                ]:
                    run += 1
            if merge:
                if at == 0 and lead == "blank" and before and before[key] == shown:
                    shown = ""
                rows[at].append(Cell(shown, rows=run))
            else:
                for below_at in range(run):
                    rows[at + below_at].append(Cell(shown if below_at == 0 else ""))
            at += run
    return rows


def header(columns: Columns, label: Label = plain) -> list[Cell]:
    """Return the header row of an indicator table."""
    return [Cell(label(name)) for _, name in columns]


def add_indicators(
    table: Builder, rows: list[list[Cell]], head: list[Cell] | None, fill: int = -1
) -> None:
    """Add header (if any) and rows; ``fill`` counts from the right, past cells merged down."""
    if head:
        table.add(*head, fill=fill)
    for row in rows:
        table.add(*row, fill=fill)


def goals_text(goals: Sequence[str], style: str) -> str:
    """Write goals into one cell: ``dot`` 1., ``comma`` 1、, ``round`` （1）, ``label`` 目标1：, ``plain``."""
    forms = {"dot": "{0}.{1}", "comma": "{0}、{1}", "round": "（{0}）{1}", "label": "目标{0}：{1}"}
    if style == "plain":
        return "\n".join(goals)
    return "\n".join(forms[style].format(at, goal) for at, goal in enumerate(goals, 1))


def said_goals(goals: Sequence[str], style: str) -> list[str]:
    """Return the goals that a cell says: without numbers a goal ends where a sentence does."""
    if style != "plain":
        return list(goals)
    said = [""]
    for line in "\n".join(goals).split("\n"):
        if said[-1].endswith(("。", "；")):
            said.append(line)
        else:
            said[-1] = f"{said[-1]}\n{line}".strip()
    return said


def amount(budget: dict[str, str], key: str, unit_at: str) -> str:
    """Return an amount as its cell shows it; ``unit_at`` ``amount`` puts the unit behind it."""
    text = budget[key]
    return f"{text}{budget['money_unit']}" if unit_at == "amount" and text else text


PROJECT_FIELDS = ("code", "name", "purpose", "goals")


def carries(
    project: Project,
    columns: Columns,
    fields: Sequence[str] = ("code", "name", "budget", "purpose", "plan", "goals"),
    unit: Sequence[str] = ("code", "name"),
) -> Project:
    """Reduce a project's truth to what a shape carries; what it lacks is blank."""
    kept: Project = {key: copy.deepcopy(project[key]) for key in fields if key in project}
    kept["unit"] = {key: project["unit"][key] for key in unit}
    keys = {key for key, _ in columns}
    if "number" in keys:
        keys.add("value")
    names = {key: name for key, name in columns if key.startswith("extra:")}
    kept["indicators"] = []
    for one in project["indicators"]:
        row: dict[str, Any] = {
            key: value for key, value in one.items() if key in keys and ":" not in key
        }
        row["extra"] = {name: one[key] for key, name in names.items() if one.get(key)}
        kept["indicators"].append(row)
    return kept


def unit_line(unit: dict[str, str]) -> str:
    """Write a unit as the province's system prints it: code and name in one."""
    return f"{unit['code']}{unit['name']}"
