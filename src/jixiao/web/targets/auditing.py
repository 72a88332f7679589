"""Checks a text in work: what the rules find, which of it is waived, and how much it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from jixiao.check import Checker, Finding, Severity, load_profile
from jixiao.model import Project
from jixiao.web.targets import content
from jixiao.web.targets.models import Sheet, Text, Waiver

PROFILE = "JIXIAO_PROFILE"
"""Variable that names the profile to check by; base without it."""


@cache
def checker() -> Checker:
    """Return the profile's rules, made ready once a process. Raises ProfileError."""
    return Checker(load_profile(os.environ.get(PROFILE, "base")))


def audit(text: Text, sheets: Sequence[Sheet] | None = None) -> list[Finding]:
    """Check a text anew and set what its row says of it; the row is not saved."""
    sheets = list(text.sheets.all()) if sheets is None else sheets
    said = content.whole(text, sheets)
    found = checker().check(said)
    text.findings = content.dumped(found)
    text.projects = len(said.projects)
    text.money = sum(map(total, said.projects), Decimal(0))
    count(text, sheets, found)
    return found


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
    return Decimal(0) if money is None else money.to("万元")


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
    return (sheet.pk if sheet else None), row, finding.field or "", finding.code
