"""Tables as CSV files: UTF-8 with a byte order mark, which Excel in Chinese needs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from jixiao.exchange.cells import decode, encoder
from jixiao.exchange.problems import Problems
from jixiao.exchange.tables import Column, Table

Opener = Callable[[], BinaryIO]
"""Opens a file from its beginning, each time anew."""

LONGEST_CELL = 64 * 1024 * 1024
"""Characters of the longest cell that is read; a whole text has under one million."""

_BLOCK = 1 << 20


class CsvWriter:
    """Writes a table row by row."""

    def __init__(self, path: Path, table: Table) -> None:
        """Begin the file with the names of the columns."""
        self._stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream, lineterminator="\r\n")
        self._columns = [(column.name, encoder(column)) for column in table.columns]
        self._writer.writerow(table.names)

    def add(self, row: dict[str, Any]) -> None:
        """Write a row."""
        get = row.get
        self._writer.writerow([encode(get(name)) for name, encode in self._columns])

    def close(self) -> None:
        """End the file."""
        self._stream.close()


def read_csv(
    open_file: Opener, file: str, table: Table, problems: Problems
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a file with their numbers as a spreadsheet counts them.

    The file is UTF-8, with or without byte order mark, or GB 18030. What is wrong is noted, and
    left out of its row: other rows may name this one, and are not wrong for it.
    """
    lines = csv_rows(open_file, file, problems)
    header = next(lines, None)
    columns = None if header is None else header_columns(header[1], file, table, problems)
    if columns is None:
        if header is None:
            problems.add(file, "是空的，连表头也没有")
        return
    absent = {
        column.name: "" if column.blank else None
        for column in table.columns
        if not column.computed and column not in columns
    }
    for number, cells in lines:
        wanted = columns
        if len(cells) != len(columns):
            problems.add(file, f"有 {len(cells)} 列，表头有 {len(columns)} 列", number)
            wanted = columns[:1]  # the rest may be out of step; what names this row is still there
        row = dict(absent)
        for cell, column in zip(cells, wanted, strict=False):
            if column.computed:
                continue
            try:
                row[column.name] = decode(cell, column)
            except ValueError as error:
                problems.add(file, str(error), number, column.name)
        yield number, row


def header_columns(
    names: list[str], file: str, table: Table, problems: Problems
) -> list[Column] | None:
    """Return the columns that a header names; None, and noted, where it is wrong."""
    known = {column.name: column for column in table.columns}
    before = problems.count
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        if name not in known:
            problems.add(file, f"第 {number} 列“{name[:40]}”不是“{table.title}”表的列，请删去", 1)
        elif name in seen:
            problems.add(file, "有两列是这个名字", 1, name)
        seen.add(name)
    for column in table.columns:
        if column.name not in seen and (column.required or column.name in table.key):
            problems.add(file, "缺少这一列", 1, column.name)
    return None if problems.count > before else [known[name] for name in names]


def csv_rows(open_file: Opener, file: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of cells of a file with their numbers; blank rows count, and are left out."""
    encoding = _encoding(open_file)
    if encoding is None:
        problems.add(file, "认不出文字编码，请另存为“CSV UTF-8”")
        return
    csv.field_size_limit(LONGEST_CELL)
    with open_file() as stream, TextIOWrapper(stream, encoding, newline="") as text:
        number = 0
        try:
            for number, cells in enumerate(csv.reader(text, strict=True), 1):
                if any(cells):
                    yield number, cells
        except csv.Error as error:
            problems.add(file, f"引号不成对，或有格子太长，从这里起读不下去（{error}）", number + 1)


def _encoding(open_file: Opener) -> str | None:
    """Return the encoding of a whole file, without holding it."""
    for name in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with open_file() as stream:
                while block := stream.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    return None
