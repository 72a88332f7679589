"""Files of a review: sheets with what was decided, the queue, all that was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from jixiao.check import Severity
from jixiao.model import PerformanceText
from jixiao.web.accounts.roles import Role
from jixiao.web.review import proposing
from jixiao.web.review.models import Standing
from jixiao.web.review.proposing import Shown
from jixiao.web.targets import content
from jixiao.web.targets.auditing import Waived
from jixiao.web.targets.models import Comment, Text
from jixiao.write.review import document, opinions, sheets
from jixiao.write.review.decided import Decided, DecidedItem
from jixiao.write.review.opinions import COMMENT, DECISION, FINDING, Opinion, Said
from jixiao.write.review.register import Register, workbook
from jixiao.write.subject import subject

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_CHUNK = 25
"""Texts that are in memory at a time with all that was said of them."""

_TEXTS = (
    ("序号", 6), ("主管部门", 20), ("预算单位", 28), ("年度", 7), ("项目", 7), ("预算（万元）", 14), ("错误", 7),
    ("说明了理由的错误", 10), ("警告", 7), ("提示", 7), ("没处理的意见", 9), ("状态", 14), ("从何时起", 16),
)  # fmt: skip
_PROJECTS = (
    ("序号", 6), ("主管部门", 20), ("预算单位", 26), ("年度", 7), ("项目编码", 24), ("项目名称", 40), ("预算（万元）", 14),
    ("错误", 7), ("说明了理由的错误", 10), ("警告", 7), ("提示", 7), ("没处理的意见", 9), ("状态", 14),
)  # fmt: skip


def appraisals(text: Text, role: Role, kind: str) -> bytes:
    """Return all review sheets of a text as docx or xlsx, as one role decided them."""
    sheets_of_text = list(text.sheets.all())
    made = proposing.proposal(text, sheets_of_text)
    office = str(text.unit.department if role is Role.DEPARTMENT else text.unit.department.region)
    shown = proposing.all_of(text, sheets_of_text, role, made)
    decided = {each.proposed.project: _decided(each, f"{office}{role.label}") for each in shown}
    if kind == "docx":
        return document.write_docx(made.review, decided)
    return sheets.workbook([made.review], [decided])


def _decided(shown: Shown, office: str) -> Decided:
    entries = [shown.grade, shown.outcome, shown.opinion]
    entries += [each for line in shown.lines for each in line[1:]]
    last = max((each.at for each in entries if each.at), default=None)
    people = "、".join(dict.fromkeys(each.person for each in entries if each.person))
    return Decided(
        office,
        {
            line.item.name: DecidedItem(
                Decimal(line.score.value) if line.score.value else None,
                line.judgement.value,
                line.opinion.value,
            )
            for line in shown.lines
        },
        shown.grade.value,
        shown.outcome.value,
        shown.opinion.value,
        people,
        f"{timezone.localtime(last):%Y-%m-%d}" if last else "",
        shown.completed_at is not None,
    )


def queue_of_texts(found: QuerySet[Text]) -> bytes:
    """Return a queue of texts as a workbook."""
    waiting = _open_comments("text", found)
    rows = (
        (
            at, each.unit.department.name, each.unit.name, each.year, each.projects, each.money,
            each.errors, each.waived, each.warnings, each.hints, waiting.get(each.pk, 0),
            each.standing, _moment(each.entered_at),
        )
        for at, each in enumerate(found.defer("findings", "head"), 1)
    )  # fmt: skip
    return workbook("审核队列", [Register("审核队列", _TEXTS, rows, _made())])


def queue_of_projects(found: QuerySet[Standing]) -> bytes:
    """Return a queue of projects as a workbook."""
    waiting = _open_comments("sheet", found)
    rows = (
        (
            at, each.text.unit.department.name, each.text.unit.name, each.text.year, each.code,
            each.name, each.money, each.errors, each.waived, each.warnings, each.hints,
            waiting.get(each.sheet_id or 0, 0),
            each.text.standing,
        )
        for at, each in enumerate(_with_texts(found), 1)
    )  # fmt: skip
    return workbook("审核队列", [Register("审核队列（项目）", _PROJECTS, rows, _made())])


def _with_texts(found: QuerySet[Standing]) -> QuerySet[Standing]:
    found = found.select_related("text__unit__department")
    return found.defer("text__findings", "text__head")


def _open_comments(by: str, found: QuerySet[Any]) -> dict[int, int]:
    """Return how many comments nobody has seen to each text, or each project, of a queue has."""
    key = "pk" if by == "text" else "sheet"
    within = Comment.objects.filter(settled_at=None, **{f"{by}__in": found.order_by().values(key)})
    return dict(within.order_by().values_list(by).annotate(Count("pk")))


def all_said(found: QuerySet[Text], *, hints: bool) -> Iterator[Said]:
    """Yield what was said of each text, few at a time in memory."""
    whole = found.prefetch_related(
        "sheets", "waivers__person", "comments__person", "decisions__person"
    )
    for text in whole.iterator(chunk_size=_CHUNK):
        yield _said(text, hints=hints)


def _said(text: Text, *, hints: bool) -> Said:
    sheets_of_text = list(text.sheets.all())
    said = content.whole(text, sheets_of_text)
    opinions_ = [*_decisions(text), *_comments(text, said), *_findings(text, said, hints=hints)]
    return Said(
        text.unit.department.name,
        text.unit.name,
        text.year,
        text.standing,
        tuple(opinions_),
    )


def _decisions(text: Text) -> Iterator[Opinion]:
    for each in text.decisions.all():
        yield Opinion(
            DECISION,
            each.opinion,
            person=f"{each.person.name}（{each.office}）",
            at=_moment(each.at),
            status=each.get_step_display(),
        )


def _comments(text: Text, said: PerformanceText) -> Iterator[Opinion]:
    names = {
        sheet.pk: project.name or ""
        for sheet, project in zip(text.sheets.all(), said.projects, strict=True)
    }
    for each in text.comments.all():
        # The label begins with the project as it was called then.
        project, _, place = each.label.rpartition("　")
        yield Opinion(
            COMMENT,
            each.body,
            project=names.get(each.sheet_id or 0, project),
            place=place,
            person=f"{each.person.name}（{each.person.get_role_display()}）",
            at=_moment(each.at),
            status="已处理" if each.settled_at else "没处理",
        )


def _findings(text: Text, said: PerformanceText, *, hints: bool) -> Iterator[Opinion]:
    waived = Waived(text.waivers.all(), list(text.sheets.all()))
    for each in content.findings_of(text.findings):
        if each.severity is Severity.INFORMATION and not hints:
            continue
        about, waiver = subject(each, said), waived.of(each)
        place = "　".join(word for word in (about.indicator_label, about.field) if word)
        yield Opinion(
            FINDING,
            each.message,
            about.project if about.project_number else "",
            place,
            each.severity.chinese,
            each.code,
            f"单位说明：{waiver.reason}" if waiver else each.suggestion,
            status="单位已说明" if waiver else "",
        )


def opinions_workbook(said: Iterable[Said]) -> bytes:
    """Return 审核意见汇总."""
    return opinions.register(said)


def opinions_document(title: str, said: Iterable[Said]) -> bytes:
    """Return 审核意见 of some texts as a Word document."""
    return opinions.write_docx(title, list(said))


def _moment(at: object) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]


def _made() -> str:
    return f"导出时间：{timezone.localtime():%Y-%m-%d %H:%M}。错误多的在前，同样多的预算大的在前。"
