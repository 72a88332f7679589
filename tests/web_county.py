"""A county as large as asked for, in the database of a test: its texts wait for the bureau."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any


def grow(units: int, projects: int) -> list[Any]:
    """Add units to the demo county, six to a department, a text in 财政审核 each; return the texts.

    Projects are those of a demo text over and over, their findings with them; rows come in at once,
    as an office's own import would bring them.
    """
    from django.utils import timezone

    from jixiao.web.accounts.models import Department, Region, Section, Unit
    from jixiao.web.targets import content
    from jixiao.web.targets.models import Sheet, Text, Waiver
    from jixiao.web.targets.states import State

    sample = Text.objects.get(unit__code="431002", year=2024)
    region, section = Region.objects.get(code="130799"), Section.objects.get(name="农业农村股")
    sheets = list(sample.sheets.all())
    findings = content.findings_of(sample.findings)
    of_project = [[f for f in findings if f.project == at] for at in range(len(sheets))]
    departments = Department.objects.bulk_create(
        Department(region=region, section=section, code=f"7{at:03}", name=f"第{at}局")
        for at in range(-(-units // 6))
    )
    made_units = Unit.objects.bulk_create(
        Unit(department=departments[at // 6], code=f"8{at:04}", name=f"第{at}中心")
        for at in range(units)
    )
    now = timezone.now()
    texts, rows = [], []
    for at, unit in enumerate(made_units):
        taken = [number % len(sheets) for number in range(projects)]
        found = [_moved(each, number) for number, of in enumerate(taken) for each in of_project[of]]
        text = Text(
            unit=unit, year=2024, state=State.FINANCE, head=sample.head, submitted_at=now,
            findings=content.dumped(found), projects=projects, money=Decimal(1000 + at),
            waived=sum(each.severity == "E" for each in found) if at % 3 else 0,
            warnings=at % 7, hints=3, entered_at=now - timedelta(days=at % 9),
        )  # fmt: skip
        texts.append(text)
        rows += [
            Sheet(text=text, position=number, content=sheets[of].content, rows=sheets[of].rows)
            for number, of in enumerate(taken)
        ]
    Text.objects.bulk_create(texts)
    Sheet.objects.bulk_create(rows, batch_size=500)
    Waiver.objects.bulk_create(_reasons(texts, sample.editor), batch_size=500)
    return texts


def _moved(finding: Any, project: int) -> Any:
    import msgspec

    return msgspec.structs.replace(finding, project=project)


def _reasons(texts: list[Any], person: Any) -> list[Any]:
    """Return a reason for each error of two thirds of the texts; the others have none."""
    from jixiao.web.targets import content
    from jixiao.web.targets.auditing import spot
    from jixiao.web.targets.models import Waiver

    made = []
    for at, text in enumerate(texts):
        if at % 3 == 0:
            continue
        sheets = list(text.sheets.all())
        spots = {
            spot(each, sheets) for each in content.findings_of(text.findings)
            if each.severity == "E"
        }  # fmt: skip
        made += [
            Waiver(
                text=text, sheet_id=sheet, row=row, field=field, code=code, reason="另附",
                person=person,
            )
            for sheet, row, field, code in spots
        ]  # fmt: skip
    return made
