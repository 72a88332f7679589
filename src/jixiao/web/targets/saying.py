"""What is said of each place of a form: findings with what would put them right, and comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from jixiao.check import Finding, Severity
from jixiao.model import PerformanceText, Project
from jixiao.web.targets import content
from jixiao.web.targets.auditing import Waived
from jixiao.web.targets.choices import Choice, choices
from jixiao.web.targets.form_plan import plan
from jixiao.web.targets.models import Comment, Sheet, Text, Waiver
from jixiao.write.subject import field_label

Place = tuple[str, str]
"""Where something is said: the row's name ("" without one), the anchor."""


class Note(NamedTuple):
    """A finding beside a field, with what would put it right at once (None), and its waiver."""

    finding: Finding
    after: str | None
    waiver: Waiver | None
    field: str
    row: str
    choices: list[Choice] = []  # noqa: RUF012 - never changed


class Said(NamedTuple):
    """All that is said of one place of the form; ``missing`` are the fields that are not filled."""

    row: str
    anchor: str
    notes: list[Note]
    comments: list[Comment]
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the place in the page."""
        return f"{self.anchor}-{self.row}" if self.row else self.anchor

    @property
    def worst(self) -> str:
        """The worst severity that is not waived, "" where all is well."""
        left = [note.finding.severity for note in self.notes if note.waiver is None]
        if self.missing:
            left.append(Severity.ERROR)
        return min(left, key=lambda one: one.rank).value if left else ""


class Spoken:
    """All that is said of one project, or of the department's part, by place."""

    def __init__(
        self,
        notes: Iterable[Note],
        comments: Iterable[Comment],
        place_of: Callable[[str, str], Place],
    ) -> None:
        """Take what is said; ``place_of`` tells the place of a field of a row."""
        self.notes = list(notes)
        self.filling = False
        """Whether it is said to who fills in: fields of a row that are not filled are one note."""
        self.folds = False
        """Whether fields that are not filled are left unsaid: the form is mostly empty."""
        self._notes: dict[Place, list[Note]] = defaultdict(list)
        self._comments: dict[Place, list[Comment]] = defaultdict(list)
        for note in self.notes:
            self._notes[place_of(note.row, note.field)].append(note)
        for comment in comments:
            self._comments[place_of(comment.row, comment.field)].append(comment)

    def of(self, row: str, anchor: str) -> Said:
        """Return what is said of a place, the worst first."""
        notes = sorted(self._notes[row, anchor], key=lambda note: note.finding.severity.rank)
        unfilled = [note for note in notes if is_missing(note)]
        missing: tuple[str, ...] = ()
        if self.folds or (self.filling and len(unfilled) > 1):
            notes = [note for note in notes if not is_missing(note)]
            labels = dict.fromkeys(field_label(note.finding) for note in unfilled)
            missing = () if self.folds else tuple(labels)
        return Said(row, anchor, notes, self._comments[row, anchor], missing)

    def count(self) -> dict[str, int]:
        """Return how many findings of each severity there are, how many waived, how many unfilled."""
        return counts(self.notes)


def is_missing(note: Note) -> bool:
    """Tell whether a finding only says that something is not filled in."""
    return note.waiver is None and note.finding.code in plan().missing


def counts(notes: Iterable[Note]) -> dict[str, int]:
    """Return how many findings of each severity there are, and how many errors are waived.

    ``unfilled`` of the errors only say that something is not filled in, ``faults`` say more.
    """
    numbers = none()
    for note in notes:
        tally(numbers, note.finding, waived=note.waiver is not None)
    return numbers


def none() -> dict[str, int]:
    """Return counts of nothing."""
    return {**{severity.value: 0 for severity in Severity}, "waived": 0, "unfilled": 0, "faults": 0}


def tally(numbers: dict[str, int], finding: Finding, *, waived: bool) -> None:
    """Count one finding."""
    if waived:
        numbers["waived"] += 1
        return
    numbers[finding.severity.value] += 1
    if finding.code in plan().missing:
        numbers["unfilled"] += 1
    elif finding.severity is Severity.ERROR:
        numbers["faults"] += 1


def by_sheet(text: Text, sheets: Sequence[Sheet]) -> dict[int | None, dict[str, int]]:
    """Return the counts of each sheet's findings; of None those of the department's part."""
    waived = Waived(text.waivers.all(), sheets)
    numbers: dict[int | None, dict[str, int]] = defaultdict(none)
    for finding in content.findings_of(text.findings):
        key = None if finding.project is None else sheets[finding.project].pk
        tally(numbers[key], finding, waived=waived.of(finding) is not None)
    return numbers


def total(numbers: Iterable[dict[str, int]]) -> dict[str, int]:
    """Return the sum of several counts."""
    found = none()
    for one in numbers:
        for name, number in one.items():
            found[name] += number
    return found


def project_notes(
    text: Text, sheets: Sequence[Sheet], sheet: Sheet, project: Project
) -> list[Note]:
    """Return the findings of one project, with what would put them right."""
    number = [each.pk for each in sheets].index(sheet.pk)
    waived = Waived(text.waivers.all(), sheets)
    ready = _fixes(project)
    notes = []
    for finding in content.findings_of(text.findings):
        if finding.project != number:
            continue
        field = finding.field or ""
        row = sheet.rows[finding.indicator] if finding.indicator is not None else ""
        after = ready.get((finding.code, finding.indicator, field))
        notes.append(
            Note(finding, after, waived.of(finding), field, row, choices(finding, project))
        )
    return notes


def head_findings(text: Text, sheets: Sequence[Sheet], rows: dict[str, list[str]]) -> list[Note]:
    """Return the findings of the department's part; ``rows`` are the names of its tables' rows."""
    waived = Waived(text.waivers.all(), sheets)
    notes = []
    for finding in content.findings_of(text.findings):
        if finding.project is not None:
            continue
        field, row = finding.field or "", ""
        part, _, rest = field.partition(".")
        number = rest.partition(".")[0]
        if finding.indicator is not None and finding.indicator < len(rows["indicators"]):
            row = rows["indicators"][finding.indicator]
        elif part in rows and number.isdecimal() and int(number) < len(rows[part]):
            row = rows[part][int(number)]
        notes.append(Note(finding, None, waived.of(finding), field, row))
    return notes


def _fixes(project: Project) -> dict[tuple[str, int | None, str], str]:
    """Return what each rule would make of a field at one click."""
    from jixiao.write.fix import CODES, fixes

    alone = PerformanceText(source="", projects=(project,))
    return {
        (fix.code, fix.indicator, fix.field): fix.after
        for code in CODES
        for fix in fixes(alone, (code,))
    }
