"""Findings for people: by file and project, the worst first, the same thing said once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from jixiao.check import Finding, Severity
from jixiao.cli.output import View
from jixiao.cli.printable import fold, one_line, width
from jixiao.model import PerformanceText

Line = list[tuple[str, str]]
"""A line as pieces of text, each with the style that it is shown in."""

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFORMATION: "cyan"}
_MANY = 6
"""So many places of one finding are listed; of more, the first ones and how many there are."""


def show_findings(text: PerformanceText, findings: Sequence[Finding], view: View) -> Iterator[Line]:
    """Yield the lines that tell what was found in a text; none where nothing was."""
    if not findings:
        return
    passed = [finding for finding in findings if finding.waiver is not None]
    findings = [finding for finding in findings if finding.waiver is None]
    year = f"　{text.year} 年" if text.year else ""
    projects = f"　{len(text.projects)} 个项目" if text.projects else ""
    yield [(one_line(text.source), "bold")]
    yield [(f"{one_line(text.unit.name or '（没有写明预算单位）')}{year}{projects}", "dim")]
    for position, found in _worst_first(findings):
        yield []
        if position is None:
            yield [("文本整体", "bold cyan")]
        else:
            name = one_line(text.projects[position].name or "（没有项目名称）")
            yield [(f"项目 {position + 1}　{name}", "bold cyan")]
        yield from _subject(text, found, view)
    if passed:
        yield []
        yield [(f"已豁免 {len(passed)} 条", "dim")]
        for words in dict.fromkeys(map(_waived, passed)):
            yield from _folded([("  ", "")], words, "dim", view)
    yield []


def _worst_first(findings: Sequence[Finding]) -> list[tuple[int | None, list[Finding]]]:
    """Return findings by project: the text itself, then the projects, the worst first."""
    groups: dict[int | None, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.project, []).append(finding)

    def badness(group: tuple[int | None, list[Finding]]) -> tuple[bool, list[int], int]:
        position, found = group
        counts = [-sum(one.severity is severity for one in found) for severity in Severity]
        return position is not None, counts, -1 if position is None else position

    return sorted(groups.items(), key=badness)


def show_together(
    texts: Iterable[PerformanceText], findings: Sequence[Finding], view: View
) -> Iterator[Line]:
    """Yield what several texts showed only when they were held against each other."""
    yield [("几份文本放在一起看", "bold")]
    yield []
    by_file = {text.source: text for text in texts}
    for file, found in groupby(findings, lambda finding: finding.file):
        yield from show_findings(by_file[file], list(found), view)


def show_total(counts: Mapping[str, int], files: int, clean: int, projects: int) -> list[Line]:
    """Return the line that ends a check: how much was found, in how much."""
    where = f"{files} 个文件、{projects} 个项目"
    if clean == files:
        return [[("没有发现问题", "bold green"), (f"（{where}）", "")]]
    pieces: Line = []
    for severity in Severity:
        count = counts.get(severity.value, 0)
        style = _STYLES[severity] if count else "dim"
        pieces += [("、" if pieces else "", ""), (f"{severity.chinese} {count}", style)]
    without = f"，其中 {clean} 个文件没有发现问题" if clean else ""
    return [[*pieces, (f"（{where}{without}）", "")]]


def painter(view: View) -> Callable[[Iterable[Line]], str]:
    """Return what turns lines into the text to write: with colours where there are any."""
    if view.colours is None:
        return lambda lines: "".join("".join(words for words, _ in line) + "\n" for line in lines)
    from rich.text import Text

    from jixiao.cli.show_text import console

    def paint(lines: Iterable[Line]) -> str:
        screen, paper = console(view)
        for line in lines:
            screen.print(Text.assemble(*line), soft_wrap=True)
        return paper.getvalue()

    return paint


def _subject(text: PerformanceText, findings: list[Finding], view: View) -> Iterator[Line]:
    """Yield what was found in one project, or in the text itself, the worst first."""
    findings.sort(key=lambda finding: (finding.severity.rank, finding.code))
    for _, same_code in groupby(findings, lambda finding: (finding.severity, finding.code)):
        found = list(same_code)
        head: Line = [
            (f"  {found[0].severity.chinese} ", _STYLES[found[0].severity]),
            (f"{found[0].code} ", "bold"),
        ]
        below = [(" " * sum(width(words) for words, _ in head), "")]
        by_suggestion: dict[str, dict[str, list[Finding]]] = {}
        for finding in found:
            messages = by_suggestion.setdefault(finding.suggestion, {})
            messages.setdefault(finding.message, []).append(finding)
        for suggestion, messages in by_suggestion.items():
            for message, same in messages.items():
                yield from _folded(head, message, "", view)
                yield from _folded(below, _places(text, same), "dim", view)
                head = below
            if suggestion:
                yield from _folded(below, f"→ {suggestion}", "green", view)


def _places(text: PerformanceText, findings: Sequence[Finding]) -> str:
    """Return where one thing was found: which indicators, and where they stand."""
    told = [_place(text, finding) for finding in findings]
    places = list(dict.fromkeys(filter(None, told)))
    listed = "、".join(places[:_MANY])
    if len(findings) == 1:
        return f"在{listed}" if listed else ""
    more = "等" if len(places) > _MANY else ""
    return f"共 {len(findings)} 处：{listed}{more}" if listed else f"共 {len(findings)} 处"


def _waived(finding: Finding) -> str:
    waiver = finding.waiver
    if waiver is None:
        return ""
    return f"{finding.code} {finding.message}：{waiver.reason}（{waiver.person}，{waiver.date}）"


def _place(text: PerformanceText, finding: Finding) -> str:
    place = str(finding.place) if finding.place else ""
    if finding.project is None or finding.indicator is None:
        return place
    name = one_line(text.projects[finding.project].indicators[finding.indicator].name or "")
    quoted = f"“{name}”" if name else ""
    return f"指标 {finding.indicator + 1}{quoted}{f'（{place}）' if place else ''}"


def _folded(head: Line, words: str, style: str, view: View) -> Iterator[Line]:
    """Yield a line, folded with what follows its head below it; nothing for no words."""
    if not words:
        return
    indent = sum(width(each) for each, _ in head)
    columns = max(20, view.columns - indent) if view.columns else None
    first, *rest = fold(one_line(words), columns)
    yield [*head, (first, style)]
    for line in rest:
        yield [(" " * indent, ""), (line, style)]
