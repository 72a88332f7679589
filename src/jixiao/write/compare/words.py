"""How a comparison is put into words: names of fields and kinds, what became of a number."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from jixiao.compare import Counts, FieldChange, Kind, MoneyChange, TextSide, Totals, ValueChange
from jixiao.write.plain import number, one_line

_MONTHS = {"03": "3月底", "06": "6月底", "09": "9月底", "10": "10月底", "12": "12月底"}


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(
        (resources.files("jixiao.write.compare") / "data" / "words.toml").read_text("utf-8")
    )


@cache
def _fields() -> dict[str, str]:
    data: dict[str, Any] = tomllib.loads(
        (resources.files("jixiao.write") / "data" / "fields.toml").read_text("utf-8")
    )
    return {**data["document"], **data["project"], **data["indicator"], **_words()["fields"]}


def kind_word(kind: Kind) -> str:
    """Return what a kind of change is called."""
    return _words()["kinds"][kind]


def match_word(match: str) -> str:
    """Return why two things are held to be one."""
    return _words()["matches"][match]


def entry_word(part: str) -> str:
    """Return what an entry of a list is called: 绩效目标, 指标."""
    return _words()["entries"][part]


def adjustment_word(name: str) -> str:
    """Return a word of the 绩效目标调整表."""
    return _words()["adjustment"][name]


def field_word(field: str, part: str = "") -> str:
    """Return what a field is called; ``part`` is the list that it is in, if it is in one."""
    if field.startswith("plan."):
        return f"支出计划（{_MONTHS.get(field[5:], field[5:])}）"
    if field.startswith("extra."):
        return one_line(field[6:])
    if field.startswith("whole_period_budget."):
        return f"实施期{_fields()[field.rpartition('.')[2]]}"
    if field == "name" and part == "tasks":
        return "任务名称"
    if field == "name" and part in ("", "projects"):
        return "项目名称"
    if field == "indicators" and part == "sub_objectives":
        return "绩效指标"
    last = field.rpartition(".")[2]
    return _fields().get(last, last)


def note(change: FieldChange) -> str:
    """Return what can be said of a change besides the two texts: by how much, which way."""
    if change.money is not None and change.kind.matters:
        return money_words(change.money)
    return value_words(change.value) if change.value is not None else ""


def money_words(money: MoneyChange) -> str:
    """Return by how much an amount changed: 增加 20 万元（+25%）."""
    if money.difference is None:
        return ""
    if not money.difference:
        return "不增不减"
    verb = "增加" if money.difference > 0 else "减少"
    share = f"（{signed(money.percent)}%）" if money.percent is not None else ""
    return f"{verb} {number(abs(money.difference))} 万元{share}"


def value_words(value: ValueChange) -> str:
    """Return how a target changed: 降低 5 个百分点，要求放宽."""
    return "，".join(filter(None, (_step(value), *_judged(value))))


def _step(value: ValueChange) -> str:
    difference = value.difference
    if value.deadline and difference:
        verb = "推迟" if difference > 0 else "提前"
        return f"{verb} {number(abs(difference))} 个月"
    if value.number is None:
        return ""
    verb = "提高" if value.number == "raised" else "降低"
    if difference is None:
        return verb
    if value.unit == "%":
        return f"{verb} {number(abs(difference))} 个百分点"
    share = f"（{signed(value.percent)}%）" if value.percent is not None else ""
    unit = one_line(value.unit)
    return f"{verb} {number(abs(difference))}{' ' + unit if unit else ''}{share}"


def _judged(value: ValueChange) -> list[str]:
    said = []
    if value.turned:
        said.append("“不低于”与“不高于”对调")
    if value.demand:
        said.append("要求收紧" if value.demand == "tightened" else "要求放宽")
    if value.measured:
        said.append("由定性改为定量" if value.measured == "gained" else "由定量改为定性")
    return said


def signed(value: Decimal | None) -> str:
    """Return a number with its sign, "" for none."""
    return "" if value is None else ("+" if value > 0 else "") + number(value)


def wan(value: Decimal | None) -> str:
    """Return an amount in 万元, a dash for none."""
    return "—" if value is None else number(value)


def side_words(side: TextSide) -> str:
    """Return what a text is: its unit, year and size."""
    told = [one_line(side.unit) or "没有写明预算单位"]
    if side.year:
        told.append(f"{side.year} 年")
    told.append(f"{side.projects} 个项目")
    told.append(f"{side.indicators} 项指标")
    return "，".join(told)


def count_words(counts: Counts) -> str:
    """Return how many became what; what there is none of is left out."""
    told = [
        f"{kind_word(kind)} {getattr(counts, kind.value)}"
        for kind in Kind
        if kind is not Kind.MOVED and (getattr(counts, kind.value) or kind is Kind.SAME)
    ]
    besides = [f"改名 {counts.renamed}"] if counts.renamed else []
    besides += [f"次序变动 {counts.moved}"] if counts.moved else []
    return "，".join(told) + (f"（另：{'、'.join(besides)}）" if besides else "")


def total_words(totals: Totals) -> str:
    """Return what became of the money of all projects."""
    money = totals.money
    change = f"，{money_words(money)}" if money.difference is not None else ""
    parts = [
        f"{name} {signed(amount)}"
        for name, amount in (
            ("新增项目", totals.added),
            ("取消项目", -totals.dropped),
            ("保留项目", totals.kept),
        )
        if amount
    ]
    any_ = totals.added or totals.dropped
    shares = f"；其中{'，'.join(parts)}" if any_ else ""
    return f"{wan(money.before)} → {wan(money.after)} 万元{change}{shares}"


def unstated_words(totals: Totals) -> str:
    """Return how many projects the totals are without, "" for none."""
    told = [
        f"{name} {count} 个"
        for name, count in (("原文本", totals.unstated_before), ("现文本", totals.unstated_after))
        if count
    ]
    return f"没有写明预算数、未计入合计的项目：{'，'.join(told)}" if told else ""
