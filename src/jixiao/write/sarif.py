"""Findings as SARIF 2.1.0, for code review tools and archives that read it.

A finding points at the file and, as logical locations, at project, indicator and field. What an
office document has no lines and columns for stands in ``properties.place``.
"""

from __future__ import annotations

import hashlib
import inspect
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

import msgspec

from jixiao import __version__
from jixiao.check import Finding, Rule, Severity, rules
from jixiao.check.review import is_internal
from jixiao.model import PerformanceText, Unreadable
from jixiao.write.plain import clean, one_line
from jixiao.write.subject import Subject, subject

VERSION = "2.1.0"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "jixiaoFinding/v1"
"""Name and version of how a finding is recognised from one run to the next."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


def sarif(
    findings: Iterable[Finding],
    texts: Sequence[PerformanceText],
    unreadable: Iterable[Unreadable] = (),
) -> dict[str, Any]:
    """Return one run as a SARIF log, ready for JSON; waived findings are suppressed.

    With files that could not be checked the run was no success, and has a notification of each.
    """
    run = _Run(texts)
    for finding in findings:
        run.add(finding)
    for each in unreadable:
        run.miss(each)
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run.made()]}


def artifact_uri(source: str) -> str:
    """Return a path as a URI: relative paths stay relative, percent-encoded."""
    kind = PureWindowsPath if os.name == "nt" else PurePosixPath
    path: PurePath = kind(clean(source))
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix())


class _Run:
    """A run that grows with each finding."""

    def __init__(self, texts: Sequence[PerformanceText]) -> None:
        known = rules()
        self._texts = {text.source: text for text in texts}
        self._artifacts = {source: number for number, source in enumerate(self._texts)}
        self._rules = {code: number for number, code in enumerate(known)}
        self._known = known
        self._logical: dict[tuple[int | None, str, str], int] = {}
        self._logical_locations: list[dict[str, Any]] = []
        self._seen: Counter[str] = Counter()
        self._results: list[dict[str, Any]] = []
        self._notifications: list[dict[str, Any]] = []
        self._is_whole = True

    def add(self, finding: Finding) -> None:
        """Take a finding; one that only says that a rule failed is the tool's own affair."""
        if is_internal(finding):
            self._notifications.append(
                {
                    "level": "error",
                    "message": {"text": clean(finding.message)},
                    "associatedRule": self._reference(finding.code),
                    "locations": [{"physicalLocation": self._physical(finding.file)}],
                }
            )
            return
        text = self._texts.get(finding.file) or PerformanceText(finding.file)
        about = subject(finding, text)
        advice = f"。{clean(finding.suggestion)}" if finding.suggestion else ""
        reference = self._reference(finding.code)
        result: dict[str, Any] = {
            "ruleId": finding.code,
            **({"ruleIndex": reference["index"]} if "index" in reference else {}),
            "level": _LEVELS[finding.severity],
            "message": {"text": f"{clean(finding.message)}{advice}"},
            "locations": [
                {
                    "physicalLocation": self._physical(finding.file),
                    "logicalLocations": [self._logical_location(finding, about)],
                }
            ],
            "partialFingerprints": {FINGERPRINT: self._fingerprint(finding, about, text)},
            "suppressions": _suppressions(finding),
        }
        properties = {
            "evidence": clean(finding.evidence),
            "policy": clean(finding.policy),
            "place": about.place,
        }
        if any(properties.values()):
            result["properties"] = {name: value for name, value in properties.items() if value}
        self._results.append(result)

    def miss(self, each: Unreadable) -> None:
        """Take a file that could not be checked."""
        self._is_whole = False
        self._notifications.append(
            {
                "level": "error",
                "message": {"text": clean(each.message)},
                "locations": [{"physicalLocation": self._physical(each.file)}],
            }
        )

    def made(self) -> dict[str, Any]:
        """Return the run."""
        return {
            "tool": {
                "driver": {
                    "name": "jixiao",
                    "fullName": f"绩效 jixiao {__version__}",
                    "version": __version__,
                    "language": "zh-CN",
                    "rules": [_rule(rule) for rule in self._known.values()],
                }
            },
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {
                    "executionSuccessful": self._is_whole,
                    "toolExecutionNotifications": self._notifications,
                }
            ],
            "artifacts": [
                {"location": {"uri": artifact_uri(source)}, "roles": ["analysisTarget"]}
                for source in self._artifacts
            ],
            "logicalLocations": self._logical_locations,
            "results": self._results,
        }

    def _reference(self, code: str) -> dict[str, Any]:
        index = self._rules.get(code)
        return {"id": code} if index is None else {"id": code, "index": index}

    def _physical(self, source: str) -> dict[str, Any]:
        index = self._artifacts.setdefault(source, len(self._artifacts))
        return {"artifactLocation": {"uri": artifact_uri(source), "index": index}}

    def _logical_location(self, finding: Finding, about: Subject) -> dict[str, Any]:
        """Return where a finding stands in the text: its project, indicator and field."""
        steps = [("text", about.unit or one_line(finding.file))]
        if about.project_number is not None:
            steps.append(("project", f"项目{about.project_number} {about.project}"))
        if about.indicator_number is not None:
            steps.append(("indicator", f"指标{about.indicator_number} {about.indicator}".strip()))
        if about.field:
            steps.append(("field", about.field))
        path, parent = "", None
        for kind, name in steps:
            path = f"{path}/{name}" if path else name
            parent = self._cached(path, kind, name, parent)
        return {"index": parent, "name": steps[-1][1], "fullyQualifiedName": path}

    def _cached(self, path: str, kind: str, name: str, parent: int | None) -> int:
        """Return the number of a logical location; no two may be the same (SARIF 2.1.0, 3.14.17)."""
        key = parent, kind, name
        if key not in self._logical:
            self._logical[key] = len(self._logical_locations)
            location: dict[str, Any] = {"name": name, "fullyQualifiedName": path, "kind": kind}
            if parent is not None:
                location["parentIndex"] = parent
            self._logical_locations.append(location)
        return self._logical[key]

    def _fingerprint(self, finding: Finding, about: Subject, text: PerformanceText) -> str:
        """Return what names a finding whatever else is found, and wherever its project stands.

        A unit's texts of two years say much the same: the year tells them apart.
        """
        key = "\n".join(
            (
                finding.code,
                about.unit or finding.file,
                str(text.year or ""),
                about.project_code or about.project,
                about.indicator,
                finding.field or "",
                finding.evidence or finding.message,
            )
        )
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    waiver = finding.waiver
    if waiver is None:
        return []
    return [
        {
            "kind": "external",
            "status": "accepted",
            "justification": clean(waiver.reason),
            "properties": {"person": clean(waiver.person), "date": waiver.date.isoformat()},
        }
    ]


def _rule(rule: type[Rule]) -> dict[str, Any]:
    page = clean(inspect.getdoc(rule))
    claim, _, rest = page.partition("\n\n")
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": _sentence(rule.title)},
        "fullDescription": {"text": _sentence(one_line(claim) or rule.title)},
        "help": {
            "text": rest or page or rule.title,
            "markdown": f"# {rule.code} {rule.title}\n\n{page}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"slug": rule.slug, "subject": rule.subject, "policy": rule.policy},
    }


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？", ".")) else f"{text}。"


def dump(log: dict[str, Any]) -> bytes:
    """Return a log as JSON, indented, in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(log), indent=2)
