"""What changed between two texts: pure data, also the JSON contract of ``jixiao compare``.

``before`` is the first text, ``after`` the second. Numbers of projects, indicators and list entries
count from 1. Money is in 万元. Of what is the same only its two sides are given, without fields.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from jixiao.model import Place

SCHEMA = "jixiao/comparison/1"
"""Name and version of the JSON contract."""


class Kind(StrEnum):
    """What became of something, from the most to the least that can be."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    ROLLED = "rolled"  # nothing but its years, by as much as between the two texts
    REWORDED = "reworded"  # another way to write what means the same
    MOVED = "moved"  # nothing but its place in the order
    SAME = "same"

    @property
    def matters(self) -> bool:
        """Whether what is said changed, not only how, when or where it is said."""
        return self in (Kind.ADDED, Kind.DROPPED, Kind.CHANGED)


class Match(StrEnum):
    """Why two things are held to be the same one."""

    CONTENT = "content"
    CODE = "code"
    CODE_WITHOUT_YEAR = "code_without_year"
    NAME = "name"
    NAME_WITHOUT_YEAR = "name_without_year"
    LIKENESS = "likeness"
    POSITION = "position"


class MoneyChange(msgspec.Struct, frozen=True, gc=False):
    """An amount in both texts, in 万元; null where it is blank or no number."""

    before: Decimal | None = None
    after: Decimal | None = None
    difference: Annotated[Decimal | None, Meta(description="后减前，万元")] = None
    percent: Annotated[Decimal | None, Meta(description="增减的百分比，两位小数")] = None


class ValueChange(msgspec.Struct, frozen=True, gc=False):
    """How a target value changed, as far as it can be told."""

    number: Annotated[
        Literal["raised", "lowered"] | None, Meta(description="数提高了还是降低了")
    ] = None
    demand: Annotated[
        Literal["tightened", "loosened"] | None, Meta(description="要求收紧了还是放宽了")
    ] = None
    difference: Annotated[Decimal | None, Meta(description="后减前；单位见 unit，期限以月计")] = (
        None
    )
    percent: Annotated[Decimal | None, Meta(description="增减的百分比，两位小数")] = None
    unit: str | None = None
    turned: Annotated[bool, Meta(description="≥ 改成了 ≤，或反过来")] = False
    deadline: Annotated[bool, Meta(description="是期限：difference 为推迟的月数")] = False
    measured: Annotated[
        Literal["gained", "lost"] | None, Meta(description="由定性改为定量，或反过来")
    ] = None


class FieldChange(msgspec.Struct, frozen=True, gc=False):
    """One field that is not the same in both texts, as written in each."""

    field: Annotated[str, Meta(description="字段名，如 purpose、budget.total、plan.06")]
    kind: Kind
    before: str | None = None
    after: str | None = None
    before_place: Place | None = None
    after_place: Place | None = None
    money: MoneyChange | None = None
    value: ValueChange | None = None


class ItemSide(msgspec.Struct, frozen=True, gc=False):
    """An entry of a list (goals, safeguards, sub-objectives, tasks) in one text."""

    number: int
    text: str
    place: Place | None = None


class ItemChange(msgspec.Struct, frozen=True, gc=False):
    """What became of an entry of a list."""

    kind: Kind
    moved: bool = False
    match: Match | None = None
    before: ItemSide | None = None
    after: ItemSide | None = None
    fields: tuple[FieldChange, ...] = ()


class IndicatorSide(msgspec.Struct, frozen=True, gc=False):
    """An indicator in one text."""

    number: int
    level1: str | None
    level2: str | None
    name: str | None
    value: str
    place: Place | None = None


class IndicatorChange(msgspec.Struct, frozen=True, gc=False):
    """What became of an indicator; one that is new or gone has all its cells as fields."""

    kind: Kind
    moved: bool = False
    match: Match | None = None
    before: IndicatorSide | None = None
    after: IndicatorSide | None = None
    fields: tuple[FieldChange, ...] = ()


class ProjectSide(msgspec.Struct, frozen=True, gc=False):
    """A project in one text."""

    number: int
    code: str | None
    name: str | None
    total: Annotated[Decimal | None, Meta(description="预算数，万元")] = None
    indicators: Annotated[int, Meta(description="绩效指标有几项")] = 0
    place: Place | None = None


class ProjectChange(msgspec.Struct, frozen=True, gc=False):
    """What became of a project."""

    kind: Kind
    moved: bool = False
    renamed: bool = False
    match: Match | None = None
    before: ProjectSide | None = None
    after: ProjectSide | None = None
    money: Annotated[MoneyChange, Meta(description="预算数")] = MoneyChange()
    fields: tuple[FieldChange, ...] = ()
    goals: tuple[ItemChange, ...] = ()
    indicators: tuple[IndicatorChange, ...] = ()
    whole_period_goals: tuple[ItemChange, ...] = ()
    whole_period_indicators: tuple[IndicatorChange, ...] = ()


class TextSide(msgspec.Struct, frozen=True, gc=False):
    """One of the two texts."""

    source: str
    year: int | None = None
    unit: str | None = None
    projects: int = 0
    indicators: Annotated[int, Meta(description="各项目的绩效指标共有几项")] = 0


class Totals(msgspec.Struct, frozen=True, gc=False):
    """预算数 over all projects, in 万元; what is blank or no number is left out and counted."""

    money: MoneyChange
    added: Annotated[Decimal, Meta(description="新增项目")] = Decimal(0)
    dropped: Annotated[Decimal, Meta(description="取消项目")] = Decimal(0)
    kept: Annotated[Decimal, Meta(description="保留项目的净增减")] = Decimal(0)
    unstated_before: int = 0
    unstated_after: int = 0


class Counts(msgspec.Struct, frozen=True, gc=False):
    """How many things became what; ``renamed`` and ``moved`` count besides."""

    added: int = 0
    dropped: int = 0
    changed: int = 0
    rolled: int = 0
    reworded: int = 0
    same: Annotated[int, Meta(description="没有改动，次序变了的也算")] = 0
    moved: Annotated[int, Meta(description="次序变了")] = 0
    renamed: int = 0


class ValueCounts(msgspec.Struct, frozen=True, gc=False):
    """What became of the target values of the indicators that both texts have."""

    kept: Annotated[int, Meta(description="两份文本都有的指标")] = 0
    unchanged: Annotated[int, Meta(description="指标值没有变，写法不同、年份顺延的也算")] = 0
    raised: int = 0
    lowered: int = 0
    tightened: int = 0
    loosened: int = 0


class Comparison(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Two texts, and all that is not the same in them."""

    schema: str = SCHEMA
    before: TextSide
    after: TextSide
    kind: Annotated[Kind, Meta(description="same、moved、reworded、rolled 或 changed")]
    totals: Totals
    project_counts: Counts
    indicator_counts: Counts
    value_counts: ValueCounts
    fields: Annotated[tuple[FieldChange, ...], Meta(description="文本整体的栏目")] = ()
    sub_objectives: tuple[ItemChange, ...] = ()
    safeguards: tuple[ItemChange, ...] = ()
    tasks: tuple[ItemChange, ...] = ()
    indicators: Annotated[
        tuple[IndicatorChange, ...], Meta(description="部门整体支出的绩效指标")
    ] = ()
    projects: tuple[ProjectChange, ...] = ()
    folded: Annotated[
        int, Meta(description="略去的只是写法、次序、年份的改动有多少处，没有略去时为 0")
    ] = 0
