"""A performance text as tables for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from jixiao.cli.output import View
from jixiao.cli.printable import fold, one_line, printable, width
from jixiao.model import Budget, Indicator, PerformanceText, Project, SubObjective

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_BLANKS = re.compile(r" +$", re.MULTILINE)
_MONTHS = {"03": "3月底", "06": "6月底", "09": "9月底", "10": "10月底", "12": "12月底"}

_COLUMNS = (
    ("二级指标", "level2"),
    ("三级指标", "name"),
    ("指标描述", "description"),
    ("指标值", "value"),
    ("依据", "basis"),
    ("权重", "weight"),
    ("计算公式", "formula"),
    ("评分标准", "scoring"),
    ("上年值", "previous"),
    ("备注", "remark"),
)

# What rich keeps free beside a rule's title: a blank and a piece of the line, else it cuts it.
_RULE_ENDS = 4


def console(view: View) -> tuple[Console, StringIO]:
    """Return a console that writes for a view, and what it writes to."""
    from rich.console import Console

    paper = StringIO()
    colours: Any = view.colours
    return (
        Console(
            file=paper,
            width=view.table,
            color_system=colours,
            force_terminal=colours is not None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        ),
        paper,
    )


def show_text(text: PerformanceText, view: View) -> str:
    """Return a text laid out for a view."""
    screen, paper = console(view)
    for part in _parts(text, view.table):
        screen.print(part)
    shown = paper.getvalue()
    # Tables are filled up with blanks, which nobody wants in a file.
    return _BLANKS.sub("", shown) if view.colours is None else shown


def _parts(text: PerformanceText, columns: int) -> Iterator[RenderableType]:
    yield from _source(one_line(text.source), columns)
    yield _words(_summary(text), "bold")
    if text.overall:
        yield from _section(columns, "总体绩效目标", [text.overall])
    if text.sub_objectives:
        yield from _section(columns, "分项绩效目标", map(_sub_objective, text.sub_objectives))
    if text.safeguards:
        yield from _section(columns, "工作保障措施", text.safeguards, numbered=True)
    if text.tasks:
        tasks = (
            "：".join(filter(None, (task.name, task.content, _budget(task.budget))))
            for task in text.tasks
        )
        yield from _section(columns, "年度主要任务", tasks, numbered=True)
    if text.indicators:
        yield _words(f"\n部门整体支出绩效指标　{_budget(text.budget)}".rstrip("　"), "bold cyan")
        yield _indicators(text.indicators)
    for number, project in enumerate(text.projects, 1):
        yield from _project(columns, project, f"项目 {number}/{len(text.projects)}")
    if text.unread:
        unread = (
            f"{each.place}：{each.text}{f'（{each.reason}）' if each.reason else ''}"
            for each in text.unread
        )
        yield from _section(
            columns, f"没有归类的内容（{len(text.unread)} 处）", unread, style="yellow"
        )
    if text.warnings:
        warnings = (
            f"{each.place}：{each.message}" if each.place else each.message
            for each in text.warnings
        )
        yield from _section(
            columns, f"读取提醒（{len(text.warnings)} 条）", warnings, style="yellow"
        )
    yield ""


def _source(name: str, columns: int) -> Iterator[RenderableType]:
    """Yield a text's name in a rule, or folded above one that it would not fit in."""
    from rich.rule import Rule

    if width(name) + _RULE_ENDS <= columns:
        yield Rule(_words(name, "bold"), align="left", characters="━")
    else:
        yield _words("\n".join(fold(name, columns)), "bold")
        yield Rule(characters="━")


def _summary(text: PerformanceText) -> str:
    indicators = len(text.indicators) + sum(len(each.indicators) for each in text.projects)
    facts = (
        f"{text.unit.code or ''}{text.unit.name or ''}" or "（没有写明预算单位）",
        f"{text.year} 年" if text.year else "（没有写明年度）",
        "草案" if text.draft else None,
        f"{len(text.projects)} 个项目、{indicators} 个指标",
    )
    return "　".join(filter(None, facts))


def _section(
    columns: int, title: str, items: Iterable[str], *, numbered: bool = False, style: str = "cyan"
) -> Iterator[RenderableType]:
    yield _words(f"\n{title}", f"bold {style}")
    for number, item in enumerate(items, 1):
        yield _words(_indented("  ", f"{number}. {item}" if numbered else item, columns))


