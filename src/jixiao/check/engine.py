"""Applies the rules of a profile to a text, or to what units report of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress

import msgspec

from jixiao.check.corpus import Digest
from jixiao.check.finding import Finding, Severity
from jixiao.check.profile import Profile
from jixiao.check.registry import codes, is_over_reports, rule_of
from jixiao.check.report_subjects import approved, department, place_in_report
from jixiao.check.rule import (
    CorpusRule,
    Hit,
    IndicatorRule,
    OfReports,
    ProjectRule,
    ReportRule,
    ReportsRule,
    Rule,
    TextRule,
)
from jixiao.model import Indicator, Kind, PerformanceText, Place, Project
from jixiao.model.errors import ProfileError
from jixiao.model.reports import Reports

_DEPARTMENT_FIELDS = {"goals.0": "overall"}
"""What a department's own table calls a field that a project has by another name."""


_FAILED = "规则 {} 内部错误"


class Checker:
    """A profile made ready to check many texts."""

    def __init__(
        self, profile: Profile, select: Sequence[str] = (), ignore: Sequence[str] = ()
    ) -> None:
        """Take a profile, and the rules to check alone or to leave out.

        ``select`` and ``ignore`` are codes or how codes begin (``Q``, ``Q0``, ``Q07``).
        Raises ProfileError for one that no rule has, or where a profile does not fit a rule.
        """
        self._chosen = _choose(profile, select, ignore)
        chosen = [rule_of(code)(profile) for code in self._chosen if not is_over_reports(code)]
        self.profile = profile
        self._severity = {rule.code: _severity(rule, profile) for rule in chosen}
        self._policy = {rule.code: profile.of(rule.code).policy or rule.policy for rule in chosen}
        self._of_corpus = [rule for rule in chosen if isinstance(rule, CorpusRule)]
        self._of_text = [rule for rule in chosen if isinstance(rule, TextRule)]
        self._of_project = [rule for rule in chosen if isinstance(rule, ProjectRule)]
        of_indicator = [rule for rule in chosen if isinstance(rule, IndicatorRule)]
        self._of_indicator = {
            kind: [rule for rule in of_indicator if kind in rule.kinds] for kind in (*Kind, None)
        }

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules that it applies to texts."""
        return tuple(code for code in self._chosen if not is_over_reports(code))

    @property
    def report_codes(self) -> tuple[str, ...]:
        """The codes of the rules that it applies to what units report."""
        return tuple(code for code in self._chosen if is_over_reports(code))

    @cached_property
    def _over_reports(self) -> list[Rule]:
        """The rules over what units report; who checks texts alone does not wait for them."""
        chosen = [rule_of(code)(self.profile) for code in self.report_codes]
        for rule in chosen:
            self._severity[rule.code] = _severity(rule, self.profile)
            self._policy[rule.code] = self.profile.of(rule.code).policy or rule.policy
        return chosen

    def check(self, text: PerformanceText) -> list[Finding]:
        """Return what is wrong with a text, in the order of the text.

        A rule that fails is reported by a finding of its own code, once; the others go on.
        """
        found: list[Finding] = []
        failed: dict[str, Exception] = {}
        self._check_whole(text, found, failed)
        self._check_projects(range(len(text.projects)), text, found, failed)
        found.extend(_internal(code, error, text.source) for code, error in failed.items())
        found.sort(key=_order)
        return found

    def check_whole(self, text: PerformanceText) -> list[Finding]:
        """Return what is wrong with a text beyond what each of its projects shows by itself."""
        found: list[Finding] = []
        failed: dict[str, Exception] = {}
        self._check_whole(text, found, failed)
        found.extend(_internal(code, error, text.source) for code, error in failed.items())
        return found

    def check_project(self, text: PerformanceText, position: int) -> list[Finding]:
        """Return what one project of a text shows by itself.

        It depends on nothing else of the text but the unit, where the project names none.
        """
        found: list[Finding] = []
        failed: dict[str, Exception] = {}
        self._check_projects((position,), text, found, failed)
        found.extend(_internal(code, error, text.source) for code, error in failed.items())
        return found

    def _check_whole(
        self, text: PerformanceText, found: list[Finding], failed: dict[str, Exception]
    ) -> None:
        for rule in self._of_text:
            try:
                for hit in rule.find(text):
                    found.append(self._finding(rule, hit, text, hit.project, hit.indicator))
            except Exception as error:  # noqa: BLE001 - any failure of a rule is its own
                failed.setdefault(rule.code, error)
        if text.indicators:
            self._check_projects((None,), text, found, failed)

    def check_together(self, digests: Sequence[Digest]) -> list[Finding]:
        """Return what several texts show only when they are held against each other."""
        found: list[Finding] = []
        for rule in self._of_corpus:
            try:
                for number, hit in rule.find(digests):
                    text = digests[number]
                    place = None if hit.project is None else text.projects[hit.project].place
                    found.append(self._made(rule, hit, text.file, hit.project, None, place))
            except Exception as error:  # noqa: BLE001 - any failure of a rule is its own
                found.append(_internal(rule.code, error, digests[0].file if digests else ""))
        order = {text.file: number for number, text in enumerate(digests)}
        found.sort(key=lambda finding: (order.get(finding.file, 0), *_order(finding)))
        return found

    def check_reports(self, reports: Reports, text: PerformanceText | None = None) -> list[Finding]:
        """Return what is wrong with what a unit reports, in the order of the report.

        ``text`` is the approved text that it is held against; without it only what the report
        itself shows is found. Positions in the findings are those of the report: ``project`` null
        and ``indicator`` not null is an indicator of the department as a whole.
        A rule that fails is reported by a finding of its own code, once; the others go on.
        """
        found: list[Finding] = []
        failed: dict[str, Exception] = {}

        def add(rule: OfReports, hits: list[Hit], position: int | None) -> None:
            for hit in hits:
                project = position if hit.project is None else hit.project
                place = place_in_report(reports, project, hit.indicator, hit.field)
                found.append(self._made(rule, hit, reports.source, project, hit.indicator, place))

        for whole in self._over_reports:
            if isinstance(whole, ReportsRule) and reports.kind in whole.kinds:
                add(whole, _hits(whole, whole.find, (reports, text), failed), None)
        for position, report, project in approved(reports, text):
            for rule in self._over_reports:
                if isinstance(rule, ReportRule) and reports.kind in rule.kinds:
                    add(rule, _hits(rule, rule.find, (report, project), failed), position)
        found.extend(_internal(code, error, reports.source) for code, error in failed.items())
        found.sort(key=_order)
        return found

    def _check_projects(
        self,
        positions: Iterable[int | None],
        text: PerformanceText,
        found: list[Finding],
        failed: dict[str, Exception],
    ) -> None:
        """Check projects of a text; the position None is the department as a whole.

        One rule goes over all of them before the next does: it finds its words and patterns still
        at hand, which is a third faster than all rules over one indicator after the other.
        """
        projects = [
            (at, department(text) if at is None else _of_unit(text.projects[at], text))
            for at in positions
        ]
        for rule in self._of_project:
            for at, project in projects:
                if at is not None or rule.for_department:
                    for hit in _hits(rule, rule.find, (project,), failed):
                        found.append(self._finding(rule, hit, text, at, hit.indicator))
        of_kind: dict[Kind | None, list[tuple[Indicator, Project, int | None, int]]] = {}
        for at, project in projects:
            for number, indicator in enumerate(project.indicators):
                asked = of_kind.setdefault(indicator.value.kind, [])
                asked.append((indicator, project, at, number))
        for kind, asked in of_kind.items():
            indicators, owners, _, _ = zip(*asked, strict=True)
            for one in self._of_indicator[kind]:
                hits: list[Sequence[Hit]]
                try:
                    hits = list(map(one.find, indicators, owners))
                except Exception:  # noqa: BLE001 - of the others each is asked alone
                    hits = [_hits(one, one.find, about[:2], failed) for about in asked]
                # Most find nothing: those are passed over without a word of Python.
                for (_, _, at, number), some in compress(zip(asked, hits, strict=True), hits):
                    for hit in some:
                        found.append(self._finding(one, hit, text, at, number))

    def _finding(
        self,
        rule: Rule,
        hit: Hit,
        text: PerformanceText,
        project: int | None,
        indicator: int | None,
    ) -> Finding:
        """Return a finding with where its field stands, or where what should have it stands."""
        if project is None and hit.field in _DEPARTMENT_FIELDS:
            hit = msgspec.structs.replace(hit, field=_DEPARTMENT_FIELDS[hit.field])
        holder: PerformanceText | Project = text if project is None else text.projects[project]
        place = None
        if indicator is not None:
            places = holder.indicators[indicator].place
            place = places.get(hit.field) or places.get("self")
        if place is None:
            place = holder.place.get(hit.field) or holder.place.get("self")
        return self._made(rule, hit, text.source, project, indicator, place)

    def _made(
        self,
        rule: Rule,
        hit: Hit,
        file: str,
        project: int | None,
        indicator: int | None,
        place: Place | None,
    ) -> Finding:
        code = rule.code
        return Finding(
            file,
            project,
            indicator,
            hit.field,
            code,
            self._severity[code],
            hit.message,
            hit.evidence,
            hit.suggestion,
            self._policy[code],
            place,
        )


def _internal(code: str, error: Exception, file: str) -> Finding:
    return Finding(
        file=file,
        project=None,
        indicator=None,
        field=None,
        code=code,
        severity=Severity.WARNING,
        message=f"{_FAILED.format(code)}，这一条没有查完：{type(error).__name__}: {error}",
        evidence="",
        suggestion="请把这份文本和这句话报告给 jixiao 的开发者；其他规则的意见不受影响",
        policy="",
        place=None,
    )


def together(parts: Iterable[Iterable[Finding]]) -> list[Finding]:
    """Return the findings of a text's parts in the order of the text; a failure is told once."""
    found: list[Finding] = []
    failed = set()
    for part in parts:
        for finding in part:
            if finding.message.startswith(_FAILED.format(finding.code)):
                if finding.code in failed:
                    continue
                failed.add(finding.code)
            found.append(finding)
    found.sort(key=_order)
    return found


