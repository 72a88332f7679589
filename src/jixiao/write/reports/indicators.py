"""The indicator table of a form: its columns, the levels merged down, a header of one or two rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from jixiao.model.reports import IndicatorReport
from jixiao.read.report_labels import labels
from jixiao.write.reports.words import say, words
from jixiao.write.text.blocks import Cell, Kind, spread

Rows = list[list[Cell]]


class Column(NamedTuple):
    """A column: its heading, how wide, what it says of an indicator (by its number, from 0).

    ``over`` is the heading over several columns, "" where a column has one of its own.
    """

    heading: str
    width: int
    text: Callable[[int, IndicatorReport], str]
    kind: Kind = "value"
    over: str = ""


def column(
    name: str,
    text: Callable[[int, IndicatorReport], str],
    *,
    period: str = "",
    kind: Kind = "value",
) -> Column:
    """Return a column whose heading and width go by a name."""
    return Column(say(name, period), _width(name), text, kind)


def _width(name: str) -> int:
    known = words().widths
    plain = name.removesuffix("_monitoring").removeprefix("proposed_")
    return known[name] if name in known else known[plain]


def field(name: str) -> Callable[[int, IndicatorReport], str]:
    """Return what says a field of an indicator's report."""
    return lambda _, one: getattr(one, name) or ""


def ticks() -> list[Column]:
    """Return the columns of causes with the reason, and those of the likelihood."""
    return [
        *(
            Column(
                cause, words().widths["cause"], _ticked("causes", cause), "number", say("causes")
            )
            for cause in labels().choices["causes"]
        ),
        Column(say("reason"), words().widths["reason"], field("reason"), "value", say("causes")),
        *(
            Column(
                word,
                words().widths["likelihood"],
                _ticked("likelihood", word),
                "number",
                say("likelihood"),
            )
            for word in labels().choices["likelihood"]
        ),
    ]


def _ticked(name: str, word: str) -> Callable[[int, IndicatorReport], str]:
    def text(_: int, one: IndicatorReport) -> str:
        said = getattr(one, name) or ()
        return say("tick") if word == said or (isinstance(said, tuple) and word in said) else ""

    return text


def used(indicators: Sequence[IndicatorReport], *names: str) -> list[str]:
    """Return those of some fields that any indicator has."""
    return [name for name in names if any(getattr(one, name) for one in indicators)]


class IndicatorTable(NamedTuple):
    """The rows of headings, those of indicators, and where columns begin and end."""

    heads: Rows
    rows: Rows
    edges: list[int]
    columns: list[Column]

    def sum_row(self, first: str, texts: dict[str, str]) -> list[Cell]:
        """Return a row of sums: ``texts`` by heading, ``first`` over what comes before them."""
        begin = next(
            (at for at, each in enumerate(self.columns) if each.heading in texts),
            len(self.columns),
        )
        row = [Cell(first, 0, self.edges[begin], "label")]
        for at in range(begin, len(self.columns)):
            text = texts.get(self.columns[at].heading, "")
            row.append(Cell(text, self.edges[at], self.edges[at + 1], "number"))
        return row


def indicator_table(
    indicators: Sequence[IndicatorReport], columns: Sequence[Column], *, side: bool
) -> IndicatorTable:
    """Return the table; ``side`` has 绩效指标 merged down before it, as the paper form has."""
    levels = [column("level1", field("level1")), column("level2", field("level2"))]
    every = [*levels, *columns]
    left = words().widths["side"] if side else 0
    edges = spread([left, *(each.width for each in every)]) if side else spread(
        [each.width for each in every]
    )  # fmt: skip
    begin = edges[1:] if side else edges
    heads = _heads(every, begin)
    rows: Rows = [[] for _ in indicators]
    _merged(rows, [one.level1 for one in indicators], begin[0], begin[1])
    _merged(rows, [(one.level1, one.level2) for one in indicators], begin[1], begin[2])
    for number, one in enumerate(indicators):
        for at, each in enumerate(columns, 2):
            rows[number].append(Cell(each.text(number, one), begin[at], begin[at + 1], each.kind))
    if side:
        heads[0].insert(0, Cell(say("indicators"), 0, edges[1], "label", len(heads) + len(rows)))
        every = [Column("", left, lambda _n, _o: ""), *every]
    return IndicatorTable(heads, rows, edges, every)


def _heads(columns: Sequence[Column], edges: Sequence[int]) -> Rows:
    two = any(each.over for each in columns)
    heads: Rows = [[], []] if two else [[]]
    at = 0
    for over, group in groupby(columns, lambda each: each.over):
        members = list(group)
        for each in members:
            if over:
                heads[1].append(Cell(each.heading, edges[at], edges[at + 1], "head"))
            else:
                heads[0].append(
                    Cell(each.heading, edges[at], edges[at + 1], "head", 2 if two else 1)
                )
            at += 1
        if over:
            heads[0].append(Cell(over, edges[at - len(members)], edges[at], "head"))
    return heads


def _merged(rows: Rows, names: Sequence[object], begin: int, end: int) -> None:
    """Add a level's cells, merged down over the indicators that have the same."""
    at = 0
    for name, group in groupby(names):
        count = len(list(group))
        text = (name[-1] if isinstance(name, tuple) else name) or ""
        if text:
            rows[at].append(Cell(str(text), begin, end, rows=count))
        else:
            for row in rows[at : at + count]:
                row.append(Cell("", begin, end))
        at += count
