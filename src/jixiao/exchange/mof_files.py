"""Files of the Ministry of Finance's tables: a CSV file each, or one workbook with a sheet each."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from jixiao.exchange.cells import guard, unguard
from jixiao.exchange.csv_set import csv_rows
from jixiao.exchange.mof_mapping import Mapping, MofTable
from jixiao.exchange.problems import ExchangeError, Problems
from jixiao.exchange.sources import check_zip, opened_zip, sibling
from jixiao.exchange.staging import place_files
from jixiao.model.errors import ReadError

MAX_ROWS = 1_048_576
MAX_CELL = 32_767
"""Rows of a sheet and characters of a cell (Excel specifications and limits)."""

NOTES = "说明"
"""The sheet that says what the fields are; it is not read back."""

_SPACE = "请改为导出 CSV（文件名以 .csv 结尾）"


class MofWriter(Protocol):
    """Writes rows of several tables."""

    def add(self, table: MofTable, row: dict[str, str]) -> None:
        """Write a row."""

    def close(self) -> None:
        """End the files."""

    def place(self, target: Path) -> None:
        """Give the files their names."""


class CsvFiles:
    """A CSV file for each table, beside each other: out.csv → out.PM_PERF_GOAL_INFO.csv."""

    def __init__(self, folder: Path, mapping: Mapping) -> None:
        """Begin the files in a folder of their own."""
        self._folder = folder
        self._streams = {
            name: (folder / name).open("w", encoding="utf-8-sig", newline="") for name in mapping
        }
        self._writers = {
            name: csv.writer(stream, lineterminator="\r\n")
            for name, stream in self._streams.items()
        }
        for name, table in mapping.items():
            self._writers[name].writerow(table.fields)

    def add(self, table: MofTable, row: dict[str, str]) -> None:
        """Write a row; an empty cell is blank, here nothing else is."""
        self._writers[table.name].writerow([guard(text) if text else "" for text in row.values()])

    def close(self) -> None:
        """End the files."""
        for stream in self._streams.values():
            stream.close()

    def place(self, target: Path) -> None:
        """Give the files their names."""
        place_files({self._folder / name: sibling(target, name) for name in self._streams})


class Workbook:
    """One workbook with a sheet for each table, and one that says what the fields are."""

    def __init__(self, folder: Path, mapping: Mapping) -> None:
        """Begin the workbook in a folder of its own."""
        import xlsxwriter

        self._path = folder / "out.xlsx"
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._path, options)
        head = self._book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        # As text: Excel must not make a number of a code that somebody goes into.
        self._text = self._book.add_format({"num_format": "@"})
        self._sheets: dict[str, Any] = {}
        self._rows = dict.fromkeys(mapping, 0)
        for name, table in mapping.items():
            sheet = self._sheets[name] = self._book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(table.fields) - 1, 18, self._text)
            for column, field in enumerate(table.fields):
                sheet.write_string(0, column, field, head)
        self._notes(mapping, head)

    def add(self, table: MofTable, row: dict[str, str]) -> None:
        """Write a row. Raises ExchangeError where a sheet has no room for it."""
        self._rows[table.name] += 1
        at = self._rows[table.name]
        if at >= MAX_ROWS:
            raise ExchangeError(f"{table.name} 超过 {MAX_ROWS - 1} 行，Excel 放不下", _SPACE)
        for column, (name, text) in enumerate(row.items()):
            if len(text) > MAX_CELL:
                raise ExchangeError(
                    f"{table.name} 第 {at + 1} 行“{name}”列超过 {MAX_CELL} 字，Excel 放不下",
                    _SPACE,
                )
            if text:
                self._sheets[table.name].write_string(at, column, text, self._text)

    def close(self) -> None:
        """End the file."""
        self._book.close()

    def place(self, target: Path) -> None:
        """Give the file its name."""
        place_files({self._path: target})

    def _notes(self, mapping: Mapping, head: Any) -> None:
        sheet = self._book.add_worksheet(NOTES)
        sheet.set_column(0, 1, 22)
        sheet.set_column(2, 2, 26)
        sheet.set_column(3, 4, 10)
        lines = [("表", "字段", "含义", "最长", "必填")]
        for table in mapping.values():
            for name, field in table.fields.items():
                length = "" if field.length is None else str(field.length)
                lines.append(
                    (table.name, name, field.title, length, "是" if field.required else "")
                )
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write_string(at, column, text, None if at else head)


def writer(target: Path, folder: Path, mapping: Mapping) -> MofWriter:
    """Return what writes to a target. Raises ExchangeError for another kind of file."""
    kinds: dict[str, type[CsvFiles] | type[Workbook]] = {".csv": CsvFiles, ".xlsx": Workbook}
    kind = kinds.get(target.suffix.lower())
    if kind is None:
        raise ExchangeError(f"标准表写不成“{target.suffix}”文件", "请用 .csv 或 .xlsx 结尾的文件名")
    return kind(folder, mapping)


def read_rows(
    source: Path, mapping: Mapping, problems: Problems
) -> Iterator[tuple[MofTable, str, Iterator[tuple[int, list[str]]]]]:
    """Yield each table that is there: with the name of its file or sheet, and its rows of cells.

    Raises ExchangeError where there is none.
    """
    if source.suffix.lower() == ".xlsx":
        yield from _sheets(source, mapping)
        return
    found = [(table, _csv_path(source, table.name, mapping)) for table in mapping.values()]
    there = [(table, path) for table, path in found if path.is_file()]
    if not there:
        raise ExchangeError(
            f"没有找到 {'、'.join(path.name for _, path in found)} 中的任何一个",
            "请检查文件名，或另用映射文件写明表名",
        )
    for table, path in there:
        opened = path.open
        rows = csv_rows(lambda opened=opened: opened("rb"), path.name, problems)  # type: ignore[misc]
        yield table, path.name, ((at, [unguard(cell) for cell in cells]) for at, cells in rows)


def _csv_path(source: Path, table: str, mapping: Mapping) -> Path:
    if source.is_dir():
        return source / f"{table}.csv"
    stem, dot, last = source.stem.rpartition(".")
    if dot and last in mapping:
        source = source.with_name(stem + source.suffix)
    if source.stem in mapping:
        return source.with_name(table + source.suffix)
    return sibling(source, table)


def _sheets(
    source: Path, mapping: Mapping
) -> Iterator[tuple[MofTable, str, Iterator[tuple[int, list[str]]]]]:
    import python_calamine as calamine

    from jixiao.read.sheet_formats import Formats

    # Measured first: the library below unpacks whatever is there.
    with opened_zip(source) as package:
        check_zip(package, source.name)
    try:
        formats = Formats.of(source.read_bytes())
        book = calamine.CalamineWorkbook.from_path(source)
        names = [name for name in mapping if name in book.sheet_names]
        if not names:
            raise ExchangeError(
                f"{source.name} 里没有 {'、'.join(mapping)} 中的任何一个工作表",
                "请检查工作表名，或另用映射文件写明表名",
            )
        for name in names:
            codes = formats.of_sheet(name)
            lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = (
                (
                    at,
                    [
                        _shown(value, codes.get((at - 1, column)))
                        for column, value in enumerate(line)
                    ],
                )
                for at, line in enumerate(lines, 1)
            )
            yield mapping[name], name, (row for row in rows if any(row[1]))
    except ReadError as error:
        raise ExchangeError(f"{source.name}：{error.what}", error.how) from error
    except (calamine.CalamineError, ValueError) as error:
        raise ExchangeError(
            f"{source.name} 不完整或已损坏", "请用 Excel 或 WPS 打开后另存为 xlsx 再试"
        ) from error


def _shown(value: object, code: str | None) -> str:
    from jixiao.read.sheet_formats import shown

    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return shown(float(value), code)
    if isinstance(value, datetime.date | datetime.datetime | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)
