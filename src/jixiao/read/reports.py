"""Reports read back: tables of actuals (填报表), 监控表 and 自评表, of any format that is read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from jixiao.model import BudgetUnit, Place, ReadingWarning, Unread
from jixiao.model.errors import ReadError
from jixiao.model.reports import ProjectReport, ReportKind, Reports
from jixiao.read.blocks import Blocks, Cell, Grid, Paragraph, tidy
from jixiao.read.columns import View
from jixiao.read.labels import fold, is_page_number
from jixiao.read.report_drafts import ProjectDraft
from jixiao.read.report_forms import FormRows
from jixiao.read.report_labels import (
    is_aside,
    label,
    money_unit_of,
    titled,
)
from jixiao.read.report_lists import Fault, ListRows, list_header

__all__ = ["Fault", "ReportsError", "read_reports", "read_reports_bytes", "recognise_reports"]

_SHOWN = 200
"""Lines of a message; more than these nobody mends by hand."""

_YEAR = re.compile(r"(20\d\d)\s*年?")
_MONTH = re.compile(r"截至(?:20\d\d年)?(\d{1,2})月|1[-—－–~至](\d{1,2})月")
_UNIT_LINE = re.compile(
    r"^(?:预算|填报|自评|实施|编制)?单位(?:名称)?(?:[(（]盖章[)）]|[(（]公章[)）])?[:：]\s*(.+)$"
)
_SENTENCE = re.compile("[。；！？]")
_TITLE_LENGTH = 80


class ReportsError(ReadError):
    """A table of actuals with rows that cannot be taken; ``faults`` lists all of them."""

    def __init__(self, what: str, how: str = "", faults: Sequence[Fault] = ()) -> None:
        """Take what is wrong, what to do, and each place."""
        super().__init__(what, how)
        self.faults = tuple(faults)


def read_reports(path: Path) -> Reports:
    """Read what a file reports of a unit's projects.

    Raises ReadError, and ReportsError, which lists every row that cannot be taken.
    """
    from jixiao.read import MAX_FILE

    if path.suffix.lower() == ".csv":
        try:
            if path.stat().st_size > MAX_FILE:
                raise ReadError("文件太大", "请确认它是填报的完成情况")
            data = path.read_bytes()
        except OSError as error:
            raise ReadError("文件读不出来", "请检查文件名和权限") from error
        return recognise_reports(csv_blocks(data), str(path))
    from jixiao.read import read_blocks

    return recognise_reports(read_blocks(path), str(path))


def read_reports_bytes(data: bytes, source: str) -> Reports:
    """Read what a file's content reports; ``source`` is its name. Raises as ``read_reports``."""
    from jixiao.read import _blocks, detect

    if source.lower().endswith(".csv"):
        return recognise_reports(csv_blocks(data), source)
    return recognise_reports(_blocks(data, detect(data)), source)


