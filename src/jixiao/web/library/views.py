"""Indicators recommended for a project, by its field of work; one click takes one over."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.check.profile import category_key
from jixiao.check.topics import of_project
from jixiao.library import GENERAL, LibraryIndicator, fields, indicators, replacements
from jixiao.model import Indicator, Project
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content, drafting, reshaping
from jixiao.web.targets.models import Text
from jixiao.web.targets.places import Table
from jixiao.web.targets.views.projects import form_response

_EACH = 4
"""Indicators offered of each second-level category."""

_MOST = 60
"""Indicators that a search shows."""

_LEVELS = (
    "数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "经济效益指标",
    "生态效益指标", "可持续影响指标", "服务对象满意度指标",
)  # fmt: skip


class Offered(NamedTuple):
    """An indicator of the library and its number there."""

    number: int
    one: LibraryIndicator
    field_name: str


class Group(NamedTuple):
    """Indicators of one category; whether the project has none of it."""

    level2: str
    lacks: bool
    ones: list[tuple[int, Offered]]


@asks(Action.EDIT)
@require_GET
def recommended(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:  # noqa: ARG001
    """Show indicators that would fit a project, or those that have the words asked for."""
    text: Text = request.text  # type: ignore[attr-defined]
    sheet = get_object_or_404(text.sheets, pk=sheet_id)
    project = content.project_of(sheet)
    topic = of_project(project)
    asked = request.GET.get("q", "").strip()[:40]
    found = _searched(asked, topic.fields) if asked else _offered(project, topic.fields)
    context = {
        "text": text,
        "sheet": sheet,
        "groups": _grouped(found[:_MOST], project),
        "more": len(found) - _MOST if len(found) > _MOST else 0,
        "fields": [fields()[each].name for each in topic.fields[:2] if each in fields()],
        "asked": asked,
    }
    return render(request, "_recommended.html", context)


@asks(Action.EDIT)
@require_POST
def take(request: HttpRequest, text_id: int, sheet_id: int, number: int) -> HttpResponse:
    """Add an indicator of the library to a project; the target is left to fill in.

    Where a row of its category waits to be filled in, it goes there.
    """
    if number >= len(indicators()):
        raise Http404
    text: Text = request.text  # type: ignore[attr-defined]
    sheet = get_object_or_404(text.sheets, pk=sheet_id)
    one = indicators()[number]
    hints = {"value": f"参考：{one.value}", "basis": f"数据来源：{one.source}"}
    said = {"level1": one.level1, "level2": one.level2, "name": one.name}
    said["description"] = one.description
    actor = actor_of(request)
    row = _waiting(content.project_of(sheet).indicators, sheet.rows, one)
    if row:
        saved = drafting.put_fields(actor, text_id, sheet_id, row, said, hints)
    else:
        given = drafting.made_indicator(tuple(said.values()))
        after = _last_of(content.project_of(sheet).indicators, sheet.rows, one)
        table = Table(sheet_id, "indicators")
        saved = reshaping.add_row(actor, text_id, table, given, after, hints)
    return form_response(request, saved, sheet_id)


def _waiting(lines: tuple[Indicator, ...], rows: list[str], one: LibraryIndicator) -> str:
    """Return the row of an indicator's category in which nothing is filled in, "" without one."""
    for row, line in zip(rows, lines, strict=True):
        blank = not (line.name or line.description or line.value.text or line.basis)
        same = category_key(line.level2) == category_key(one.level2)
        open_first = not line.level2 and category_key(line.level1) == category_key(one.level1)
        if blank and (same or open_first):
            return row
    return ""


def _last_of(lines: tuple[Indicator, ...], rows: list[str], one: LibraryIndicator) -> str:
    """Return the last row of an indicator's category, else of its first level, "" without one."""
    for name in ("level2", "level1"):
        same = [
            row
            for row, line in zip(rows, lines, strict=True)
            if category_key(getattr(line, name)) == category_key(getattr(one, name))
        ]
        if same:
            return same[-1]
    return ""


def _offered(project: Project, topics: tuple[str, ...]) -> list[LibraryIndicator]:
    """Return indicators of each category, those first of which the project has none."""
    known = [each for each in topics[:2] if each in fields()]
    there = _there(project)
    names = {line.name for line in project.indicators}
    return [
        one
        for level in sorted(_LEVELS, key=lambda level: level in there)
        for one in replacements(known, level, project.name or "", _EACH)
        if one.name not in names
    ]


def _searched(asked: str, topics: tuple[str, ...]) -> list[LibraryIndicator]:
    """Return the indicators that have all the words asked for, those of the project's fields first."""
    words = asked.split()
    found = [
        one
        for one in indicators()
        if all(word in f"{one.level2}{one.name}{one.description}{one.source}" for word in words)
    ]
    order = {field: number for number, field in enumerate(topics)}
    return sorted(found, key=lambda one: order.get(one.field, len(order)))


def _grouped(found: list[LibraryIndicator], project: Project) -> list[Group]:
    places = {id(one): number for number, one in enumerate(indicators())}
    there = _there(project)
    groups: dict[str, Group] = {}
    for one in found:
        name = fields()[one.field].name if one.field in fields() else ""
        name = "通用" if one.field == GENERAL else name
        number = places[id(one)]
        group = groups.setdefault(one.level2, Group(one.level2, one.level2 not in there, []))
        group.ones.append((number, Offered(number, one, name)))
    return list(groups.values())


def _there(project: Project) -> set[str]:
    return {line.level2 for line in project.indicators if line.name and line.level2}
