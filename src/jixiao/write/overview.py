"""What reports have in common: findings by text and project, the worst first, repeated ones folded.

Waived findings (豁免) are kept apart and counted apart. What says only that a rule failed is no
finding against a text: it is listed once, for the reader to report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import msgspec

from jixiao.check import Finding, Severity, Waiver, rules
from jixiao.check.review import Review, Sheet, is_internal, review, severity_key
from jixiao.model import PerformanceText, Unreadable
from jixiao.write.plain import one_line
from jixiao.write.subject import WHOLE, project_name, subject


class Spot(msgspec.Struct, frozen=True, gc=False):
    """One place of a folded finding, and what is written there."""

    where: str
    evidence: str


class Said(msgspec.Struct, frozen=True, gc=False):
    """One message of a folded finding, with the places that it is said of."""

    message: str
    spots: tuple[Spot, ...]


class Fold(msgspec.Struct, frozen=True, gc=False):
    """Findings of one rule in one project that ask for the same change, told once."""

    code: str
    severity: Severity
    title: str
    suggestion: str
    said: tuple[Said, ...]
    count: int
    waiver: Waiver | None = None


class Part(msgspec.Struct, frozen=True):
    """A project of a text, or (``number`` is None) the text as a whole."""

    number: int | None
    name: str
    code: str
    budget: str
    sheet: Sheet
    folds: tuple[Fold, ...]
    waived: tuple[Fold, ...]
    by_rule: dict[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity stand here; of the whole, without its projects'."""
        return {
            each.value: sum(fold.count for fold in self.folds if fold.severity is each)
            for each in Severity
        }


class TextPart(msgspec.Struct, frozen=True):
    """A text with what was found in it: the whole first, then projects, the worst first."""

    source: str
    unit: str
    year: int | None
    review: Review
    whole: Part
    projects: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The whole and the projects."""
        return (self.whole, *self.projects)


class RuleCount(msgspec.Struct, frozen=True):
    """A rule that found something, and how often."""

    code: str
    title: str
    severity: Severity
    count: int


class Overview(msgspec.Struct, frozen=True):
    """All that was found; ``texts`` and ``ranking`` (of projects) are the worst first."""

    texts: tuple[TextPart, ...]
    ranking: tuple[tuple[TextPart, Part], ...]
    counts: dict[str, int]
    waived: int
    rules: tuple[RuleCount, ...]
    failed: tuple[str, ...]
    unreadable: tuple[str, ...] = ()

    @property
    def projects(self) -> int:
        """How many projects there are."""
        return len(self.ranking)


def overview(
    findings: Iterable[Finding],
    texts: Sequence[PerformanceText],
    ran: Collection[str] | None = None,
    unreadable: Iterable[Unreadable] = (),
) -> Overview:
    """Return what reports tell of findings in texts; ``ran`` as in ``check.review``.

    ``unreadable`` are files that were given and could not be checked: a report names them, too.
    """
    by_file: dict[str, list[Finding]] = {text.source: [] for text in texts}
    failed: dict[str, None] = {}
    for finding in findings:
        if is_internal(finding):
            failed[one_line(f"{finding.file}：{finding.message}")] = None
        elif finding.file in by_file:
            by_file[finding.file].append(finding)
    parts = [_text(text, by_file[text.source], ran) for text in texts]
    parts.sort(key=lambda part: severity_key(part.review.text))
    ranking = sorted(
        ((text, project) for text in parts for project in text.projects),
        key=lambda pair: severity_key(pair[1].sheet),
    )
    sheets = [text.review.text for text in parts]
    return Overview(
        tuple(parts),
        tuple(ranking),
        {each.value: sum(sheet.counts[each.value] for sheet in sheets) for each in Severity},
        sum(sheet.waived for sheet in sheets),
        _rules(parts),
        tuple(failed),
        tuple(one_line(f"{each.file}：{each.message}") for each in unreadable),
    )


def titles() -> dict[str, str]:
    """Return the title of each rule by its code."""
    return {code: rule.title for code, rule in rules().items()}


def _text(
    text: PerformanceText, findings: Sequence[Finding], ran: Collection[str] | None
) -> TextPart:
    judged = review(text, findings, ran=ran)
    by_project: dict[int | None, list[Finding]] = {}
    for finding in findings:
        by_project.setdefault(finding.project, []).append(finding)
    parts = []
    for position in judged.ranking:
        project = text.projects[position]
        name = project_name(text, position)
        code = one_line(project.code)
        total = one_line(project.budget.total)
        budget = f"{total}{one_line(project.budget.money_unit)}" if total else ""
        sheet = judged.projects[position]
        parts.append(_part(text, position, (name, code, budget), sheet, by_project))
    whole = _part(text, None, (WHOLE, "", ""), judged.text, by_project)
    unit = one_line(text.unit.name) or "（没有写明预算单位）"
    return TextPart(one_line(text.source), unit, text.year, judged, whole, tuple(parts))


def _part(
    text: PerformanceText,
    position: int | None,
    names: tuple[str, str, str],
    sheet: Sheet,
    by_project: dict[int | None, list[Finding]],
) -> Part:
    found = by_project.get(position, [])
    live = [finding for finding in found if finding.waiver is None]
    waived = [finding for finding in found if finding.waiver is not None]
    by_rule = Counter(finding.code for finding in live)
    return Part(
        None if position is None else position + 1,
        *names,
        sheet,
        _folded(text, live),
        _folded(text, waived),
        dict(by_rule),
    )


def _folded(text: PerformanceText, findings: Sequence[Finding]) -> tuple[Fold, ...]:
    named, order = titles(), {code: number for number, code in enumerate(rules())}
    groups: dict[tuple[str, Severity, str, Waiver | None], dict[str, list[Finding]]] = {}
    for finding in findings:
        key = finding.code, finding.severity, finding.suggestion, finding.waiver
        groups.setdefault(key, {}).setdefault(finding.message, []).append(finding)
    folds = []
    for (code, severity, suggestion, waiver), messages in groups.items():
        said = tuple(
            Said(one_line(message), tuple(_spot(text, each) for each in same))
            for message, same in messages.items()
        )
        count = sum(len(same) for same in messages.values())
        title = named.get(code, code)
        folds.append(Fold(code, severity, title, one_line(suggestion), said, count, waiver))
    folds.sort(key=lambda fold: (fold.severity.rank, order.get(fold.code, len(order)), fold.code))
    return tuple(folds)


def _spot(text: PerformanceText, finding: Finding) -> Spot:
    return Spot(subject(finding, text).where, one_line(finding.evidence))


def _rules(parts: Sequence[TextPart]) -> tuple[RuleCount, ...]:
    counts: Counter[tuple[str, Severity, str]] = Counter()
    for text in parts:
        for part in text.parts:
            for fold in part.folds:
                counts[fold.code, fold.severity, fold.title] += fold.count
    order = {code: number for number, code in enumerate(rules())}
    merged: dict[str, RuleCount] = {}
    for (code, severity, title), count in counts.items():
        before = merged.get(code)
        worst = (
            severity if before is None or severity.rank < before.severity.rank else before.severity
        )
        total = count + (before.count if before else 0)
        merged[code] = RuleCount(code, title, worst, total)
    return tuple(sorted(merged.values(), key=lambda each: (order.get(each.code, 999), each.code)))
