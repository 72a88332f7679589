"""Indicators recommended for a project, by its field of work; one click takes one over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.check.topics import of_project
from jixiao.library import LibraryIndicator, fields, indicators, replacements
from jixiao.model import Project
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content, drafting
from jixiao.web.targets.models import Text
from jixiao.web.targets.views.projects import form_response

_EACH = 3
"""Indicators offered of each second-level category."""

_LEVELS = (
    "数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "经济效益指标",
    "生态效益指标", "可持续影响指标", "服务对象满意度指标",
)  # fmt: skip


@asks(Action.EDIT)
@require_GET
def recommended(request: HttpRequest, text_id: int, sheet_id: int) -> HttpResponse:  # noqa: ARG001
    """Show indicators that would fit a project."""
    text: Text = request.text  # type: ignore[attr-defined]
    sheet = get_object_or_404(text.sheets, pk=sheet_id)
    project = content.project_of(sheet)
    topic = of_project(project)
    asked = request.GET.get("q", "").strip()
    found = _searched(asked) if asked else _offered(project, topic.fields)
    context = {
        "text": text,
        "sheet": sheet,
        "found": found,
        "fields": [fields()[each].name for each in topic.fields[:2] if each in fields()],
        "asked": asked,
    }
    return render(request, "_recommended.html", context)


@asks(Action.EDIT)
@require_POST
def take(request: HttpRequest, text_id: int, sheet_id: int, number: int) -> HttpResponse:
    """Add an indicator of the library to a project."""
    if number >= len(indicators()):
        raise Http404
    one = indicators()[number]
    cells = (one.level1, one.level2, one.name, one.description, one.value, one.source)
    given = drafting.made_indicator(cells)
    return form_response(
        request, drafting.add_row(actor_of(request), text_id, sheet_id, given), sheet_id
    )


def _offered(project: Project, topics: tuple[str, ...]) -> list[tuple[int, LibraryIndicator]]:
    """Return indicators of each category, those first of which the project has none."""
    known = [each for each in topics[:2] if each in fields()]
    there = {line.level2 for line in project.indicators if line.name}
    names = {line.name for line in project.indicators}
    order = sorted(_LEVELS, key=lambda level: level in there)
    found = [
        one
        for level in order
        for one in replacements(known, level, project.name or "", _EACH)
        if one.name not in names
    ]
    return _numbered(found)


def _searched(asked: str) -> list[tuple[int, LibraryIndicator]]:
    found = [one for one in indicators() if asked in one.name or asked in one.description]
    return _numbered(found[:30])


def _numbered(found: list[LibraryIndicator]) -> list[tuple[int, LibraryIndicator]]:
    places = {id(one): number for number, one in enumerate(indicators())}
    return [(places[id(one)], one) for one in found]
