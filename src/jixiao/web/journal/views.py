"""The record, as a page for the administrator."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jixiao.web.journal.models import Entry
from jixiao.web.scope import Action, asks


@asks(Action.JOURNAL)
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """Show the entries, the last first."""
    page = Paginator(Entry.objects.order_by("-number"), 100).get_page(request.GET.get("page"))
    return render(request, "journal.html", {"page": page})
