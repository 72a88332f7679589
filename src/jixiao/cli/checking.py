"""``jixiao check``: what is wrong with the texts, for people or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import msgspec

from jixiao.batch import run
from jixiao.check import (
    Checker,
    CorpusRule,
    Digest,
    Finding,
    beside,
    digest,
    load_profile,
    load_waivers,
    rule_of,
    waive,
)
from jixiao.check.finding import SCHEMA
from jixiao.check.waivers import idle
from jixiao.cli.chinese import CommandError
from jixiao.cli.inputs import Inputs
from jixiao.cli.output import Output, View
from jixiao.cli.progress import Bar
from jixiao.cli.reading import named
from jixiao.cli.show_findings import Line, painter, show_findings, show_together, show_total
from jixiao.exchange import Envelope, dump_json
from jixiao.model import BudgetUnit, PerformanceText, Project, Unreadable


class Checked(msgspec.Struct, frozen=True):
    """What a check found in one text: how many of each severity, and the findings themselves.

    Waived findings are not counted. ``digest`` is what comparing it with other texts needs.
    ``idle`` are sentences on waivers that nothing was found for.
    """

    counts: dict[str, int]
    projects: int
    digest: Digest
    findings: tuple[bytes, ...] = ()
    lines: tuple[Line, ...] = ()
    text: PerformanceText | None = None
    kept: tuple[Finding, ...] = ()
    idle: tuple[str, ...] = ()


class Tally:
    """What a check found in all."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.counts: Counter[str] = Counter()
        self.files = self.projects = 0
        self._clean: set[str] = set()
        self.digests: list[Digest] = []
        self.notes: list[str] = []
        self.kept: list[Finding] = []

    def add(self, checked: Checked) -> None:
        """Count a text."""
        self.counts.update(checked.counts)
        self.files += 1
        if not checked.counts:
            self._clean.add(checked.digest.file)
        self.projects += checked.projects
        self.digests.append(checked.digest)
        self.notes += checked.idle
        self.kept += checked.kept

    def add_together(self, findings: list[Finding]) -> None:
        """Count what several texts showed together."""
        self.counts.update(_counts(findings))
        self._clean -= {finding.file for finding in findings if finding.waiver is None}

    @property
    def clean(self) -> int:
        """How many texts nothing was found in."""
        return len(self._clean)

    def reaches(self, severity: str) -> bool:
        """Tell whether anything was found of a severity or worse; "never" is not reached."""
        order = "EWI"
        return severity in order and any(
            self.counts[each] for each in order[: order.index(severity) + 1]
        )


