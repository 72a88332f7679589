"""What a rule is: a code, its documentation, and one method over the model.

A rule is one class in one file named by its code, under its dimension in ``rules/``. Its docstring
is its page in the manual: the claim in the first line, then 为什么, 反例 and 正例. Numbers and words
that an office may want to change are its parameters, which a profile gives.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import msgspec

from jixiao.check.corpus import Digest
from jixiao.check.finding import Severity
from jixiao.check.profile import Profile
from jixiao.model import Indicator, Kind, PerformanceText, Project
from jixiao.model.reports import ProjectReport, ReportKind, Reports


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One thing that a rule found: the field, what is wrong with it, and what would be right.

    ``project`` and ``indicator`` are the positions of what is concerned, for rules that look at a
    whole text or project; rules that look at one indicator leave them out.
    """

    field: str
    message: str
    evidence: str = ""
    suggestion: str = ""
    indicator: int | None = None
    project: int | None = None


class NoParameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule that has nothing to set."""


class Rule(ABC):
    """审核规则. Subclass one of the rules below: over texts, or over what units report of them."""

    code: ClassVar[str]
    slug: ClassVar[str]
    title: ClassVar[str]
    severity: ClassVar[Severity]
    subject: ClassVar[str]
    policy: ClassVar[str]
    Parameters: ClassVar[type[msgspec.Struct]] = NoParameters
    parameters: Any

    def __init__(self, profile: Profile) -> None:
        """Take the profile to check by. Raises ProfileError if its parameters do not fit."""
        self.profile = profile
        self.parameters = profile.parameters(self.code, self.Parameters)


class CorpusRule(Rule):
    """A rule over several texts that are checked together."""

    @abstractmethod
    def find(self, digests: Sequence[Digest]) -> Iterable[tuple[int, Hit]]:
        """Yield the number of a text and what is wrong with it."""


class TextRule(Rule):
    """A rule over a whole text."""

    @abstractmethod
    def find(self, text: PerformanceText) -> Iterable[Hit]:
        """Yield what is wrong with the text."""


class ProjectRule(Rule):
    """A rule over a project: its fields, goals, plan, or its indicators taken together.

    ``for_department`` says whether it also fits a 部门（单位）整体支出绩效目标申报表, which has goals
    and indicators but no plan or purpose.
    """

    for_department: ClassVar[bool] = False

    @abstractmethod
    def find(self, project: Project) -> Iterable[Hit]:
        """Yield what is wrong with the project."""


class IndicatorRule(Rule):
    """A rule over one indicator; ``kinds`` are the kinds of target values that it looks at."""

    kinds: ClassVar[frozenset[Kind | None]] = frozenset((*Kind, None))

    @abstractmethod
    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return what is wrong with the indicator: of nearly all, nothing."""


class OfReports(Rule):
    """A rule over what units report; ``kinds`` are the kinds of reports that it looks at."""

    kinds: ClassVar[frozenset[ReportKind]] = frozenset(("self-evaluation",))


class ReportRule(OfReports):
    """A rule over what is reported of one project, or of the department as a whole."""

    @abstractmethod
    def find(self, report: ProjectReport, project: Project | None) -> Iterable[Hit]:
        """Yield what is wrong with the report; ``project`` is what was approved, if known."""


class ReportsRule(OfReports):
    """A rule over all that one file reports."""

    @abstractmethod
    def find(self, reports: Reports, text: PerformanceText | None) -> Iterable[Hit]:
        """Yield what is wrong with the reports; ``text`` is what was approved, if known."""
