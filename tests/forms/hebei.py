"""The Hebei form 项目绩效目标表: one to three grids a project, with many habits of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forms.blocks import Block, Builder, Cell, Para
from forms.parts import (
    HEBEI,
    Columns,
    Label,
    Project,
    add_indicators,
    amount,
    carries,
    goals_text,
    header,
    indicator_cells,
    plain,
    said_goals,
    unit_line,
)


@dataclass(frozen=True)
class Hebei:
    """How one office writes the form.

    ``grids`` one, two or three; ``title`` number, lines, none, row (a merged first row);
    ``unit_at`` row, paragraph, label, amount or alone (a paragraph "单位：万元" of its own);
    ``goals`` rows, dot, comma, round, label, plain; ``torn`` header, bare, mid, midblank, page.
    """

    grids: str = "two"
    title: str = "number"
    unit_at: str = "row"
    goals: str = "dot"
    levels: str = "merged"
    columns: Columns = HEBEI
    label: Label = plain
    torn: str = ""
    funds: str = "row"
    names: tuple[tuple[str, str], ...] = ()
    order: str = "code-name"
    double_header: bool = False
    rest: tuple[str, ...] = ()

    def say(self, name: str) -> str:
        """Return a label in this office's words and writing."""
        return self.label(dict(self.names).get(name, name))


def titles(form: Hebei, project: Project, number: int) -> list[Block]:
    """Return the paragraphs above a project's table."""
    name = " ".join(project["name"].split("\n"))
    if form.title == "number":
        text = f"{number}.{name}绩效目标表"
        code = f"{number}、{name}绩效目标表"
        return [Para(text, "heading", mark=True, code=code)]
    if form.title == "lines":
        return [Para(name, "heading"), Para("项目绩效目标表", "heading")]
    return []


def money_paragraph(form: Hebei, project: Project) -> list[Block]:
    """Return the paragraph that names unit and money unit, where the form has it outside."""
    money = project["budget"]["money_unit"]
    if form.unit_at == "paragraph":
        return [Para(f"{unit_line(project['unit'])}                    单位：{money}")]
    if form.unit_at == "alone":
        return [Para(f"金额单位：{money}")]
    return []


def information(form: Hebei, project: Project, table: Builder) -> None:
    """Add the rows from 项目编码 to 资金支出计划."""
    say, budget = form.say, project["budget"]
    if form.title == "row":
        table.add(f"{''.join(project['name'].split(chr(10)))}绩效目标表")
    if form.unit_at == "row":
        table.add(
            Cell(unit_line(project["unit"]), cols=5), Cell(f"单位：{budget['money_unit']}", cols=2)
        )
    pairs = [(say("项目编码"), project["code"]), (say("项目名称"), project["name"])]
    if form.order == "name-code":
        pairs.reverse()
    if form.order == "rows":
        for name, text in pairs:
            table.add(name, text)
    else:
        (one, first), (two, second) = pairs
        table.add(one, Cell(first, cols=2), two, second)
    _funds(form, project, table)
    _plan(form, project, table)


def _funds(form: Hebei, project: Project, table: Builder) -> None:
    say, budget = form.say, project["budget"]
    scale = say("预算规模及资金用途")
    if form.unit_at == "label":
        scale = f"{scale}（{budget['money_unit']}）"
    parts = [("预算数", "total"), ("其中：财政资金", "fiscal"), ("其他资金", "other")]
    if form.funds == "row":
        cells: list[Cell] = []
        for name, key in parts:
            cells += [Cell(say(name)), Cell(amount(budget, key, form.unit_at), kind="amount")]
        table.add(Cell(scale, rows=2), *cells)
        table.add(project["purpose"])
    elif form.funds == "row-purpose":
        # 用途 with a label of its own
        cells = []
        for name, key in parts:
            cells += [Cell(say(name)), Cell(amount(budget, key, form.unit_at), kind="amount")]
        table.add(Cell(scale, rows=2), *cells)
        table.add(say("资金用途"), project["purpose"])
    else:
        table.add(
            Cell(scale, rows=4), Cell(say("预算数"), cols=2),
            Cell(amount(budget, "total", form.unit_at), kind="amount"),
        )  # fmt: skip
        for name, key in parts[1:]:
            table.add(
                Cell(say(name), cols=2), Cell(amount(budget, key, form.unit_at), kind="amount")
            )
        table.add(Cell(say("用途"), cols=2), project["purpose"])


