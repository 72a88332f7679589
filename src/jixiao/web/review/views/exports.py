"""Files of the queue and of what was said in reviews."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.review import filing, standing
from jixiao.web.review import queue as queues
from jixiao.web.review.views.appraisals import as_file
from jixiao.web.scope import Action, asks
from jixiao.web.targets.models import Text

MOST = {"xlsx": 400, "docx": 60}
"""Texts that one file of opinions may be of: a county's, and a large department's."""

MOST_WITH_HINTS = 60
"""Texts up to which a workbook has hints (提示), too: of a county's there would be too many."""


class TooManyError(JixiaoError):
    """More texts than one file may be of."""


@asks(Action.QUEUE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Give the queue as the page shows it, whole, as a workbook."""
    user: Any = request.user
    asked = queues.asked_of(request.GET, Role(user.role))
    standing.fill(scope.listed(user))
    if asked.look == "projects":
        data = filing.queue_of_projects(queues.projects(user, asked))
    else:
        data = filing.queue_of_texts(queues.texts(user, asked))
    record(actor_of(request), "review.export", "queue", asked=asked.encoded)
    return as_file(data, "xlsx", f"审核队列{timezone.localdate():%Y%m%d}")


@asks(Action.QUEUE)
@require_GET
def opinions(request: HttpRequest, kind: str) -> HttpResponse:
    """Give all that was said of the texts of the queue."""
    user: Any = request.user
    if kind not in filing.TYPES:
        raise Http404
    asked = queues.asked_of(request.GET, Role(user.role))
    found = queues.texts(user, asked._replace(look="texts"))
    number = found.count()
    if number > MOST[kind]:
        raise TooManyError(
            f"有 {number} 份文本，一个文件最多写 {MOST[kind]} 份的意见",
            "请先按部门、单位或年度筛选，再导出",
        )
    record(actor_of(request), "review.export", "opinions", kind=kind, asked=asked.encoded)
    return _file(found, kind, _named(found, asked), hints=number <= MOST_WITH_HINTS)


@asks(Action.SEE)
@require_GET
def opinions_of_text(request: HttpRequest, text_id: int, kind: str) -> HttpResponse:
    """Give all that was said of one text."""
    text: Text = request.text  # type: ignore[attr-defined]
    if kind not in filing.TYPES:
        raise Http404
    found = Text.objects.select_related("unit__department").filter(pk=text_id)
    record(actor_of(request), "review.export", "text", text.pk, kind=kind)
    return _file(found, kind, f"{text.unit.name}{text.year}年", hints=True)


def _file(found: Any, kind: str, of: str, *, hints: bool) -> HttpResponse:
    title = f"{of}预算绩效目标审核意见"
    if kind == "docx":
        data = filing.opinions_document(title, filing.all_said(found, hints=False))
    else:
        data = filing.opinions_workbook(filing.all_said(found, hints=hints))
    return as_file(data, kind, title)


def _named(found: Any, asked: queues.Filter) -> str:
    """Return whose texts they are, where they are of one department or unit."""
    first = found.first() if asked.unit or asked.department else None
    year = f"{asked.year}年" if asked.year else ""
    if first is None:
        return year
    return f"{first.unit.name if asked.unit else first.unit.department.name}{year}"
