"""监控表 and 自评表 as offices publish them: labels decide, never positions."""

from __future__ import annotations

from jixiao.model import Place, Unread
from jixiao.model.reports import IndicatorReport
from jixiao.model.values import to_decimal
from jixiao.read.blocks import Cell, Grid
from jixiao.read.columns import View
from jixiao.read.labels import fold
from jixiao.read.report_drafts import (
    RATE,
    RATE_SCORE,
    RATE_WEIGHT,
    ProjectDraft,
    amount,
    causes_in,
    explained,
)
from jixiao.read.report_headers import (
    AMOUNTS,
    LEVELS,
    Column,
    field_role,
    first_below,
    fund_header,
    heading_over,
    indicator_header,
    names_project,
    numbers_under,
    one_line,
    pairs,
    part_of_row,
    says_something,
    stacked,
)
from jixiao.read.report_labels import (
    Said,
    choice,
    is_aside,
    is_label,
    is_subtotal,
    is_tick,
    is_total,
    label,
    money_unit_of,
)

_OF_RATE = {"rate": RATE, "weight": RATE_WEIGHT, "score": RATE_SCORE}
_ONCE = frozenset(("weight", "score"))
"""Of a cell merged down over several indicators these are said once, other things of each."""

_TEXTS = frozenset(IndicatorReport.__struct_fields__) - {"causes", "place"} | {"sign", "measure"}
_GROUP_ROWS = 2
_SHORT = 20
_SIGNS = {"≥", "≤", "=", ">", "<", "＝", "＞", "＜", "≧", "≦"}


