"""第一部分: the department's objectives as paragraphs, and its own tables where it has them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from jixiao.model import Budget, DepartmentTask, PerformanceText, SubObjective
from jixiao.read.part_one import numbered
from jixiao.write.text.blocks import FULL, Block, Cell, Line, Table, spread
from jixiao.write.text.indicators import indicator_rows
from jixiao.write.text.project import amounts
from jixiao.write.text.wording import Wording

_CHINESE = "一二三四五六七八九十"
_SIDE = 60
_TASK = (_SIDE, 230, 550, 700, 850, FULL)
_ACTIVITY = [14, 9, 17, 17, 13, 8, 8, 7, 7]
_GRADES = ("excellent", "good", "fair", "poor")


def lines(text: str | None) -> list[Block]:
    """Return a paragraph for each line of a text."""
    return [Line(line) for line in (text or "").split("\n") if line]


def sub_objective_blocks(parts: Sequence[SubObjective], wording: Wording) -> list[Block]:
    """Return 分项绩效目标: a numbered title with 职责描述：, 绩效目标： and 绩效指标： below.

    Where none of them has a title, each is its objective alone, as it was written. The older form
    with 评价标准 or money of their own is a table.
    """
    if any(part.criteria or part.budget for part in parts):
        return [Line(wording.titles["activities"], title=True), _activities(parts, wording)]
    plain = not any(part.title or part.duty or part.indicators for part in parts)
    blocks: list[Block] = []
    for number, part in enumerate(parts, 1):
        if plain:
            blocks += lines(part.objective)
            continue
        if part.title:
            begin = "" if numbered(part.title) else f"（{_numeral(number)}）"
            blocks.append(Line(begin + part.title))
        blocks += _labelled(wording.part_one["duty"], part.duty)
        blocks += _labelled(wording.part_one["objective"], part.objective)
        if len(part.indicators) == 1:
            blocks += _labelled(wording.part_one["indicators"], part.indicators[0])
        elif part.indicators:
            blocks.append(Line(wording.part_one["indicators"]))
            blocks += [Line(line) for each in part.indicators for line in each.split("\n")]
    return blocks


def department_blocks(text: PerformanceText, wording: Wording) -> list[Block]:
    """Return the 部门（单位）整体支出绩效目标申报表, where the text has tasks or indicators for it."""
    if not text.tasks and not text.indicators:
        return []
    say = wording.department
    rows = [
        [Cell(say["name"], 0, _TASK[1], "label"), Cell(text.unit.name or "", _TASK[1], FULL)],
        *_tasks(text, wording),
    ]
    if text.indicators:
        head, body = indicator_rows(text.indicators, wording)
        head, *body = [[_beside(cell) for cell in row] for row in (head, *body)]
        side = "\n".join(say["indicators"])
        rows += [[Cell(side, 0, _SIDE, "label", 1 + len(body)), *head], *body]
    return [Line(wording.titles["department"], title=True), Table(rows)]


def _labelled(label: str, text: str | None) -> list[Block]:
    return lines(f"{label}{text}") if text else []


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return f"{_CHINESE[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{_CHINESE[ones - 1] if ones else ''}"


def _beside(cell: Cell) -> Cell:
    """Make room at the left for what is merged down beside the cells."""
    return cell._replace(
        begin=_SIDE + cell.begin * (FULL - _SIDE) // FULL,
        end=_SIDE + cell.end * (FULL - _SIDE) // FULL,
    )


def _tasks(text: PerformanceText, wording: Wording) -> Iterator[list[Cell]]:
    say, tasks = wording.department, text.tasks
    if not tasks:
        return
    money = next((one.budget.money_unit for one in tasks if one.budget.money_unit), None)
    names = ("total", "fiscal", "other")
    has_sum = any(amounts(text.budget))
    yield [
        Cell("\n".join(say["tasks"]), 0, _SIDE, "label", 2 + len(tasks) + has_sum),
        Cell(say["task"], _TASK[0], _TASK[1], "head", 2),
        Cell(say["content"], _TASK[1], _TASK[2], "head", 2),
        Cell(say["amount"].format(money or "元"), _TASK[2], FULL, "head"),
    ]
    yield [
        Cell(say[name], begin, end, "head")
        for name, begin, end in zip(names, _TASK[2:], _TASK[3:], strict=False)
    ]
    for task in tasks:
        yield _task(task)
    if has_sum:
        yield [Cell(say["sum"], _TASK[0], _TASK[2], "label"), *_money(text.budget)]


def _task(task: DepartmentTask) -> list[Cell]:
    return [
        Cell(task.name or "", _TASK[0], _TASK[1]),
        Cell(task.content or "", _TASK[1], _TASK[2]),
        *_money(task.budget),
    ]


def _money(budget: Budget) -> list[Cell]:
    return [
        Cell(amount, begin, end, "number")
        for amount, begin, end in zip(amounts(budget), _TASK[2:], _TASK[3:], strict=False)
    ]


def _activities(parts: Sequence[SubObjective], wording: Wording) -> Table:
    say, edges = wording.activities, spread(_ACTIVITY)
    spans = list(itertools.pairwise(edges))
    names = ("title", "budget", "duty", "objective", "indicator")
    money = next((one.budget.money_unit for one in parts if one.budget), None)
    labels = [say[name] for name in names]
    if money:
        labels[1] = f"{labels[1]}（{money}）"
    heads = [
        [Cell(label, *span, "head", 2) for label, span in zip(labels, spans, strict=False)]
        + [Cell(say["criteria"], edges[5], FULL, "head")],
        [Cell(say[grade], *span, "head") for grade, span in zip(_GRADES, spans[5:], strict=True)],
    ]
    rows = []
    for part in parts:
        known = {one.indicator: one for one in part.criteria}
        budget = (part.budget.total if part.budget else None) or ""
        lead = (part.title or "", budget, part.duty or "", part.objective or "")
        height = max(1, len(part.indicators))
        for at in range(height):
            row = [
                Cell(words, *span, rows=height)
                for words, span in zip(lead, spans, strict=False)
                if at == 0
            ]
            name = part.indicators[at] if part.indicators else ""
            one = known.get(name)
            graded = [(getattr(one, grade) if one else None) or "" for grade in _GRADES]
            row += [
                Cell(words, *span) for words, span in zip((name, *graded), spans[4:], strict=True)
            ]
            rows.append(row)
    return Table([*heads, *rows], heads=2)
