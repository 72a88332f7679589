"""绩效目标调整表: of each project that was adjusted what stood before and after, by indicator."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from jixiao.compare import Comparison, FieldChange, IndicatorChange, Kind
from jixiao.write.compare.rows import Row, groups
from jixiao.write.compare.words import adjustment_word, field_word, kind_word, note
from jixiao.write.plain import clean, one_line
from jixiao.write.text.blocks import Block, Cell, Heading, Line, Table, spread

_PART = "indicators"
_FIELD_WIDTHS = [20, 34, 34, 12]
_LINE_WIDTHS = [9, 9, 15, 9, 24, 24, 10]
_FACT_WIDTHS = [15, 85]


class Adjusted(msgspec.Struct, frozen=True):
    """A field of an indicator before and after; ``what`` names the field, 整项 for all of it."""

    level1: str
    level2: str
    name: str
    what: str
    kind: Kind
    before: str
    after: str
    note: str

    @property
    def is_whole(self) -> bool:
        """Whether the indicator came or went."""
        return self.kind in (Kind.ADDED, Kind.DROPPED)


class AdjustedProject(msgspec.Struct, frozen=True):
    """A project that was adjusted: fields and goals in ``rows``, the indicator table in ``lines``."""

    number: str
    name: str
    code: str
    money: str
    rows: tuple[Row, ...]
    lines: tuple[Adjusted, ...]


def adjusted(comparison: Comparison) -> list[AdjustedProject]:
    """Return the projects of a comparison that changed, in their order."""
    changed = [each for each in comparison.projects if each.kind is not Kind.SAME]
    # Without their indicators: those have lines of their own.
    bare = tuple(msgspec.structs.replace(each, indicators=()) for each in changed)
    every = groups(msgspec.structs.replace(comparison, projects=bare))
    found = every[len(every) - len(bare) :]
    return [
        AdjustedProject(
            group.number,
            group.title,
            group.code,
            group.money,
            group.rows,
            tuple(line for each in project.indicators for line in _lines(each)),
        )
        for project, group in zip(changed, found, strict=True)
    ]


def adjustment_blocks(
    projects: Sequence[AdjustedProject], facts: Sequence[tuple[str, str]]
) -> list[Block]:
    """Return the table to print; ``facts`` are what stands above it: whose, which time, why."""
    word = adjustment_word
    blocks: list[Block] = [Heading(1, word("title")), _table((), facts, _FACT_WIDTHS, label=True)]
    if not projects:
        blocks.append(Line(word("unchanged")))
    for project in projects:
        blocks.append(Heading(3, word("project").format(number=project.number, name=project.name)))
        if project.code:
            blocks.append(Line(f"{word('code')}：{project.code}"))
        if project.rows:
            heads = [word(name) for name in ("field", "before", "after", "note")]
            rows = [(row.label, row.before, row.after, row.remark) for row in project.rows]
            blocks += [_table(heads, rows, _FIELD_WIDTHS), Line("")]
        if project.lines:
            names = ("level1", "level2", "name", "field", "before", "after", "note")
            cells = [
                (each.level1, each.level2, each.name, each.what, each.before, each.after, each.note)
                for each in project.lines
            ]
            blocks.append(_table([word(name) for name in names], cells, _LINE_WIDTHS))
    return blocks


def _lines(line: IndicatorChange) -> Iterator[Adjusted]:
    ours, theirs = line.before, line.after
    side = theirs or ours
    if line.kind is Kind.SAME or side is None:
        return
    where = (one_line(side.level1), one_line(side.level2), one_line(side.name))
    if ours is None or theirs is None:
        told = "\n".join(_told(line.fields))
        nothing = adjustment_word("nothing")
        before, after = (told, nothing) if theirs is None else (nothing, told)
        what = adjustment_word("whole_line")
        yield Adjusted(*where, what, line.kind, before, after, kind_word(line.kind))
        return
    if line.moved:
        place = adjustment_word("place")
        was, now = place.format(number=ours.number), place.format(number=theirs.number)
        yield Adjusted(*where, adjustment_word("order"), Kind.MOVED, was, now, "")
    for change in line.fields:
        yield Adjusted(
            *where,
            field_word(change.field, _PART),
            change.kind,
            clean(change.before),
            clean(change.after),
            note(change),
        )


def _told(changes: Sequence[FieldChange]) -> Iterator[str]:
    """Yield what an indicator that came or went says besides its levels and its name."""
    for change in changes:
        text = one_line(change.after or change.before)
        if text and change.field not in ("level1", "level2", "name"):
            yield f"{field_word(change.field, _PART)}：{text}"


def _table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: list[int],
    *,
    label: bool = False,
) -> Table:
    edges = spread(widths)
    spans = list(itertools.pairwise(edges))
    made = [
        [
            Cell(text, begin, end, "label" if label and at == 0 else "value")
            for at, (text, (begin, end)) in enumerate(zip(row, spans, strict=True))
        ]
        for row in rows
    ]
    if not heads:
        return Table(made)
    head = [Cell(text, begin, end, "head") for text, (begin, end) in zip(heads, spans, strict=True)]
    return Table([head, *made], heads=1)
