"""审核表 as a Word document: of a text and of each project, proposed and decided side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from jixiao.check.review import Review, Sheet
from jixiao.write.plain import number, one_line
from jixiao.write.reports.document import write_forms
from jixiao.write.review.decided import HEADS, Decided, of_item, of_sheet
from jixiao.write.review.words import grounds, judged
from jixiao.write.subject import WHOLE
from jixiao.write.text.blocks import Block, Cell, Heading, Kind, Line, Table, spread

_FORM = (
    ("审核方面", 9), ("审核内容", 11), ("分值", 5), ("建议意见", 10), ("建议得分", 7), ("扣分依据", 26),
    (HEADS[0], 10), (HEADS[1], 7), (HEADS[2], 20),
)  # fmt: skip


def write_docx(one: Review, decided: Mapping[int | None, Decided]) -> bytes:
    """Return the review sheets of a text as a Word document. Raises TemplateError."""
    return write_forms(list(_blocks(one, decided)), landscape=True)


def _blocks(one: Review, decided: Mapping[int | None, Decided]) -> Iterator[Block]:
    yield Heading(
        2, f"{one.title}　{one_line(one.unit.name)}{f'　{one.year} 年' if one.year else ''}"
    )
    for place, sheet in [(None, one.text), *enumerate(one.projects)]:
        name = one_line(sheet.name) or "（没有名称）"
        label = WHOLE if place is None else f"项目 {place + 1}　{name}"
        yield Heading(3, label, place is not None)
        if place is not None and sheet.code:
            yield Line(f"项目编码：{one_line(sheet.code)}")
        by = decided.get(place)
        yield Line(f"“建议”各栏：{one.notice}。依据{one.source}")
        if by is not None:
            yield Line(f"“审定”各栏：{one_line(by.by)}")
        yield table(_FORM, _rows(sheet, by))
        if sheet.note:
            yield Line(sheet.note)
        yield Line("审核人：　　　　　　　　　　　　　　　日期：")


def _rows(sheet: Sheet, by: Decided | None) -> Iterator[tuple[str, ...]]:
    blank = ("", "", "")
    for item in sheet.items:
        proposed = (
            item.dimension, item.name, number(item.points), judged(item), number(item.score), grounds(item)
        )  # fmt: skip
        yield proposed + (of_item(by, item) if by else blank)
    total = ("合计", "", "100", sheet.grade, number(sheet.score), sheet.outcome)
    yield total + (of_sheet(by) if by else blank)


def table(heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table with heads as wide as their weights."""
    edges = spread([width for _, width in heads])
    spans = list(pairwise(edges))

    def line(cells: Sequence[str], kind: Kind) -> list[Cell]:
        return [Cell(text, *span, kind) for text, span in zip(cells, spans, strict=True)]

    names = line([name for name, _ in heads], "head")
    return Table([names, *(line(row, "value") for row in rows)], heads=1)