def _indented(head: str, words: str, columns: int) -> str:
    """Return words folded to the columns, after a head and below its end."""
    indent = width(head)
    lines = [
        line
        for paragraph in printable(words).split("\n")
        for line in fold(paragraph, max(20, columns - indent))
    ]
    return head + f"\n{' ' * indent}".join(lines)


def _sub_objective(part: SubObjective) -> str:
    lines = [part.title or "（没有标题）"]
    if part.budget:
        lines.append(f"  年度预算：{_budget(part.budget)}")
    for name, words in (("职责描述", part.duty), ("绩效目标", part.objective)):
        if words:
            lines.append(f"  {name}：{words}")
    lines += [f"  绩效指标：{each}" for each in part.indicators]
    for each in part.criteria:
        grades = (("优", each.excellent), ("良", each.good), ("中", each.fair), ("差", each.poor))
        said = "，".join(f"{grade} {words}" for grade, words in grades if words)
        lines.append(f"  评价标准：{each.indicator}：{said}")
    return "\n".join(lines)


def _project(columns: int, project: Project, heading: str) -> Iterator[RenderableType]:
    name = one_line(project.name or "（没有项目名称）")
    yield _words(f"\n{heading}　{name}", "bold cyan")
    for label, words in _facts(project):
        if words:
            yield _words(_indented(f"  {one_line(label)}  ", words, columns))
    if project.indicators:
        yield _indicators(project.indicators)
    if project.whole_period_indicators:
        yield _words("  实施期指标", "cyan")
        yield _indicators(project.whole_period_indicators)


def _facts(project: Project) -> Iterator[tuple[str, str]]:
    yield "项目编码", project.code or ""
    yield "预算单位", f"{project.unit.code or ''}{project.unit.name or ''}"
    yield "主管部门", f"{project.department.code or ''}{project.department.name or ''}"
    yield "预算规模", _budget(project.budget)
    if project.whole_period_budget:
        yield "实施期资金", _budget(project.whole_period_budget)
    yield "资金用途", project.purpose or ""
    planned = [(_MONTHS[month], share) for month, share in project.plan.items()]
    if any(share for _, share in planned):
        yield "支出计划", "　".join(f"{month} {share or '—'}" for month, share in planned)
    yield "绩效目标", _list(project.goals)
    yield "实施期目标", _list(project.whole_period_goals)
    yield from project.extra.items()


def _list(goals: Sequence[str]) -> str:
    return "\n".join(f"{number}. {goal}" for number, goal in enumerate(goals, 1))


def _budget(budget: Budget) -> str:
    parts = (("预算数", budget.total), ("财政资金", budget.fiscal), ("其他资金", budget.other))
    unit = budget.money_unit or ""
    return "　".join(f"{name} {amount}{unit}" for name, amount in parts if amount)


def _indicators(indicators: Sequence[Indicator]) -> RenderableType:
    """Lay indicators out; a level that repeats the line above is left blank, as in the forms."""
    from rich import box
    from rich.table import Table

    columns = [
        (title, key)
        for title, key in _COLUMNS
        if any(_cell(indicator, key) for indicator in indicators)
    ]
    extra = list(dict.fromkeys(key for indicator in indicators for key in indicator.extra))
    table = Table(box=box.SQUARE, show_lines=True, header_style="bold", border_style="dim")
    for title in ["#", "一级指标", *(title for title, _ in columns), *map(one_line, extra)]:
        table.add_column(title, overflow="fold", no_wrap=title == "#")
    above: Indicator | None = None
    for number, each in enumerate(indicators, 1):
        same1 = above is not None and above.level1 == each.level1
        same2 = same1 and above is not None and above.level2 == each.level2
        cells = [str(number), "" if same1 else each.level1 or ""]
        for _, key in columns:
            cells.append("" if key == "level2" and same2 else _cell(each, key))
        cells += [each.extra.get(key, "") for key in extra]
        table.add_row(*map(_words, cells))
        above = each
    return table


def _cell(indicator: Indicator, key: str) -> str:
    return indicator.value.text if key == "value" else getattr(indicator, key) or ""


def _words(text: str, style: str = "") -> Any:
    from rich.text import Text

    return Text(printable(text).expandtabs(2), style, overflow="fold")