def csv_blocks(data: bytes) -> Blocks:
    """Return a CSV file as one grid. Raises ReadError."""
    from jixiao.read.encoding import decode

    text = decode(data).removeprefix("\ufeff")
    head = text[:4096]
    separator = max(",\t;", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ReadError("CSV 文件读不出来，可能不是文本", "请另存为 xlsx 再试") from error
    rows = tuple(
        tuple(Cell(_unguarded(tidy(cell)), row, column) for column, cell in enumerate(line))
        for row, line in enumerate(lines)
    )
    return Blocks((Grid(rows, 1),) if rows else ())


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from taking a cell for a formula."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r'" else cell


def recognise_reports(blocks: Blocks, source: str) -> Reports:
    """Return what the blocks of a file report.

    Raises ReadError where nothing in them is a report, ReportsError where rows cannot be taken.
    """
    return _Recogniser(blocks).read(source)


class _Recogniser:
    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._lists = ListRows()
        self._forms = FormRows()
        self._kinds: list[ReportKind] = []
        self._months: list[int] = []
        self._years: list[int] = []
        self._money: str | None = None
        self._unit: BudgetUnit | None = None
        self._unread: list[Unread] = []
        self._listed = False

    def read(self, source: str) -> Reports:
        for block in self._blocks.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._grid(block)
        if self._lists.faults:
            raise faulty(self._lists.faults)
        return self._finish(source)

    def _paragraph(self, block: Paragraph) -> None:
        text = block.text
        title = len(text) <= _TITLE_LENGTH
        known = False
        # what stands behind a title, after a wide blank, is the unit's name, whatever is in it
        if title and not _SENTENCE.search(text.strip().partition("\u3000")[0]):
            known = self._title(text)
        if (
            title
            and (found := _YEAR.search(text))
            and (known or text.strip("（()） \u3000").endswith(("年度", "年")))
        ):
            self._years.append(int(found[1]))
            known = True
        if title and (found := _MONTH.search(text)):
            self._months.append(int(found[1] or found[2]))
            known = True
        if title and (unit := money_unit_of(text)) and len(fold(text)) < _TITLE_LENGTH:
            self._money = self._money or unit
            known = True
        if title and (found := _UNIT_LINE.match(text)) and not money_unit_of(found[1]):
            from jixiao.read.report_drafts import _unit

            self._unit = self._unit or _unit(re.split(r"[\s\u3000]{2,}", found[1])[0], None)
            known = True
        if not (known or is_aside(text) or is_page_number(text) or fold(text).startswith("附件")):
            self._unread.append(Unread(text, block.place, "不在表里"))

    def _title(self, text: str) -> bool:
        if titled(text, "monitoring"):
            self._kinds.append("monitoring")
        elif titled(text, "self_evaluation"):
            self._kinds.append("self-evaluation")
        else:
            return False
        self._forms.begin(whole=titled(text, "whole"))
        return True

    def _grid(self, grid: Grid) -> None:
        view = View(grid)
        row = self._titles_inside(view)
        if row:
            grid = _below(grid, row)
            view = View(grid)
        if (header := list_header(view)) is not None:
            self._listed = True
            self._lists.read(view, header)
            if header.month:
                self._months.append(header.month)
                self._kinds.append("monitoring")
        elif not self._forms.read(grid):
            for cells in view.words:
                self._unread += [
                    Unread(cell.text, grid.place(cell), "不在监控表、自评表或填报表里")
                    for cell in cells
                    if not is_aside(cell.text)
                ]

    def _titles_inside(self, view: View) -> int:
        """Take the title where it stands in the table's own first rows; return the row after."""
        row = 0
        while row < min(view.height, 4):
            cells = [cell for cell in view.words[row] if cell.row == row]
            if (
                len(cells) != 1
                or label(cells[0].text, "fields")
                or (cells[0].colspan < view.width and view.spans)
            ):
                break
            self._paragraph(Paragraph(cells[0].text, 0))
            row += cells[0].rowspan
        return row if row < view.height else 0

    # ── putting it together ────────────────────────────────────────────────
    def _finish(self, source: str) -> Reports:
        forms = [draft for draft in self._forms.drafts if not draft.is_empty]
        listed = _not_in_forms(list(self._lists.drafts.values()), forms)
        if not forms and not listed:
            raise ReadError(
                "没有认出填报的完成情况：没有监控表、自评表，也没有填报表",
                "请用 jixiao monitor 或 evaluate 的 --template 生成填报表，填好再试",
            )
        if not any(draft.reports for draft in (*forms, *listed)):
            raise ReadError(
                "文件里是绩效目标，没有填报的内容：没有执行数，也没有完成值这一列",
                "请用 jixiao monitor 或 evaluate 的 --template 生成填报表，填好再试",
            )
        self._months += self._forms.months
        kind = self._kind(forms)
        every = [*listed, *forms]
        whole = [draft for draft in every if draft.whole]
        projects = [draft for draft in every if not draft.whole]
        finished = [draft.finish(self._money) for draft in projects]
        department = whole[0].finish(self._money) if whole else None
        years = [*self._years, *_years(self._lists.years)]
        return Reports(
            source=source,
            kind=kind,
            year=years[0] if years else None,
            month=self._months[0] if self._months and kind == "monitoring" else None,
            unit=self._unit or _unit_of([*finished, *([department] if department else [])]),
            projects=tuple(finished),
            department=department,
            unread=(*self._unread, *self._lists.unread, *self._forms.unread),
            warnings=tuple(self._warnings(whole)),
        )

    def _kind(self, forms: list[ProjectDraft]) -> ReportKind:
        if self._kinds:
            return self._kinds[-1]
        told = any(
            indicator.likelihood is not None or indicator.expected is not None
            for draft in (*forms, *self._lists.drafts.values())
            for _, indicator in draft.indicators
        )
        return "monitoring" if told or self._months else "self-evaluation"

    def _warnings(self, whole: list[ProjectDraft]) -> list[ReadingWarning]:
        warnings = self._blocks.warnings
        if len(set(self._months)) > 1:
            months = "、".join(map(str, dict.fromkeys(self._months)))
            warnings.append(ReadingWarning(f"文件里写了几个截至月份（{months}月），按第一个"))
        if len(whole) > 1:
            warnings.append(
                ReadingWarning(
                    f"有 {len(whole)} 张部门整体支出的表，只读第一张",
                    whole[1].place.get("self", Place()),
                )
            )
        return warnings


def faulty(faults: list[Fault]) -> ReportsError:
    """Return the error that tells all of some faults."""
    lines = [str(fault) for fault in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append(f"……另有 {len(faults) - _SHOWN} 处")
    listed = "".join(f"\n  {line}" for line in lines)
    return ReportsError(
        f"填报的内容有 {len(faults)} 处不对，没有读入：{listed}\n以上各处都要改",
        "改好后再试",
        faults,
    )


def _below(grid: Grid, rows: int) -> Grid:
    """Return a grid without its first rows; places stay those of the whole."""
    cells = tuple(
        tuple(Cell(c.text, c.row - rows, c.column, c.rowspan, c.colspan) for c in line)
        for line in grid.rows[rows:]
    )
    row, column = grid.origin
    return Grid(cells, grid.number, grid.sheet, (row + rows, column))


def _not_in_forms(listed: list[ProjectDraft], forms: list[ProjectDraft]) -> list[ProjectDraft]:
    """Leave out what a list, without indicators, only names again: a summary before the forms."""
    names = {fold(draft.fields.get("name", "")) for draft in forms}
    return [
        draft
        for draft in listed
        if draft.indicators or draft.whole or fold(draft.fields.get("name", "")) not in names
    ]


def _years(texts: list[str]) -> list[int]:
    return [int(found[1]) for text in texts if (found := _YEAR.search(text))]


def _unit_of(projects: list[ProjectReport]) -> BudgetUnit:
    """Return the unit that all projects name, if they name one."""
    units = {project.unit for project in projects}
    return units.pop() if len(units) == 1 else BudgetUnit()
