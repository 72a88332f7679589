"""部门预算绩效文本: the department's objectives and the targets of each of its projects.

The structures are also the published JSON contract of ``jixiao read``: field names are its keys.
Text is kept as written: line breaks inside a cell are ``\\n``, runs of spaces inside a line are
kept, trailing blanks are dropped. A text field is ``None`` where the form has no such field and
``""`` where the field is there and blank.

``place`` maps the name of a field to where it stands in the source, so that a finding can point
at it in the user's own file. ``"self"`` is the thing as a whole.

None of the structures can be part of a cycle, and a province's texts are millions of them, so the
garbage collector is told not to track them (``gc=False``).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from jixiao.model.place import Place
from jixiao.model.values import Money, TargetValue, parse_value, to_decimal

SCHEMA = "jixiao/reading/1"
"""Name and version of the JSON contract; the number rises when a reader of it would break."""

Checkpoint = Literal["03", "06", "09", "10", "12"]

CHECKPOINTS: tuple[Checkpoint, ...] = ("03", "06", "10", "12")
"""The four checkpoints of the Hebei 资金支出计划 (as published): 3, 6, 10 and 12月底."""


class BudgetUnit(msgspec.Struct, frozen=True, gc=False):
    """预算单位: ``code`` as in 976001, ``name`` as in 怀来县官厅库区建设管理中心."""

    code: str | None = None
    name: str | None = None


class Region(msgspec.Struct, frozen=True, gc=False):
    """行政区划: the six digits of GB/T 2260 and the name, as far as the text gives them."""

    code: str | None = None
    name: str | None = None


class Budget(msgspec.Struct, frozen=True, gc=False):
    """预算规模: amounts are decimal strings as written, without their unit; null if blank."""

    total: Annotated[str | None, Meta(description="预算数")] = None
    fiscal: Annotated[str | None, Meta(description="其中：财政资金（财政拨款）")] = None
    other: Annotated[str | None, Meta(description="其他资金")] = None
    money_unit: Annotated[str | None, Meta(description="金额单位：元、万元、亿元")] = None

    def money(self, name: Literal["total", "fiscal", "other"]) -> Money | None:
        """Return an amount with its unit, or None where it is blank or no number."""
        text: str | None = getattr(self, name)
        return _money(text, self.money_unit or "元") if text else None


@lru_cache(maxsize=512)
def _money(text: str, unit: str) -> Money | None:
    amount = to_decimal(text)
    return None if amount is None else Money(amount, unit)


class Plan(msgspec.Struct, frozen=True, omit_defaults=False, gc=False):
    """资金支出计划: cumulative percentages as written ("30%"), null where a cell is blank.

    ``q3`` (key ``09``) is only there in forms that plan by quarter.
    """

    march: str | None = msgspec.field(default=None, name="03")
    june: str | None = msgspec.field(default=None, name="06")
    october: str | None = msgspec.field(default=None, name="10")
    december: str | None = msgspec.field(default=None, name="12")
    september: str | msgspec.UnsetType | None = msgspec.field(default=msgspec.UNSET, name="09")

    def items(self) -> list[tuple[Checkpoint, str | None]]:
        """Return the checkpoints in order of time with what is written at each."""
        pairs: list[tuple[Checkpoint, str | None]] = [("03", self.march), ("06", self.june)]
        if not isinstance(self.september, msgspec.UnsetType):
            pairs.append(("09", self.september))
        return [*pairs, ("10", self.october), ("12", self.december)]

    def shares(self) -> list[tuple[Checkpoint, Decimal | None]]:
        """Return the checkpoints with their percentage as a number (30 for "30%")."""
        return [(month, to_percent(text)) for month, text in self.items()]


@lru_cache(maxsize=512)
def to_percent(text: str | None) -> Decimal | None:
    """Return the percentage that a plan's cell states, without its sign; None if it is none."""
    if not text:
        return None
    value = parse_value(text)
    if value.number is None or value.upper is not None or value.unit not in (None, "%"):
        return None
    return value.number


class Indicator(msgspec.Struct, frozen=True, gc=False):
    """绩效指标: one line of a project's indicator table."""

    level1: Annotated[str | None, Meta(description="一级指标")] = None
    level2: Annotated[str | None, Meta(description="二级指标")] = None
    name: Annotated[str | None, Meta(description="三级指标")] = None
    description: Annotated[str | None, Meta(description="绩效指标描述")] = None
    value: Annotated[TargetValue, Meta(description="指标值")] = TargetValue("")
    basis: Annotated[str | None, Meta(description="指标值确定依据")] = None
    weight: Annotated[str | None, Meta(description="权重或分值")] = None
    formula: Annotated[str | None, Meta(description="计算公式")] = None
    scoring: Annotated[str | None, Meta(description="评分标准")] = None
    previous: Annotated[str | None, Meta(description="上年值")] = None
    remark: Annotated[str | None, Meta(description="备注")] = None
    extra: Annotated[dict[str, str], Meta(description="表中有而本结构没有的列：列名 → 内容")] = {}
    place: dict[str, Place] = {}


