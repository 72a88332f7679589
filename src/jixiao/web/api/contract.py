"""What the API gives, and what it takes: the structures of its JSON.

What a text says, and findings, are the core's own structures, as ``jixiao read`` and ``jixiao check``
give them. What each field means is told in ``data/words.toml``. Money is 万元 as a decimal string.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from jixiao.check import Finding, Report
from jixiao.check.finding import SCHEMA, Unreadable
from jixiao.model import PerformanceText, Project
from jixiao.web.errors import Told
from jixiao.web.targets.fields import LONGEST
from jixiao.web.targets.workflow import LONGEST_OPINION

StateCode = Literal[
    "draft", "returned", "unit", "department", "finance", "issued", "approved", "closed"
]
StageCode = Literal["once", "first", "second"]
Severities = Literal["E", "W", "I"]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]

MOST_ITEMS = 200
"""Texts on one page of a list."""

MOST_REASONS = 5000
"""Reasons that one submission may give; no text has had as many errors."""


class Office(msgspec.Struct, frozen=True):
    """A department or a unit, by code and name."""

    code: str
    name: str


class UnitEntry(Office, frozen=True):
    """A budget unit and its department."""

    department: Office
    is_open: bool


class Units(msgspec.Struct, frozen=True):
    """All units that one has to do with."""

    items: tuple[UnitEntry, ...]


class TextSummary(msgspec.Struct, frozen=True):
    """A text, without what it says."""

    id: int
    unit: UnitEntry
    year: int
    state: StateCode
    state_name: str
    stage: StageCode
    original: int | None
    revision: int
    projects: int
    money: Decimal
    errors: int
    waived: int
    warnings: int
    hints: int
    submitted_at: Moment | None
    changed_at: Moment


class TextPage(msgspec.Struct, frozen=True):
    """A page of a list of texts."""

    items: tuple[TextSummary, ...]
    total: int
    page: int
    limit: int


class SheetSummary(msgspec.Struct, frozen=True):
    """A project, without what it says but its name and money."""

    id: int
    revision: int
    code: str | None
    name: str | None
    money: Decimal
    rows: tuple[str, ...]
    frozen: bool
    errors: int
    waived: int
    warnings: int
    hints: int


class Sheets(msgspec.Struct, frozen=True):
    """The projects of a text."""

    items: tuple[SheetSummary, ...]


class SheetWhole(SheetSummary, frozen=True):
    """A project with what it says."""

    content: Project


class TextWhole(TextSummary, frozen=True):
    """A text with all that it says, and the names by which its projects are reached."""

    sheets: tuple[SheetSummary, ...]
    content: PerformanceText


class PlacedFinding(Finding, frozen=True, kw_only=True):
    """A finding with the lasting names of what it is of, which stay when rows are moved."""

    sheet: int | None
    row: str


class Findings(msgspec.Struct, frozen=True):
    """What a check of a text says: ``jixiao/findings/1``, with the names of projects and rows."""

    findings: tuple[PlacedFinding, ...]
    schema: str = SCHEMA
    unreadable: tuple[Unreadable, ...] = ()


class VersionSummary(msgspec.Struct, frozen=True):
    """A version, without what it says."""

    number: int
    reason: str
    person: str
    at: Moment
    errors: int


class Versions(msgspec.Struct, frozen=True):
    """The versions of a text, the last first."""

    items: tuple[VersionSummary, ...]


class VersionWhole(VersionSummary, frozen=True):
    """A version with what the text said, and what was found in it."""

    content: PerformanceText
    findings: tuple[Finding, ...]


class SavedField(msgspec.Struct, frozen=True):
    """A field after it was saved."""

    value: str
    revision: int
    text: TextSummary
    findings: tuple[PlacedFinding, ...]


class FieldConflict(Told, frozen=True):
    """A field that was not saved, as another changed it: both values, for a person to decide."""

    now: str
    mine: str
    revision: int
    person: str
    at: Moment | None
    gone: bool


class RuleEntry(msgspec.Struct, frozen=True):
    """A rule of the audit."""

    code: str
    slug: str
    title: str
    severity: Severities
    dimension: str
    policy: str


class RuleList(msgspec.Struct, frozen=True):
    """All rules."""

    items: tuple[RuleEntry, ...]


class TextFilter(Schema):
    """Which texts of those that one may see."""

    year: int | None = Field(None, ge=1990, le=2100)
    state: StateCode | None = None
    unit: str | None = Field(None, pattern=r"^[0-9A-Za-z-]{1,20}$")
    page: int = Field(1, ge=1, le=1_000_000)
    limit: int = Field(50, ge=1, le=MOST_ITEMS)


class CheckAsked(Schema):
    """How a file is to be checked."""

    filename: str = Field("", max_length=200)
    profile: str = Field("", max_length=60)


class Given(Schema):
    """What is sent: a name that is not known is told, not passed over."""

    model_config = ConfigDict(extra="forbid")


class FieldChange(Given):
    """What a field is to say, and what its author saw."""

    value: str = Field(max_length=LONGEST)
    revision: int = Field(ge=0, le=2**31)
    before: str | None = Field(None, max_length=LONGEST)


class WaiverReason(Given):
    """Why an error is none."""

    code: Annotated[str, StringConstraints(max_length=8)]
    sheet: int | None = None
    row: Annotated[str, StringConstraints(max_length=16)] = ""
    field: Annotated[str, StringConstraints(max_length=60)] = ""
    reason: str = Field(min_length=1, max_length=LONGEST_OPINION)


class Submission(Given):
    """Reasons for the errors that are left; ``shared`` is for all that have none of their own."""

    reasons: list[WaiverReason] = Field(default_factory=list, max_length=MOST_REASONS)
    shared: str = Field("", max_length=LONGEST_OPINION)


class Opinion(Given):
    """What a reviewer says of the whole text."""

    opinion: str = Field("", max_length=LONGEST_OPINION)


GIVES: tuple[Any, ...] = (
    Told,
    Units,
    TextPage,
    TextWhole,
    Sheets,
    SheetWhole,
    Findings,
    Versions,
    VersionWhole,
    SavedField,
    FieldConflict,
    RuleList,
    Report,
)
"""The structures that answers are."""
