"""审核表 as PDF: the ranking, and of each project its form and the findings that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from jixiao.check import Finding, Severity
from jixiao.check.review import Review, Sheet
from jixiao.model import PerformanceText
from jixiao.write.plain import number, one_line
from jixiao.write.review.words import grounds, judged
from jixiao.write.subject import WHOLE, subject
from jixiao.write.text.blocks import Block, Cell, Heading, Kind, Line, Table, spread
from jixiao.write.text.pdf import REPORT, blocks_as_data, set_pages

_UNNAMED = "（没有名称）"
_RANKING = (("序号", 6), ("项目", 46), ("建议得分", 10), ("等级", 7), ("建议", 14), ("错误", 6), ("警告", 6), ("提示", 6))  # fmt: skip
_FORM = (
    ("审核方面", 11),
    ("审核内容", 13),
    ("分值", 6),
    ("建议意见", 13),
    ("建议得分", 8),
    ("扣分依据", 49),
)
_FINDINGS = (("级别", 7), ("规则", 7), ("位置", 24), ("意见", 36), ("建议", 26))


def review_pdf(
    reviews: Sequence[Review],
    texts: Mapping[str, PerformanceText],
    findings: Iterable[Finding],
) -> bytes:
    """Return the reviews of some texts as PDF.

    ``texts`` are the texts by file, ``findings`` those of all of them. Raises JixiaoError where
    there is no font for Chinese.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    blocks: list[Block] = []
    for one in reviews:
        blocks += _review(one, texts.get(one.file), by_file.get(one.file, []))
    title = reviews[0].title if reviews else "审核表"
    return set_pages(
        REPORT,
        {
            "title": title,
            "author": "",
            "cover": False,
            "landscape": False,
            "blocks": blocks_as_data(blocks),
        },
    )


def _review(one: Review, text: PerformanceText | None, found: list[Finding]) -> Iterator[Block]:
    unit = one_line(one.unit.name) or "（没有写明预算单位）"
    yield Heading(2, f"{unit}{f'　{one.year} 年' if one.year else ''}")
    yield Line(f"{one.notice}。依据{one.source}。文件：{one_line(one.file)}")
    if one.projects:
        yield Line("项目排序（问题重的在前）", title=True)
        yield _table(
            _RANKING, (_ranked(at, one.projects[n]) for at, n in enumerate(one.ranking, 1))
        )
    for place, sheet in [(None, one.text), *((n, one.projects[n]) for n in one.ranking)]:
        name = one_line(sheet.name) or _UNNAMED
        yield Heading(3, WHOLE if place is None else f"项目 {place + 1}　{name}", place is not None)
        yield _form(sheet)
        if sheet.note:
            yield Line(sheet.note)
        if text is not None:
            yield from _findings([each for each in found if each.project == place], text)
        yield Line("审核人：　　　　　　　　审核意见：　　　　　　　　　　　　日期：")


def _ranked(at: int, sheet: Sheet) -> list[str]:
    counts = (str(sheet.counts.get(each.value, 0)) for each in Severity)
    name = one_line(sheet.name) or _UNNAMED
    return [str(at), name, number(sheet.score), sheet.grade, sheet.outcome, *counts]


def _form(sheet: Sheet) -> Table:
    rows = [
        [each.dimension, each.name, number(each.points), judged(each), number(each.score), grounds(each)]
        for each in sheet.items
    ]  # fmt: skip
    total = ["合计", "", "100", sheet.grade, number(sheet.score), sheet.outcome]
    return _table(_FORM, [*rows, total])


def _findings(found: list[Finding], text: PerformanceText) -> Iterator[Block]:
    if not found:
        return
    yield Line("审核意见", title=True)
    rows = []
    for each in found:
        waived = f"（已豁免：{one_line(each.waiver.reason)}）" if each.waiver else ""
        where = subject(each, text).where
        rows.append(
            [each.severity.chinese, each.code, where, each.message + waived, each.suggestion]
        )
    yield _table(_FINDINGS, rows)


def _table(heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> Table:
    edges = spread([width for _, width in heads])
    spans = list(pairwise(edges))

    def line(cells: Sequence[str], kind: Kind) -> list[Cell]:
        return [Cell(text, *span, kind) for text, span in zip(cells, spans, strict=True)]

    return Table(
        [line([name for name, _ in heads], "head"), *(line(row, "value") for row in rows)], heads=1
    )