class Project(msgspec.Struct, frozen=True, gc=False):
    """项目绩效目标表: what one budget project is for, costs, plans and promises."""

    code: Annotated[str | None, Meta(description="项目编码")] = None
    name: Annotated[str | None, Meta(description="项目名称")] = None
    unit: Annotated[BudgetUnit, Meta(description="表上写明的预算单位")] = BudgetUnit()
    department: Annotated[BudgetUnit, Meta(description="主管部门")] = BudgetUnit()
    budget: Budget = Budget()
    purpose: Annotated[str | None, Meta(description="资金用途")] = None
    plan: Plan = Plan()
    goals: Annotated[
        tuple[str, ...], Meta(description="绩效目标，一条一项，不带序号（年度目标）")
    ] = ()
    indicators: tuple[Indicator, ...] = ()
    whole_period_budget: Annotated[
        Budget | None, Meta(description="实施期资金，仅中期（跨年）项目的申报表有")
    ] = None
    whole_period_goals: Annotated[
        tuple[str, ...], Meta(description="实施期目标，仅中期（跨年）项目的申报表有")
    ] = ()
    whole_period_indicators: Annotated[
        tuple[Indicator, ...], Meta(description="实施期指标，仅中期（跨年）项目的申报表有")
    ] = ()
    extra: Annotated[
        dict[str, str], Meta(description="表中有而本结构没有的栏目：栏目名 → 内容")
    ] = {}
    place: dict[str, Place] = {}


class Criterion(msgspec.Struct, frozen=True, gc=False):
    """评价标准 of the older Hebei form: what counts as 优, 良, 中, 差 for one indicator."""

    indicator: str
    excellent: Annotated[str | None, Meta(description="优")] = None
    good: Annotated[str | None, Meta(description="良")] = None
    fair: Annotated[str | None, Meta(description="中")] = None
    poor: Annotated[str | None, Meta(description="差")] = None


class SubObjective(msgspec.Struct, frozen=True, gc=False):
    """分项绩效目标: a paragraph of part one, or a 职责活动 of the older Hebei form."""

    title: Annotated[str | None, Meta(description="分项目标名称、职责活动")] = None
    duty: Annotated[str | None, Meta(description="职责描述、内容描述")] = None
    objective: Annotated[str | None, Meta(description="绩效目标")] = None
    indicators: Annotated[tuple[str, ...], Meta(description="绩效指标，一行一项")] = ()
    budget: Budget | None = None
    criteria: Annotated[tuple[Criterion, ...], Meta(description="评价标准，旧版表")] = ()
    place: dict[str, Place] = {}


class DepartmentTask(msgspec.Struct, frozen=True, gc=False):
    """年度主要任务 of a 部门（单位）整体支出绩效目标申报表 (财预〔2015〕88号)."""

    name: Annotated[str | None, Meta(description="任务名称")] = None
    content: Annotated[str | None, Meta(description="主要内容")] = None
    budget: Budget = Budget()
    place: dict[str, Place] = {}


class Unread(msgspec.Struct, frozen=True, gc=False):
    """Something in the file that could not be placed: its text and where it stands."""

    text: str
    place: Place
    reason: str = ""


class ReadingWarning(msgspec.Struct, frozen=True, gc=False):
    """Something read that a person should look at: a sentence and where it stands."""

    message: str
    place: Place | None = None


class PerformanceText(msgspec.Struct, frozen=True, gc=False):
    """部门预算绩效文本, or one of its tables standing alone."""

    source: Annotated[str, Meta(description="来源文件")]
    year: Annotated[int | None, Meta(description="预算年度")] = None
    region: Region = Region()
    unit: BudgetUnit = BudgetUnit()
    draft: Annotated[bool, Meta(description="草案（征求意见）为 true，正式文本为 false")] = False
    overall: Annotated[str | None, Meta(description="总体绩效目标")] = None
    sub_objectives: tuple[SubObjective, ...] = ()
    safeguards: Annotated[tuple[str, ...], Meta(description="工作保障措施，一条一项")] = ()
    tasks: Annotated[
        tuple[DepartmentTask, ...], Meta(description="年度主要任务（部门整体支出绩效目标申报表）")
    ] = ()
    budget: Annotated[Budget, Meta(description="部门整体支出的金额合计")] = Budget()
    indicators: Annotated[
        tuple[Indicator, ...], Meta(description="部门整体支出的年度绩效指标")
    ] = ()
    projects: tuple[Project, ...] = ()
    contents: Annotated[tuple[str, ...], Meta(description="目录中的条目")] = ()
    unread: tuple[Unread, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    place: dict[str, Place] = {}


class SourcedUnread(Unread, frozen=True, kw_only=True):
    """Something unread, named with its file: the list over all texts."""

    source: Annotated[str, Meta(description="来源文件")]


class SourcedWarning(ReadingWarning, frozen=True, kw_only=True):
    """A reading warning, named with its file: the list over all texts."""

    source: Annotated[str, Meta(description="来源文件")]


class Unreadable(msgspec.Struct, frozen=True, gc=False):
    """A file or folder that could not be read, and why."""

    file: Annotated[str, Meta(description="文件或文件夹，按用户所写的路径")]
    message: Annotated[str, Meta(description="为什么读不出来，怎么办")]


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What ``jixiao read`` gives: the texts read from the files named.

    ``unread`` and ``warnings`` are those of all texts once more, each with its file.
    """

    schema: str = SCHEMA
    texts: tuple[PerformanceText, ...] = ()
    unread: tuple[SourcedUnread, ...] = ()
    warnings: tuple[SourcedWarning, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
