"""The record, as pages for the administrator."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jixiao.model.errors import JixiaoError
from jixiao.web import inputs, scope
from jixiao.web.journal import export as exporting
from jixiao.web.journal import showing, verifying
from jixiao.web.journal.chain import actor_of, record, words
from jixiao.web.journal.models import Entry
from jixiao.web.scope import Action, asks
from jixiao.web.targets.models import Text

_PAGE = 100
_FILTERS = ("who", "action", "from", "to", "text", "q")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TooManyError(JixiaoError):
    """More entries than a workbook takes."""


@asks(Action.JOURNAL)
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """Show the entries, the last first, by what is asked for; and how the last check came out."""
    page = Paginator(_found(request), _PAGE).get_page(request.GET.get("page"))
    check = verifying.latest()
    context: dict[str, Any] = {
        "page": page,
        "entries": showing.shown(list(page)),
        "actions": words().items(),
        "asked": _asked(request),
        "kept": _kept(request),
        "check": check,
        "failed": check is not None and verifying.has_failed(check),
    }
    return render(request, "journal.html", context)


@asks(Action.JOURNAL)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the entries that are asked for as a workbook. That they were taken away is recorded."""
    found = _found(request).order_by("number")
    count = found.count()
    if count > exporting.MOST:
        raise TooManyError(f"有 {count} 条，一个表格最多 {exporting.MOST} 条", "请按时间分几次导出")
    response = HttpResponse(exporting.workbook(found.iterator(1000)), content_type=_XLSX)
    name = "%E6%93%8D%E4%BD%9C%E8%AE%B0%E5%BD%95"  # 操作记录
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.xlsx"
    record(actor_of(request), "journal.export", "journal", None, entries=count)
    return response


@asks(Action.JOURNAL)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Let a worker walk the chain."""
    verifying.ask(actor_of(request))
    messages.success(request, "正在后台核对，稍后刷新页面看结果。")
    return redirect("journal")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: inputs.words(request.GET.get(name, "")) for name in _FILTERS}


def _found(request: HttpRequest) -> QuerySet[Entry]:
    keeper: Any = request.user
    found = scope.kept_entries(keeper).order_by("-number")
    asked = _asked(request)
    if asked["who"]:
        found = found.filter(person__icontains=asked["who"])
    if asked["action"]:
        by = Q(action=asked["action"]) | Q(action__startswith=f"{asked['action']}.")
        found = found.filter(by)
    if begin := _day(asked["from"]):
        found = found.filter(at__gte=begin)
    if end := _day(asked["to"]):
        found = found.filter(at__lt=end + timedelta(days=1))
    if asked["text"]:
        texts = Text.objects.filter(unit__department__region__in=scope.regions(keeper))
        texts = texts.filter(unit__name__icontains=asked["text"])
        found = found.filter(subject="text", subject_id__in=texts.values("pk"))
    if asked["q"]:
        found = found.filter(Q(detail__icontains=asked["q"]) | Q(address=asked["q"]))
    return found


def _day(said: str) -> datetime | None:
    """Return the beginning of a day, None for what is none."""
    found = inputs.day(said)
    return timezone.make_aware(datetime.combine(found, time())) if found else None


def _kept(request: HttpRequest) -> str:
    """Return the filters as an address keeps them from page to page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
