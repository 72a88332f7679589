"""从上年复制: what the unit wrote last year, ready to be written for this one.

Amounts of the year (budget, plan, sums of money among the target values) and the code are left
blank, with what they were beside them; years that are mentioned, and deadlines, are moved on. What
the text says already is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, NamedTuple

import msgspec
from django.db import transaction

from jixiao.model import Budget, Indicator, Nature, PerformanceText, Plan, Project, parse_value
from jixiao.web.journal.chain import Actor
from jixiao.web.scope import Action
from jixiao.web.targets import content, fields
from jixiao.web.targets.drafting import Saved, kept, opened
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.shapes import MONTHS

_BEHIND = r"(?=\s*(?:年(?!第|印发|修订|发布)|[-./](?:0?[1-9]|1[0-2])(?!\d)))"
"""〔2023〕7号, 2023年第5号 and 2023年印发 tell documents, which stay as they are."""

Marks = dict[str, dict[str, str]]
"""What stands beside fields: row → field → words."""


class Offer(NamedTuple):
    """A project of last year: its number there, and whether the text has it already."""

    number: int
    project: Project
    is_there: bool


def source_of(text: Text) -> Text | None:
    """Return the text of the unit's latest year before, None where there is none."""
    before = Text.objects.filter(unit=text.unit_id, year__lt=text.year, original=None)
    return before.order_by("-year", "-pk").first()


def offers(text: Text, source: Text) -> list[Offer]:
    """Return the projects of last year in their order."""
    here = {_same(content.project_of(sheet), text.year) for sheet in text.sheets.all()}
    return [
        Offer(number, project, _same(moved(project, source.year, text.year), text.year) in here)
        for number, project in enumerate(map(content.project_of, source.sheets.all()))
    ]


@transaction.atomic
def carry(
    actor: Actor, text_id: int, source: Text, chosen: Collection[int], *, head: bool
) -> Saved:
    """Add the projects chosen (by number), and fill in the department's part where it is blank."""
    text, sheets = opened(actor, text_id, Action.RESHAPE)
    position = sheets[-1].position + 1 if sheets else 0
    for number, sheet in enumerate(source.sheets.all()):
        if number in chosen:
            made = _sheet(text, content.project_of(sheet), source.year)
            made.position = position
            made.save()
            sheets.append(made)
            position += 1
    if head:
        _carry_head(text, content.head_of(source), source.year)
    return kept(
        actor, text, sheets, text, "text.carry", year=source.year, projects=sorted(chosen), head=head
    )  # fmt: skip


def for_year(project: Project, before: int, now: int) -> tuple[Project, dict[str, str]]:
    """Return last year's project for this year, and what its cleared fields said.

    Fields of an indicator are named ``indicators.<number>.value``.
    """
    moved_on = moved(project, before, now)
    said: dict[str, str] = {}
    if project.code:
        said["code"] = project.code
    for name in ("total", "fiscal", "other"):
        if amount := getattr(project.budget, name):
            said[f"budget.{name}"] = f"{amount}{project.budget.money_unit or ''}"
    for month in MONTHS:
        if share := fields.of(project, f"plan.{month}"):
            said[f"plan.{month}"] = share
    rows = []
    for number, one in enumerate(moved_on.indicators):
        was = project.indicators[number].value.text
        if was and one.value.nature is Nature.MONEY:
            said[f"indicators.{number}.value"] = was
            one = msgspec.structs.replace(one, value=parse_value("", one.name or ""))
        if one.previous is not None:
            one = msgspec.structs.replace(one, previous=was)
        rows.append(one)
    september = msgspec.UNSET if isinstance(project.plan.september, msgspec.UnsetType) else None
    cleared = msgspec.structs.replace(
        moved_on,
        code=None if project.code is None else "",
        budget=Budget(money_unit=project.budget.money_unit),
        plan=Plan(september=september),
        indicators=tuple(rows),
    )
    return cleared, said


