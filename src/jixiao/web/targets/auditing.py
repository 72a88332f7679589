"""Checks a text in work: what the rules find, which of it is waived, and how much it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache

import msgspec

from jixiao.check import Checker, Finding, Severity, load_profile
from jixiao.check.corpus import Digest, digest
from jixiao.check.engine import together
from jixiao.model import BudgetUnit, PerformanceText, Project
from jixiao.model.values import MONEY_UNITS
from jixiao.web.targets import content
from jixiao.web.targets.models import Sheet, Text, Waiver

PROFILE = "JIXIAO_PROFILE"
"""Variable that names the profile to check by; base without it."""

_UNCHANGED = "A06"
"""Of the rules over several texts, the one that holds a text against the unit's last year's."""


_MOST = Decimal(10) ** 13
"""万元 of the largest amount that is counted: a row has no room for more (a slip of the finger)."""


@cache
def checker() -> Checker:
    """Return the profile's rules, made ready once a process. Raises ProfileError."""
    return Checker(load_profile(os.environ.get(PROFILE, "base")))


def audit(text: Text, sheets: Sequence[Sheet] | None = None) -> list[Finding]:
    """Check a text anew and set what its row says of it; the row is not saved."""
    sheets = list(text.sheets.all()) if sheets is None else sheets
    said = content.whole(text, sheets)
    parts = [_of_project(said, at, sheet.content) for at, sheet in enumerate(sheets)]
    found = together([checker().check_whole(said), *parts])
    found += _unchanged(text, said)
    text.findings = content.dumped(found)
    text.projects = len(said.projects)
    text.money = _counted(sum(map(total, said.projects), Decimal(0)))
    count(text, sheets, found)
    return found


def _unchanged(text: Text, said: PerformanceText) -> list[Finding]:
    """Return what the unit's text of last year shows of this one: targets that are the same."""
    before = (
        Text.objects.filter(unit=text.unit_id, year=text.year - 1, original=None)
        .values_list("pk", "changed_at")
        .first()
    )
    if before is None or not said.projects:
        return []
    # Named apart from each other: what they were read from may be the same.
    both = [digest(said), _digest_of(*before)]
    named = [
        msgspec.structs.replace(each, file=name, year=text.year - at)
        for at, (each, name) in enumerate(zip(both, ("", f"{text.year - 1}年"), strict=True))
    ]
    unit = named[0].unit
    named[1] = msgspec.structs.replace(named[1], unit=unit)
    found = checker().check_together(named)
    return [
        msgspec.structs.replace(each, file=said.source)
        for each in found
        if each.code == _UNCHANGED and each.file == ""
    ]


@lru_cache(maxsize=512)
def _digest_of(text_id: int, changed_at: datetime) -> Digest:  # noqa: ARG001 - makes it fresh
    """Return what of a text is needed to compare it with another; kept while it does not change."""
    text = Text.objects.get(pk=text_id)
    return digest(content.whole(text, text.sheets.all()))


def _of_project(said: PerformanceText, at: int, stored: str) -> list[Finding]:
    """Return what one project of a text shows by itself: looked up where it was checked before."""
    known = _known(stored, said.unit.code or "", said.unit.name or "")
    return [
        # A rule that failed says so of no project.
        msgspec.structs.replace(
            each, file=said.source, project=None if each.project is None else at
        )
        for each in known
    ]


@lru_cache(maxsize=4096)
def _known(stored: str, code: str, name: str) -> tuple[Finding, ...]:
    """Return what a project shows. A text in work has many, of which a change concerns one.

    Some 200 texts of 20 projects are remembered, each project with its findings in about 10 kB.
    """
    alone = PerformanceText(
        "", unit=BudgetUnit(code, name), projects=(content.read_project(stored),)
    )
    return tuple(checker().check_project(alone, 0))


def count(text: Text, sheets: Sequence[Sheet], found: Iterable[Finding]) -> None:
    """Set how many findings of each severity there are; a waived error is none."""
    waived = Waived(text.waivers.all(), sheets)
    numbers = dict.fromkeys(Severity, 0)
    text.waived = 0
    for finding in found:
        is_waived = waived.of(finding) is not None
        numbers[finding.severity] += not is_waived
        text.waived += is_waived
    text.errors = numbers[Severity.ERROR]
    text.warnings = numbers[Severity.WARNING]
    text.hints = numbers[Severity.INFORMATION]


def total(project: Project) -> Decimal:
    """Return a project's budget in 万元, 0 where it states none."""
    money = project.budget.money("total")
    if money is None or money.unit not in MONEY_UNITS:
        return Decimal(0)
    return _counted(money.to("万元"))


def _counted(amount: Decimal) -> Decimal:
    return max(-_MOST, min(amount, _MOST))


Spot = tuple[int | None, str, str, str]
"""What a waiver is of: a sheet's key, a row's name, a field, a rule's code."""


class Waived:
    """The waivers of a text, by what they are of."""

    def __init__(self, waivers: Iterable[Waiver], sheets: Sequence[Sheet]) -> None:
        """Take a text's waivers and its sheets in their order."""
        self._sheets = sheets
        self._by_spot: dict[Spot, Waiver] = {
            (each.sheet_id, each.row, each.field, each.code): each for each in waivers
        }

    def of(self, finding: Finding) -> Waiver | None:
        """Return the waiver of a finding, None where there is none."""
        return self._by_spot.get(spot(finding, self._sheets))


def spot(finding: Finding, sheets: Sequence[Sheet]) -> Spot:
    """Return what a finding is of, in names that last when rows move."""
    sheet = None if finding.project is None else sheets[finding.project]
    row = ""
    if sheet is not None and finding.indicator is not None and finding.indicator < len(sheet.rows):
        row = sheet.rows[finding.indicator]
    elif sheet is None and finding.indicator is not None:
        row = f"p{finding.indicator}"  # of the department's own table: by its place
    return (sheet.pk if sheet else None), row, finding.field or "", finding.code
