"""A review sheet as it is shown: what the findings come to, beside what a role has decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from jixiao.check.review import Review, ReviewedItem, review
from jixiao.check.review import Sheet as Proposed
from jixiao.check.review_form import form
from jixiao.web.accounts.roles import Role
from jixiao.web.errors import MovedOnError
from jixiao.web.review.models import Appraisal
from jixiao.web.targets import auditing, content
from jixiao.web.targets.auditing import Waived
from jixiao.web.targets.models import Sheet, Text

OF_ITEM = ("score", "judgement", "opinion")
OF_SHEET = ("grade", "outcome", "opinion")
"""Fields that are decided: of each item of the form, and of the whole sheet (its row is "")."""


class Entry(NamedTuple):
    """What was decided in one field; ``old`` where it was before the text came the last time."""

    value: str = ""
    person: str = ""
    at: datetime | None = None
    old: bool = False


class Line(NamedTuple):
    """One item of the form: what is proposed, and what was decided."""

    item: ReviewedItem
    score: Entry
    judgement: Entry
    opinion: Entry


class Shown(NamedTuple):
    """A review sheet as a page shows it; ``total`` is None until every item has its score."""

    key: int | None
    role: Role
    proposed: Proposed
    waived: int
    lines: list[Line]
    grade: Entry
    outcome: Entry
    opinion: Entry
    total: Decimal | None
    by_score: str
    completed_at: datetime | None
    person: str
    missing: list[str]

    @property
    def begun(self) -> bool:
        """Whether anything was decided yet."""
        entries = [self.grade, self.outcome, self.opinion]
        entries += [each for line in self.lines for each in line[1:]]
        return any(entry.value for entry in entries)

    @property
    def old(self) -> bool:
        """Whether something was decided before the text came the last time."""
        entries = [self.grade, self.outcome, self.opinion]
        entries += [each for line in self.lines for each in line[1:]]
        return any(entry.old for entry in entries)


class Proposal(NamedTuple):
    """What is proposed for a text and its projects, and how many errors of each have a reason."""

    review: Review
    waived: Counter[int | None]

    def of(self, sheets: Sequence[Sheet], key: int | None) -> Proposed:
        """Return what is proposed for one sheet. Raises MovedOnError where its project is gone."""
        if key is None:
            return self.review.text
        for sheet, proposed in zip(sheets, self.review.projects, strict=True):
            if sheet.pk == key:
                return proposed
        raise MovedOnError("这个项目已经被删除", "请回到文本页面，看最新的项目")


def proposal(text: Text, sheets: Sequence[Sheet]) -> Proposal:
    """Return what the findings of a text come to.

    Errors that the unit gave reasons for cost what others do: whether a reason holds is for the
    reviewer to say, who sees how many there are.
    """
    found = content.findings_of(text.findings)
    waived = Waived(text.waivers.all(), sheets)
    made = review(content.whole(text, sheets), found, ran=auditing.checker().codes)
    return Proposal(made, Counter(each.project for each in found if waived.of(each)))


def shown(
    text: Text,
    sheets: Sequence[Sheet],
    made: Proposal,
    key: int | None,
    role: Role,
    appraisal: Appraisal | None,
) -> Shown:
    """Return a review sheet: what is proposed, with what a role has decided on it."""
    proposed = made.of(sheets, key)
    entries = _Entries(text, appraisal)
    lines = [
        Line(each, *(entries.of(each.name, name) for name in OF_ITEM)) for each in proposed.items
    ]
    scores = [line.score.value for line in lines]
    total = sum(map(Decimal, scores), Decimal(0)) if all(scores) else None
    grade, outcome, opinion = (entries.of("", name) for name in OF_SHEET)
    # Of a text, the errors of its average project, as the proposal takes them.
    errors = -(-proposed.counts["E"] // (max(len(sheets), 1) if key is None else 1))
    missing = [f"{line.item.name}的得分" for line in lines if not line.score.value]
    missing += ["等级"] * (not grade.value) + ["审核意见（通过、修改后通过……）"] * (
        not outcome.value
    )
    return Shown(
        key,
        role,
        proposed,
        made.waived[proposed.project],
        lines,
        grade,
        outcome,
        opinion,
        total,
        "" if total is None else form().grade(total, errors)[0].name,
        appraisal.completed_at if appraisal else None,
        str(appraisal.person or "") if appraisal else "",
        missing,
    )


class _Entries:
    """What was decided on one sheet."""

    def __init__(self, text: Text, appraisal: Appraisal | None) -> None:
        self._decided = appraisal.decided if appraisal else {}
        self._since = text.entered_at

    def of(self, row: str, field: str) -> Entry:
        kept = self._decided.get(f"{row}.{field}")
        if not kept or not kept["value"]:
            return Entry()
        at = datetime.fromisoformat(kept["at"])
        return Entry(kept["value"], kept["person"], at, at < self._since)


def shown_of(text: Text, sheets: Sequence[Sheet], key: int | None, role: Role) -> Shown:
    """Return one review sheet of a text. Raises MovedOnError where its project is gone."""
    found = Appraisal.objects.filter(text=text, sheet=key, role=role).select_related("person")
    return shown(text, sheets, proposal(text, sheets), key, role, found.first())


def all_of(
    text: Text, sheets: Sequence[Sheet], role: Role, made: Proposal | None = None
) -> list[Shown]:
    """Return all review sheets of a text, its own first."""
    made = made or proposal(text, sheets)
    found = text.appraisals.filter(role=role).select_related("person")
    kept: dict[int | None, Appraisal] = {each.sheet_id: each for each in found}
    keys = [None, *(sheet.pk for sheet in sheets)]
    return [shown(text, sheets, made, key, role, kept.get(key)) for key in keys]
