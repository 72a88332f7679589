"""Puts the demo county into an empty database."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from importlib import resources
from typing import Any

import msgspec
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jixiao.model import PerformanceText
from jixiao.model.errors import JixiaoError
from jixiao.web.accounts.models import Region, Unit, User
from jixiao.web.accounts.organisation import Organisation
from jixiao.web.accounts.setting_up import set_up
from jixiao.web.demo import cycle, invented
from jixiao.web.journal.chain import Actor, record
from jixiao.web.targets import auditing, content, drafting, workflow
from jixiao.web.targets.drafting import At, Seen
from jixiao.web.targets.models import Text

_FOLDER = resources.files("jixiao.web.demo")
_REASON = "演示：本年沿用上年写法，下年按要求完善"


class DemoError(JixiaoError):
    """A database that is in use already."""


def plan() -> dict[str, Any]:
    """Return what the county is made of."""
    return tomllib.loads((_FOLDER / "county.toml").read_text(encoding="utf-8"))


def is_there() -> bool:
    """Tell whether the demo county is in the database."""
    return Region.objects.filter(code=plan()["region"]["code"]).exists()


@transaction.atomic
def build(password: str) -> None:
    """Build the county, all its users with one password. Raises DemoError."""
    if User.objects.exists():
        raise DemoError(
            "数据文件夹里已经有账号，不能再装入演示数据", "请用 --data 指定一个新的文件夹"
        )
    known = plan()
    hashed = make_password(password)  # once: it is slow, and made to be
    made = set_up(msgspec.convert(known, Organisation), lambda: hashed)
    record(Actor(None), "demo", "region", made.region.pk)
    texts = [_begin(made.units[each["unit"]], each, made.users) for each in known["texts"]]
    plans = list(zip(texts, known["texts"], strict=True))
    with cycle.rounds(known["rounds"], made.users):
        for text, each in plans:
            if "first" in each:
                take_steps(text, each["first"], made.users)
                date_back(text, timedelta(days=known["between"]))
        cycle.open_second(made.users)
        for text, each in plans:
            take_steps(text, each["steps"], made.users)
            date_back(text, timedelta(days=each.get("ago", 0)))
    cycle.grant(known["extensions"], made.units, made.users)
    cycle.remind(known["reminders"], made.units, made.users)
    for each in known["adjustments"]:
        cycle.adjust(made.units[each["unit"]], each, made.users)


def load(unit: Unit, year: int, name: str, editor: User | None = None) -> Text:
    """Add a text of the package to a unit, as a draft."""
    raw = (_FOLDER / "texts" / f"{name}.json").read_text(encoding="utf-8")
    return put(unit, year, content.read_whole(raw), editor)


def put(unit: Unit, year: int, said: PerformanceText, editor: User | None = None) -> Text:
    """Add what some other unit's text says to a unit, as a draft."""
    ours = content.blank(unit, year)
    head, projects = content.split(said)
    head = msgspec.structs.replace(
        head, source=ours.source, year=year, region=ours.region, unit=ours.unit, draft=True
    )
    text = Text.objects.create(unit=unit, year=year, head=content.dumped(head), editor=editor)
    sheets = content.add_sheets(text, projects, 0)
    auditing.audit(text, sheets)
    text.changed_at = timezone.now()
    text.save()
    return text


def submit(text: Text, actor: Actor, reason: str = _REASON) -> None:
    """Submit a text, with one reason for all errors that it has."""
    sheets = list(text.sheets.all())
    left = workflow.blocking(text, sheets)
    reasons = {auditing.spot(finding, sheets): reason for finding, _ in left}
    workflow.submit(actor, text.pk, reasons)


def take_steps(text: Text, steps: Sequence[Sequence[str]], users: Mapping[str, User]) -> None:
    """Let people do things with a text: who, what, and what is said or written."""
    for username, step, *rest in steps:
        actor = Actor(users[username])
        if step == "submit":
            submit(text, actor)
        elif step == "write":
            number, row, field, value = rest
            sheet = text.sheets.all()[int(number)]
            at = At(sheet.pk, sheet.rows[int(row)] if row else "", field)
            drafting.save_field(actor, text.pk, at, value, Seen("", sheet.revision))
        else:
            move = {"agree": workflow.agree, "send_back": workflow.send_back}[step]
            move(actor, text.pk, *(rest or [""]))


def _begin(unit: Unit, plan: dict[str, Any], users: dict[str, User]) -> Text:
    steps = [*plan.get("first", ()), *plan["steps"]]
    editor = users[steps[0][0]] if steps else None
    if "content" in plan:
        return load(unit, plan["year"], plan["content"], editor)
    said = invented.text(unit.code, plan["year"], plan["projects"])
    return put(unit, plan["year"], said, editor)


def date_back(text: Text, time: timedelta) -> None:
    """Let a text have been on its way for some days, as texts are when one looks into a queue."""
    moments = ("changed_at", "entered_at", "submitted_at")
    Text.objects.filter(pk=text.pk).update(**{name: F(name) - time for name in moments})
    text.decisions.update(at=F("at") - time)
    text.versions.update(at=F("at") - time)
