"""Versions: listed, compared, downloaded."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from jixiao.batch.conversion import How, Kind, file_of
from jixiao.compare import compare
from jixiao.model import PerformanceText
from jixiao.web import inputs
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content
from jixiao.web.targets.models import Text
from jixiao.write.compare.html import cells
from jixiao.write.compare.rows import groups
from jixiao.write.compare.text import summary

TYPES: dict[str, tuple[Kind, str]] = {
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("pdf", "application/pdf"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@asks(Action.SEE)
@require_GET
def versions(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001
    """List the versions of a text."""
    text: Text = request.text  # type: ignore[attr-defined]
    found = list(text.versions.select_related("person").defer("content", "findings"))
    return render(request, "versions.html", {"text": text, "versions": found})


@asks(Action.SEE)
@require_GET
def compared(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001
    """Show what changed from one version to another, or to what the text says now."""
    text: Text = request.text  # type: ignore[attr-defined]
    before, after = (_said(text, request.GET.get(name, "")) for name in ("from", "to"))
    made = compare(before[1], after[1])
    shown = [(group, [(row, *cells(row)) for row in group.rows]) for group in groups(made)]
    context = {
        "text": text,
        "before": before[0],
        "after": after[0],
        "groups": shown,
        "sentences": list(summary(made)),
    }
    return render(request, "compare.html", context)


@asks(Action.SEE)
@require_GET
def download(request: HttpRequest, text_id: int, kind: str) -> HttpResponse:  # noqa: ARG001
    """Give a text, or a version of it, as an official document."""
    text: Text = request.text  # type: ignore[attr-defined]
    return document(request, text, kind, request.GET.get("version", ""))


def document(request: HttpRequest, text: Text, kind: str, version: str) -> HttpResponse:
    """Return a text, or a version of it, as a file to keep. Raises Http404."""
    if kind not in TYPES:
        raise Http404
    name, said = _said(text, version)
    made, media = TYPES[kind]
    data = file_of(said, made, How())
    record(actor_of(request), "text.download", "text", text.pk, kind=kind, version=version)
    suffix = f"（{name}）" if version else ""
    title = f"{text.unit.name}{text.year}年部门预算绩效文本{suffix}.{kind}"
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}"
    return response


def _said(text: Text, number: str) -> tuple[str, PerformanceText]:
    """Return what a version is called and says; without a number, the text as it is now."""
    if not number:
        return "现在", content.whole(text, text.sheets.all())
    version = get_object_or_404(text.versions, number=inputs.number(number))
    return f"第 {version.number} 版", content.read_whole(version.content)
