"""审核意见表: findings as an Excel workbook, one row a finding, for the bureau to register and return.

Whatever a text says stands in its cell as words: nothing is a formula, a link or a number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from jixiao.check import Finding, rules
from jixiao.check.review import is_internal
from jixiao.model import PerformanceText, Unreadable
from jixiao.write.overview import Overview, overview, titles
from jixiao.write.plain import clean, number, one_line, width
from jixiao.write.subject import subject

LONGEST = 32_767
"""Characters that a cell can hold (Excel specifications and limits)."""

_CUT = "……（超过单元格长度，余下省略）"
_ANSWERS = ["采纳", "不采纳", "已改"]
# 列名与列宽（字符数）；最后两列不打印
_COLUMNS = (
    ("序号", 5), ("预算单位", 14), ("项目编码", 12), ("项目名称", 16), ("指标", 16), ("栏目", 10), ("规则", 12), ("严重程度", 6),
    ("问题", 28), ("原文", 16), ("建议", 28), ("位置", 12), ("处理意见", 8), ("说明", 14), ("依据", 30), ("文件", 24),
)  # fmt: skip
_PRINTED = 14
_LINE, _TALLEST = 15, 400
"""Height in points of a line of a row, and of the tallest row that Excel takes (409)."""

_ANSWER = next(at for at, (name, _) in enumerate(_COLUMNS) if name == "处理意见")
_NOTICE = "得分、等级为系统建议，供审核人员参考"


def workbook(
    findings: Iterable[Finding],
    texts: Sequence[PerformanceText],
    ran: Collection[str] | None = None,
    unreadable: Sequence[Unreadable] = (),
) -> bytes:
    """Return the workbook: the findings, the projects with their counts, the rules.

    Files that were given and could not be checked, and rules that failed, have a sheet of their
    own, if there are any.

    ``ran`` are the codes of the rules that were applied. A waived finding is listed last, with
    its reason in 说明.
    """
    findings = list(findings)
    found = [finding for finding in findings if not is_internal(finding)]
    left = [(each.file, each.message) for each in findings if is_internal(each)]
    left += [(each.file, each.message) for each in unreadable]
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": "绩效目标审核意见表", "comments": _NOTICE})
        _findings(book, found, texts)
        _projects(book, overview(found, texts, ran))
        _rules(book, {finding.code for finding in found})
        if left:
            _left(book, left)
    return content.getvalue()


def _findings(book: Any, found: Sequence[Finding], texts: Sequence[PerformanceText]) -> None:
    sheet = _sheet(book, "审核意见", [name for name, _ in _COLUMNS], [wide for _, wide in _COLUMNS])
    by_source = {text.source: text for text in texts}
    named = titles()
    cell = _format(book)
    rows = [finding for finding in found if finding.file in by_source]
    rows.sort(key=lambda finding: finding.waiver is not None)
    for at, finding in enumerate(rows, 1):
        about = subject(finding, by_source[finding.file])
        waiver = finding.waiver
        told = f"豁免：{waiver.reason}（{waiver.person}，{waiver.date}）" if waiver else ""
        line = (
            str(at), about.unit, about.project_code, about.project_label, about.indicator_label,
            about.field, f"{finding.code} {named.get(finding.code, '')}", finding.severity.chinese,
            finding.message, finding.evidence, finding.suggestion, about.place,
            "不采纳" if waiver else "", told, finding.policy, one_line(finding.file),
        )  # fmt: skip
        for column, text in enumerate(line):
            sheet.write_string(at, column, _fit(text), cell)
        sheet.set_row(at, _height(line[:_PRINTED]))
    last = max(1, len(rows))
    sheet.autofilter(0, 0, last, len(_COLUMNS) - 1)
    sheet.print_area(0, 0, last, _PRINTED - 1)
    sheet.data_validation(
        1, _ANSWER, last, _ANSWER, {"validate": "list", "source": _ANSWERS, "ignore_blank": True}
    )


def _height(line: Sequence[str]) -> int:
    """Return how tall a row must be for all its words to be seen: no program sets it by itself."""
    lines = max(
        sum(max(1, -(-width(part) // (wide - 1))) for part in text.split("\n"))
        for text, (_, wide) in zip(line, _COLUMNS, strict=False)
    )
    return min(_LINE * lines + 3, _TALLEST)


def _projects(book: Any, seen: Overview) -> None:
    heads = [
        "预算单位",
        "年度",
        "项目编码",
        "项目名称",
        "预算数",
        "错误",
        "警告",
        "提示",
        "豁免",
        "建议得分",
        "建议等级",
        "建议",
    ]
    sheet = _sheet(book, "汇总", heads, [24, 7, 23, 34, 14, 7, 7, 7, 7, 10, 10, 20])
    cell, plain = _format(book), _format(book)
    at = 0
    for text, part in seen.ranking:
        at += 1
        counts = part.sheet.counts
        words = (text.unit, str(text.year or ""), part.code, part.name, part.budget)
        for column, word in enumerate(words):
            sheet.write_string(at, column, _fit(word), cell)
        for column, count in enumerate((*counts.values(), part.sheet.waived), len(words)):
            sheet.write_number(at, column, count, plain)
        judged = (number(part.sheet.score), part.sheet.grade, part.sheet.outcome)
        for column, word in enumerate(judged, len(words) + 4):
            sheet.write_string(at, column, _fit(word), cell)
    sheet.write_string(at + 2, 0, f"{_NOTICE}。问题重的在前。")


def _rules(book: Any, codes: Collection[str]) -> None:
    sheet = _sheet(book, "规则说明", ["规则", "名称", "级别", "说明", "依据"], [8, 22, 8, 70, 60])
    cell = _format(book)
    known = [rule for code, rule in rules().items() if code in codes]
    for at, rule in enumerate(known, 1):
        document = (rule.__doc__ or "").partition("为什么：")[0]
        line = (rule.code, rule.title, rule.severity.chinese, one_line(document), rule.policy)
        for column, text in enumerate(line):
            sheet.write_string(at, column, _fit(text), cell)


def _left(book: Any, left: Sequence[tuple[str, str]]) -> None:
    """Write what was not checked: the file, and why."""
    sheet = _sheet(book, "没有查完的", ["文件", "原因"], [50, 90])
    cell = _format(book)
    for at, line in enumerate(left, 1):
        for column, text in enumerate(line):
            sheet.write_string(at, column, _fit(one_line(text)), cell)


def _sheet(book: Any, name: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
    """Return a sheet with its head: frozen, repeated on every page, printed on A4 across."""
    sheet = book.add_worksheet(name)
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#E8EEF4", "align": "center", "valign": "vcenter"}
    )
    for column, (text, wide) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(0, column, text, head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    return sheet


def _format(book: Any) -> Any:
    return book.add_format({"text_wrap": True, "valign": "top", "border": 1})


def _fit(text: str) -> str:
    """Return a text that a cell takes."""
    plain = clean(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(_CUT)] + _CUT
