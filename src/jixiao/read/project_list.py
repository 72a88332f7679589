"""A list of projects (项目清单, Excel or CSV): what each unit's text of the year is started from."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import msgspec

from jixiao.model import BudgetUnit, PerformanceText, Project, ReadingWarning
from jixiao.model.errors import ReadError, reason
from jixiao.model.values import to_decimal
from jixiao.read import MAX_FILE, read
from jixiao.read.blocks import MAX_CELLS, BlockList, Blocks, Cell, tidy, too_large
from jixiao.read.encoding import decode
from jixiao.read.recognise import recognise

_DELIMITED = (".csv", ".tsv")
_DELIMITERS = ",\t;，"
_TOP = 4000
"""Characters of a file by which it is told what divides its columns."""


def read_project_list(path: Path) -> PerformanceText:
    """Return the projects that a list names, with what it says of each.

    Columns are known by their names, as everywhere (项目编码, 项目名称, 预算数, 预算单位, …). What is
    wrong with rows is in ``warnings``, all of it at once. Raises ReadError where the file cannot be
    read or names no project.
    """
    if path.suffix.lower() in _DELIMITED:
        text = recognise(_delimited(path), str(path))
    else:
        text = read(path)
    if not text.projects:
        raise ReadError(
            "没有认出项目清单", "第一行写栏目名，至少要有“项目名称”一栏，下面一行一个项目"
        )
    return msgspec.structs.replace(text, warnings=(*text.warnings, *_wrong(text)))


def by_unit(text: PerformanceText) -> list[PerformanceText]:
    """Return a text for each unit that a list's projects are of, in the order of the list."""
    groups: dict[BudgetUnit, list[Project]] = {}
    for project in text.projects:
        unit = project.unit if project.unit.name or project.unit.code else text.unit
        groups.setdefault(unit, []).append(project)
    if len(groups) == 1:
        return [text]
    return [
        msgspec.structs.replace(text, unit=unit, projects=tuple(projects), place={})
        for unit, projects in groups.items()
    ]


def _wrong(text: PerformanceText) -> list[ReadingWarning]:
    """Return what is wrong with rows of the list, each with its place."""
    found = []
    codes = Counter(project.code for project in text.projects if project.code)
    for project in text.projects:
        place = project.place.get("code") or project.place.get("self")
        if project.code and codes[project.code] > 1:
            found.append(
                ReadingWarning(
                    f"项目编码 {project.code[:40]} 有 {codes[project.code]} 行在用", place
                )
            )
        if not project.name:
            found.append(ReadingWarning("这一行没有项目名称", project.place.get("self")))
        for name in ("total", "fiscal", "other"):
            amount = getattr(project.budget, name)
            if amount and to_decimal(amount) is None:
                found.append(
                    ReadingWarning(f"金额“{amount[:30]}”不是数字", project.place.get(name) or place)
                )
    return found


def _delimited(path: Path) -> Blocks:
    """Return the rows of a CSV file as one grid. Raises ReadError."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise ReadError(f"文件太大，超过 {MAX_FILE // 1024 // 1024} MB", "请拆成几个文件")
        words = decode(path.read_bytes())
    except FileNotFoundError as error:
        raise ReadError("文件不存在", "请检查文件名和路径") from error
    except OSError as error:
        raise ReadError(f"文件读不出来：{reason(error)}", "请检查文件名和权限") from error
    top = words[:_TOP].split("\n")
    delimiter = max(_DELIMITERS, key=lambda each: max(line.count(each) for line in top))
    rows: list[list[Cell]] = []
    count = 0
    out = BlockList()
    try:
        for number, line in enumerate(csv.reader(StringIO(words), delimiter=delimiter)):
            count += len(line)
            if count > MAX_CELLS:
                raise too_large()
            rows.append([Cell(tidy(cell), number, at) for at, cell in enumerate(line)])
    except csv.Error as error:
        raise ReadError(
            f"CSV 文件写得不完整（{error}）", "请用 Excel 或 WPS 打开后另存一份再试"
        ) from error
    out.grid([row for row in rows if any(cell.text for cell in row)])
    return Blocks(tuple(out.blocks))
