"""What a unit reports of its projects: money spent, values reached, and why not more.

A report is of one month (绩效运行监控, 财预〔2019〕136号) or of the whole year (绩效自评,
财预〔2020〕10号). Text is kept as written, as in ``model.text``: amounts without their unit, values
with theirs. ``None`` is a field that the table does not have, ``""`` one that is there and blank.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from jixiao.model.place import Place
from jixiao.model.text import Budget, BudgetUnit, ReadingWarning, Unread

ReportKind = Literal["monitoring", "self-evaluation"]


class IndicatorReport(msgspec.Struct, frozen=True, gc=False):
    """What is reported of one indicator; level1 to name say of which, by words or by position."""

    level1: Annotated[str | None, Meta(description="一级指标")] = None
    level2: Annotated[str | None, Meta(description="二级指标")] = None
    name: Annotated[str | None, Meta(description="三级指标")] = None
    target: Annotated[str | None, Meta(description="年度指标值，表上写的")] = None
    actual: Annotated[str | None, Meta(description="实际完成值；监控时为截至该月的完成情况")] = None
    expected: Annotated[str | None, Meta(description="全年预计完成情况（监控）")] = None
    weight: Annotated[str | None, Meta(description="分值")] = None
    score: Annotated[str | None, Meta(description="得分，单位自己打的")] = None
    causes: Annotated[
        tuple[str, ...],
        Meta(description="偏差原因：经费保障、制度保障、人员保障、硬件条件保障、其他"),
    ] = ()
    reason: Annotated[str | None, Meta(description="偏差原因分析、原因说明")] = None
    measures: Annotated[str | None, Meta(description="改进措施")] = None
    likelihood: Annotated[
        str | None, Meta(description="完成目标可能性：确定能、有可能、完全不可能（监控）")
    ] = None
    evidence: Annotated[str | None, Meta(description="佐证资料")] = None
    remark: Annotated[str | None, Meta(description="备注")] = None
    place: dict[str, Place] = {}


class Funds(msgspec.Struct, frozen=True, gc=False):
    """资金: as approved, as adjusted, as spent; each with its parts."""

    initial: Annotated[Budget, Meta(description="年初预算数")] = Budget()
    adjusted: Annotated[Budget, Meta(description="全年预算数（调整后）")] = Budget()
    spent: Annotated[Budget, Meta(description="全年执行数；监控时为截至该月的执行数")] = Budget()
    expected: Annotated[Budget, Meta(description="全年预计执行数（监控）")] = Budget()


class ProjectReport(msgspec.Struct, frozen=True, gc=False):
    """What is reported of one project; code and name say of which."""

    code: Annotated[str | None, Meta(description="项目编码")] = None
    name: Annotated[str | None, Meta(description="项目名称")] = None
    unit: Annotated[BudgetUnit, Meta(description="实施单位")] = BudgetUnit()
    department: Annotated[BudgetUnit, Meta(description="主管部门")] = BudgetUnit()
    funds: Funds = Funds()
    goal: Annotated[str | None, Meta(description="年度总体目标，预期目标")] = None
    goal_reached: Annotated[str | None, Meta(description="年度总体目标实际完成情况")] = None
    indicators: tuple[IndicatorReport, ...] = ()
    score: Annotated[str | None, Meta(description="总分，单位自己打的")] = None
    problems: Annotated[str | None, Meta(description="存在的问题")] = None
    measures: Annotated[str | None, Meta(description="下一步改进措施")] = None
    extra: Annotated[
        dict[str, str], Meta(description="表中有而本结构没有的栏目：栏目名 → 内容")
    ] = {}
    place: dict[str, Place] = {}


class Reports(msgspec.Struct, frozen=True, gc=False):
    """What one file reports of a unit's projects."""

    source: Annotated[str, Meta(description="来源文件")]
    kind: Annotated[ReportKind, Meta(description="监控或自评")] = "self-evaluation"
    year: Annotated[int | None, Meta(description="预算年度")] = None
    month: Annotated[int | None, Meta(description="截至几月（监控），1 到 12")] = None
    unit: BudgetUnit = BudgetUnit()
    projects: tuple[ProjectReport, ...] = ()
    department: Annotated[
        ProjectReport | None, Meta(description="部门整体支出的自评，没有则为 null")
    ] = None
    unread: tuple[Unread, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    place: dict[str, Place] = {}
