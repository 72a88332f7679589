"""Rows of the database as the structures that the API gives."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils import timezone

from jixiao.check.finding import Waiver
from jixiao.web.accounts.models import Unit, User
from jixiao.web.api.contract import (
    Office,
    PlacedFinding,
    SheetSummary,
    SheetWhole,
    TextSummary,
    UnitEntry,
    VersionSummary,
    VersionWhole,
)
from jixiao.web.targets import auditing, content
from jixiao.web.targets.models import Sheet, Text, Version


def user_of(request: HttpRequest) -> User:
    """Return for whom a program asks."""
    user: Any = request.user
    found: User = user
    return found


def text_of(request: HttpRequest) -> Text:
    """Return the text that an address names, as ``scope`` found it."""
    text: Text = request.text  # type: ignore[attr-defined]
    return text


def plain(money: Decimal) -> Decimal:
    """Return an amount without the zeros that a database adds."""
    return Decimal(format(money.normalize(), "f"))


def unit(found: Unit) -> UnitEntry:
    """Return a unit."""
    department = found.department
    return UnitEntry(
        found.code, found.name, Office(department.code, department.name), found.is_open
    )


def told(text: Text) -> dict[str, Any]:
    """Return what a text's row says, by the names of the contract."""
    return {
        "id": text.pk,
        "unit": unit(text.unit),
        "year": text.year,
        "state": text.state,
        "state_name": text.get_state_display(),
        "stage": text.stage,
        "original": text.original_id,
        "revision": text.revision,
        "projects": text.projects,
        "money": plain(text.money),
        "errors": text.errors,
        "waived": text.waived,
        "warnings": text.warnings,
        "hints": text.hints,
        "submitted_at": text.submitted_at,
        "changed_at": text.changed_at,
    }


def summary(text: Text) -> TextSummary:
    """Return a text without what it says."""
    return TextSummary(**told(text))


def sheets(text: Text, found: Sequence[Sheet]) -> tuple[SheetSummary, ...]:
    """Return the projects of a text, each with how much was found in it."""
    counts = [dict.fromkeys(("E", "W", "I", "waived"), 0) for _ in found]
    for each in findings(text, found):
        if each.project is not None:
            counts[each.project]["waived" if each.waiver else each.severity.value] += 1
    return tuple(_sheet(sheet, count) for sheet, count in zip(found, counts, strict=True))


def _sheet(sheet: Sheet, counts: dict[str, int]) -> SheetSummary:
    project = content.project_of(sheet)
    return SheetSummary(
        id=sheet.pk,
        revision=sheet.revision,
        code=project.code,
        name=project.name,
        money=plain(auditing.total(project)),
        rows=tuple(sheet.rows),
        frozen=sheet.frozen,
        errors=counts["E"],
        waived=counts["waived"],
        warnings=counts["W"],
        hints=counts["I"],
    )


def whole_sheet(told: SheetSummary, sheet: Sheet) -> SheetWhole:
    """Return a project with what it says."""
    return SheetWhole(**msgspec.structs.asdict(told), content=content.project_of(sheet))


def findings(text: Text, found: Sequence[Sheet]) -> tuple[PlacedFinding, ...]:
    """Return what was found in a text, waived where the unit gave a reason."""
    waived = auditing.Waived(text.waivers.select_related("person"), found)
    placed = []
    for finding in content.findings_of(text.findings):
        sheet, row, _, _ = auditing.spot(finding, found)
        said = msgspec.structs.asdict(finding)
        waiver = waived.of(finding)
        if waiver is not None:
            day = timezone.localdate(waiver.at)
            said["waiver"] = Waiver(waiver.reason, waiver.person.name, day)
        placed.append(PlacedFinding(**said, sheet=sheet, row=row))
    return tuple(placed)


def version(found: Version) -> VersionSummary:
    """Return a version without what it says."""
    return VersionSummary(
        number=found.number,
        reason=found.get_reason_display(),
        person=found.person.name if found.person else "",
        at=found.at,
        errors=found.errors,
    )


def whole_version(found: Version) -> VersionWhole:
    """Return a version with what it says."""
    return VersionWhole(
        **msgspec.structs.asdict(version(found)),
        content=content.read_whole(found.content),
        findings=tuple(content.findings_of(found.findings)),
    )
