"""从上年复制: choose what of last year's text to take over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jixiao.web import inputs
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import carrying
from jixiao.web.targets.models import Text


@asks(Action.RESHAPE)
@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, text_id: int) -> HttpResponse:
    """Show the projects of last year's text; add those that are chosen."""
    text: Text = request.text  # type: ignore[attr-defined]
    source = carrying.source_of(text)
    if source is None:
        messages.error(request, "这个单位以前没有文本，不能从上年复制。可以导入去年的文件。")
        return redirect("text", text_id)
    if request.method == "POST":
        chosen = inputs.numbers(request.POST.getlist("project"))
        head = bool(request.POST.get("head"))
        if not chosen and not head:
            messages.error(request, "请至少勾选一项。")
            return redirect("carry", text_id)
        carrying.carry(actor_of(request), text_id, source, chosen, head=head)
        messages.success(
            request,
            f"已从 {source.year} 年复制 {len(chosen)} 个项目。金额、支出计划、项目编码要按 {text.year} 年填，"
            "上年的数写在栏目旁边。",
        )
        return redirect("text", text_id)
    offers = carrying.offers(text, source)
    return render(request, "carry.html", {"text": text, "source": source, "offers": offers})
