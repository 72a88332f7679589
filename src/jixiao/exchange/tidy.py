"""Texts as a set of tidy tables, CSV or Parquet, and back without loss.

A set called ``out.csv`` is the files ``out.texts.csv``, ``out.projects.csv`` and so on, beside
each other. Texts are written as they come and not held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from jixiao.check import Finding
from jixiao.exchange.assemble import Given, assemble, check_keys
from jixiao.exchange.csv_set import CsvWriter, read_csv
from jixiao.exchange.flatten import FindingRows, Identifiers, text_rows
from jixiao.exchange.parquet_set import ParquetWriter, read_parquet
from jixiao.exchange.problems import ExchangeError, Problems
from jixiao.exchange.sources import Format, Member, members, sibling
from jixiao.exchange.staging import place_files, staged
from jixiao.exchange.tables import Table, tables
from jixiao.model import PerformanceText
from jixiao.model.errors import reason


class TableWriter(Protocol):
    """Writes the rows of a table to a file."""

    def add(self, row: dict[str, Any]) -> None:
        """Write a row."""

    def close(self) -> None:
        """End the file."""


_WRITERS: dict[Format, Callable[[Path, Table], TableWriter]] = {
    "csv": CsvWriter,
    "parquet": ParquetWriter,
}


def write_tables(
    texts: Iterable[PerformanceText],
    target: Path,
    format: Format,
    findings: Iterable[Finding] | None = None,
) -> dict[str, int]:
    """Write texts as a set of tables; return how many rows each has.

    The files appear when all of them are written. A table of an earlier set of that name is
    replaced, and that of findings goes where none are given. Raises ExchangeError.
    """
    with staged(target) as folder:
        counts = fill(folder, texts, format, findings)
        made = {folder / f"{name}.{format}": sibling(target, name) for name in counts}
        place_files(made, tuple(sibling(target, name) for name in tables() if name not in counts))
    return counts


def fill(
    folder: Path,
    texts: Iterable[PerformanceText],
    format: Format,
    findings: Iterable[Finding] | None = None,
) -> dict[str, int]:
    """Write each table as a file of its name into a folder; return how many rows each has.

    Raises ExchangeError where a text holds what is no character.
    """
    writers = {
        name: _WRITERS[format](folder / f"{name}.{format}", table)
        for name, table in tables().items()
        if not table.optional or findings is not None
    }
    counts = dict.fromkeys(writers, 0)
    named = Identifiers()
    about = FindingRows()
    try:
        with ExitStack() as ends:
            for writer in writers.values():
                ends.callback(writer.close)
            for ordinal, text in enumerate(texts, 1):
                text_id = named.text(text.source)
                if findings is not None:
                    about.note(text, text_id)
                for table, row in text_rows(text, text_id, ordinal):
                    writers[table].add(row)
                    counts[table] += 1
            for table, row in about.rows(findings or ()):
                writers[table].add(row)
                counts[table] += 1
    except UnicodeEncodeError as error:
        raise ExchangeError(
            f"有文字里夹着不成字的编码，写不出去：“{error.object[:20]!a}”", "请在原文中删去后再试"
        ) from error
    return counts


def read_tables(source: Path) -> list[PerformanceText]:
    """Return the texts that a set of tables or a data package holds.

    What the columns for analysis say is not looked at: words are the truth. Raises ExchangeError,
    which lists everything that is wrong, each with its file, row and column.
    """
    problems = Problems()
    try:
        with members(source) as (form, found):
            given = _given(found, form, problems)
    except OSError as error:
        raise ExchangeError(
            f"数据读不出来：{source.name}：{reason(error)}", "请检查文件名和权限"
        ) from error
    check_keys(given, problems)
    problems.check()
    texts = assemble(given, problems)
    problems.check()
    return texts


def _given(found: dict[str, Member], form: Format, problems: Problems) -> dict[str, list[Given]]:
    """Return the rows of each table; one that cannot be read at all is left out."""
    given = {}
    for name, table in tables().items():
        if table.optional:
            continue
        before = problems.count
        rows = _rows(found[name], form, table, problems) if name in found else []
        if rows or problems.count == before:
            given[name] = rows
    return given


def _rows(member: Member, form: Format, table: Table, problems: Problems) -> list[Given]:
    if form == "parquet" and member.path is not None:
        rows = read_parquet(member.path, member.name, table, problems)
    else:
        rows = read_csv(member.open, member.name, table, problems)
    return [Given(member.name, number, cells) for number, cells in rows]
