"""All projects of a unit in one grid, and the older 部门职责—工作活动绩效目标 table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forms.blocks import Block, Builder, Cell, Grid, Para
from forms.parts import Columns, Project, carries, goals_text, indicator_cells, said_goals

WIDE: Columns = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("op", "指标性质"),
    ("number", "指标值"), ("unit", "度量单位"), ("weight", "权重"),
    ("extra:指标方向性", "指标方向性"),
)  # fmt: skip
NARROW: Columns = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("value", "指标值"),
)  # fmt: skip


@dataclass(frozen=True)
class UnitGrid:
    """How the grid is written.

    ``projects`` merged (unit, name, amount, goal merged down) or repeated in every row;
    ``pages`` none, header (a grid a page with the header again) or bare (without).
    """

    projects: str = "merged"
    levels: str = "merged"
    columns: Columns = WIDE
    pages: str = ""
    goals: str = "plain"
    unit_column: bool = True
    code_column: bool = False
    money: str = "label"
    title_row: bool = False


def _lead(form: UnitGrid, project: Project) -> list[tuple[str, str, str]]:
    """Return label, text and kind of the columns before the indicators."""
    budget = project["budget"]
    money = f"（{budget['money_unit']}）" if form.money == "label" else ""
    lead = [("单位名称", project["unit"]["name"], "")] if form.unit_column else []
    lead += [("项目编码", project["code"], "")] if form.code_column else []
    lead += [
        ("项目名称", project["name"], ""),
        (f"预算数{money}", budget["total"], "amount"),
        ("年度绩效目标", goals_text(project["goals"], form.goals), ""),
    ]
    return lead


def layout(
    form: UnitGrid, projects: Sequence[Project], year: int
) -> tuple[list[Block], list[Project]]:
    """Lay all projects of a unit out in one grid, or one a page."""
    labels = [name for name, _, _ in _lead(form, projects[0])]
    head = [*labels, *(name for _, name in form.columns)]
    money = projects[0]["budget"]["money_unit"]
    blocks: list[Block] = [Para(f"{year}年部门预算项目绩效目标表", "title")]
    if form.money == "paragraph":
        blocks.append(Para(f"单位：{money}"))
    table = Builder(len(head))
    if form.title_row:
        table.add(f"{year}年部门预算项目绩效目标表")
    table.add(*head)
    for at, project in enumerate(projects):
        if form.pages and at and at % 2 == 0:
            blocks += [table.grid(), Para("" if form.pages == "bare" else f"第{at}页", "page")]
            table = Builder(len(head))
            if form.pages == "header":
                table.add(*head)
        rows = indicator_cells(project["indicators"], form.columns, form.levels)
        for row_at, row in enumerate(rows):
            lead: list[Cell] = []
            if form.projects == "repeated":
                lead = [Cell(text, kind=kind) for _, text, kind in _lead(form, project)]
            elif row_at == 0:
                lead = [
                    Cell(text, rows=len(rows), kind=kind) for _, text, kind in _lead(form, project)
                ]
            table.add(*lead, *row)
    blocks.append(table.grid())
    return blocks, [_expected(form, project) for project in projects]


def _expected(form: UnitGrid, project: Project) -> Project:
    fields = ["name", "goals"] + (["code"] if form.code_column else [])
    kept = carries(project, form.columns, fields, ("name",) if form.unit_column else ())
    budget = project["budget"]
    kept["goals"] = said_goals(project["goals"], form.goals)
    kept["budget"] = {"total": budget["total"], "money_unit": budget["money_unit"]}
    return kept


GRADES = ("优", "良", "中", "差")


def activities(
    text: dict[str, Any], duties: bool = True, flat_header: bool = False
) -> tuple[list[Block], dict[str, Any]]:
    """Lay the 部门职责—工作活动绩效目标 table out: 职责活动 merged down over its indicators."""
    money = text["projects"][0]["budget"]["money_unit"]
    labels = ("职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标")
    table = Builder(9)
    if flat_header:
        table.add(*labels, *(f"评价标准\n{grade}" for grade in GRADES))
    else:
        table.add(*(Cell(name, rows=2) for name in labels), Cell("评价标准", cols=4))
        table.add(*GRADES)
    expect: list[dict[str, Any]] = []
    for at, (sub, project) in enumerate(
        zip(text["sub_objectives"], text["projects"], strict=False), 1
    ):
        if duties:
            title = f"{'一二三四五'[at - 1]}、{sub['title']}"
            table.add(
                title, project["budget"]["total"], sub["duty"],
                sub["objective"], "", "", "", "", "",
            )  # fmt: skip
            expect.append(_activity({**sub, "title": title}, project, []))
        rates = [one for one in project["indicators"] if "%" in one["value"]][:3]
        criteria = [
            {"indicator": one["name"], "excellent": one["value"], "good": "≥80%", "fair": "≥70%",
             "poor": "<70%"} for one in rates
        ]  # fmt: skip
        name = project["name"].split("\n")[0]
        goal = "；".join(goal.replace("\n", "") for goal in project["goals"])
        lead = (name, project["budget"]["total"], project["purpose"], goal)
        for row_at, one in enumerate(criteria):
            cells = [Cell(each, rows=len(criteria)) for each in lead] if row_at == 0 else []
            table.add(*cells, *one.values())
        if not criteria:
            table.add(*lead, "", "", "", "", "")
        activity = {"title": name, "duty": project["purpose"], "objective": goal}
        expect.append(_activity(activity, project, criteria))
    blocks: list[Block] = [
        Para("部门职责-工作活动绩效目标", "title"),
        Para(f"{text['unit']['code']}{text['unit']['name']}                单位：{money}"),
        table.grid(),
    ]
    return blocks, {"year": None, "unit": text["unit"], "sub_objectives": expect, "projects": []}


def _activity(
    sub: dict[str, Any], project: Project, criteria: list[dict[str, str]]
) -> dict[str, Any]:
    return {
        "title": sub["title"], "duty": sub["duty"], "objective": sub["objective"],
        "indicators": [one["indicator"] for one in criteria], "criteria": criteria,
        "budget": {
            "total": project["budget"]["total"], "money_unit": project["budget"]["money_unit"],
        },
    }  # fmt: skip


def grids(blocks: Sequence[Block]) -> list[Grid]:
    """Return the grids among the blocks."""
    return [block for block in blocks if isinstance(block, Grid)]
