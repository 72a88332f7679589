"""审核表 as Markdown, which reads well on a terminal too, and as an Excel workbook to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from jixiao.check import Severity
from jixiao.check.review import Review, Sheet
from jixiao.write.markdown import escape, table
from jixiao.write.plain import clean, number, one_line, width
from jixiao.write.review.decided import HEADS as DECIDED_HEADS
from jixiao.write.review.decided import Decided, of_item, of_sheet, said
from jixiao.write.review.words import grounds, judged
from jixiao.write.subject import WHOLE

_HEADS = ("审核方面", "审核内容", "分值", "审核要点", "建议意见", "建议得分", "扣分依据")
_WIDTHS = (11, 12, 7, 44, 12, 9, 52)
_DECIDED_WIDTHS = (12, 9, 32)
_RANKED = (
    ("预算单位", 26), ("年度", 7), ("项目编码", 24), ("项目名称", 40), ("建议得分", 9), ("建议等级", 9),
    ("建议", 20), ("错误", 7), ("警告", 7), ("提示", 7), ("豁免", 7),
)  # fmt: skip
_RANKED_DECIDED = (("审定得分", 9), ("审定等级", 9), ("审定", 20))
_UNNAMED = "（没有名称）"
_TALLEST = 400
"""Points of the tallest row (Excel takes 409)."""


def markdown(reviews: Sequence[Review]) -> str:
    """Return the sheets of some texts: of each the ranking, its own sheet, its projects' sheets."""
    return "\n".join(line for one in reviews for line in _text(one))


AllDecided = Sequence[Mapping[int | None, Decided]]
"""For each text what was decided: of its projects by their position, of itself by None."""


