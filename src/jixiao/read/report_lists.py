"""Tables with a row a project or an indicator, above all the table of actuals (填报表)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from jixiao.model import Place, Unread
from jixiao.model.reports import IndicatorReport
from jixiao.model.values import to_decimal
from jixiao.read.blocks import Cell
from jixiao.read.columns import View
from jixiao.read.labels import fold
from jixiao.read.report_drafts import ProjectDraft, amount, causes_in
from jixiao.read.report_labels import (
    Said,
    choice,
    is_aside,
    is_subtotal,
    is_total,
    label,
    labels,
    list_role,
)

KIND = "类别"
"""Heads the column that tells a row of a project from one of an indicator, where both are mixed."""

OF_PROJECT, OF_INDICATOR = "项目", "指标"
_KEYS = ("project_number", "code", "name")
_WHOLE_NUMBER = re.compile(r"\d{1,6}(?:\.0+)?")
_INDICATOR_TEXTS = frozenset(IndicatorReport.__struct_fields__) - {"causes", "place"}
_ROWS_SEARCHED = 30
_ORDER = "序号"


class Fault(NamedTuple):
    """Something in a row that cannot be taken as it is."""

    place: Place
    column: str
    message: str

    def __str__(self) -> str:
        """Return the fault in Chinese: where, which column, what."""
        return f"{self.place}“{self.column}”：{self.message}"


class ListHeader(NamedTuple):
    """The headings of a list: what each column says in a row of a project, and of an indicator."""

    row: int
    columns: dict[int, tuple[str, Said | None, Said | None]]
    kind: int | None
    indicators: bool
    month: int | None


def list_header(view: View) -> ListHeader | None:
    """Return the headings of a list, None where a grid is none.

    Headings stand side by side and name a project by its name or code.
    """
    for row in range(min(view.height, _ROWS_SEARCHED)):
        cells = view.words[row]
        if len(cells) < 3:
            continue
        said = {cell: list_role(cell.text, indicators=False) for cell in cells}
        roles = {each.role for each in said.values() if each}
        if not roles & {"code", "name"} or not _side_by_side(cells):
            continue
        named = [label(cell.text, "indicator_columns") for cell in cells]
        indicators = any(each and each.role == "name" for each in named)
        funds = any("." in role and not role.startswith("indicator.") for role in roles)
        if not (indicators or funds or "goal_reached" in roles):
            continue
        return _header(row, cells, said, indicators=indicators)
    return None


def _side_by_side(cells: list[Cell]) -> bool:
    """Tell whether two labels follow each other: in a form a value stands between them."""
    known = [
        list_role(cell.text, indicators=True) is not None or fold(cell.text) == KIND
        for cell in cells
    ]
    return sum(known) >= 3 and any(
        known[at] and known[at + 1] and known[at + 2] for at in range(len(known) - 2)
    )


def _header(
    row: int, cells: list[Cell], said: dict[Cell, Said | None], *, indicators: bool
) -> ListHeader:
    columns = {}
    kind = None
    months = []
    for cell in cells:
        if fold(cell.text) == KIND:
            kind = cell.column
            continue
        of_indicator = list_role(cell.text, indicators=True) if indicators else None
        of_project = said[cell]
        columns[cell.column] = ("".join(cell.text.split()), of_project, of_indicator)
        months += [each.month for each in (of_project, of_indicator) if each and each.month]
    return ListHeader(row, columns, kind, indicators, months[0] if months else None)


_Key = tuple[str, str, str]
"""A project's number, code and name, as its first row has them."""