def check(
    text: PerformanceText,
    profile: Profile,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Finding]:
    """Return what is wrong with one text; see Checker. Raises ProfileError."""
    return Checker(profile, select, ignore).check(text)


def _of_unit(project: Project, text: PerformanceText) -> Project:
    """Return a project with the unit whose text it stands in, where its table names none."""
    if project.unit.name or project.department.name or not text.unit.name:
        return project
    return msgspec.structs.replace(project, unit=text.unit)


def _hits(
    rule: Rule,
    find: Callable[..., Iterable[Hit]],
    subject: tuple[object, ...],
    failed: dict[str, Exception],
) -> list[Hit]:
    """Return what a rule finds; where it fails, what it had found until then."""
    hits: list[Hit] = []
    try:
        hits.extend(find(*subject))
    except Exception as error:  # noqa: BLE001 - any failure of a rule is its own
        failed.setdefault(rule.code, error)
    return hits


def _choose(profile: Profile, select: Sequence[str], ignore: Sequence[str]) -> list[str]:
    known = codes()
    for begin in (*select, *ignore, *profile.rules):
        if not begin or not any(code.startswith(begin) for code in known):
            raise ProfileError(f"没有代码为“{begin}”的规则", "可用 jixiao rules 查看全部规则")
    return [
        code
        for code in known
        if profile.of(code).enabled
        and (not select or code.startswith(tuple(select)))
        and not (ignore and code.startswith(tuple(ignore)))
    ]


def _severity(rule: Rule, profile: Profile) -> Severity:
    given = profile.of(rule.code).severity
    if given is None:
        return rule.severity
    try:
        return Severity(given)
    except ValueError as error:
        raise ProfileError(
            f"审核口径“{profile.name}”给规则 {rule.code} 的 severity 是“{given}”",
            "只能是 E、W 或 I",
        ) from error


_RANKS = {severity: severity.rank for severity in Severity}


def _order(finding: Finding) -> tuple[int, int, int, str]:
    project, indicator = finding.project, finding.indicator
    return (
        -1 if project is None else project,
        -1 if indicator is None else indicator,
        _RANKS[finding.severity],
        finding.code,
    )
