"""The words and widths of the forms, as data: ``data/forms.toml``."""

from __future__ import annotations

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from jixiao.model import Budget
from jixiao.model.reports import ProjectReport
from jixiao.model.values import to_decimal
from jixiao.write.plain import number


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of the data file, by what it is for."""

    titles: dict[str, str]
    labels: dict[str, str]
    widths: dict[str, int]
    lamps: dict[str, str]
    monitoring: dict[str, Any]


@cache
def words() -> Words:
    """Return the words."""
    path = resources.files("jixiao.write.reports") / "data" / "forms.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Words)


def say(name: str, period: str = "") -> str:
    """Return a label, with the time that it speaks of filled in."""
    return words().labels[name].format("", period=period) if period else words().labels[name]


def year_words(year: int | None) -> str:
    """Return a year as titles have it: 2024年度."""
    return f"{year}年度" if year else ""


def money_unit(report: ProjectReport) -> str | None:
    """Return the unit of a report's money, the first that it names."""
    funds = report.funds
    budgets = (funds.initial, funds.adjusted, funds.spent, funds.expected)
    return next((each.money_unit for each in budgets if each.money_unit), None)


def points(value: Decimal | None) -> str:
    """Return points as written; a score that a person must give says so."""
    return say("undecided") if value is None else number(value)


def rate(report: ProjectReport, part: str = "total") -> str:
    """Return spent ÷ budget (adjusted, else initial) as 93.5%, "" where it cannot be told."""
    funds = report.funds
    spent = _amount(funds.spent, part)
    budget = _amount(funds.adjusted, part) or _amount(funds.initial, part)
    if spent is None or not budget:
        return ""
    return f"{number((spent * 100 / budget).quantize(Decimal('0.01'), ROUND_HALF_UP))}%"


def _amount(budget: Budget, part: str) -> Decimal | None:
    text: str | None = getattr(budget, part)
    return to_decimal(text) if text else None
