"""Tables as Parquet files, a row group at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from jixiao.exchange.cells import accept, load_json_cell, shown
from jixiao.exchange.csv_set import header_columns
from jixiao.exchange.numbers import PRECISION, SCALE
from jixiao.exchange.problems import Problems
from jixiao.exchange.tables import Column, Table, version

ROWS = 20_000
"""Rows of a group: what is held in memory of a table that is being written."""

_JSON = ("places", "place", "stated")
_PYTHON: dict[str, tuple[type, str]] = {
    "string": (str, "文字"),
    "integer": (int, "整数"),
    "number": (Decimal, "数"),
    "boolean": (bool, "是否"),
    "date": (date, "日期"),
}


class ParquetWriter:
    """Writes a table; rows leave memory a group at a time."""

    def __init__(self, path: Path, table: Table) -> None:
        """Begin the file."""
        import pyarrow.parquet as pq

        self._schema = _schema(table)
        self._names = table.names
        self._json = [column.name for column in table.columns if column.type in _JSON]
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        """Write a row."""
        for name in self._json:
            if row.get(name) is not None:
                row = {**row, name: msgspec.json.encode(row[name]).decode()}
        self._rows.append(row)
        if len(self._rows) >= ROWS:
            self._flush()

    def close(self) -> None:
        """End the file."""
        try:
            if self._rows:
                self._flush()
            self._writer.close()
        except OSError:
            self._writer.is_open = False  # else it tries once more when it is thrown away
            raise

    def _flush(self) -> None:
        import pyarrow as pa

        columns = [
            pa.array([row.get(field.name) for row in self._rows], field.type)
            for field in self._schema
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
        self._rows.clear()


def read_parquet(
    path: Path, file: str, table: Table, problems: Problems
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a file with their numbers, from 1.

    What is wrong is noted, and left out of its row.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as content:
            columns = header_columns(content.schema_arrow.names, file, table, problems)
            if columns is None:
                return
            wanted = [column for column in columns if not column.computed]
            absent = {
                column.name: "" if column.blank else None
                for column in table.columns
                if not column.computed and column not in wanted
            }
            for batch in content.iter_batches(ROWS, columns=[column.name for column in wanted]):
                for cells in batch.to_pylist():
                    number += 1
                    yield number, {**absent, **_row(cells, wanted, (file, number), problems)}
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        problems.add(file, "不是完整的 Parquet 文件，读不下去", number + 1 if number else None)


def _row(
    cells: dict[str, Any], columns: list[Column], at: tuple[str, int], problems: Problems
) -> dict[str, Any]:
    row = {}
    for column in columns:
        try:
            row[column.name] = _value(cells[column.name], column)
        except ValueError as error:
            problems.add(at[0], str(error), at[1], column.name)
    return row


def _value(value: Any, column: Column) -> Any:
    if value is None:
        return accept(None, column)
    if column.type in _JSON and isinstance(value, str):
        return accept(load_json_cell(value, column), column)
    kind, word = _PYTHON.get(column.type, (str, "JSON 文字"))
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"应是{word}，现为“{shown(value)}”")
    return accept(value, column)


def _schema(table: Table) -> Any:
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "number": pa.decimal128(PRECISION, SCALE),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = [
        pa.field(
            column.name,
            types.get(column.type, pa.string()),
            nullable=not column.required,
            metadata={"title": column.title, "description": column.description},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"title": table.title, "schema": version()})
