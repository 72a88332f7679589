"""A county as large as they come, in a database: units, people, and texts on their way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import cycle, islice

import msgspec

UNITS, PROJECTS = 300, 20
"""Units of a large county, and projects of each: 6,000."""

PASSWORD = "County-bench-1"
_YEAR = 2026
_SAMPLES = ("huailai-resettlement-2024", "sannvhe-2023", "shunping-poverty-relief-2021")
_STATES = ("draft", "draft", "finance", "finance", "department", "unit", "returned", "approved")


def build(units: int = UNITS, projects: int = PROJECTS) -> None:
    """Fill an empty database. Needs Django to be set up."""
    from django.contrib.auth.hashers import make_password
    from django.db import transaction

    from jixiao.web.accounts.models import Department, Region, Section, Unit, User
    from jixiao.web.targets.states import State

    with transaction.atomic():
        region = Region.objects.create(code="139999", name="大县")
        section = Section.objects.create(region=region, name="业务股")
        departments = Department.objects.bulk_create(
            Department(region=region, section=section, code=f"{n:03}", name=f"第{n}部门")
            for n in range(1, max(2, units // 6))
        )
        made = Unit.objects.bulk_create(
            Unit(department=department, code=f"{department.code}{n:03}", name=f"第{n}单位")
            for n, department in zip(range(1, units + 1), cycle(departments), strict=False)
        )
        hashed = make_password(PASSWORD)
        people = [
            User(username=f"clerk{n}", name=f"填报{n}", role="clerk", unit=unit, region=region)
            for n, unit in enumerate(made)
        ]
        people += [
            User(username=role, name=role, role=role, region=region, **place)
            for role, place in (
                ("unit_head", {"unit": made[0]}),
                ("department", {"department": departments[0]}),
                ("business", {"section": section}),
                ("performance", {}),
                ("observer", {}),
                ("administrator", {}),
            )
        ]
        for person in people:
            person.password = hashed
        User.objects.bulk_create(people)
        ready = list(islice(_texts(projects), 24))
        for number, unit in enumerate(made):
            state = State.DRAFT if number < 100 else State(_STATES[number % len(_STATES)])
            _put(unit, state, ready[number % len(ready)])


def _texts(projects: int) -> Iterator[tuple[str, list[object]]]:
    """Return departments' parts, each with its projects: samples mixed, sums and codes their own."""
    from jixiao.model import Project
    from jixiao.web.demo import build as demo
    from jixiao.web.demo import invented
    from jixiao.web.targets import content

    every: list[Project] = []
    heads = []
    for name in _SAMPLES:
        raw = (demo._FOLDER / "texts" / f"{name}.json").read_text(encoding="utf-8")
        head, found = content.split(content.read_whole(raw))
        heads.append(head)
        every += found
    told = invented._told()
    every += invented.text(next(iter(told["heads"])), _YEAR, list(told["projects"])).projects
    shift = 0
    while True:
        chosen = [every[(shift + n * 7) % len(every)] for n in range(projects)]
        own = [
            msgspec.structs.replace(
                each, code=f"139999{shift:04}{n:06}", name=f"{each.name}（{n + 1}）"
            )
            for n, each in enumerate(chosen)
        ]
        yield content.dumped(heads[shift % len(heads)]), list(own)
        shift += 1


def _put(unit: object, state: object, said: tuple[str, Sequence[object]]) -> None:
    from django.utils import timezone

    from jixiao.web.targets import auditing, content
    from jixiao.web.targets.models import Text

    head, projects = said
    sent = None if state == "draft" else timezone.now()
    text = Text.objects.create(unit=unit, year=_YEAR, state=state, head=head, submitted_at=sent)  # type: ignore[misc]
    auditing.audit(text, content.add_sheets(text, projects, 0))  # type: ignore[arg-type]
    assert text.money > Decimal(0)
    text.save()
