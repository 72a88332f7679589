"""填报表 of actuals: what was approved stands there locked, what was done is to be filled in.

``jixiao.read.reports`` reads it back, sorted anew, saved by another program, or as CSV.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from jixiao.model import Budget, Indicator, PerformanceText, Project
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.read.report_labels import ActualsColumn, labels, period
from jixiao.read.report_lists import KIND, OF_INDICATOR, OF_PROJECT
from jixiao.write.plain import clean
from jixiao.write.text.pages import lines_of
from jixiao.write.text.project import unit_words

Sheet = Literal["funds", "indicators"]

_HEAD_ROW = 2
_TALLEST = 400
_HINT = 255
_TITLE = 32
_MONEY_RULE = '=AND(ISNUMBER(VALUE(SUBSTITUTE({cell},",",""))),VALUE(SUBSTITUTE({cell},",",""))>=0)'
_NUMBER_RULE = "=ISNUMBER(VALUE({cell}))"
_INK, _FILL, _LOCKED, _EDGE, _MISSING = "#1F3A5F", "#DCE6F1", "#EEF0F2", "#B8C4D0", "#FBD5D5"
_ALLOWED = dict.fromkeys(("select_locked_cells", "select_unlocked_cells", "format_cells", "format_columns", "format_rows", "insert_columns", "sort", "autofilter"), True)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Row(NamedTuple):
    """A line of the table: its cells by role."""

    cells: dict[str, str]


class Table(NamedTuple):
    """A sheet: its columns with their headings, and its rows."""

    columns: list[tuple[ActualsColumn, str]]
    rows: list[Row]


def blank_reports(text: PerformanceText, month: int | None = None) -> Reports:
    """Return what a text's report has before anything is filled in: what was approved.

    ``month`` makes it one of monitoring, as of the end of that month.
    """
    return Reports(
        source=text.source,
        kind="self-evaluation" if month is None else "monitoring",
        year=text.year,
        month=month,
        unit=text.unit,
        projects=tuple(_blank(project, text) for project in text.projects),
        department=_department(text) if text.indicators else None,
    )


def _department(text: PerformanceText) -> ProjectReport:
    return ProjectReport(
        unit=text.unit,
        funds=Funds(initial=text.budget),
        goal=text.overall,
        indicators=_rows_of(text.indicators),
    )


def _blank(project: Project, text: PerformanceText) -> ProjectReport:
    unit = project.unit if project.unit.name or project.unit.code else text.unit
    return ProjectReport(
        code=project.code,
        name=project.name,
        unit=unit,
        department=project.department,
        funds=Funds(initial=project.budget),
        goal="\n".join(project.goals),
        indicators=_rows_of(project.indicators),
    )


def _rows_of(indicators: Sequence[Indicator]) -> tuple[IndicatorReport, ...]:
    return tuple(
        IndicatorReport(
            level1=one.level1,
            level2=one.level2,
            name=one.name,
            target=one.value.text,
            weight=one.weight,
        )
        for one in indicators
    )


def _numbered(reports: Reports) -> Iterator[tuple[int, str, ProjectReport]]:
    """Yield what has rows, with its number and name: projects from 1, the department as 0."""
    if reports.department is not None:
        yield 0, labels().actuals.whole, reports.department
    for number, project in enumerate(reports.projects, 1):
        yield number, project.name or "", project


def tables(reports: Reports) -> dict[Sheet, Table]:
    """Return the two sheets of reports: a row a project, a row an indicator."""
    actuals = labels().actuals
    return {
        "funds": _table(actuals.funds, list(_fund_rows(reports)), reports),
        "indicators": _table(actuals.indicators, list(_indicator_rows(reports)), reports),
    }


def _table(columns: Sequence[ActualsColumn], rows: list[Row], reports: Reports) -> Table:
    month = reports.month if reports.kind == "monitoring" else None
    shown = [
        (column, column.heading(month))
        for column in columns
        if column.only in (None, reports.kind)
        and not (column.optional and not any(row.cells.get(column.role) for row in rows))
    ]
    return Table(shown, rows)


def _fund_rows(reports: Reports) -> Iterator[Row]:
    for number, name, project in _numbered(reports):
        cells = {
            "project_number": str(number),
            "year": str(reports.year or ""),
            "unit_code": project.unit.code,
            "unit": project.unit.name,
            "department": unit_words(project.department),
            "money_unit": _money_unit(project),
        }
        for role in ("code", "goal", "goal_reached", "problems", "measures", "score"):
            cells[role] = getattr(project, role)
        cells["name"] = name
        for stage in project.funds.__struct_fields__:
            budget: Budget = getattr(project.funds, stage)
            for part in ("total", "fiscal", "other"):
                cells[f"{stage}.{part}"] = getattr(budget, part)
        yield Row({role: text or "" for role, text in cells.items()})


def _money_unit(project: ProjectReport) -> str | None:
    funds = project.funds
    budgets = (funds.initial, funds.adjusted, funds.spent, funds.expected)
    return next((each.money_unit for each in budgets if each.money_unit), None)


def _indicator_rows(reports: Reports) -> Iterator[Row]:
    for number, name, project in _numbered(reports):
        for at, one in enumerate(project.indicators, 1):
            cells = {
                "project_number": str(number),
                "number": str(at),
                "code": project.code or "",
                "name": name,
                "indicator.causes": "、".join(one.causes),
            }
            for role in one.__struct_fields__:
                if role not in ("causes", "place"):
                    cells[f"indicator.{role}"] = getattr(one, role) or ""
            yield Row(cells)


# ── CSV ────────────────────────────────────────────────────────────────────
def write_csv(reports: Reports) -> bytes:
    """Return one CSV table: rows of projects and of indicators, told apart by 类别.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    both = tables(reports)
    headings = list(dict.fromkeys(title for table in both.values() for _, title in table.columns))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([KIND, *headings])
    kinds = {"funds": OF_PROJECT, "indicators": OF_INDICATOR}
    for sheet, table in both.items():
        for row in table.rows:
            cells = {title: row.cells.get(column.role, "") for column, title in table.columns}
            line = [kinds[sheet], *(cells.get(title, "") for title in headings)]
            writer.writerow([guarded(clean(cell)) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def guarded(cell: str) -> str:
    """Return a cell of CSV that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


# ── Excel ──────────────────────────────────────────────────────────────────
def write_xlsx(reports: Reports) -> bytes:
    """Return the workbook to fill in."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, dict(_OPTIONS)) as book:
        title = _heading(reports)
        book.set_properties(
            {
                "title": title,
                "subject": clean(reports.unit.name),
                "created": datetime.datetime(2000, 1, 1),
            }
        )
        style = _Style(book)
        for key, table in tables(reports).items():
            sheet = book.add_worksheet(labels().actuals.sheets[key])
            _sheet(sheet, style, title, reports, table)
    return content.getvalue()


def _heading(reports: Reports) -> str:
    actuals = labels().actuals
    words = actuals.monitoring if reports.kind == "monitoring" else actuals.self_evaluation
    year = f"{reports.year}年度" if reports.year else ""
    return words["title"].format(year=year, month=reports.month, period=period(reports.month))


class _Style:
    def __init__(self, book: Any) -> None:
        made = book.add_format
        cell = {
            "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": _EDGE,
            "font_size": 10.5, "num_format": "@",
        }  # fmt: skip
        self.title = made({"bold": True, "font_size": 15, "font_color": _INK, "valign": "vcenter"})
        self.note = made({"font_color": "#666666", "font_size": 10, "valign": "vcenter"})
        self.fixed = made({**cell, "bg_color": _LOCKED, "font_color": "#444444"})
        self.open = made({**cell, "locked": False})
        head = {**cell, "bold": True, "align": "center", "font_color": _INK}
        self.head = made({**head, "bg_color": _FILL})
        self.head_fixed = made({**head, "bg_color": "#D9DCE0"})
        self.missing = made({"bg_color": _MISSING})


def _sheet(sheet: Any, style: _Style, title: str, reports: Reports, table: Table) -> None:
    unit = clean(reports.unit.name)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, clean(f"{title}　{unit}" if unit else title), style.title)
    sheet.write_string(1, 0, labels().actuals.guide, style.note)
    sheet.set_row(_HEAD_ROW, 34)
    first, last = _HEAD_ROW + 1, _HEAD_ROW + max(1, len(table.rows))
    fixed = 0
    for at, (column, heading) in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
        star = "* " if column.required else ""
        form = style.head_fixed if column.fixed else style.head
        sheet.write_string(_HEAD_ROW, at, star + heading, form)
        fixed = at + 1 if column.fixed and fixed == at else fixed
        _validate(sheet, column, heading, first, last, at)
        if column.required:
            sheet.conditional_format(
                first, at, last, at,
                {"type": "formula", "criteria": f"=LEN(TRIM({_name(first, at)}))=0", "format": style.missing},
            )  # fmt: skip
    for below, row in enumerate(table.rows, first):
        lines = max(
            lines_of(clean(row.cells.get(column.role, "")), max(1.0, column.width / 2 - 0.6))
            for column, _ in table.columns
        )
        sheet.set_row(below, min(_TALLEST, 5 + 14.5 * lines))
        for at, (column, _) in enumerate(table.columns):
            form = style.fixed if column.fixed else style.open
            text = clean(row.cells.get(column.role, ""))
            sheet.write_string(below, at, text[:32_000], form)
    sheet.autofilter(_HEAD_ROW, 0, last, len(table.columns) - 1)
    sheet.freeze_panes(first, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&C第 &P 页，共 &N 页")
    sheet.ignore_errors({"number_stored_as_text": "A1:AZ5000"})
    sheet.protect("", _ALLOWED)


def _validate(
    sheet: Any, column: ActualsColumn, heading: str, first: int, last: int, at: int
) -> None:
    options: dict[str, Any] = {"validate": "any"}
    cell = _name(first, at)
    if column.fixed:
        return
    if column.choices:
        # 偏差原因 may be several: what is not in the list is asked about, not refused.
        options = {
            "validate": "list",
            "source": list(column.choices),
            "error_type": "warning",
            "error_message": "下拉框里没有这一项，确定要这样填吗？几项并列时用顿号分开。",
        }
    elif column.money or column.number:
        rule = _MONEY_RULE if column.money else _NUMBER_RULE
        options = {
            "validate": "custom",
            "value": rule.format(cell=cell),
            "ignore_blank": True,
            "error_title": "填写不对",
            "error_message": "只写数字，不写单位。",
        }
    if column.hint:
        options["input_title"] = heading[:_TITLE]
        options["input_message"] = column.hint[:_HINT]
    if len(options) > 1:
        sheet.data_validation(first, at, last, at, options)


def _name(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, col_abs=True))
