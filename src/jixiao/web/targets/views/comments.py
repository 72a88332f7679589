"""Comments of reviewers on fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from jixiao.web import inputs, scope
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content, presenting
from jixiao.web.targets.fields import without_controls
from jixiao.web.targets.models import Comment, Sheet
from jixiao.web.targets.workflow import LONGEST_OPINION, StepError


@asks(Action.REVIEW)
@require_POST
def add(request: HttpRequest, text_id: int) -> HttpResponse:
    """Write a comment on a field; the answer is the place of the page with it."""
    return write(request, text_id, request.POST.get("body", ""))


def write(request: HttpRequest, text_id: int, body: str) -> HttpResponse:
    """Write a comment where the page says; one that stands there already is not written twice."""
    user: Any = request.user
    body = without_controls(body).strip()
    if not body or len(body) > LONGEST_OPINION:
        raise StepError("意见是空的，或者太长", f"请写 1 到 {LONGEST_OPINION} 个字")
    with transaction.atomic():
        text = scope.locked(user, Action.REVIEW, text_id)
        sheets = list(text.sheets.all())
        sheet = _sheet(sheets, request.POST.get("sheet", ""))
        row, field = (inputs.words(request.POST.get(name, "")) for name in ("row", "field"))
        row, field = row[:16], field[:60]
        label = _label(sheet, row, field)
        place = {"sheet": sheet, "row": row, "field": field, "body": body}
        if not text.comments.filter(**place, person=user, settled_at=None).exists():
            Comment.objects.create(text=text, label=label, person=user, **place)
            record(actor_of(request), "text.comment", "text", text.pk, at=label, body=body)
    comments = list(text.comments.select_related("person"))
    if sheet is None:
        said = presenting.head_notes(text, sheets, comments).values()
        key = f"{field}-{row}" if row else field
        shown = next((s for s in said if s.key == key), None)
    else:
        form = presenting.project_form(text, sheets, sheet, comments)
        key = f"{field or 'row'}-{row}" if row else field
        shown = next((s for s in form.every if s.key == key), form.whole)
    context = {
        "text": text,
        "sheet": sheet,
        "place": shown,
    }
    return render(request, "_said.html", context)


@asks(Action.EDIT)
@require_POST
def settle(request: HttpRequest, text_id: int, comment_id: int) -> HttpResponse:
    """Say that a comment was seen to."""
    user: Any = request.user
    with transaction.atomic():
        text = scope.locked(user, Action.EDIT, text_id)
        comment = get_object_or_404(text.comments, pk=comment_id)
        if comment.settled_at is None:
            comment.settled_at = timezone.now()
            comment.save(update_fields=["settled_at"])
            record(actor_of(request), "text.comment.settle", "text", text.pk, at=comment.label)
    if getattr(request, "htmx", False):
        return render(request, "_comment.html", {"comment": comment, "text": text})
    messages.success(request, "已标为处理完。")
    return redirect("text", text_id)


def _sheet(sheets: list[Sheet], given: str) -> Sheet | None:
    if not given:
        return None
    found = [each for each in sheets if str(each.pk) == given]
    if not found:
        raise StepError("这个项目已经不在了", "请刷新页面")
    return found[0]


def _label(sheet: Sheet | None, row: str, field: str) -> str:
    """Return where a comment is, in words that stay true when rows move."""
    plan = presenting.plan()
    names = {each.anchor: each.label for each in plan.rows}
    names |= {
        "overall": "总体绩效目标",
        "sub_objectives": "分项绩效目标",
        "safeguards": "工作保障措施",
    }
    if sheet is None:
        return names.get(field, "文本整体")
    project = content.project_of(sheet)
    if row in sheet.rows:
        line = project.indicators[sheet.rows.index(row)]
        return f"{project.name or '（没有名称的项目）'}　指标“{line.name or ''}”"[:200]
    return f"{project.name or '（没有名称的项目）'}　{names.get(field, '绩效指标表')}"[:200]
