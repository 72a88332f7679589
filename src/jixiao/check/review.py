"""审核表: what the findings come to, as 项目支出绩效目标审核表 of 财预〔2015〕88号 asks for it.

Everything here is proposed: the reviewer decides. What is asked, how much it is worth and what a
finding takes off are data (``review.toml``). Each project has a sheet of its own; a text has one
too, each of its items the plain mean of its projects' less what was found in the text as a whole.
The mean is plain, not weighted by budgets, because the sheet judges how each project's targets are
written, and because a budget that is missing or wrong must not move a score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from jixiao.check.finding import Finding, Severity
from jixiao.check.review_form import Form, Item, form
from jixiao.model import BudgetUnit, PerformanceText

SCHEMA = "jixiao/review/1"
"""Name and version of the JSON contract; the number rises when a reader of it would break."""

_TENTH = Decimal("0.1")


class Deduction(msgspec.Struct, frozen=True):
    """扣分: what one rule takes off an item."""

    code: Annotated[str, Meta(description="规则代码")]
    severity: Annotated[Severity, Meta(description="E 错误、W 警告、I 提示")]
    count: Annotated[int, Meta(description="几处")]
    points: Annotated[Decimal, Meta(description="扣几分")]


class ReviewedItem(msgspec.Struct, frozen=True):
    """审核内容: one of the eight items, ``score`` = ``base`` less its deductions."""

    dimension: Annotated[str, Meta(description="审核方面")]
    name: Annotated[str, Meta(description="审核内容")]
    points: Annotated[Decimal, Meta(description="分值")]
    asks: Annotated[str, Meta(description="审核要点")]
    base: Annotated[
        Decimal, Meta(description="扣分前：项目为满分（条件不具备的已减），文本为各项目的平均分")
    ]
    score: Annotated[Decimal, Meta(description="建议得分")]
    judgement: Annotated[
        str | None, Meta(description="建议意见：优、良、中、差；null 为需人工判断")
    ]
    manual: Annotated[bool, Meta(description="没有规则可依，需人工判断")]
    note: Annotated[str, Meta(description="规则以外的依据")]
    human: Annotated[str, Meta(description="规则看不出来、要审核人员判断的")]
    deductions: tuple[Deduction, ...]
    findings: Annotated[tuple[Finding, ...], Meta(description="在这一项扣分的意见")]
    also: Annotated[tuple[Finding, ...], Meta(description="也有关、在别的项扣分的意见")]


class Sheet(msgspec.Struct, frozen=True):
    """审核表 of one project, or of a text as a whole (``project`` is null)."""

    project: Annotated[int | None, Meta(description="文本中的第几个项目，从 0 数；null 指文本整体")]
    code: Annotated[str | None, Meta(description="项目编码；文本整体为单位编码")]
    name: Annotated[str | None, Meta(description="项目名称；文本整体为单位名称")]
    items: tuple[ReviewedItem, ...]
    score: Annotated[Decimal, Meta(description="建议得分，各项之和")]
    grade: Annotated[str, Meta(description="建议等级：优、良、中、差")]
    outcome: Annotated[str, Meta(description="建议意见：通过、修改后通过……")]
    note: Annotated[str, Meta(description="等级低于得分所应有的等级时，为什么")]
    counts: Annotated[dict[str, int], Meta(description="各级意见的个数，不计豁免的")]
    waived: Annotated[int, Meta(description="豁免的意见个数")]


class Review(msgspec.Struct, frozen=True):
    """One text reviewed: its own sheet, its projects' sheets, and their order by severity."""

    notice: Annotated[str, Meta(description="这是系统建议")]
    title: Annotated[str, Meta(description="审核表的名称")]
    source: Annotated[str, Meta(description="审核表的依据")]
    file: Annotated[str, Meta(description="来源文件")]
    year: Annotated[int | None, Meta(description="预算年度")]
    unit: Annotated[BudgetUnit, Meta(description="预算单位")]
    text: Annotated[Sheet, Meta(description="文本整体")]
    projects: Annotated[tuple[Sheet, ...], Meta(description="各项目，按文本中的次序")]
    ranking: Annotated[
        tuple[int, ...], Meta(description="各项目在 projects 中的位置，问题最重的在前")
    ]


def review(
    text: PerformanceText,
    findings: Iterable[Finding],
    by: Form | None = None,
    ran: Collection[str] | None = None,
) -> Review:
    """Return the proposed review of a text.

    ``findings`` are those of this text; waived ones cost nothing. ``ran`` are the codes of the
    rules that were checked (None: all): an item none of whose rules ran is left to the reviewer.
    """
    by = by or form()
    by_project: dict[int | None, list[Finding]] = {}
    for finding in findings:
        if not is_internal(finding):
            by_project.setdefault(finding.project, []).append(finding)
    full = [item.points for item in by.items]
    ready = _Ready(by, text, ran)
    sheets = tuple(
        ready.sheet(position, project.code, project.name, by_project.get(position, []), full)
        for position, project in enumerate(text.projects)
    )
    whole = ready.whole(sheets, by_project.get(None, []))
    return Review(
        by.notice,
        by.title,
        by.source,
        text.source,
        text.year,
        text.unit,
        whole,
        sheets,
        tuple(sorted(range(len(sheets)), key=lambda position: severity_key(sheets[position]))),
    )


