"""``jixiao check``: what is wrong with the texts, for people or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property

import msgspec

from jixiao.batch import run
from jixiao.check import Checker, Finding, load_profile
from jixiao.check.finding import SCHEMA
from jixiao.cli.inputs import Inputs
from jixiao.cli.output import Output, View
from jixiao.cli.progress import Bar
from jixiao.cli.reading import named
from jixiao.cli.show_findings import Line, painter, show_findings, show_total
from jixiao.exchange import Envelope, dump_json
from jixiao.model import PerformanceText, Unreadable


class Checked(msgspec.Struct, frozen=True):
    """What a check found in one text: how many of each severity, and the findings themselves."""

    counts: dict[str, int]
    projects: int
    findings: tuple[bytes, ...] = ()
    lines: tuple[Line, ...] = ()


class Tally:
    """What a check found in all."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.counts: Counter[str] = Counter()
        self.files = self.clean = self.projects = 0

    def add(self, checked: Checked) -> None:
        """Count a text."""
        self.counts.update(checked.counts)
        self.files += 1
        self.clean += not checked.counts
        self.projects += checked.projects

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
        self, profile: str, select: tuple[str, ...], ignore: tuple[str, ...], view: View | None
    ) -> None:
        """Take the profile, the rules to take or leave, and what to lay findings out for.

        Without a view they are encoded as JSON.
        """
        self._asked = profile, select, ignore, view

    def __reduce__(self) -> tuple[type[Audit], tuple[object, ...]]:
        """Send only what was asked for."""
        return Audit, self._asked

    @cached_property
    def checker(self) -> Checker:
        """The rules made ready. Raises ProfileError."""
        profile, select, ignore, _ = self._asked
        return Checker(load_profile(profile), select, ignore)

    def __call__(self, text: PerformanceText) -> Checked:
        """Check a text."""
        findings: list[Finding] = self.checker.check(text)
        view = self._asked[3]
        return Checked(
            dict(Counter(finding.severity.value for finding in findings)),
            len(text.projects),
            tuple(map(dump_json, findings)) if view is None else (),
            tuple(show_findings(text, findings, view)) if view is not None else (),
        )


def as_json(
    inputs: Inputs, output: Output, progress: Bar, audit: Audit, jobs: int | None
) -> tuple[Tally, list[Unreadable]]:
    """Write all findings as one object; return their number and what could not be read."""
    envelope = Envelope(output.write, "json", SCHEMA, "findings", ("unreadable",))

    def write(checked: Checked) -> None:
        for finding in checked.findings:
            envelope.add(finding)

    tally, unreadable = _check(inputs, progress, audit, jobs, write)
    progress.end()
    for each in unreadable:
        envelope.follow("unreadable", envelope.encode(each))
    envelope.close()
    return tally, unreadable


def as_text(
    inputs: Inputs, output: Output, progress: Bar, audit: Audit, view: View, jobs: int | None
) -> tuple[Tally, list[Unreadable]]:
    """Write all findings for people; return their number and what could not be read."""
    paint = painter(view)

    def write(checked: Checked) -> None:
        if checked.lines:
            output.text(paint(checked.lines))

    tally, unreadable = _check(inputs, progress, audit, jobs, write)
    progress.end()
    if tally.files:
        output.text(paint(show_total(tally.counts, tally.files, tally.clean, tally.projects)))
    return tally, unreadable


def _check(
    inputs: Inputs,
    progress: Bar,
    audit: Audit,
    jobs: int | None,
    write: Callable[[Checked], None],
) -> tuple[Tally, list[Unreadable]]:
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