class FormRows:
    """Reads the grids of forms in order; a grid without headings goes on with the one before."""

    def __init__(self) -> None:
        """Begin before the first grid."""
        self.drafts: list[ProjectDraft] = []
        self.unread: list[Unread] = []
        self.months: list[int] = []
        self.whole = False
        self._draft: ProjectDraft | None = None
        self._columns: list[Column] = []
        self._width = 0
        self._levels: dict[str, str] = {}

    def begin(self, *, whole: bool) -> None:
        """Take a title: the next grid begins a form."""
        self.whole = whole
        self._draft = None
        self._columns = []

    def read(self, grid: Grid) -> bool:
        """Read a grid; return False where it is no part of a form."""
        view = View(grid)
        if not (
            self._goes_on(view) or any(says_something(view, row) for row in range(view.height))
        ):
            return False
        row = 0
        if self._goes_on(view):
            row = self._indicators(view, 0)
        while row < view.height:
            if (columns := indicator_header(view, row)) is not None:
                row, self._columns, self._width = columns[1], columns[0], view.width
                self.months += columns[2]
                row = self._indicators(view, row)
            elif (funds := fund_header(view, row)) is not None:
                self.months += [said.month for said in funds.values() if said.month]
                row = self._funds(view, row, funds)
            else:
                row = self._information(view, row)
        return True

    def _goes_on(self, view: View) -> bool:
        return (
            bool(self._columns)
            and self._draft is not None
            and view.width == self._width
            and indicator_header(view, 0) is None
            and not any(names_project(view, row) for row in range(view.height))
        )

    def _current(self) -> ProjectDraft:
        if self._draft is None:
            self._draft = ProjectDraft()
            self._draft.whole = self.whole
            self.drafts.append(self._draft)
            self._levels = {}
        return self._draft

    # ── labels with values beside or below them ───────────────────────────
    def _information(self, view: View, row: int) -> int:
        """Read a row of labels and values; return the row after it."""
        cells = view.words[row]
        begun = [cell for cell in cells if cell.row == row]
        next_row = row + 1
        if not begun:
            return next_row
        if names_project(view, row) and self._draft is not None and self._has_body(view, row):
            self._draft = None
            self._columns = []
        heads = stacked(view, row)
        if heads:
            below = first_below(row, heads)
            for cell, said in heads:
                value = view.at(below, cell.column) if below < view.height else None
                if value is not None and value.row > row:
                    self._put(view, said, value)
            return below + 1
        for cell, value in pairs(view, row):
            self._pair(view, cell, value)
        return next_row

    def _has_body(self, view: View, row: int) -> bool:
        """Tell whether a new 项目名称 begins another project: the current one has one already."""
        assert self._draft is not None
        names = [cell for cell in view.words[row] if field_role(cell) == "name"]
        return "name" in self._draft.fields and bool(names)

    def _pair(self, view: View, cell: Cell, value: Cell | None) -> None:
        said = label(cell.text, "fields")
        if said is None:
            row_role = label(cell.text, "fund_rows")
            if row_role is None and not is_aside(cell.text):
                self._loose(view, cell, value)
            elif row_role is not None and value is not None and amount(value.text):
                # 项目资金 with one amount: what stands in a form without heads of columns.
                self._put_fund(view, "adjusted", row_role.role, value)
            return
        if said.money_unit:
            self._current().money_unit = said.money_unit
        if said.role == "groups":
            if value is not None and not is_label(value.text):
                self._report(view, value, f"“{one_line(cell)}”旁边")
            return
        if value is None:
            self._put_text(view, said.role, "", cell)
        else:
            self._put(view, said, value)

    def _loose(self, view: View, cell: Cell, value: Cell | None) -> None:
        if money_unit_of(cell.text) and len(fold(cell.text)) < 12:
            self._current().money_unit = money_unit_of(cell.text)
            return
        if value is not None and not is_label(value.text) and len(cell.text) <= _SHORT:
            draft = self._current()
            name = one_line(cell)
            if name not in draft.extra:
                draft.extra[name] = value.text
                return
        self._report(view, cell, "不是认得的栏目")
        if value is not None:
            self._report(view, value, "不是认得的栏目")

    def _put(self, view: View, said: Said, value: Cell) -> None:
        if said.role in ("year", "project_number"):
            return
        if said.month:
            self.months.append(said.month)
        self._put_text(view, said.role, value.text, value)

    def _put_text(self, view: View, role: str, text: str, cell: Cell) -> None:
        draft = self._current()
        if not draft.put(role, text, view.grid.place(cell)) and text:
            self._report(view, cell, "同一栏目前面已经有了")

    # ── the money ──────────────────────────────────────────────────────────
    def _funds(self, view: View, row: int, columns: dict[int, Said]) -> int:
        """Read the heads of the money's columns and the rows under them; return the row after."""
        draft = self._current()
        for cell in view.words[row]:
            if unit := (money_unit_of(cell.text) if is_label(cell.text) else None):
                draft.money_unit = draft.money_unit or unit
        first = min(columns)
        below = row + 1
        count = 0
        while below < view.height:
            said = part_of_row(view, below, first)
            if said is None and count == 0 and numbers_under(view, below, columns):
                said = "total"  # a form with one row of money does not name it
            if said is None:
                break
            self._fund_row(view, below, columns, said)
            below += 1
            count += 1
        return below

    def _fund_row(self, view: View, row: int, columns: dict[int, Said], part: str) -> None:
        draft = self._current()
        seen: set[tuple[int, int]] = set()
        for column, said in columns.items():
            cell = view.at(row, column)
            if cell is None or (cell.row, cell.column) in seen or cell.row < row:
                continue
            seen.add((cell.row, cell.column))
            if said.role in AMOUNTS:
                if part in ("total", "fiscal", "other"):
                    self._put_fund(view, said.role, part, cell)
                elif amount(cell.text):
                    draft.extra[f"{part}：{heading_over(view, column, row)}"] = cell.text
            elif said.role in _OF_RATE and part == "total" and amount(cell.text):
                draft.extra[_OF_RATE[said.role]] = cell.text
        for cell in view.words[row]:
            if cell.row == row and cell.column > min(columns) and cell.column not in columns:
                self._beside_money(view, row, cell)

    def _beside_money(self, view: View, row: int, cell: Cell) -> None:
        """Keep what stands in a column of the money's rows that no form has: 原因."""
        over = next(
            (c for at in reversed(range(row)) if (c := view.at(at, cell.column)) and c.text), None
        )
        if over is not None and over is not cell and len(over.text) <= _SHORT:
            self._current().extra.setdefault(f"{RATE}{one_line(over)}", cell.text)
        else:
            self._report(view, cell, "不是认得的栏目")

    def _put_fund(self, view: View, stage: str, part: str, cell: Cell) -> None:
        text = amount(cell.text)
        if text is None:
            return
        if not self._current().put(f"{stage}.{part}", text, view.grid.place(cell)):
            self._report(view, cell, "同一栏目前面已经有了")

    # ── indicators ─────────────────────────────────────────────────────────
    def _indicators(self, view: View, row: int) -> int:
        """Read the rows of indicators from one on; return the row after them."""
        while row < view.height:
            if indicator_header(view, row) is not None or names_project(view, row):
                return row
            cells = [cell for cell in view.words[row] if cell.row == row]
            if not cells:
                row += 1
                continue
            if any(is_total(cell.text) for cell in cells[:3]):
                self._total(view, row)
            elif any(is_subtotal(cell.text) for cell in cells[:3]):
                pass
            elif self._is_information(view, row, cells):
                return row
            elif len(cells) == 1 and is_aside(cells[0].text):
                pass
            else:
                self._indicator(view, row)
            row += 1
        return row

    def _is_information(self, view: View, row: int, cells: list[Cell]) -> bool:
        """存在的问题 with a wide cell beside it stands under the indicators."""
        said = label(cells[0].text, "fields")
        if said is None or said.role in ("groups", "project_number"):
            named = next((c for c in self._columns if c.role == "name"), None)
            at_name = named and view.at(row, named.start)
            wide = max(cell.colspan for cell in cells)
            return len(cells) <= _GROUP_ROWS and wide * 2 > view.width and at_name not in cells[:1] \
                and not (len(cells) == 1 and is_aside(cells[0].text))  # fmt: skip
        return cells[0].column <= self._columns[0].start

    def _total(self, view: View, row: int) -> None:
        at = next((column.start for column in self._columns if column.role == "score"), None)
        cell = view.at(row, at) if at is not None else None
        if cell is not None and cell.row == row and amount(cell.text) and not is_total(cell.text):
            self._put_text(view, "score", cell.text, cell)

    def _indicator(self, view: View, row: int) -> None:
        draft = self._current()
        texts: dict[str, str] = {}
        place: dict[str, Place] = {}
        causes: list[str] = []
        reasons: list[str] = []
        for column in self._columns:
            cell = view.at(row, column.start)
            if cell is None or (cell.row < row and column.role in _ONCE):
                text = ""
            else:
                text = cell.text
                place[column.role] = view.grid.place(cell)
            self._take(view, column, text, cell, texts, causes, reasons)
        self._inherit(texts)
        if not any(texts.get(role) for role in ("name", "target", "actual")):
            for cell in view.words[row]:
                if cell.row == row and cell.text not in (texts.get("level1"), texts.get("level2")):
                    self._report(view, cell, "这一行没有写是哪个指标")
            return
        _compose(texts)
        if reasons:
            texts["reason"] = "\n".join(filter(None, [texts.get("reason", ""), *reasons]))
        place["self"] = place.get("name", view.grid.place(view.rows[row][0]))
        draft.place.setdefault("self", place["self"])
        given = tuple(dict.fromkeys(causes))
        draft.indicators.append((None, IndicatorReport(**texts, causes=given, place=place)))

    def _take(
        self,
        view: View,
        column: Column,
        text: str,
        cell: Cell | None,
        texts: dict[str, str],
        causes: list[str],
        reasons: list[str],
    ) -> None:
        """Take what one column says of an indicator."""
        role, _, word = column.role.partition(":")
        if role == "cause":
            if text:
                causes.append(word)
                if not is_tick(text) and choice(text, "causes") is None:
                    reasons.append(text)
        elif role == "likely":
            texts.setdefault("likelihood", "")
            if text:
                texts["likelihood"] = word
        elif role == "causes":
            known, rest = causes_in(text)
            causes += known
            reasons += [rest] if rest else []
        elif role == "why":
            known, reason, measures = explained(text)
            causes += known
            texts["reason"] = reason
            if measures is not None:
                texts["measures"] = measures
        elif role == "likelihood":
            texts[role] = choice(text, "likelihood") or text
        elif role == "extra":
            if text and cell is not None and cell.row >= 0:
                self._report(view, cell, f"“{column.title}”列不认得")
        elif role in _TEXTS:
            texts[role] = text

    def _inherit(self, texts: dict[str, str]) -> None:
        """A blank 一级 or 二级指标 goes on the one above it."""
        for role in LEVELS[:2]:
            if role not in texts:
                continue
            if texts[role]:
                if role == "level1" and texts[role] != self._levels.get("level1"):
                    self._levels.pop("level2", None)
                self._levels[role] = texts[role]
            else:
                texts[role] = self._levels.get(role, "")

    def _report(self, view: View, cell: Cell, reason: str) -> None:
        self.unread.append(Unread(cell.text, view.grid.place(cell), reason))


def _compose(texts: dict[str, str]) -> None:
    """Put 指标性质, 指标值 and 度量单位 of three columns together: ≥, 95, % → ≥95%."""
    sign, measure = texts.pop("sign", ""), texts.pop("measure", "")
    target = texts.get("target", "")
    if to_decimal(target) is not None:
        texts["target"] = f"{sign if sign in _SIGNS else ''}{target}{measure}"
