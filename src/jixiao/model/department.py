"""部门整体支出绩效: projects rolled up by money, the department's own indicators, coverage."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from jixiao.model.scores import ProjectEvaluation


class RolledProject(msgspec.Struct, frozen=True, gc=False):
    """A project in the roll-up; ``number`` is its position in the text, from 0."""

    number: int
    code: str | None
    name: str | None
    budget: Annotated[Decimal | None, Meta(description="全年预算数，元")]
    share: Annotated[Decimal | None, Meta(description="占全部项目预算的百分比")]
    total: Annotated[Decimal | None, Meta(description="自评总分")]
    grade: str | None


class RollUp(msgspec.Struct, frozen=True, gc=False):
    """项目得分按资金加权."""

    total: Annotated[Decimal | None, Meta(description="加权得分；有项目没有总分即为 null")]
    lowest: Annotated[Decimal | None, Meta(description="没有总分的项目按最低算")]
    highest: Annotated[Decimal | None, Meta(description="没有总分的项目按最高算")]
    grade: str | None
    budget: Annotated[Decimal, Meta(description="各项目全年预算数之和，元")]
    projects: tuple[RolledProject, ...]
    formula: str
    rule: str
    source: str
    notes: tuple[str, ...] = ()


class DimensionRate(msgspec.Struct, frozen=True, gc=False):
    """One dimension of whole-department evaluation, as far as the data tell."""

    name: Annotated[str, Meta(description="运行成本、管理效率、履职效能……")]
    rate: Annotated[Decimal | None, Meta(description="得分率，百分数；没有数据为 null")]
    own: Annotated[Decimal | None, Meta(description="部门整体指标的得分率")]
    projects: Annotated[Decimal | None, Meta(description="项目指标的得分率，按资金加权")]
    formula: str
    rests_on: Annotated[tuple[str, ...], Meta(description="用到的部门整体指标")]
    notes: tuple[str, ...] = ()


class Link(msgspec.Struct, frozen=True, gc=False):
    """A project that serves an objective, with what shows it."""

    objective: Annotated[int, Meta(description="第几个分项目标（或年度主要任务），从 0")]
    project: Annotated[int, Meta(description="第几个项目，从 0")]
    likeness: Annotated[Decimal, Meta(description="相似度，0 到 1")]
    evidence: Annotated[tuple[str, ...], Meta(description="共同的词和领域")]


class Objective(msgspec.Struct, frozen=True, gc=False):
    """A sub-objective or main task that projects should serve."""

    number: int
    title: Annotated[str, Meta(description="名称，没有名称的取开头的字")]
    kind: Annotated[str, Meta(description="分项绩效目标、年度主要任务")]


class Coverage(msgspec.Struct, frozen=True, gc=False):
    """Which project serves which objective, and what is left alone on either side."""

    objectives: tuple[Objective, ...]
    links: Annotated[tuple[Link, ...], Meta(description="按项目，最像的在前")]
    objectives_alone: Annotated[tuple[int, ...], Meta(description="看不出有项目支撑的目标")]
    projects_alone: Annotated[tuple[int, ...], Meta(description="看不出为哪个目标服务的项目")]
    threshold: Annotated[Decimal, Meta(description="相似度达到多少才算")]
    source: str
    notes: tuple[str, ...] = ()


class DepartmentEvaluation(msgspec.Struct, frozen=True, gc=False):
    """部门整体支出绩效评价."""

    unit: str | None
    year: int | None
    roll_up: RollUp
    own: Annotated[
        ProjectEvaluation | None, Meta(description="部门整体指标的自评，没有指标为 null")
    ]
    dimensions: tuple[DimensionRate, ...]
    coverage: Coverage
    notes: tuple[str, ...] = ()
    profile: str = ""