def _plan(form: Hebei, project: Project, table: Builder) -> None:
    say, plan = form.say, project["plan"]
    table.add(
        Cell(say("资金支出计划（%）"), rows=2),
        say("3月底"), Cell(say("6月底"), cols=2), say("10月底"), say("12月底"),
    )  # fmt: skip
    table.add(
        Cell(plan["03"], kind="percent"), Cell(plan["06"], cols=2, kind="percent"),
        Cell(plan["10"], kind="percent"), Cell(plan["12"], kind="percent"),
    )  # fmt: skip


def _goals(form: Hebei, project: Project, table: Builder) -> None:
    goals = project["goals"]
    if form.goals == "rows":
        for at, goal in enumerate(goals, 1):
            left = [Cell(form.say("绩效目标"), rows=len(goals))] if at == 1 else []
            table.add(*left, f"目标{at}", goal)
    else:
        table.add(form.say("绩效目标"), goals_text(goals, form.goals))


def _chunks(form: Hebei, indicators: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Cut the indicators where a page ends: between level-1 groups, or within one."""
    if not form.torn or len(indicators) < 4:
        return [indicators]
    cuts = [
        at for at in range(2, len(indicators))
        if (indicators[at]["level1"] == indicators[at - 1]["level1"])
        == form.torn.startswith("mid")
    ]  # fmt: skip
    cut = cuts[len(cuts) // 2] if cuts else len(indicators) // 2
    return [indicators[:cut], indicators[cut:]]


def project_blocks(form: Hebei, project: Project, number: int) -> list[Block]:
    """Lay one project out."""
    columns = form.columns
    width = max(7, len(columns))
    blocks = [*titles(form, project, number), *money_paragraph(form, project)]
    table = Builder(width)
    information(form, project, table)
    if form.grids == "three":
        # 基本信息, 绩效目标 and 绩效指标 are tables of their own.
        blocks += [table.grid(), Para("")]
        table = Builder(width)
    _goals(form, project, table)
    if form.grids != "one":
        blocks += [table.grid(), Para("")]
        table = Builder(len(columns))
    head = header(columns, form.label)
    before = None
    for at, chunk in enumerate(_chunks(form, project["indicators"])):
        lead = "blank" if form.torn in ("midblank", "midbare") else "repeat"
        rows = indicator_cells(chunk, columns, form.levels, before, lead)
        if at:
            blocks.append(table.grid())
            blocks.append(Para(f"- {number + 2} -" if form.torn == "page" else "", "page"))
            table = Builder(len(columns))
        shown = head if not at or form.torn in ("header", "mid", "midblank", "page") else None
        add_indicators(table, rows, shown, fill=-1)
        if form.double_header and not at:
            # An extra blank header row, as the published single form has it.
            table.rows.insert(len(table.rows) - len(rows), _blank_like(table, len(rows)))
        before = chunk[-1]
    blocks.append(table.grid())
    return blocks


def _blank_like(table: Builder, count: int) -> list[Cell]:
    row = table.rows[len(table.rows) - count - 1]
    return [Cell("", cols=cell.cols) for cell in row]


def expected(form: Hebei, project: Project) -> Project:
    """Return what a reading of one project must say."""
    unit = ("code", "name") if form.unit_at in ("row", "paragraph") else ()
    kept = carries(project, form.columns, unit=unit)
    return {**kept, "goals": said_goals(project["goals"], form.goals)}


def layout(form: Hebei, projects: Sequence[Project]) -> tuple[list[Block], list[Project]]:
    """Lay all projects out, with what must be read."""
    blocks: list[Block] = []
    for number, project in enumerate(projects, 1):
        blocks += [*project_blocks(form, project, number), Para("")]
    return blocks, [expected(form, project) for project in projects]
