"""Steps of a text's way: submit, pass or approve, return."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.web.journal.chain import actor_of
from jixiao.web.review import queue, turning
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content, workflow
from jixiao.web.targets.auditing import Spot, spot
from jixiao.web.targets.models import Sheet, Text
from jixiao.write.subject import subject


@asks(Action.SUBMIT)
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, text_id: int) -> HttpResponse:
    """Show the errors that are left, each with a box for its reason; submit the text."""
    text: Text = request.text  # type: ignore[attr-defined]
    sheets = list(text.sheets.all())
    left = workflow.blocking(text, sheets)
    if request.method == "POST":
        shared = request.POST.get("shared", "").strip()
        reasons: dict[Spot, str] = {}
        for number, (finding, waiver) in enumerate(left):
            own = request.POST.get(f"reason-{number}", "").strip()
            reasons[spot(finding, sheets)] = own or (waiver.reason if waiver else "") or shared
        try:
            workflow.submit(actor_of(request), text_id, reasons)
        except workflow.StepError as error:
            messages.error(request, str(error))
            return render(request, "submit.html", _submission(text, sheets, request), status=422)
        messages.success(request, "已提交单位审核。")
        return redirect("text", text_id)
    return render(request, "submit.html", _submission(text, sheets, request))


@asks(Action.REVIEW)
@require_POST
def agree(request: HttpRequest, text_id: int) -> HttpResponse:
    """Let a text pass."""
    following = _following(request)
    text = workflow.agree(actor_of(request), text_id, request.POST.get("opinion", ""))
    return _go_on(request, f"{text}：{workflow.agreed_words(text)}。", following)


@asks(Action.REVIEW)
@require_POST
def send_back(request: HttpRequest, text_id: int) -> HttpResponse:
    """Return a text to its unit."""
    following = _following(request)
    text = workflow.send_back(actor_of(request), text_id, request.POST.get("opinion", ""))
    return _go_on(request, f"{text}：已退回。", following)


def _following(request: HttpRequest) -> str:
    """Return where a reviewer goes on, asked before the text leaves the queue."""
    user: Any = request.user
    text: Text = request.text  # type: ignore[attr-defined]
    return turning.after_decision(user, queue.asked_on(request), text)


def _go_on(request: HttpRequest, done: str, following: str) -> HttpResponse:
    if following:
        messages.success(request, f"{done}接着是下一份。")
        return redirect(following)
    asked = queue.asked_on(request).encoded
    messages.success(request, f"{done}这个队列里没有别的了。")
    return redirect(reverse("queue") + (f"?{asked}" if asked else ""))


def _submission(text: Text, sheets: list[Sheet], request: HttpRequest) -> dict[str, object]:
    said = content.whole(text, sheets)
    left = workflow.blocking(text, sheets)
    return {
        "text": text,
        "left": [
            {
                "number": number,
                "finding": finding,
                "subject": subject(finding, said),
                "sheet": sheets[finding.project] if finding.project is not None else None,
                "reason": request.POST.get(f"reason-{number}", "")
                or (waiver.reason if waiver else ""),
            }
            for number, (finding, waiver) in enumerate(left)
        ],
        "open_comments": list(text.comments.filter(settled_at=None).select_related("person")),
        "shared": request.POST.get("shared", ""),
    }
