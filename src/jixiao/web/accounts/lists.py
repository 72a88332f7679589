"""机构和账号的清单 as a table (xlsx, csv): each row names a department, a unit, an account, or all three."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

import msgspec

from jixiao.read.blocks import Grid
from jixiao.read.encoding import decode
from jixiao.read.sheet import read_sheet
from jixiao.web.accounts import organisation
from jixiao.web.accounts.models import Region
from jixiao.web.accounts.organisation import (
    DepartmentPlan,
    Organisation,
    OrganisationError,
    RegionPlan,
    UnitPlan,
    UserPlan,
)

LARGEST = 5 * 1024 * 1024
"""Bytes of the largest list that is taken; 300 units with their people are under 0.1 MB."""

_MOST = 20_000
"""Rows of the longest list."""


class Words(msgspec.Struct, frozen=True):
    """What heads and roles may be called in a table."""

    columns: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Return the words, as ``data/lists.toml`` says them."""
    data = resources.files("jixiao.web.accounts") / "data" / "lists.toml"
    return msgspec.convert(tomllib.loads(data.read_text(encoding="utf-8")), Words)


def read(data: bytes, name: str, region: Region) -> Organisation:
    """Return the list in a file (TOML, xlsx, csv); a table is of ``region``. Raises JixiaoError."""
    if len(data) > LARGEST:
        raise OrganisationError(f"{name} 超过 {LARGEST // 1024 // 1024} MB", "请只留机构和账号")
    if name.lower().endswith(".toml"):
        return organisation.read(data, name)
    plan = RegionPlan(region.code, region.name)
    found = _Table(plan)
    for sheet, rows in _sheets(data, name):
        found.take(sheet, rows)
    if not found.is_list:
        raise OrganisationError(
            f"{name} 里没有认出“单位编码”“账号”这样的表头", "请下载空表，照它的表头填"
        )
    return found.organisation()


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, list[list[str]]]]:
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        for grid in read_sheet(data).blocks:
            if isinstance(grid, Grid):
                yield f"工作表“{grid.sheet or ''}”", _rows(grid)
        return
    try:
        yield name, [row[:50] for row in csv.reader(io.StringIO(decode(data)))]
    except csv.Error as error:
        raise OrganisationError(f"{name} 不是正确的 CSV", "请用 Excel 另存为 xlsx 再试") from error


def _rows(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = []
    for cells in grid.rows:
        row: list[str] = []
        for cell in cells:
            row += [""] * (cell.column - len(row)) + [cell.text]
        rows.append(row)
    return rows


class _Table:
    """What the rows of one or several tables say together."""

    def __init__(self, region: RegionPlan) -> None:
        self._region = region
        self._sections: dict[str, None] = {}
        self._departments: dict[str, DepartmentPlan] = {}
        self._units: dict[str, UnitPlan] = {}
        self._users: dict[str, UserPlan] = {}
        self.is_list = False

    def organisation(self) -> Organisation:
        return Organisation(
            self._region,
            tuple(self._sections),
            tuple(self._departments.values()),
            tuple(self._units.values()),
            tuple(self._users.values()),
        )

    def take(self, sheet: str, rows: Sequence[Sequence[str]]) -> None:
        """Take the rows below the head of a sheet."""
        if len(rows) > _MOST:
            raise OrganisationError(f"{sheet}有 {len(rows)} 行，太长了", f"请分成 {_MOST} 行以内")
        heads: dict[str, int] = {}
        for number, row in enumerate(rows, 1):
            if not heads:
                heads = _heads(row)
                continue
            said = {name: row[at].strip() for name, at in heads.items() if at < len(row)}
            if any(said.values()):
                self._row(f"{sheet}第 {number} 行", {k: v for k, v in said.items() if v})
        self.is_list = self.is_list or bool(heads)

    def _row(self, where: str, said: Mapping[str, str]) -> None:
        section, department, unit = (said.get(name) for name in ("section", "department", "unit"))
        if section:
            self._sections[section] = None
        if department and "department_name" in said:
            plan = DepartmentPlan(department, said["department_name"], section)
            self._departments[department] = plan
        if unit and "unit_name" in said:
            if not department:
                raise OrganisationError(
                    f"{where}的单位“{said['unit_name']}”没有写部门编码", "请补上它的主管部门编码"
                )
            self._units[unit] = UnitPlan(unit, said["unit_name"], department)
        if "username" in said:
            self._user(where, said)

    def _user(self, where: str, said: Mapping[str, str]) -> None:
        username = said["username"]
        for name, word in (("name", "姓名"), ("role", "角色")):
            if name not in said:
                raise OrganisationError(f"{where}的账号 {username} 没有写{word}", "请补上")
        if username in self._users:
            raise OrganisationError(f"{where}的账号 {username} 前面已有一行", "请只留一次")
        role = _role(said["role"])
        if role is None:
            known = "、".join(names[0] for names in words().roles.values())
            raise OrganisationError(f"{where}的角色“{said['role']}”没有见过", f"可以写：{known}")
        place = {"clerk": "unit", "unit_head": "unit", "department": "department"}.get(role)
        place = "section" if role == "business" else place
        self._users[username] = UserPlan(
            username,
            said["name"],
            role,
            unit=said.get("unit") if place == "unit" else None,
            department=said.get("department") if place == "department" else None,
            section=said.get("section") if place == "section" else None,
        )


def _heads(row: Sequence[str]) -> dict[str, int]:
    """Return where each known column is; nothing where a row is no head."""
    known = {word: name for name, names in words().columns.items() for word in names}
    found = {known[cell.strip()]: at for at, cell in enumerate(row) if cell.strip() in known}
    return found if {"unit", "username", "department"} & set(found) else {}


def _role(said: str) -> str | None:
    for role, names in words().roles.items():
        if said == role or said in names:
            return role
    return None


def template() -> bytes:
    """Return an empty list as a workbook, with a few rows that show how it is filled."""
    import xlsxwriter

    content = io.BytesIO()
    data = resources.files("jixiao.web.accounts") / "data" / "lists.toml"
    shown = tomllib.loads(data.read_text(encoding="utf-8"))["example"]
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1})
        cell = book.add_format({"num_format": "@"})  # codes keep their zeros
        for name, table in shown.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(table["heads"]) - 1, 20, cell)
            sheet.write_row(0, 0, table["heads"], head)
            for number, row in enumerate(table["rows"], 1):
                sheet.write_row(number, 0, row, cell)
            sheet.freeze_panes(1, 0)
    return content.getvalue()
