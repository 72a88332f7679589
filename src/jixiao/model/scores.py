"""What scoring says: every score with the formula, the numbers put in, the rule and its source."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from jixiao.model.text import BudgetUnit

Lamp = Literal["green", "yellow", "red"]


class Score(msgspec.Struct, frozen=True, gc=False):
    """得分: never without why. ``score`` and ``full`` are points with at most two decimals."""

    full: Annotated[Decimal, Meta(description="分值")]
    score: Annotated[Decimal | None, Meta(description="得分；算不出来为 null，要人来定")]
    formula: Annotated[str, Meta(description="算式，代入了数字，如 10 × 93.5 ÷ 100 = 9.35")]
    rule: Annotated[str, Meta(description="按哪一条算：名称")]
    source: Annotated[str, Meta(description="规定的出处（文号）")]
    notes: Annotated[
        tuple[str, ...], Meta(description="要人注意的：要书面说明、已封顶、单位换算")
    ] = ()


class IndicatorScore(msgspec.Struct, frozen=True, gc=False):
    """An indicator scored; ``number`` is its position among the project's indicators, from 0."""

    number: int
    name: str
    target: str
    actual: str
    rate: Annotated[Decimal | None, Meta(description="完成率，百分数；定性的为 null")]
    score: Score


class ProjectEvaluation(msgspec.Struct, frozen=True, gc=False):
    """项目支出绩效自评: the execution rate, each indicator, the sum and the grade."""

    code: str | None
    name: str | None
    execution_rate: Annotated[Decimal | None, Meta(description="预算执行率，百分数")]
    execution: Score
    indicators: tuple[IndicatorScore, ...]
    total: Annotated[Decimal | None, Meta(description="总分；有一项算不出来即为 null")]
    lowest: Annotated[Decimal, Meta(description="算不出来的各项得 0 分时的总分")]
    highest: Annotated[Decimal, Meta(description="算不出来的各项得满分时的总分")]
    grade: Annotated[str | None, Meta(description="等级：优、良、中、差")]
    notes: tuple[str, ...] = ()
    profile: Annotated[str, Meta(description="评分口径的名称和版本")] = ""


class UnitEvaluation(msgspec.Struct, frozen=True, gc=False):
    """一个单位的自评: its projects in the order of the targets, and what could not be paired."""

    source: Annotated[str, Meta(description="绩效文本的来源文件")]
    year: int | None
    unit: BudgetUnit
    projects: tuple[ProjectEvaluation, ...]
    notes: Annotated[tuple[str, ...], Meta(description="没有自评的项目、对不上绩效目标的自评")] = ()
    profile: Annotated[str, Meta(description="评分口径的名称和版本")] = ""