def severity_key(sheet: Sheet) -> tuple[Decimal, int, int, int]:
    """Return what sheets are sorted by, the worst first: low score, then many errors, …."""
    errors, warnings, hints = (-sheet.counts.get(each.value, 0) for each in Severity)
    return sheet.score, errors, warnings, hints


def is_internal(finding: Finding) -> bool:
    """Tell whether a finding only says that a rule failed: it is nothing against the text."""
    return finding.field is None and finding.message.startswith(f"规则 {finding.code} 内部错误")


class _Ready:
    """A form made ready for one text."""

    def __init__(self, by: Form, text: PerformanceText, ran: Collection[str] | None) -> None:
        self._form = by
        self._text = text
        self._ran = ran

    def sheet(
        self,
        position: int | None,
        code: str | None,
        name: str | None,
        findings: Sequence[Finding],
        bases: Sequence[Decimal],
        below: Sequence[Sheet] = (),
    ) -> Sheet:
        """Return a sheet; ``below`` are those of the projects where it is the text's."""
        live = [finding for finding in findings if finding.waiver is None]
        by_item: dict[str, list[Finding]] = {}
        for finding in live:
            by_item.setdefault(self._form.item_of(finding.code), []).append(finding)
        items = tuple(
            self._item(item, by_item.get(item.name, []), live, base, safeguards=not below)
            for item, base in zip(self._form.items, bases, strict=True)
        )
        counts = {
            each.value: sum(finding.severity is each for finding in live)
            + sum(sheet.counts[each.value] for sheet in below)
            for each in Severity
        }
        score = sum((item.score for item in items), Decimal(0))
        # Of a text, the errors of its average project: a long text is not worse for being long.
        grade, note = self._form.grade(score, -(-counts[Severity.ERROR] // max(len(below), 1)))
        return Sheet(
            position,
            code,
            name,
            items,
            score,
            grade.name,
            grade.outcome,
            note,
            counts,
            len(findings) - len(live) + sum(sheet.waived for sheet in below),
        )

    def whole(self, sheets: Sequence[Sheet], findings: Sequence[Finding]) -> Sheet:
        """Return the sheet of the text: its projects' mean, less what was found in the text."""
        unit = self._text.unit
        bases = [item.points for item in self._form.items]
        if sheets:
            count = Decimal(len(sheets))
            bases = [
                (sum(scores, Decimal(0)) / count).quantize(_TENTH, ROUND_HALF_UP)
                for scores in zip(
                    *([i.score for i in sheet.items] for sheet in sheets), strict=True
                )
            ]
        return self.sheet(None, unit.code, unit.name, findings, bases, sheets)

    def _item(
        self,
        item: Item,
        findings: Sequence[Finding],
        all_findings: Sequence[Finding],
        base: Decimal,
        *,
        safeguards: bool,
    ) -> ReviewedItem:
        note, known = "", bool(item.rules)
        if item.evidence == "safeguards":
            note, off = self._safeguards()
            known = off is not None
            if safeguards and off:
                base = max(base - off, Decimal(0))
        elif self._ran is not None:
            known = any(code in self._ran for code in item.rules)
        deductions = self._deductions(findings, base)
        score = base - sum((each.points for each in deductions), Decimal(0))
        known = known or bool(findings)
        return ReviewedItem(
            item.dimension,
            item.name,
            item.points,
            item.asks,
            base,
            score,
            self._form.judgement(score, item.points) if known else None,
            not known or not item.rules,
            note,
            item.human,
            deductions,
            tuple(findings),
            tuple(finding for finding in all_findings if finding.code in item.also),
        )

    def _safeguards(self) -> tuple[str, Decimal | None]:
        """Return what 工作保障措施 say of the conditions, and the points off; None: nothing."""
        text, say = self._text, self._form.safeguards
        if text.safeguards:
            return say.present.format(count=len(text.safeguards)), Decimal(0)
        alone = not (text.overall or text.sub_objectives or text.contents)
        if text.tasks or text.indicators or (alone and "safeguards" not in text.place):
            return say.unknown, None
        return say.absent, say.absent_deduction

    def _deductions(self, findings: Sequence[Finding], most: Decimal) -> tuple[Deduction, ...]:
        """Return what each rule takes off, the dearest first, together no more than there is."""
        groups: dict[tuple[str, Severity], int] = {}
        for finding in findings:
            key = finding.code, finding.severity
            groups[key] = groups.get(key, 0) + 1
        wanted = [
            Deduction(code, severity, count, self._form.deductions[severity.value].points(count))
            for (code, severity), count in groups.items()
        ]
        wanted.sort(key=lambda each: (-each.points, each.severity.rank, each.code))
        taken: list[Deduction] = []
        left = most
        for each in wanted:
            points = min(each.points, left)
            left -= points
            taken.append(msgspec.structs.replace(each, points=points))
        return tuple(taken)