def moved(thing: Any, before: int, now: int) -> Any:
    """Return a structure with each mention of one year, and of the one after it, moved on.

    Budgets and codes are numbers, no mentions.
    """
    raw = msgspec.to_builtins(thing)
    return msgspec.convert(_moved(raw, before, now), type(thing))


def _moved(raw: Any, before: int, now: int) -> Any:
    if isinstance(raw, str):
        return shifted(raw, before, now)
    if isinstance(raw, dict):
        if "text" in raw and "operator" in raw:  # a target value
            return {**raw, "text": shifted(raw["text"], before, now)}
        kept_as_is = ("code", "money_unit", "total", "fiscal", "other")
        return {
            key: value if key in kept_as_is else _moved(value, before, now)
            for key, value in raw.items()
        }
    if isinstance(raw, list | tuple):
        return [_moved(each, before, now) for each in raw]
    return raw


def shifted(words: str, before: int, now: int) -> str:
    """Return words with the years from last year on moved on: 2024年底前 → 2025年底前."""
    by = now - before

    def later(found: re.Match[str]) -> str:
        return str(int(found[0]) + by)

    years = "|".join(str(before + at) for at in (0, 1, 2))
    return re.sub(rf"(?<!\d)(?:{years}){_BEHIND}", later, words)


def _sheet(text: Text, project: Project, before: int) -> Sheet:
    made, said = for_year(project, before, text.year)
    rows = [content.new_row() for _ in made.indicators]
    marks: Marks = {}
    for name, was in said.items():
        row, field = "", name
        if name.startswith("indicators."):
            _, number, field = name.split(".", 2)
            row = rows[int(number)]
        marks.setdefault(row, {})[field] = f"上年：{was}"
    return Sheet(text=text, content=content.dumped(made), rows=rows, marks=marks)


def _carry_head(text: Text, last: PerformanceText, before: int) -> None:
    """Fill in what is blank of the department's part."""
    head = content.head_of(text)
    last = moved(last, before, text.year)
    changes: dict[str, Any] = {}
    for name in ("overall", "sub_objectives", "safeguards", "tasks", "indicators"):
        if getattr(last, name) and not getattr(head, name):
            changes[name] = getattr(last, name)
    marks: Marks = {}
    for part in ("sub_objectives", "tasks"):
        if part in changes:
            changes[part], names = _without_money(part, changes[part], marks)
            content.set_names(text, part, names)
    if "indicators" in changes:
        changes["indicators"], names = _without_sums(changes["indicators"], marks)
        content.set_names(text, "indicators", names)
    text.marks = {**text.marks, **marks}
    content.say(text, msgspec.structs.replace(head, **changes))


def _without_money(
    part: str, rows: tuple[Any, ...], marks: Marks
) -> tuple[tuple[Any, ...], list[str]]:
    names = [content.new_row() for _ in rows]
    cleared = []
    for name, row in zip(names, rows, strict=True):
        money = row.budget or Budget()
        for field in ("total", "fiscal", "other"):
            if amount := getattr(money, field):
                was = f"上年：{amount}{money.money_unit or ''}"
                marks.setdefault(name, {})[f"{part}.budget.{field}"] = was
        blank = row.budget and Budget(money_unit=money.money_unit)
        cleared.append(msgspec.structs.replace(row, budget=blank))
    return tuple(cleared), names


def _without_sums(
    rows: tuple[Indicator, ...], marks: Marks
) -> tuple[tuple[Indicator, ...], list[str]]:
    names = [content.new_row() for _ in rows]
    cleared = []
    for name, row in zip(names, rows, strict=True):
        if row.value.text and row.value.nature is Nature.MONEY:
            marks.setdefault(name, {})["indicators.value"] = f"上年：{row.value.text}"
            row = msgspec.structs.replace(row, value=parse_value("", row.name or ""))
        cleared.append(row)
    return tuple(cleared), names


def _same(project: Project, year: int) -> str:
    """Return what tells a project from the others of a unit: its name without blanks and years."""
    name = "".join((project.name or "").split())
    return re.sub(r"20\d\d年?(?:度)?", "", name) or f"{project.code}{year}"
