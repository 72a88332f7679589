"""The report in Markdown (GitHub's): for a mail, a wiki, or a change request."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from jixiao.check import Finding, Severity
from jixiao.check.review import Sheet
from jixiao.model import PerformanceText, Unreadable
from jixiao.write.overview import Fold, Overview, Part, TextPart, overview
from jixiao.write.plain import number, one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&!])")
_MANY = 6
"""So many places of one finding are listed; of more, the first ones and how many there are."""
_RANKED = 100
"""So many projects are ranked; of more, the worst ones."""


def markdown(
    findings: Iterable[Finding],
    texts: Sequence[PerformanceText],
    ran: Collection[str] | None = None,
    unreadable: Iterable[Unreadable] = (),
) -> str:
    """Return the report: a summary, the projects by severity, and each project's findings."""
    return "\n".join(_lines(overview(findings, texts, ran, unreadable)))


def escape(text: str | None) -> str:
    """Return a text as Markdown that shows just it, on one line: no markup, no HTML."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: int = 0) -> Iterator[str]:
    """Yield a table, its cells already escaped; the last ``right`` columns are numbers."""
    yield f"| {' | '.join(head)} |"
    left = len(head) - right
    yield f"|{'---|' * left}{'--:|' * right}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def verdict(sheet: Sheet) -> str:
    """Return a sheet's score and grade: 85.5 良."""
    return f"{number(sheet.score)} {sheet.grade}"


def _lines(seen: Overview) -> Iterator[str]:
    yield "# 绩效目标审核报告"
    yield ""
    told = "、".join(f"{each.chinese} {seen.counts[each.value]}" for each in Severity)
    waived = f"，另有豁免 {seen.waived}" if seen.waived else ""
    yield f"{len(seen.texts)} 份文本、{seen.projects} 个项目：{told}{waived}。"
    yield "得分和等级为**系统建议，供审核人员参考**。"
    yield ""
    if seen.unreadable:
        yield f"## 没有审核的文件（{len(seen.unreadable)} 个）"
        yield ""
        yield from (f"- {escape(each)}" for each in seen.unreadable)
        yield ""
    yield from _summary(seen)
    yield from _ranking(seen)
    for text in seen.texts:
        yield from _text(text)
    if seen.failed:
        yield "## 没有查完的规则"
        yield ""
        yield from (f"- {escape(each)}" for each in seen.failed)
        yield ""


def _counts(sheet: Sheet) -> list[str]:
    return [str(sheet.counts[each.value]) for each in Severity]


def _summary(seen: Overview) -> Iterator[str]:
    yield "## 汇总"
    yield ""
    head = ("预算单位", "年度", "文件", "建议", "项目", "错误", "警告", "提示")
    rows = (
        (
            escape(text.unit),
            str(text.year or ""),
            escape(text.source),
            verdict(text.whole.sheet),
            str(len(text.projects)),
            *_counts(text.whole.sheet),
        )
        for text in seen.texts
    )
    yield from table(head, rows, 4)
    if seen.rules:
        rows = (
            (each.code, escape(each.title), each.severity.chinese, str(each.count))
            for each in sorted(seen.rules, key=lambda each: -each.count)
        )
        yield from table(("规则", "名称", "级别", "处数"), rows, 1)


def _ranking(seen: Overview) -> Iterator[str]:
    if not seen.ranking:
        return
    yield "## 项目排序（问题最重的在前）"
    yield ""
    head = ("序号", "项目", "预算单位", "建议", "错误", "警告", "提示")
    rows = (
        (
            str(place),
            escape(part.name),
            escape(text.unit),
            verdict(part.sheet),
            *_counts(part.sheet),
        )
        for place, (text, part) in enumerate(seen.ranking[:_RANKED], 1)
    )
    yield from table(head, rows, 3)
    if len(seen.ranking) > _RANKED:
        yield f"其余 {len(seen.ranking) - _RANKED} 个项目从略。"
        yield ""


def _text(text: TextPart) -> Iterator[str]:
    year = f" {text.year}" if text.year else ""
    yield f"## {escape(text.unit)}{year}"
    yield ""
    yield f"文件：{escape(text.source)}"
    yield ""
    clean = [part for part in text.parts if not part.folds and not part.waived]
    for part in text.parts:
        if part.folds or part.waived:
            yield from _part(part)
    if len(clean) == len(text.parts):
        yield "没有发现问题。"
        yield ""


def _part(part: Part) -> Iterator[str]:
    heading = escape(part.name)
    if part.number is not None:
        heading = f"项目 {part.number}　{heading}（建议 {verdict(part.sheet)}）"
    yield f"### {heading}"
    yield ""
    for fold in part.folds:
        yield from _fold(fold)
    for fold in part.waived:
        yield from _waived(fold)
    yield ""


def _fold(fold: Fold) -> Iterator[str]:
    head = f"- **{fold.severity.chinese} {fold.code}** "
    if len(fold.said) == 1:
        said = fold.said[0]
        yield f"{head}{escape(said.message)}{_places(fold, 0)}"
    else:
        yield f"{head}{escape(fold.title)}（{fold.count} 处）"
        for position, said in enumerate(fold.said):
            yield f"  - {escape(said.message)}{_places(fold, position)}"
    if fold.suggestion:
        yield f"  - 建议：{escape(fold.suggestion)}"


def _places(fold: Fold, position: int) -> str:
    spots = fold.said[position].spots
    places = list(dict.fromkeys(spot.where for spot in spots if spot.where))
    listed = "、".join(escape(place) for place in places[:_MANY])
    if len(spots) == 1:
        return f"　{listed}" if listed else ""
    more = "等" if len(places) > _MANY else ""
    return f"　共 {len(spots)} 处：{listed}{more}" if listed else f"　共 {len(spots)} 处"


def _waived(fold: Fold) -> Iterator[str]:
    waiver = fold.waiver
    if waiver is None:
        return
    for position, said in enumerate(fold.said):
        yield f"- ~~{fold.severity.chinese} {fold.code} {escape(said.message)}~~{_places(fold, position)}"
    yield f"  - 豁免：{escape(waiver.reason)}（{escape(waiver.person)}，{waiver.date}）"
