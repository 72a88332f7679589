"""抽查复核: the list of the projects drawn, and a sheet for each to write new scores on."""

from __future__ import annotations

import csv
import datetime
import io
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from jixiao.model.recheck import Candidate, Draw, SheetRow, Stratum
from jixiao.read.report_labels import labels
from jixiao.write.plain import clean, number, one_line
from jixiao.write.reports.actuals import guarded
from jixiao.write.reports.forms import Form
from jixiao.write.reports.words import words, year_words
from jixiao.write.text.blocks import FULL, Block, Cell, Heading, Line, Table, spread

_LABEL, _MIDDLE, _SECOND = 130, 500, 620
_MYRIAD = Decimal(10_000)
_OPINION_LINES = "\n\n"


@cache
def _words() -> dict[str, Any]:
    path = resources.files("jixiao.write.reports") / "data" / "recheck.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def recheck_forms(draw: Draw, rows: Sequence[SheetRow], year: int | None) -> list[Form]:
    """Return the list of what was drawn and a sheet for each project, in the order of the draw."""
    made = [_list(draw, year)]
    for each in draw.drawn:
        lines = [row for row in rows if row.key == each.project.key]
        made.append(_sheet(each.project, lines, year))
    return made


def _list(draw: Draw, year: int | None) -> Form:
    said = _words()["list"]
    title = words().titles["recheck_list"].format(year=year_words(year))
    edges = spread(said["widths"])
    rows = [_row(edges, said["heads"], head=True)]
    for at, each in enumerate(draw.drawn, 1):
        one = each.project
        texts = [
            str(at),
            one_line(one.unit),
            one_line(one.code),
            one_line(one.name),
            "" if one.budget is None else number(one.budget / _MYRIAD),
            said["undecided"] if one.total is None else number(one.total),
            one.grade or said["undecided"],
            _layer_name(draw.strata[each.stratum]),
        ]
        rows.append(_row(edges, texts))
    about = said["drawn"].format(
        of=draw.of,
        drawn=len(draw.drawn),
        actual=number(draw.actual_share),
        share=number(draw.share),
        seed=one_line(draw.seed),
    )
    blocks: list[Block] = [
        Heading(3, title),
        Line(about),
        Table(rows, heads=1),
        Line(""),
        Line(said["how"].format(algorithm=draw.algorithm)),
        Line(said["source"].format(source=draw.source)),
        Line(said["layers"]),
        *(
            Line(said["layer"].format(name=_layer_name(each), formula=each.formula))
            for each in draw.strata
        ),
        *(Line(note) for note in draw.notes),
    ]
    return Form("抽查清单", blocks, landscape=True)


def _layer_name(stratum: Stratum) -> str:
    parts = (stratum.grade, stratum.money, one_line(stratum.unit) or None)
    return "，".join(each for each in parts if each)


def _sheet(project: Candidate, lines: Sequence[SheetRow], year: int | None) -> Form:
    said = _words()["sheet"]
    title = words().titles["recheck"].format(year=year_words(year))
    total = "" if project.total is None else number(project.total)
    rows = [
        _pair(said["name"], one_line(project.name), said["code"], one_line(project.code)),
        _pair(said["unit"], one_line(project.unit), said["total"], f"{total}　{project.grade or ''}".strip("　")),
    ]  # fmt: skip
    edges = spread(said["widths"])
    table = [_row(edges, said["heads"], head=True)]
    for line in lines:
        texts = [
            one_line(line.item),
            clean(line.target),
            clean(line.actual),
            number(line.full),
            "" if line.original is None else number(line.original),
            "" if line.rechecked is None else number(line.rechecked),
            "" if line.difference is None else number(line.difference),
            "",
            clean(line.reason),
        ]
        table.append(_row(edges, texts, left=(0, 1, 2, 7, 8)))
    bottom = [
        [Cell(said["opinion"], 0, _LABEL, "label"), Cell(_OPINION_LINES, _LABEL, FULL)],
        [Cell(said["sign"], 0, FULL)],
    ]
    blocks: list[Block] = [
        Heading(3, title, new_page=True),
        Table(rows),
        Line(""),
        Table([*table, *bottom], heads=1),
    ]
    return Form(one_line(project.name) or one_line(project.code), blocks, landscape=True)


def _pair(first: str, one: str, second: str, other: str) -> list[Cell]:
    return [
        Cell(first, 0, _LABEL, "label"),
        Cell(one, _LABEL, _MIDDLE),
        Cell(second, _MIDDLE, _SECOND, "label"),
        Cell(other, _SECOND, FULL),
    ]


def _row(
    edges: Sequence[int],
    texts: Sequence[str],
    *,
    head: bool = False,
    left: Sequence[int] = (1, 3, 7),
) -> list[Cell]:
    return [
        Cell(text, begin, end, "head" if head else "value" if at in left else "number")
        for at, (text, begin, end) in enumerate(zip(texts, edges, edges[1:], strict=False))
    ]


# ── the table to fill in ─────────────────────────────────────────────────────
def write_recheck_csv(rows: Sequence[SheetRow]) -> bytes:
    """Return the 复核评分表 to fill in, as CSV."""
    columns = labels().recheck.columns
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.label for column in columns])
    for row in rows:
        writer.writerow([guarded(_text(row, column.field)) for column in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def write_recheck_xlsx(rows: Sequence[SheetRow]) -> bytes:
    """Return the 复核评分表 to fill in, as a workbook; all but what is to be filled is locked."""
    import xlsxwriter

    said = labels().recheck
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # the same bytes each time
        cell = {"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
        head = book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#DCE6F1"})
        fixed = book.add_format({**cell, "bg_color": "#EEF0F2"})
        open_ = book.add_format({**cell, "locked": False})
        sheet = book.add_worksheet(said.sheet)
        sheet.write_string(0, 0, said.guide)
        for at, column in enumerate(said.columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(1, at, column.label, head)
            form = open_ if column.open else fixed
            for below, row in enumerate(rows, 2):
                sheet.write_string(below, at, _text(row, column.field), form)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, max(2, 1 + len(rows)), len(said.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True})
    return content.getvalue()


def _text(row: SheetRow, field: str) -> str:
    value = getattr(row, field)
    if value is None:
        return ""
    if field == "number":
        return str(value + 1)
    return number(value) if isinstance(value, Decimal) else clean(str(value))
