"""What the labels of monitoring and self-evaluation forms mean. They are data: ``data/reports.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

import msgspec

from jixiao.read.labels import fold

Set = Literal["fields", "fund_columns", "fund_rows", "indicator_columns"]
"""Where a label stands, which decides what it means."""

_SETS: tuple[Set, ...] = ("fields", "fund_columns", "fund_rows", "indicator_columns")
_LONGEST = 40
_PROPOSED = "(系统测算)"
"""Ends the headings of what is proposed: no word of the unit's own."""

_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_ENUMERATION = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．]")
_MONEY = re.compile(r"[(\[]?(?:金额)?(?:单位)?:?(亿元|万元|千元|元)[)\]]?")
_PERIOD = re.compile(
    r"^(?:20\d\d年度?)?(?:"
    r"(?:1月?份?[-~至到―─]+|截至|截止到?|截止|至|到)(?:20\d\d年)?(\d{1,2})月(?:\d{1,2}日|份|底|末)?"
    r"|((?:上半年|半年|前三季度|第?[一二三1-3]季度)末?))(?:累计)?"
)
_QUARTERS = {
    "上半年": 6, "半年": 6, "前三季度": 9, "一季度": 3, "二季度": 6, "三季度": 9,
    "1季度": 3, "2季度": 6, "3季度": 9,
}  # fmt: skip


class ActualsColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column of the table of actuals. The data file says what is what."""

    role: str
    label: str
    width: int = 12
    fixed: bool = False
    required: bool = False
    optional: bool = False
    money: bool = False
    number: bool = False
    only: Literal["monitoring", "self-evaluation"] | None = None
    choices: tuple[str, ...] = ()
    hint: str = ""

    def heading(self, month: int | None) -> str:
        """Return the column's heading: 1—6月执行数, or 全年执行数 where there is no month."""
        return self.label.format(period=period(month))


class _Actuals(msgspec.Struct, frozen=True, rename="kebab"):
    guide: str
    whole: str
    monitoring: dict[str, str]
    self_evaluation: dict[str, str]
    sheets: dict[str, str]
    funds: tuple[ActualsColumn, ...]
    indicators: tuple[ActualsColumn, ...]


class RecheckColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column of the 复核评分表."""

    field: str
    label: str
    width: int
    open: bool = False


class _Recheck(msgspec.Struct, frozen=True):
    guide: str
    sheet: str
    columns: tuple[RecheckColumn, ...]


class _Labels(msgspec.Struct, frozen=True):
    fields: dict[str, list[str]]
    fund_columns: dict[str, list[str]]
    fund_rows: dict[str, list[str]]
    indicator_columns: dict[str, list[str]]
    timed: dict[str, list[str]]
    choices: dict[str, list[str]]
    titles: dict[str, list[str]]
    aside: dict[str, list[str]]
    actuals: _Actuals
    recheck: _Recheck


class Said(NamedTuple):
    """What a label says: its role, and the month and the unit of money that stand in it."""

    role: str
    month: int | None = None
    money_unit: str | None = None


@cache
def labels() -> _Labels:
    """Return all that the data file has."""
    text = (resources.files("jixiao.read") / "data" / "reports.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Labels)


def period(month: int | None) -> str:
    """Return how a heading says its time: 1—6月, or 全年."""
    return "全年" if month is None else "1月" if month == 1 else f"1—{month}月"


def money_unit_of(text: str) -> str | None:
    """Return the unit of money that a label or a line states: 项目资金（万元） → 万元."""
    folded = fold(text)
    for found in _MONEY.finditer(folded):
        if found[0] != found[1] or folded == found[1]:
            return found[1]
    return None


def take_month(folded: str) -> tuple[int | None, str]:
    """Split the month off the front of a folded label: 1-7月执行数 → 7, 执行数."""
    if found := _PERIOD.match(folded):
        month = int(found[1]) if found[1] else _QUARTERS[found[2].removeprefix("第").rstrip("末")]
        if 1 <= month <= 12:
            return month, folded[found.end() :]
    return None, folded


@lru_cache(maxsize=8192)
def label(text: str, kind: Set) -> Said | None:
    """Return what a cell's text says as a label of one set, None where it is content."""
    if not text or len(text) > 2 * _LONGEST:
        return None
    folded = fold(text)
    if not folded or len(folded) > _LONGEST:
        return None
    if folded.endswith(_PROPOSED):
        return Said("proposed") if kind in ("fund_columns", "indicator_columns") else None
    known = _known(kind)
    month, rest = take_month(folded)
    for key in dict.fromkeys((folded, _plain(folded), _ENUMERATION.sub("", _plain(folded)))):
        if key in known:
            return Said(known[key], month, money_unit_of(text))
    if month is not None:
        timed = _timed()
        for key in dict.fromkeys((rest, _plain(rest))):
            role = timed.get(key)
            if role and role in _roles(kind):
                return Said(role, month, money_unit_of(text))
    return None


