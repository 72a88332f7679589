"""A comparison as text: short cells on one line, long ones one under the other, as ``diff`` has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jixiao.compare import Comparison, Kind
from jixiao.write.compare.marking import excerpts
from jixiao.write.compare.rows import Group, Row, groups, heading
from jixiao.write.compare.words import (
    count_words,
    kind_word,
    side_words,
    total_words,
    unstated_words,
)
from jixiao.write.plain import one_line, width

_SHORT = 36
"""Cells of up to so many columns stand on one line, old and new."""


def text(comparison: Comparison) -> str:
    """Return the comparison as lines that any terminal can show."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from _head(comparison)
    if comparison.kind is Kind.SAME:
        yield ""
        yield "没有不同。"
    for group in groups(comparison):
        yield ""
        yield from _group(group)
    if comparison.folded:
        yield ""
        yield f"另有 {comparison.folded} 处只是写法、次序或年份不同，没有列出。"


def _head(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    yield f"- 原　{one_line(before.source)}（{side_words(before)}）"
    yield f"+ 现　{one_line(after.source)}（{side_words(after)}）"
    yield ""
    yield from summary(comparison)


def summary(comparison: Comparison) -> Iterator[str]:
    """Yield the sentences that sum a comparison up."""
    counts, values = comparison.indicator_counts, comparison.value_counts
    yield f"项目：{count_words(comparison.project_counts)}"
    yield f"指标：{count_words(counts)}"
    if values.kept:
        yield f"指标值：两份都有的 {values.kept} 项指标中，{values.unchanged} 项没有变" + _ways(
            comparison
        )
    yield f"预算数：{total_words(comparison.totals)}"
    if unstated := unstated_words(comparison.totals):
        yield unstated


def _ways(comparison: Comparison) -> str:
    values = comparison.value_counts
    told = [
        f"{word} {count}"
        for word, count in (
            ("提高", values.raised),
            ("降低", values.lowered),
            ("要求收紧", values.tightened),
            ("要求放宽", values.loosened),
        )
        if count
    ]
    return f"；{'，'.join(told)}" if told else ""


def _group(group: Group) -> Iterator[str]:
    yield f"【{kind_word(group.kind)}】{heading(group)}"
    told = [group.code, *(each for each in group.remarks if each != kind_word(group.kind))]
    if line := "；".join(filter(None, (*told, group.money))):
        yield f"  {line}"
    if group.kind in (Kind.ADDED, Kind.DROPPED):
        yield from _listed(group)
        return
    for row in group.rows:
        if row.kind is not Kind.ROLLED:
            yield from _row(row)
    yield from _rolled(group)


def _rolled(group: Group) -> Iterator[str]:
    """Yield one line of the fields that only the year passed in: what they say, one can tell."""
    fields = Counter(row.field or row.what for row in group.rows if row.kind is Kind.ROLLED)
    if fields:
        told = "、".join(
            f"{name}（{count} 处）" if count > 1 else name for name, count in fields.items()
        )
        yield f"  {kind_word(Kind.ROLLED)}：{told}"


def _listed(group: Group) -> Iterator[str]:
    """Yield the whole of what came or went, each thing on its line."""
    sign = "+" if group.kind is Kind.ADDED else "-"
    for row in group.rows:
        label = row.label.removeprefix("原")
        yield f"  {sign} {label}：{row.brief or one_line(row.after or row.before)}"


def _row(row: Row) -> Iterator[str]:
    before, after = one_line(row.before), one_line(row.after)
    remark = f"　{row.remark}" if row.remark != kind_word(Kind.CHANGED) else ""
    if row.kind is Kind.MOVED:
        yield f"  {row.label}：{row.note}"
    elif row.brief:
        yield f"  {kind_word(row.kind)}　{row.label}：{row.brief}"
    elif before and after and max(width(before), width(after)) <= _SHORT:
        yield f"  {row.label}：{before} → {after}{remark}"
    else:
        yield f"  {row.label}{remark}"
        if before and after:
            before, after = excerpts(before, after)
        if before:
            yield f"    - {before}"
        if after:
            yield f"    + {after}"
