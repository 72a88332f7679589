"""抽查复核: which self-evaluations are drawn, what was found again, and how the two differ."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A self-evaluated project that may be drawn; ``key`` tells it from all others."""

    key: Annotated[str, Meta(description="由单位、项目编码和名称得来，与次序无关")]
    code: str | None
    name: str | None
    unit: str | None
    grade: Annotated[str | None, Meta(description="自评等级")]
    total: Annotated[Decimal | None, Meta(description="自评总分")]
    budget: Annotated[Decimal | None, Meta(description="全年预算数，元")]


class Stratum(msgspec.Struct, frozen=True, gc=False):
    """One layer of the draw."""

    grade: Annotated[str | None, Meta(description="等级；不按等级分层为 null")]
    money: Annotated[str | None, Meta(description="金额档；不按金额分层为 null")]
    unit: Annotated[str | None, Meta(description="单位；不按单位分层为 null")]
    size: Annotated[int, Meta(description="这一层有几个项目")]
    drawn: Annotated[int, Meta(description="抽了几个")]
    formula: Annotated[str, Meta(description="算式，代入了数字")]


class Drawn(msgspec.Struct, frozen=True, gc=False):
    """A project drawn, and from which layer (position in ``Draw.strata``)."""

    project: Candidate
    stratum: int


class Draw(msgspec.Struct, frozen=True, gc=False):
    """A sample; the same seed and the same projects in any order give it again."""

    seed: Annotated[str, Meta(description="抽签种子：凭它可以重抽出同样的结果")]
    algorithm: Annotated[str, Meta(description="抽签办法")]
    share: Annotated[Decimal, Meta(description="规定的比例，百分数")]
    actual_share: Annotated[Decimal, Meta(description="实际抽到的比例，百分数")]
    of: Annotated[int, Meta(description="共有几个项目")]
    strata: tuple[Stratum, ...]
    drawn: tuple[Drawn, ...]
    rule: str
    source: str
    notes: tuple[str, ...] = ()
    profile: str = ""


class SheetRow(msgspec.Struct, frozen=True, gc=False):
    """A line of the 复核评分表; ``rechecked`` and ``reason`` are for who checks again to fill."""

    key: Annotated[str, Meta(description="项目，同 Candidate.key")]
    code: str | None
    name: str | None
    unit: str | None
    item: Annotated[str, Meta(description="预算执行率、指标名称或总分")]
    number: Annotated[int | None, Meta(description="第几项指标，从 0；预算执行率和总分为 null")]
    target: str
    actual: str
    full: Annotated[Decimal, Meta(description="分值")]
    original: Annotated[Decimal | None, Meta(description="自评得分")]
    rechecked: Annotated[Decimal | None, Meta(description="复核得分")] = None
    difference: Annotated[Decimal | None, Meta(description="复核得分减自评得分")] = None
    reason: Annotated[str, Meta(description="差异原因")] = ""


class GradeChange(msgspec.Struct, frozen=True, gc=False):
    """A project whose grade is another after the re-check."""

    key: str
    name: str | None
    unit: str | None
    before: str | None
    after: str


class GradeStatistics(msgspec.Struct, frozen=True, gc=False):
    """The projects of one grade (as they graded themselves)."""

    grade: str | None
    projects: int
    mean: Annotated[Decimal | None, Meta(description="复核总分减自评总分的平均，两位小数")]
    changed: Annotated[int, Meta(description="等级变了的")]


class RecheckStatistics(msgspec.Struct, frozen=True, gc=False):
    """How the re-checked totals differ from the units' own."""

    drawn: Annotated[int, Meta(description="抽了几个")]
    finished: Annotated[int, Meta(description="各项都复核了的")]
    mean: Annotated[Decimal | None, Meta(description="复核总分减自评总分的平均，两位小数")]
    mean_size: Annotated[Decimal | None, Meta(description="差的大小（不分正负）的平均")]
    largest: Annotated[Decimal | None, Meta(description="最大的差，带正负")]
    lower: Annotated[int, Meta(description="复核低于自评的")]
    higher: Annotated[int, Meta(description="复核高于自评的")]
    changes: tuple[GradeChange, ...]
    by_grade: tuple[GradeStatistics, ...]
    unexplained: Annotated[tuple[str, ...], Meta(description="总分差得多而没有写原因的")] = ()
    unfinished: Annotated[tuple[str, ...], Meta(description="没有复核完的")] = ()