@cache
def _known(kind: Set) -> dict[str, str]:
    table: dict[str, list[str]] = getattr(labels(), kind)
    return {fold(word): role for role, words in table.items() for word in words}


@cache
def _roles(kind: Set) -> frozenset[str]:
    return frozenset(_known(kind).values())


@cache
def _timed() -> dict[str, str]:
    # 预算执行率 and 执行情况 are the money's or the indicator's by the set that is asked.
    return {fold(word): role for role, words in labels().timed.items() for word in words}


def _plain(folded: str) -> str:
    return _BRACKETS.sub("", folded).rstrip(":%")


def is_label(text: str) -> bool:
    """Tell whether a cell's text is a label of any set."""
    return any(label(text, kind) is not None for kind in _SETS)


@lru_cache(maxsize=4096)
def list_role(text: str, *, indicators: bool) -> Said | None:
    """Return what a heading of a table with a row a project (or an indicator) means.

    ``indicators`` tells that its rows are of indicators; else 得分 is that of a project.
    """
    folded = fold(text)
    month, rest = take_month(folded)
    own = _actuals_roles()
    for key in (folded, rest):
        if key in own:
            return Said(own[key], month, money_unit_of(text))
    if (said := label(text, "indicator_columns")) and indicators:
        if said.role in ("project_number", "number", "order"):
            return said
        return said._replace(role=f"indicator.{said.role}")
    if said := label(text, "fields"):
        return said
    if said := label(text, "fund_columns"):
        plain = said.role in ("rate", "weight", "score", "proposed")
        return said._replace(role=said.role if plain else f"{said.role}.total")
    return None


@cache
def _actuals_roles() -> dict[str, str]:
    roles = {}
    for column in (*labels().actuals.funds, *labels().actuals.indicators):
        for said in ("全年", ""):
            roles[fold(column.label.format(period=said))] = column.role
    roles[fold(labels().actuals.funds[0].label)] = "project_number"
    # In a table of projects and in one of indicators these are different things.
    for shared in ("改进措施", "目标完成情况", "分值", "得分", "备注"):
        roles.pop(fold(shared), None)
    return roles


def choice(text: str, kind: str) -> str | None:
    """Return the choice that a cell names (经费保障), None where it names none."""
    folded = _plain(fold(text))
    return next((each for each in labels().choices[kind] if folded == fold(each)), None)


def is_tick(text: str) -> bool:
    """Tell whether a cell is only ticked."""
    return text.strip() in labels().choices["ticks"]


def is_aside(text: str) -> bool:
    """Tell whether a line is no content: who filled it in, notes of the form."""
    begins = labels().aside["begins"]
    return "".join(text.split()).startswith(tuple(begins))


def is_total(text: str) -> bool:
    """Tell whether a row's label says that the row adds the scores up (总分)."""
    return _plain(fold(text)) in labels().aside["sums"]


def is_subtotal(text: str) -> bool:
    """Tell whether a row's label says that the row adds part of the scores up (小计)."""
    return _plain(fold(text)) in labels().aside["subtotals"]


def titled(text: str, kind: str) -> bool:
    """Tell whether a title says that its table is of a kind."""
    return any(word in text for word in labels().titles[kind])
