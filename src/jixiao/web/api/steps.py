"""Steps of a text's way, and one field of it: what changes a text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from jixiao.exchange import dump_json
from jixiao.web.api import answers
from jixiao.web.api.contract import (
    FieldChange,
    FieldConflict,
    Opinion,
    SavedField,
    Submission,
    TextSummary,
)
from jixiao.web.api.guard import JSON, serves
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action
from jixiao.web.targets import drafting, workflow
from jixiao.web.targets.auditing import Spot, spot
from jixiao.web.targets.drafting import At, Conflict, Saved, Seen

router = Router(tags=["changes"])

_SENT = (400, 413, 422)
"""What can be wrong with a body that is sent."""


@serves(router, "POST", "/texts/{int:text_id}/submit", Action.SUBMIT, TextSummary, _SENT)
def submit_text(request: HttpRequest, text_id: int, sent: Submission) -> TextSummary:
    """Submit a text, with the reasons for errors that are left."""
    text = answers.text_of(request)
    sheets = list(text.sheets.all())
    reasons: dict[Spot, str] = {}
    if sent.shared.strip():
        left = workflow.blocking(text, sheets)
        reasons = {spot(each, sheets): sent.shared for each, waiver in left if waiver is None}
    for each in sent.reasons:
        reasons[each.sheet, each.row, each.field, each.code] = each.reason
    return answers.summary(workflow.submit(actor_of(request), text_id, reasons))


@serves(router, "POST", "/texts/{int:text_id}/agree", Action.REVIEW, TextSummary, _SENT)
def agree_text(request: HttpRequest, text_id: int, sent: Opinion) -> TextSummary:
    """Let a text pass the review that it is in."""
    return answers.summary(workflow.agree(actor_of(request), text_id, sent.opinion))


@serves(router, "POST", "/texts/{int:text_id}/return", Action.REVIEW, TextSummary, _SENT)
def return_text(request: HttpRequest, text_id: int, sent: Opinion) -> TextSummary:
    """Return a text to its unit."""
    return answers.summary(workflow.send_back(actor_of(request), text_id, sent.opinion))


_SHEET = "/texts/{int:text_id}/projects/{int:sheet_id}"


@serves(
    router, "PUT", "/texts/{int:text_id}/fields/{path:field}", Action.RESHAPE, SavedField, _SENT
)  # fmt: skip
def put_field(request: HttpRequest, text_id: int, field: str, sent: FieldChange) -> HttpResponse:
    """Save a field of the department's part."""
    return _saved(request, text_id, At(None, "", field), sent)


@serves(router, "PUT", f"{_SHEET}/fields/{{path:field}}", Action.EDIT, SavedField, _SENT)
def put_project_field(
    request: HttpRequest, text_id: int, sheet_id: int, field: str, sent: FieldChange
) -> HttpResponse:
    """Save a field of a project."""
    return _saved(request, text_id, At(sheet_id, "", field), sent)


@serves(
    router, "PUT", f"{_SHEET}/rows/{{slug:row}}/fields/{{path:field}}", Action.EDIT, SavedField,
    _SENT,
)  # fmt: skip
def put_indicator_field(
    request: HttpRequest, text_id: int, sheet_id: int, row: str, field: str, sent: FieldChange
) -> HttpResponse:
    """Save a field of an indicator."""
    return _saved(request, text_id, At(sheet_id, row, field), sent)


def _saved(request: HttpRequest, text_id: int, at: At, sent: FieldChange) -> HttpResponse:
    seen = Seen(sent.before, sent.revision)
    saved = drafting.save_field(actor_of(request), text_id, at, sent.value, seen)
    if saved.conflict is not None:
        told = _conflict(saved.revision, saved.conflict)
        return HttpResponse(dump_json(told), status=409, content_type=f"{JSON}; charset=utf-8")
    return HttpResponse(dump_json(_told(saved, at)), content_type=f"{JSON}; charset=utf-8")


def _told(saved: Saved, at: At) -> SavedField:
    found = answers.findings(saved.text, saved.sheets)
    return SavedField(
        value=drafting.said(saved, at),
        revision=saved.revision,
        text=answers.summary(saved.text),
        findings=tuple(each for each in found if each.sheet == at.sheet),
    )


def _conflict(revision: int, found: Conflict) -> FieldConflict:
    gone = "这一行指标已经被删除" if found.gone else "这一栏已经被别人改过，没有保存"
    how = "请重新读取这个项目" if found.gone else "请比较两边的内容，带上现在的版本号再存一次"
    return FieldConflict(
        gone, how, found.now, found.mine, revision, found.person, found.at, found.gone
    )
