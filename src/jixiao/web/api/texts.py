"""Texts, their projects, findings, versions and documents, to read."""

from __future__ import annotations

from typing import Literal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from jixiao.web import scope
from jixiao.web.api import answers
from jixiao.web.api.contract import (
    Findings,
    Sheets,
    SheetWhole,
    TextFilter,
    TextPage,
    TextWhole,
    Versions,
    VersionWhole,
)
from jixiao.web.api.guard import serves
from jixiao.web.scope import Action
from jixiao.web.targets import content
from jixiao.web.targets.models import Text
from jixiao.web.targets.views.versions import TYPES, document

router = Router(tags=["texts"])

_BINARY = {media: {"schema": {"type": "string", "format": "binary"}} for _, media in TYPES.values()}


@serves(router, "GET", "/texts", Action.SEE, TextPage, (422,))
def list_texts(request: HttpRequest, asked: Query[TextFilter]) -> TextPage:
    """List the texts that one may see."""
    found = scope.listed(answers.user_of(request)).order_by("-year", "unit__code", "pk")
    if asked.year is not None:
        found = found.filter(year=asked.year)
    if asked.state is not None:
        found = found.filter(state=asked.state)
    if asked.unit is not None:
        found = found.filter(unit__code=asked.unit)
    pages = Paginator(found, asked.limit)
    there = pages.page(asked.page) if asked.page <= pages.num_pages else ()
    items = tuple(answers.summary(text) for text in there)
    return TextPage(items, pages.count, asked.page, asked.limit)


@serves(router, "GET", "/texts/{int:text_id}", Action.SEE, TextWhole)
def get_text(request: HttpRequest, text_id: int) -> TextWhole:  # noqa: ARG001 - judged by scope
    """Give a text with all that it says."""
    text = answers.text_of(request)
    sheets = list(text.sheets.all())
    return TextWhole(
        **answers.told(text),
        sheets=answers.sheets(text, sheets),
        content=content.whole(text, sheets),
    )


@serves(router, "GET", "/texts/{int:text_id}/projects", Action.SEE, Sheets)
def list_projects(request: HttpRequest, text_id: int) -> Sheets:  # noqa: ARG001
    """List the projects of a text."""
    text = answers.text_of(request)
    return Sheets(answers.sheets(text, list(text.sheets.all())))


@serves(router, "GET", "/texts/{int:text_id}/projects/{int:sheet_id}", Action.SEE, SheetWhole)
def get_project(request: HttpRequest, text_id: int, sheet_id: int) -> SheetWhole:  # noqa: ARG001
    """Give a project with all that it says."""
    text = answers.text_of(request)
    sheets = list(text.sheets.all())
    for sheet, summary in zip(sheets, answers.sheets(text, sheets), strict=True):
        if sheet.pk == sheet_id:
            return answers.whole_sheet(summary, sheet)
    raise Http404


@serves(router, "GET", "/texts/{int:text_id}/findings", Action.SEE, Findings)
def list_findings(request: HttpRequest, text_id: int) -> Findings:  # noqa: ARG001
    """Give what the check of a text says, with the unit's reasons."""
    text = answers.text_of(request)
    return Findings(answers.findings(text, list(text.sheets.all())))


@serves(router, "GET", "/texts/{int:text_id}/versions", Action.SEE, Versions)
def list_versions(request: HttpRequest, text_id: int) -> Versions:  # noqa: ARG001
    """List the versions of a text."""
    found = answers.text_of(request).versions.select_related("person").defer("content", "findings")
    return Versions(tuple(answers.version(each) for each in found))


@serves(router, "GET", "/texts/{int:text_id}/versions/{int:number}", Action.SEE, VersionWhole)
def get_version(request: HttpRequest, text_id: int, number: int) -> VersionWhole:  # noqa: ARG001
    """Give what a text said in a version."""
    text: Text = answers.text_of(request)
    found = text.versions.select_related("person").filter(number=number).first()
    if found is None:
        raise Http404
    return answers.whole_version(found)


@serves(router, "GET", "/texts/{int:text_id}/download/{kind}", Action.SEE, _BINARY, (422,))
def download_text(
    request: HttpRequest,
    text_id: int,  # noqa: ARG001
    kind: Literal["docx", "pdf", "xlsx"],
    version: int | None = None,
) -> HttpResponse:
    """Give a text, or a version of it, as an official document."""
    return document(
        request, answers.text_of(request), kind, "" if version is None else str(version)
    )
