"""统计: how often each rule found something, and in which units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from jixiao.check import Finding, Severity, rules
from jixiao.check.review import is_internal
from jixiao.model import PerformanceText
from jixiao.write.plain import one_line, pad, width

SCHEMA = "jixiao/stats/1"
"""Name and version of the JSON contract; the number rises when a reader of it would break."""


class RuleStats(msgspec.Struct, frozen=True):
    """One rule over all texts."""

    code: Annotated[str, Meta(description="规则代码")]
    title: Annotated[str, Meta(description="规则名称")]
    severity: Annotated[Severity, Meta(description="E 错误、W 警告、I 提示")]
    findings: Annotated[int, Meta(description="处数，不计豁免的")]
    waived: Annotated[int, Meta(description="豁免的处数")]
    projects: Annotated[int, Meta(description="涉及的项目个数")]
    texts: Annotated[int, Meta(description="涉及的文本份数")]


class UnitStats(msgspec.Struct, frozen=True):
    """One budget unit, with all its texts."""

    unit: Annotated[str, Meta(description="预算单位")]
    texts: Annotated[int, Meta(description="文本份数")]
    projects: Annotated[int, Meta(description="项目个数")]
    indicators: Annotated[int, Meta(description="指标项数")]
    errors: int
    warnings: int
    hints: int
    per_project: Annotated[str, Meta(description="平均每个项目的错误数，两位小数")]


class Stats(msgspec.Struct, frozen=True):
    """What a check over many texts comes to."""

    schema: str
    texts: int
    projects: int
    indicators: int
    rules: tuple[RuleStats, ...]
    units: tuple[UnitStats, ...]


def stats(findings: Iterable[Finding], texts: Sequence[PerformanceText]) -> Stats:
    """Return the numbers: rules with most findings first, units with most errors a project first."""
    found = [finding for finding in findings if not is_internal(finding)]
    by_rule: dict[str, list[Finding]] = {}
    for finding in found:
        by_rule.setdefault(finding.code, []).append(finding)
    units: dict[str, list[PerformanceText]] = {}
    for text in texts:
        units.setdefault(one_line(text.unit.name) or "（没有写明预算单位）", []).append(text)
    severities: dict[str, Counter[Severity]] = {}
    for finding in found:
        if finding.waiver is None:
            severities.setdefault(finding.file, Counter())[finding.severity] += 1
    per_unit = [_unit(name, theirs, severities) for name, theirs in units.items()]
    return Stats(
        SCHEMA,
        len(texts),
        sum(len(text.projects) for text in texts),
        sum(_indicators(text) for text in texts),
        tuple(sorted(map(_rule, by_rule.values()), key=lambda one: (-one.findings, one.code))),
        tuple(sorted(per_unit, key=lambda one: (-one.errors / max(1, one.projects), one.unit))),
    )


def as_text(numbers: Stats) -> str:
    """Return the numbers as two tables for people."""
    lines = [
        f"{numbers.texts} 份文本、{numbers.projects} 个项目、{numbers.indicators} 项指标",
        "",
        *_table(
            ("规则", "名称", "级别", "处数", "项目", "文本", "豁免"),
            [
                (one.code, one.title, one.severity.chinese, one.findings, one.projects, one.texts, one.waived)
                for one in numbers.rules
            ],
        ),
        "",
        *_table(
            ("预算单位", "文本", "项目", "指标", "错误", "警告", "提示", "每个项目的错误"),
            [
                (one.unit, one.texts, one.projects, one.indicators, one.errors, one.warnings, one.hints, one.per_project)
                for one in numbers.units
            ],
        ),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _rule(found: Sequence[Finding]) -> RuleStats:
    open_ = [finding for finding in found if finding.waiver is None]
    rule = rules().get(found[0].code)
    return RuleStats(
        found[0].code,
        rule.title if rule else "",
        min((finding.severity for finding in found), key=lambda severity: severity.rank),
        len(open_),
        len(found) - len(open_),
        len({(one.file, one.project) for one in open_ if one.project is not None}),
        len({one.file for one in open_}),
    )


def _unit(
    name: str, texts: Sequence[PerformanceText], severities: dict[str, Counter[Severity]]
) -> UnitStats:
    counts: Counter[Severity] = Counter()
    for text in texts:
        counts.update(severities.get(text.source, {}))
    projects = sum(len(text.projects) for text in texts)
    errors = counts[Severity.ERROR]
    return UnitStats(
        name,
        len(texts),
        projects,
        sum(map(_indicators, texts)),
        errors,
        counts[Severity.WARNING],
        counts[Severity.INFORMATION],
        f"{errors / max(1, projects):.2f}",
    )


def _indicators(text: PerformanceText) -> int:
    return len(text.indicators) + sum(len(project.indicators) for project in text.projects)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [heads, *[[str(word) for word in row] for row in rows]]
    wide = [max(width(line[column]) for line in lines) for column in range(len(heads))]
    words = [all(not isinstance(row[column], int) for row in rows) for column in range(len(heads))]
    return [
        "  ".join(
            pad(word, columns, right=not left)
            for word, columns, left in zip(line, wide, words, strict=True)
        ).rstrip()
        for line in lines
    ]
