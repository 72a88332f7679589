"""绩效目标调整: applied for, its table shown and printed, cancelled."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web import inputs
from jixiao.web.adjustments import applying, showing
from jixiao.web.adjustments.applying import AdjustmentError
from jixiao.web.journal.chain import actor_of, record
from jixiao.web.scope import Action, asks
from jixiao.web.targets import auditing, content
from jixiao.web.targets.models import Text
from jixiao.write.compare.adjustment import adjustment_blocks
from jixiao.write.reports.document import write_forms

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@asks(Action.ADJUST)
@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, text_id: int) -> HttpResponse:
    """Ask which projects are to be adjusted and why; apply for it."""
    text: Text = request.text  # type: ignore[attr-defined]
    chosen = inputs.numbers(request.POST.getlist("sheet"))
    reason = request.POST.get("reason", "")
    status = 200
    if request.method == "POST":
        try:
            made = applying.apply(actor_of(request), text_id, chosen, reason)
        except AdjustmentError as error:
            messages.error(request, str(error))
            status = 422
        else:
            messages.success(
                request, "可以修改申请调整的项目了。改好后提交，批复之前原来的文本不变。"
            )
            return redirect("text", made.text_id)
    projects = [(sheet.pk, content.project_of(sheet)) for sheet in text.sheets.all()]
    context = {
        "text": text,
        "projects": [(pk, project, auditing.total(project)) for pk, project in projects],
        "chosen": chosen,
        "reason": reason,
    }
    return render(request, "adjust.html", context, status=status)


@asks(Action.SEE)
@require_GET
def table(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001
    """Show the 绩效目标调整表, as it is printed."""
    text = _copy(request)
    made = showing.of_copy(text)
    context = {
        "text": text,
        "made": made,
        "facts": showing.facts(made),
        "marked": showing.marked(showing.projects(made)),
    }
    return render(request, "adjustment.html", context)


@asks(Action.SEE)
@require_GET
def document(request: HttpRequest, text_id: int) -> HttpResponse:  # noqa: ARG001
    """Give the 绩效目标调整表 as a Word document."""
    text = _copy(request)
    made = showing.of_copy(text)
    blocks = adjustment_blocks(showing.projects(made), showing.facts(made))
    data = write_forms(blocks, landscape=True)
    record(actor_of(request), "text.download", "text", text.pk, kind="adjustment")
    title = f"{text.unit.name}{text.year}年项目绩效目标调整表（第{made.number}次）.docx"
    response = HttpResponse(data, content_type=_DOCX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}"
    return response


@asks(Action.CANCEL)
@require_POST
def cancel(request: HttpRequest, text_id: int) -> HttpResponse:
    """Cancel an adjustment."""
    made = applying.cancel(actor_of(request), text_id)
    messages.success(request, "调整已撤销，批复的文本没有变。")
    return redirect("text", made.text.original_id or 0)


def _copy(request: HttpRequest) -> Text:
    text: Text = request.text  # type: ignore[attr-defined]
    if text.original_id is None:
        raise Http404
    return text
