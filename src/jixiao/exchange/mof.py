"""Performance tables of 《预算管理一体化系统技术标准》: written for that system, and read from it.

PM_PERF_GOAL_INFO and PM_PERF_INDICATOR hold projects, BGT_PERF_GOAL_INFO and BGT_PERF_INDICATOR
whole departments. Nothing is cut to the lengths of the standard: what is too long, missing or has
no field is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from jixiao.exchange.cells import guard
from jixiao.exchange.flatten import Identifiers
from jixiao.exchange.mof_files import read_rows, writer
from jixiao.exchange.mof_mapping import MofTable, load_mapping
from jixiao.exchange.mof_rows import MofRows
from jixiao.exchange.mof_texts import MofTexts
from jixiao.exchange.problems import ExchangeError, Problem, Problems
from jixiao.exchange.staging import staged
from jixiao.model import PerformanceText
from jixiao.model.errors import reason


class Exported(msgspec.Struct, frozen=True):
    """What was written: rows by table, and what the system that takes them will not like."""

    rows: dict[str, int]
    problems: tuple[Problem, ...]


class Loaded(msgspec.Struct, frozen=True):
    """What was read, and what a person should look at."""

    texts: tuple[PerformanceText, ...]
    problems: tuple[Problem, ...]


def export(
    texts: Iterable[PerformanceText],
    target: Path,
    mapping: Path | None = None,
    now: datetime | None = None,
) -> Exported:
    """Write texts as the standard's tables: out.csv is a CSV file a table, out.xlsx a workbook.

    ``mapping`` is an office's own mapping file, ``now`` the time to write as that of creation.
    Raises ExchangeError; problems of single cells are returned, and the cells written whole.
    """
    chosen = load_mapping(mapping)
    stamp = (now or datetime.now()).strftime("%Y%m%d%H%M%S%f")[:17]
    made = MofRows(chosen, stamp)
    named = Identifiers()
    told = Problems()
    counts = dict.fromkeys(chosen, 0)
    guarded = target.suffix.lower() == ".csv"
    with staged(target) as folder:
        out = writer(target, folder, chosen)
        try:
            for text in texts:
                for table, row in made.rows(text, named.text(text.source)):
                    out.add(table, row)
                    counts[table.name] += 1
                    for name, trouble in _troubles(table, row, guarded):
                        told.add(table.name, trouble, counts[table.name] + 1, name)
        except UnicodeEncodeError as error:
            raise ExchangeError(
                "有文字里夹着不成字的编码，写不出去", "请在原文中删去后再试"
            ) from error
        finally:
            out.close()
        out.place(target)
    for what, count in made.left.items():
        told.add(target.name, f"标准表没有对应的字段，{count} 处“{what}”没有写出")
    return Exported(counts, told.listed())


def _troubles(table: MofTable, row: dict[str, str], guarded: bool) -> Iterator[tuple[str, str]]:
    """Yield the fields of a row that the system will not like, and why."""
    for name, field in table.fields.items():
        text = row[name]
        if trouble := field.trouble(text):
            yield name, trouble
        if guarded and text and guard(text) != text:
            yield name, "开头像公式，前面加了一个单引号；导入系统前请去掉，或改为导出 xlsx"


def load(source: Path, mapping: Path | None = None) -> Loaded:
    """Read texts from the standard's tables: a workbook, CSV files by their common name, a folder.

    Raises ExchangeError, which lists every row that does not say clearly what it means; what is
    too long, missing or has no place in the model is returned beside the texts.
    """
    chosen = load_mapping(mapping)
    wrong, told = Problems(), Problems()
    texts = MofTexts(source.name, wrong, told)
    try:
        for table, file, rows in read_rows(source, chosen, wrong):
            texts.take(table, file, rows)
    except OSError as error:
        raise ExchangeError(
            f"{source.name} 读不出来：{reason(error)}", "请检查文件名和权限"
        ) from error
    wrong.check()
    return Loaded(tuple(texts.texts()), told.listed())