class Audit:
    """Checks a text, in the process that read it.

    It is sent there as what the user asked for, and makes its rules ready there once.
    """

    def __init__(
        self,
        profile: str,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        view: View | None = None,
        *,
        keep: bool = False,
    ) -> None:
        """Take the profile, the rules to take or leave, and what to lay findings out for.

        Without a view they are encoded as JSON, or, with ``keep``, kept with their text for a
        report; ``keep`` with a view does both.
        """
        self._asked = profile, select, ignore, view, keep

    def __reduce__(self) -> tuple[object, ...]:
        """Send only what was asked for."""
        return _audit, self._asked

    @cached_property
    def checker(self) -> Checker:
        """The rules made ready. Raises ProfileError, CommandError where none is left."""
        profile, select, ignore, *_ = self._asked
        made = Checker(load_profile(profile), select, ignore)
        if not made.codes:
            raise CommandError(
                "要查的规则一条也不剩，没有审核", "请检查 --select、--ignore 和审核口径里停用的规则"
            )
        return made

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The codes of the rules that look at one text."""
        return frozenset(
            code for code in self.checker.codes if not issubclass(rule_of(code), CorpusRule)
        )

    def __call__(self, text: PerformanceText) -> Checked:
        """Check a text, with the waivers that stand beside it. Raises WaiverError."""
        entries = load_waivers(beside(Path(text.source)))
        findings = waive(self.checker.check(text), text, entries)
        unused = idle(entries, findings, text, self._alone)
        *_, view, keep = self._asked
        plain = view is None and not keep
        return Checked(
            _counts(findings),
            len(text.projects),
            digest(text),
            tuple(map(dump_json, findings)) if plain else (),
            tuple(show_findings(text, findings, view)) if view is not None else (),
            text if keep else None,
            tuple(findings) if keep else (),
            tuple(f"{text.source}：{each}。请核对，或删去这一条。" for each in unused),
        )

    def together(self, digests: list[Digest]) -> list[Finding]:
        """Return what several texts show only when they are held against each other."""
        if len(digests) < 2:
            return []
        texts = {one.file: outline(one) for one in digests}
        return [
            finding
            for one in self.checker.check_together(digests)
            for finding in waived(texts[one.file], [one])
        ]


def _audit(
    profile: str, select: tuple[str, ...], ignore: tuple[str, ...], view: View | None, keep: bool
) -> Audit:
    return Audit(profile, select, ignore, view, keep=keep)


def waived(text: PerformanceText, findings: list[Finding]) -> list[Finding]:
    """Return findings with the waivers that stand beside the text. Raises WaiverError."""
    return waive(findings, text, load_waivers(beside(Path(text.source))))


def outline(one: Digest) -> PerformanceText:
    """Return what a digest still knows of a text: its unit, year and projects' names."""
    return PerformanceText(
        source=one.file,
        year=one.year,
        unit=BudgetUnit(name=one.unit or None),
        projects=tuple(Project(code=each.code, name=each.name) for each in one.projects),
    )


def _counts(findings: list[Finding]) -> dict[str, int]:
    return dict(Counter(one.severity.value for one in findings if one.waiver is None))


def as_json(
    inputs: Inputs, output: Output, progress: Bar, audit: Audit, jobs: int | None
) -> tuple[Tally, list[Unreadable]]:
    """Write all findings as one object; return their number and what could not be read."""
    envelope = Envelope(output.write, "json", SCHEMA, "findings", ("unreadable",))

    def write(one: Checked) -> None:
        for finding in one.findings or map(dump_json, one.kept):
            envelope.add(finding)

    tally, unreadable = checked(inputs, progress, audit, jobs, write)
    progress.end()
    for finding in _together(audit, tally):
        envelope.add(dump_json(finding))
    for each in unreadable:
        envelope.follow("unreadable", envelope.encode(each))
    envelope.close()
    return tally, unreadable


def as_text(
    inputs: Inputs, output: Output, progress: Bar, audit: Audit, view: View, jobs: int | None
) -> tuple[Tally, list[Unreadable]]:
    """Write all findings for people; return their number and what could not be read."""
    paint = painter(view)

    def write(one: Checked) -> None:
        if one.lines:
            output.text(paint(one.lines))

    tally, unreadable = checked(inputs, progress, audit, jobs, write)
    progress.end()
    found = _together(audit, tally)
    if found:
        output.text(paint(show_together(map(outline, tally.digests), found, view)))
    if tally.files:
        output.text(paint(show_total(tally.counts, tally.files, tally.clean, tally.projects)))
    return tally, unreadable


def _together(audit: Audit, tally: Tally) -> list[Finding]:
    found = audit.together(tally.digests)
    tally.add_together(found)
    return found


def checked(
    inputs: Inputs,
    progress: Bar,
    audit: Audit,
    jobs: int | None,
    write: Callable[[Checked], None],
) -> tuple[Tally, list[Unreadable]]:
    """Check files and hand each result on; return their number and what could not be read."""
    tally = Tally()
    unreadable = list(inputs.unreadable)
    for _, result in run(inputs.paths, audit, jobs=jobs, reader=named):
        progress.advance()
        if isinstance(result, Unreadable):
            unreadable.append(result)
            continue
        tally.add(result)
        with progress.aside():
            write(result)
    return tally, unreadable
