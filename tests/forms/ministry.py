"""The Ministry's forms: 项目支出绩效目标申报表 (财预〔2015〕88号, 〔2020〕10号) and the whole unit's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forms.blocks import Block, Builder, Cell, Para
from forms.parts import (
    SHORT,
    Columns,
    Label,
    Project,
    add_indicators,
    amount,
    below,
    carries,
    goals_text,
    header,
    indicator_cells,
    plain,
    unit_line,
)

FUNDS = (("年度资金总额", "total"), ("其中：财政拨款", "fiscal"), ("其他资金", "other"))


@dataclass(frozen=True)
class Ministry:
    """How one office writes the 申报表.

    ``funds`` rows (three rows), row (one), inline ("年度资金总额：500" in one cell); ``unit_at``
    label (项目资金（万元）), paragraph, amount; ``side`` merges 绩效指标 down the left.
    """

    funds: str = "rows"
    unit_at: str = "label"
    goals: str = "label"
    goal_label: str = "年度总体目标"
    side: bool = True
    levels: str = "merged"
    columns: Columns = SHORT
    label: Label = plain
    code: bool = False
    torn: str = ""
    title: str = "项目支出绩效目标申报表"
    purpose: bool = False


def project_blocks(form: Ministry, project: Project, year: int) -> list[Block]:
    """Lay one project out in the simple form."""
    money = project["budget"]["money_unit"]
    blocks: list[Block] = [Para(form.title, "title"), Para(f"（{year}年度）")]
    if form.unit_at == "paragraph":
        blocks.append(Para(f"金额单位：{money}"))
    columns = form.columns
    table = Builder(max(7, len(columns) + 2))
    say = form.label
    table.add(Cell(say("项目名称"), cols=2), project["name"])
    if form.code:
        table.add(Cell(say("项目编码"), cols=2), project["code"])
    table.add(
        Cell(say("主管部门及代码"), cols=2), Cell(f"{project['unit']['name']}{project['unit']['code']}", cols=2),
        say("实施单位"), project["unit"]["name"],
    )  # fmt: skip
    _funds(form, project, table)
    if form.purpose:
        table.add(Cell(say("资金用途"), cols=2), project["purpose"])
    table.add(say(form.goal_label), goals_text(project["goals"], form.goals))
    blocks += _indicators(form, project, table)
    return blocks


def _funds(form: Ministry, project: Project, table: Builder) -> None:
    say, budget = form.label, project["budget"]
    label = say("项目资金")
    if form.unit_at == "label":
        label = f"{label}\n（{budget['money_unit']}）"
    shown = [(say(name), amount(budget, key, form.unit_at)) for name, key in FUNDS]
    if form.funds == "rows":
        for at, (name, text) in enumerate(shown):
            left = [Cell(label, cols=2, rows=3)] if at == 0 else []
            table.add(*left, Cell(name, cols=2), Cell(text, kind="amount"))
    elif form.funds == "inline":
        for at, (name, text) in enumerate(shown):
            left = [Cell(label, cols=2, rows=3)] if at == 0 else []
            table.add(*left, Cell(f"{name}：{text}"))
    else:
        cells = [cell for name, text in shown for cell in (Cell(name), Cell(text, kind="amount"))]
        table.add(label, *cells)


def _indicators(form: Ministry, project: Project, table: Builder) -> list[Block]:
    columns, indicators = form.columns, project["indicators"]
    cut = len(indicators) // 2 if form.torn else len(indicators)
    blocks: list[Block] = []
    before = None
    for at, chunk in enumerate((indicators[:cut], indicators[cut:])):
        if not chunk:
            break
        if at:
            blocks += [table.grid(), Para("")]
            table = Builder(table.width)
        rows = indicator_cells(
            chunk, columns, form.levels, before, "blank" if form.torn == "blank" else "repeat"
        )
        head = header(columns, form.label) if not at or form.torn != "blank" else None
        if form.side:
            text = below("绩效指标") if not at else ""
            height = len(rows) + (1 if head else 0)
            first = head if head else rows[0]
            first.insert(0, Cell(text, rows=height))
        add_indicators(table, rows, head, fill=-1)
        before = chunk[-1]
    return [*blocks, table.grid()]


def expected(form: Ministry, project: Project) -> Project:
    """Return what a reading of one project must say."""
    fields = ["name", "budget", "goals"]
    fields += ["code"] if form.code else []
    fields += ["purpose"] if form.purpose else []
    kept = carries(project, form.columns, fields, unit=("name",))
    return {**kept, "department": dict(project["unit"])}


def layout(
    form: Ministry, projects: Sequence[Project], year: int
) -> tuple[list[Block], list[Project]]:
    """Lay all projects out, with what must be read."""
    blocks: list[Block] = []
    for project in projects:
        blocks += [*project_blocks(form, project, year), Para("")]
    return blocks, [expected(form, project) for project in projects]


def full_project(project: Project, year: int) -> tuple[list[Block], Project]:
    """Lay one project out in the full form: 实施期 on the left, 年度 on the right."""
    indicators = project["indicators"]
    span = [_whole(one) for one in indicators]
    money = project["budget"]["money_unit"]
    whole_budget = {key: _tripled(project["budget"][key]) for key in ("total", "fiscal", "other")}
    whole_goals = [f"{goal.rstrip('。')}，三年任务全面完成。" for goal in project["goals"]]
    table = Builder(8)
    table.add(Cell("项目名称", cols=2), project["name"])
    table.add(
        Cell("主管部门及代码", cols=2),
        Cell(unit_line(project["unit"]), cols=3),
        "实施单位",
        project["unit"]["name"],
    )
    table.add(Cell("项目属性", cols=2), Cell("延续项目", cols=3), "项目期", f"{year}-{year + 2}年")
    for at, (name, key) in enumerate(FUNDS):
        left = [Cell(f"项目资金\n（{money}）", cols=2, rows=3)] if at == 0 else []
        table.add(
            *left,
            Cell("实施期资金总额：" if at == 0 else name, cols=2), Cell(whole_budget[key], kind="amount"),
            Cell("年度资金总额：" if at == 0 else name, cols=2), Cell(project["budget"][key], kind="amount"),
        )  # fmt: skip
    table.add(
        Cell("总体目标", rows=2), Cell(f"实施期目标（{year}年—{year + 2}年）", cols=4), "年度目标"
    )
    table.add(Cell(goals_text(whole_goals, "label"), cols=4), goals_text(project["goals"], "label"))
    head = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
    table.add(Cell("绩效指标", rows=len(indicators) + 1), *head)
    left_rows = indicator_cells(span, SHORT, "merged")
    for cells, one in zip(left_rows, indicators, strict=True):
        table.add(*cells, one["level2"], one["name"], one["value"])
    blocks: list[Block] = [
        Para("项目支出绩效目标申报表", "title"), Para(f"（{year}年度）"), table.grid(), Para(""),
    ]  # fmt: skip
    kept = carries(project, SHORT, ("name", "budget", "goals"), unit=("name",))
    kept["department"] = dict(project["unit"])
    kept["extra"] = {"项目属性": "延续项目", "项目期": f"{year}-{year + 2}年"}
    kept["whole_period_budget"] = {**whole_budget, "money_unit": money}
    kept["whole_period_goals"] = whole_goals
    kept["whole_period_indicators"] = [
        {key: one[key] for key in ("level1", "level2", "name", "value")} for one in span
    ]
    return blocks, kept


def _whole(one: dict[str, Any]) -> dict[str, Any]:
    """Return an indicator for the whole period: same measure, larger count."""
    value = one["value"]
    return {**one, "value": value.replace("≥", "≥3", 1) if "%" not in value else value}


def _tripled(text: str) -> str:
    plain_text = text.replace(",", "")
    return f"{float(plain_text) * 3:.2f}" if plain_text else text


TASK_MONEY = (("总额", "total"), ("财政拨款", "fiscal"), ("其他资金", "other"))


def department(text: dict[str, Any], two_rows: bool = True) -> tuple[list[Block], dict[str, Any]]:
    """Lay a unit out in the 部门（单位）整体支出绩效目标申报表; tasks are its projects."""
    tasks = [
        {"name": one["name"].split("\n")[0], "content": one["purpose"].replace("\n", ""),
         "budget": dict(one["budget"])}
        for one in text["projects"]
    ]  # fmt: skip
    indicators = text["projects"][0]["indicators"]
    money = text["projects"][0]["budget"]["money_unit"]
    table = Builder(7)
    table.add(Cell("部门（单位）名称", cols=2), text["unit"]["name"])
    side = Cell(below("年度主要任务"), rows=len(tasks) + (3 if two_rows else 2))
    if two_rows:
        table.add(
            side, Cell("任务名称", rows=2), Cell("主要内容", cols=2, rows=2),
            Cell(f"预算金额（{money}）", cols=3),
        )  # fmt: skip
        table.add(*(name for name, _ in TASK_MONEY))
    else:
        table.add(
            side, "任务名称", Cell("主要内容", cols=2),
            *(f"{name}（{money}）" for name, _ in TASK_MONEY),
        )  # fmt: skip
    for task in tasks:
        cells = [Cell(task["budget"][key], kind="amount") for _, key in TASK_MONEY]
        table.add(task["name"], Cell(task["content"], cols=2), *cells)
    sums = [_sum(tasks, key) for _, key in TASK_MONEY]
    table.add(Cell("金额合计", cols=3), *(Cell(one, kind="amount") for one in sums))
    goals = [line for line in text["overall"].split("\n") if line]
    table.add("年度\n总体\n目标", goals_text(goals, "label"))
    rows = indicator_cells(indicators, SHORT, "merged")
    head = header(SHORT)
    head.insert(0, Cell(below("年度绩效指标"), rows=len(rows) + 1))
    add_indicators(table, rows, head, fill=-1)
    blocks: list[Block] = [
        Para("部门（单位）整体支出绩效目标申报表", "title"), Para(f"（{text['year']}年度）"),
        table.grid(),
    ]  # fmt: skip
    expect = {
        "year": text["year"], "unit": {"name": text["unit"]["name"]}, "overall": text["overall"],
        "tasks": [{**one, "budget": {**one["budget"], "money_unit": money}} for one in tasks],
        "indicators": [
            {key: one[key] for key in ("level1", "level2", "name", "value")} for one in indicators
        ],
        "budget": {**dict(zip((key for _, key in TASK_MONEY), sums, strict=True)), "money_unit": money},
        "projects": [],
    }  # fmt: skip
    return blocks, expect


def _sum(tasks: list[dict[str, Any]], key: str) -> str:
    amounts = [float(one["budget"][key].replace(",", "") or 0) for one in tasks]
    return f"{sum(amounts):.2f}"
