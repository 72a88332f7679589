"""项目绩效目标表: one project laid out in rows and cells, in the form of the Hebei texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.model import Budget, BudgetUnit, Project
from jixiao.write.text.blocks import FULL, Block, Cell, Heading, Line, Table, spread
from jixiao.write.text.indicators import half_and_half, indicator_rows
from jixiao.write.text.wording import Wording

_LABEL = 145
"""Where the labels at the left end; the other widths are those of the published tables."""
_FUNDS = (_LABEL, 255, 420, 560, 715, 835, FULL)
_HALF = (_LABEL, 380, 568, 812, FULL)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_AMOUNTS = ("total", "fiscal", "other")


def project_blocks(
    project: Project, number: int, wording: Wording, *, single: bool = False, new_page: bool = True
) -> list[Block]:
    """Return a project's heading and its tables.

    ``single`` lays all in one table, goals in rows with a label each; else the information and the
    indicators are two tables, as the province's system prints them.
    """
    name = " ".join((project.name or "").split())
    heading = wording.titles["project"].format(number=number, name=name)
    blocks: list[Block] = [Heading(3, heading, new_page)]
    information = information_rows(project, wording, labelled_goals=single)
    if project.whole_period_indicators:
        head, rows = half_and_half(project, wording)
    else:
        head, rows = indicator_rows(project.indicators, wording)
    if single:
        blocks.append(Table([*information, head, *rows]))
    else:
        blocks += [Table(information), Line(""), Table([head, *rows], heads=1)]
    return blocks


def information_rows(
    project: Project, wording: Wording, *, labelled_goals: bool = False
) -> list[list[Cell]]:
    """Return the rows above the indicators."""
    whole = project.whole_period_budget is not None or bool(project.whole_period_goals)
    rows = [
        *_unit_row(project, wording),
        *_names(project, wording),
        *(_both_funds(project, wording) if whole else _funds(project, wording)),
        *_plan(project, wording),
        *(_row(say_it, text) for say_it, text in project.extra.items()),
    ]
    if whole:
        rows += _both_goals(project, wording)
    else:
        rows += _goals(project.goals, wording, labelled=labelled_goals)
    return rows


def unit_words(unit: BudgetUnit) -> str:
    """Write a unit as the province's system prints it: its code and its name in one."""
    return f"{unit.code or ''}{unit.name or ''}"


def amounts(budget: Budget) -> list[str]:
    """Return 预算数, 财政资金 and 其他资金 as written, "" where blank."""
    return [getattr(budget, name) or "" for name in _AMOUNTS]


def _row(label: str, text: str) -> list[Cell]:
    return [Cell(label, 0, _LABEL, "label"), Cell(text, _LABEL, FULL)]


def _unit_row(project: Project, wording: Wording) -> list[list[Cell]]:
    unit, money = unit_words(project.unit), project.budget.money_unit
    said = wording.label("money_unit").format(money) if money else ""
    if unit and said:
        return [[Cell(unit, 0, _FUNDS[4]), Cell(said, _FUNDS[4], FULL)]]
    return [[Cell(unit or said, 0, FULL)]] if unit or said else []


def _names(project: Project, wording: Wording) -> list[list[Cell]]:
    say = wording.label
    rows = []
    if department := unit_words(project.department):
        rows.append(_row(say("department"), department))
    if project.code is None:
        return [_row(say("name"), project.name or ""), *rows]
    first = [
        Cell(say("code"), 0, _LABEL, "label"),
        Cell(project.code, _LABEL, _FUNDS[3], "number"),
        Cell(say("name"), _FUNDS[3], _FUNDS[4], "label"),
        Cell(project.name or "", _FUNDS[4], FULL),
    ]
    return [first, *rows]


def _funds(project: Project, wording: Wording) -> list[list[Cell]]:
    say, purpose = wording.label, project.purpose
    rows = [[Cell(say("scale"), 0, _LABEL, "label", 1 if purpose is None else 2)]]
    for at, (name, text) in enumerate(zip(_AMOUNTS, amounts(project.budget), strict=True)):
        begin, middle, end = _FUNDS[2 * at : 2 * at + 3]
        rows[0] += [Cell(say(name), begin, middle, "label"), Cell(text, middle, end, "number")]
    if purpose:
        rows.append([Cell(purpose, _LABEL, FULL)])
    elif purpose is not None:
        # A blank row would say nothing of what is to be written there.
        label = Cell(say("purpose"), _LABEL, _FUNDS[1], "label")
        rows.append([label, Cell("", _FUNDS[1], FULL)])
    return rows


def _both_funds(project: Project, wording: Wording) -> list[list[Cell]]:
    """The whole period's money at the left, the year's at the right (财预〔2015〕88号)."""
    say = wording.label
    whole = project.whole_period_budget or Budget()
    money = whole.money_unit
    label = say("scale") if money in (None, project.budget.money_unit) else say("whole_scale")
    rows = []
    both = zip(_AMOUNTS, amounts(whole), amounts(project.budget), strict=True)
    for at, (name, left, right) in enumerate(both):
        rows.append(
            [
                *([Cell(label, 0, _LABEL, "label", 3)] if at == 0 else []),
                Cell(say(f"whole_{name}"), _HALF[0], _HALF[1], "label"),
                Cell(left, _HALF[1], _HALF[2], "number"),
                Cell(say(f"year_{name}"), _HALF[2], _HALF[3], "label"),
                Cell(right, _HALF[3], _HALF[4], "number"),
            ]
        )
    if project.purpose is not None:
        rows.append(_row(say("purpose"), project.purpose))
    return rows


def _plan(project: Project, wording: Wording) -> list[list[Cell]]:
    items = project.plan.items()
    edges = spread([1] * len(items), _LABEL)
    heads = [Cell(wording.label("plan"), 0, _LABEL, "label", 2)]
    shares = []
    for (month, share), begin, end in zip(items, edges, edges[1:], strict=False):
        heads.append(Cell(wording.month(month), begin, end, "head"))
        shares.append(Cell(share or "", begin, end, "number"))
    return [heads, shares]


def _goals(goals: Sequence[str], wording: Wording, *, labelled: bool) -> list[list[Cell]]:
    label = Cell(wording.label("goals"), 0, _LABEL, "label", max(1, len(goals)))
    if labelled and goals:
        rows = []
        for number, goal in enumerate(goals, 1):
            name = wording.label("goal_label").format(number=number)
            rows.append([Cell(name, _LABEL, _FUNDS[1], "label"), Cell(goal, _FUNDS[1], FULL)])
    else:
        rows = [[Cell(text, _LABEL, FULL)] for text in _numbered(goals, wording) or [""]]
    rows[0].insert(0, label)
    return rows


def _both_goals(project: Project, wording: Wording) -> list[list[Cell]]:
    say = wording.label
    middle = _HALF[2]
    return [
        [
            Cell(say("overall_goals"), 0, _LABEL, "label", 2),
            Cell(say("whole_goals"), _LABEL, middle, "head"),
            Cell(say("year_goals"), middle, FULL, "head"),
        ],
        [
            Cell("\n".join(_numbered(project.whole_period_goals, wording)), _LABEL, middle),
            Cell("\n".join(_numbered(project.goals, wording)), middle, FULL),
        ],
    ]


def _numbered(goals: Sequence[str], wording: Wording) -> list[str]:
    # 1.5个村 would be one and a half villages; 1.2024年 can only be a year.
    digits = any(goal[:1].isdigit() and not _YEAR.match(goal) for goal in goals)
    form = wording.label("goal_digit" if digits else "goal")
    return [form.format(number=number, goal=goal) for number, goal in enumerate(goals, 1)]