def workbook(reviews: Sequence[Review], decided: AllDecided = ()) -> bytes:
    """Return the sheets as a workbook: the ranking first, then a page a project, ready to print.

    With ``decided`` every sheet has, beside what is proposed and marked apart from it, what the
    reviewers decided.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        _ranking_sheet(book, reviews, decided)
        for at, one in enumerate(reviews):
            name = f"审核表{at + 1}" if len(reviews) > 1 else "审核表"
            _forms(book, name, one, decided[at] if decided else None)
    return content.getvalue()


def _text(one: Review) -> Iterator[str]:
    unit = escape(one.unit.name) or "（没有写明预算单位）"
    yield f"# {one.title}　{unit}{f'　{one.year} 年' if one.year else ''}\n"
    yield f"**{one.notice}。** 依据{one.source}。文件：{escape(one.file)}\n"
    if one.projects:
        yield "## 项目排序（问题重的在前）\n"
        heads = ("序号", "项目", "建议得分", "建议等级", "建议", "错误", "警告", "提示")
        yield from table(
            heads, (_ranked(at, one.projects[n]) for at, n in enumerate(one.ranking, 1))
        )
    for label, sheet in _sheets(one):
        yield f"## {escape(label)}\n"
        rows = [
            (each.dimension, each.name, number(each.points), judged(each), number(each.score), escape(grounds(each)))
            for each in sheet.items
        ]  # fmt: skip
        columns = ("审核方面", "审核内容", "分值", "建议意见", "建议得分", "扣分依据")
        yield from table(
            columns, [*rows, ("合计", "", "100", sheet.grade, number(sheet.score), sheet.outcome)]
        )
        if sheet.note:
            yield f"{escape(sheet.note)}\n"


def _sheets(one: Review) -> Iterator[tuple[str, Sheet]]:
    yield WHOLE, one.text
    for place in one.ranking:
        sheet = one.projects[place]
        yield f"项目 {place + 1}　{one_line(sheet.name) or _UNNAMED}", sheet


def _ranked(at: int, sheet: Sheet) -> tuple[str, ...]:
    counts = (str(sheet.counts.get(each.value, 0)) for each in Severity)
    name = escape(sheet.name) or _UNNAMED
    return str(at), name, number(sheet.score), sheet.grade, sheet.outcome, *counts


def _ranking_sheet(book: Any, reviews: Sequence[Review], decided: AllDecided) -> None:
    sheet = book.add_worksheet("项目排序")
    head, cell = _formats(book)
    heads = _RANKED + (_RANKED_DECIDED if decided else ())
    for column, (text, wide) in enumerate(heads):
        sheet.set_column(column, column, wide)
        sheet.write_string(0, column, text, head)
    ranked = [
        (one, one.projects[place], decided[at].get(place) if decided else None)
        for at, one in enumerate(reviews)
        for place in one.ranking
    ]
    ranked.sort(key=lambda each: each[1].score)
    for at, (one, each, judged_by) in enumerate(ranked, 1):
        words = (
            one.unit.name,
            str(one.year or ""),
            each.code,
            each.name,
            number(each.score),
            each.grade,
            each.outcome,
        )
        for column, word in enumerate(words):
            sheet.write_string(at, column, clean(word), cell)
        for column, count in enumerate((*each.counts.values(), each.waived), len(words)):
            sheet.write_number(at, column, count, cell)
        if judged_by is not None:
            final = (said(judged_by.score), judged_by.grade, judged_by.outcome)
            for column, word in enumerate(final, len(_RANKED)):
                sheet.write_string(at, column, clean(word), cell)
    sheet.freeze_panes(1, 0)
    _page(sheet)


def _forms(book: Any, name: str, one: Review, decided: Mapping[int | None, Decided] | None) -> None:
    """Write the sheets of a text below each other, each on a page of its own."""
    sheet = book.add_worksheet(name)
    widths = _WIDTHS + (_DECIDED_WIDTHS if decided is not None else ())
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, wide)
    at = 0
    breaks = []
    for label, each in _sheets(one):
        by = None if decided is None else decided.get(each.project)
        at = _form(book, sheet, at, one, label, each, by)
        breaks.append(at)
    sheet.set_h_pagebreaks(breaks[:1000])
    _page(sheet)


def _form(
    book: Any, sheet: Any, at: int, one: Review, label: str, each: Sheet, by: Decided | None
) -> int:
    """Write one sheet from a row on; return the row behind it."""
    head, cell = _formats(book)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    heads = _HEADS + (DECIDED_HEADS if by else ())
    sheet.merge_range(at, 0, at, len(heads) - 1, "", title)
    sheet.write_string(at, 0, one.title, title)
    lines = [
        f"预算单位：{one_line(one.unit.name)}　　年度：{one.year or ''}",
        f"项目：{label}　　编码：{one_line(each.code)}",
        f"{one.notice}。依据{one.source}",
    ]
    if by:
        lines[-1] = f"“建议”各栏：{lines[-1]}"
        lines.append(f"“审定”各栏：{one_line(by.by)}")
    for below, line in enumerate(lines, 1):
        sheet.write_string(at + below, 0, line)
    at += len(lines) + 1
    for column, text in enumerate(heads):
        sheet.write_string(at, column, text, head)
    for item in each.items:
        at += 1
        row = (
            item.dimension, item.name, number(item.points), item.asks, judged(item), number(item.score), grounds(item)
        )  # fmt: skip
        told = of_item(by, item) if by else ()
        _write(sheet, at, (*row, *told), cell)
        high = [2, 1 + len(item.asks) // 20, 1 + len(row[-1]) // 24]
        high += [1 + width(told[-1]) // (_DECIDED_WIDTHS[-1] - 1)] if told else []
        sheet.set_row(at, min(15 * max(high), _TALLEST))
    at += 1
    total = ("合计", "", "100", each.note, f"{each.grade}：{each.outcome}", number(each.score), "")
    _write(sheet, at, (*total, *(of_sheet(by) if by else ())), cell)
    sheet.set_row(at, 45)
    sheet.write_string(
        at + 2, 0, "审核人：　　　　　　　　　　审核意见：　　　　　　　　　　　　　　　　日期："
    )
    return at + 4


def _write(sheet: Any, at: int, words: Iterable[str], cell: Any) -> None:
    for column, text in enumerate(words):
        sheet.write_string(at, column, clean(text), cell)


def _formats(book: Any) -> tuple[Any, Any]:
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF4", "align": "center"})
    return head, book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})


def _page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