class ListRows:
    """Reads the rows under the headings of lists."""

    def __init__(self) -> None:
        """Begin without projects."""
        self.drafts: dict[_Key, ProjectDraft] = {}
        self.faults: list[Fault] = []
        self.unread: list[Unread] = []
        self.years: list[str] = []
        self._numbers: dict[str, _Key] = {}
        self._by_code: dict[str, list[tuple[int, _Key]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[int, _Key]]] = defaultdict(list)

    def read(self, view: View, header: ListHeader) -> None:
        """Read a list's rows."""
        last: ProjectDraft | None = None
        for row in range(header.row + 1, view.height):
            cells = {
                column: cell
                for column in header.columns
                if (cell := view.at(row, column)) is not None
            }
            kind = self._strange_kind(view, header, row)
            first = kind or next((cell.text for _, cell in sorted(cells.items()) if cell.text), "")
            if is_total(first) or is_subtotal(first):
                continue
            if not any(cell.text for cell in cells.values()):
                if kind:
                    self._loose(view, row)
                continue
            if len(set(cells.values())) * 2 < len(cells):  # one wide cell: words below the list
                self._loose(view, row)
                continue
            last = self._row(view, header, row, cells, last)

    @staticmethod
    def _strange_kind(view: View, header: ListHeader, row: int) -> str:
        """Return what stands under 类别 where it is neither 项目 nor 指标, "" for nothing."""
        cell = None if header.kind is None else view.at(row, header.kind)
        known = cell is None or fold(cell.text) in (OF_PROJECT, OF_INDICATOR)
        return "" if cell is None or known else cell.text

    def _loose(self, view: View, row: int) -> None:
        self.unread += [
            Unread(cell.text, view.grid.place(cell), "不在表里")
            for cell in view.words[row]
            if cell.row == row and not is_aside(cell.text)
        ]

    def _row(
        self,
        view: View,
        header: ListHeader,
        row: int,
        cells: dict[int, Cell],
        last: ProjectDraft | None,
    ) -> ProjectDraft | None:
        of_indicator = self._is_indicator(view, header, row, cells)
        values: dict[str, tuple[str, str, Place]] = {}
        for column, cell in cells.items():
            title, project, indicator = header.columns[column]
            said = indicator if of_indicator else project
            place = view.grid.place(cell)
            if said is None:
                if cell.text and not (indicator or project) and title != _ORDER:
                    self.unread.append(Unread(cell.text, place, f"“{title}”列不认得"))
                continue
            if said.role not in values or not values[said.role][0]:
                values[said.role] = (cell.text, title, place)
        where = view.grid.place(next(iter(cells.values())))
        if not of_indicator and "name" in values and is_total(values["name"][0]):
            return None
        draft = self._draft(values, last, where)
        if draft is None:
            return last
        if of_indicator:
            self._indicator(draft, values, where)
        self._fields(draft, values)
        return draft

    @staticmethod
    def _is_indicator(view: View, header: ListHeader, row: int, cells: dict[int, Cell]) -> bool:
        if not header.indicators:
            return False
        if header.kind is not None and (cell := view.at(row, header.kind)) is not None:
            if fold(cell.text) == OF_PROJECT:
                return False
            if fold(cell.text) == OF_INDICATOR:
                return True
        return any(
            said is not None and said.role == "indicator.name" and cells[column].text
            for column, (_, _, said) in header.columns.items()
            if column in cells
        )

    # ── whose row it is ────────────────────────────────────────────────────
    def _draft(
        self,
        values: dict[str, tuple[str, str, Place]],
        last: ProjectDraft | None,
        where: Place,
    ) -> ProjectDraft | None:
        """Return the project of a row: by its number, its code and its name."""
        number, code, name = (values[each][0] if each in values else "" for each in _KEYS)
        if not (code or name):
            if number and number in self._numbers:
                return self.drafts[self._numbers[number]]
            if last is not None and not number:
                return last  # merged down or left blank: the project above
            self._fault(where, "项目名称", "没有写是哪个项目，请写上项目名称或项目编码")
            return None
        if number:
            number = str(int(float(number))) if _WHOLE_NUMBER.fullmatch(number) else number
            if not number.isdecimal():
                self._fault(
                    values["project_number"][2], values["project_number"][1],
                    f"“{number}”不是序号，请写整数，或照填报表原来的填",
                )  # fmt: skip
        key = self._key(number, code, name)
        if key not in self.drafts:
            self._begin(key)
        draft = self.drafts[key]
        if number:
            self._numbers[number] = key
        if fold(name) == fold(labels().actuals.whole):
            draft.whole = True
            return draft
        for role, text in (("code", code), ("name", name)):
            if role in values and not draft.fields.get(role):
                draft.put(role, text, values[role][2])
        return draft

    def _begin(self, key: _Key) -> None:
        """Begin a project, to be found by its code and by its name."""
        ordered = (len(self.drafts), key)
        self.drafts[key] = ProjectDraft()
        if key[1]:
            self._by_code[key[1]].append(ordered)
        if fold(key[2]):
            self._by_name[fold(key[2])].append(ordered)

    def _key(self, number: str, code: str, name: str) -> _Key:
        """Two projects may have one name, and a user may have left a number or a code out."""
        known = self._numbers.get(number) if number else None
        if known and (not name or not known[2] or fold(known[2]) == fold(name)):
            return known
        same = (
            (at, key)
            for alike in (self._by_code.get(code, ()), self._by_name.get(fold(name), ()))
            for at, key in alike
            if (not number or not key[0] or key[0] == number)
            and ((code and key[1] == code and (not name or fold(key[2]) == fold(name)))
                 or (name and fold(key[2]) == fold(name) and (not code or not key[1] or key[1] == code)))
        )  # fmt: skip
        return min(same, default=(0, (number, code, name)))[1]

    # ── what it says ───────────────────────────────────────────────────────
    def _fields(self, draft: ProjectDraft, values: dict[str, tuple[str, str, Place]]) -> None:
        for role, (text, title, place) in values.items():
            if role.startswith("indicator.") or role in (
                *_KEYS, "number", "order", "proposed", "rate", "weight"
            ):  # fmt: skip
                continue
            if role == "year":
                if text:
                    self.years.append(text)
                continue
            if "." in role and amount(text) and to_decimal(text) is None:
                self._fault(place, title, f"“{text[:20]}”不是金额，请只写数字，不写单位")
            if role == "score" and text and to_decimal(text) is None:
                self._fault(place, title, f"“{text[:20]}”不是分数，请只写数字")
            if role == "money_unit" and text not in ("元", "千元", "万元", "亿元", ""):
                self._fault(place, title, f"“{text[:20]}”不是金额单位，可写元、千元、万元、亿元")
            if not draft.put(role, text, place):
                self._fault(place, title, "同一项目前面已经写过，与这里不同，请留一处")

    def _indicator(
        self, draft: ProjectDraft, values: dict[str, tuple[str, str, Place]], where: Place
    ) -> None:
        said = {
            role.removeprefix("indicator."): value
            for role, value in values.items()
            if role.startswith("indicator.")
        }
        texts = {role: text for role, (text, _, _) in said.items() if role in _INDICATOR_TEXTS}
        causes: tuple[str, ...] = ()
        if "causes" in said:
            text, title, place = said["causes"]
            causes, rest = causes_in(text)
            if rest:
                known = "、".join(labels().choices["causes"])
                self._fault(place, title, f"“{rest[:20]}”不在可选的原因里，可选 {known}")
        for role in ("weight", "score"):
            if texts.get(role) and to_decimal(texts[role]) is None:
                self._fault(said[role][2], said[role][1], f"“{texts[role][:20]}”不是数，请只写数字")
        if likely := texts.get("likelihood"):
            found = choice(likely, "likelihood")
            known = "、".join(labels().choices["likelihood"])
            if found is None:
                self._fault(said["likelihood"][2], said["likelihood"][1],
                            f"“{likely[:20]}”不在可选的里，可选 {known}")  # fmt: skip
            else:
                texts["likelihood"] = found
        number = self._number(values)
        if number is not None and any(number == taken for taken, _ in draft.indicators):
            self._fault(
                where, values["number"][1], f"这个项目的第 {number} 个指标写了两行，请留一行"
            )
            return
        places = {role: place for role, (_, _, place) in said.items()}
        places["self"] = places.get("name", where)
        draft.indicators.append((number, IndicatorReport(**texts, causes=causes, place=places)))

    def _number(self, values: dict[str, tuple[str, str, Place]]) -> int | None:
        if "number" not in values or not values["number"][0]:
            return None
        text, title, place = values["number"]
        if not _WHOLE_NUMBER.fullmatch(text):
            self._fault(place, title, f"“{text[:20]}”不是序号，请写整数，或照填报表原来的填")
            return None
        return int(float(text))

    def _fault(self, place: Place, column: str, message: str) -> None:
        self.faults.append(Fault(place, column, message))
