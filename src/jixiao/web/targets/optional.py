"""Parts of a project's form that some forms have: a quarter of the plan, 实施期, more columns.

The model says None (UNSET for the quarter) where a form has no such field and "" where the field is
there and blank; that is what opening and closing a part changes.
"""

from __future__ import annotations

import msgspec

from jixiao.model import Budget, BudgetUnit, Plan, Project
from jixiao.web.targets import fields
from jixiao.web.targets.fields import MORE_COLUMNS, FieldError

QUARTER, UNITS, WHOLE_PERIOD = "quarter", "units", "whole_period"
COLUMN, EXTRA = "column.", "extra."
_LONGEST_LABEL = 40
_MOST = 30
"""Fields of a form's own that one project may have."""

_change = msgspec.structs.replace


def has(project: Project, part: str) -> bool:
    """Tell whether a project's form has a part."""
    if part == QUARTER:
        return not isinstance(project.plan.september, msgspec.UnsetType)
    if part == UNITS:
        return any(
            text is not None
            for unit in (project.unit, project.department)
            for text in (unit.code, unit.name)
        )
    if part == WHOLE_PERIOD:
        return (
            project.whole_period_budget is not None
            or bool(project.whole_period_goals)
            or bool(project.whole_period_indicators)
        )
    if part.startswith(COLUMN):
        return part.removeprefix(COLUMN) in columns(project)
    return part.removeprefix(EXTRA) in project.extra


def columns(project: Project) -> list[str]:
    """Return the columns beyond the usual ones that a project's indicator tables have."""
    rows = (*project.indicators, *project.whole_period_indicators)
    extra = dict.fromkeys(label for row in rows for label in row.extra)
    known = [name for name in MORE_COLUMNS if any(getattr(row, name) is not None for row in rows)]
    return [*known, *(f"extra.{label}" for label in extra)]


def opened(project: Project, part: str) -> Project:
    """Return a project whose form has a part. Raises FieldError for one that there is not."""
    if has(project, part):
        return project
    if part == QUARTER:
        return _change(project, plan=_change(project.plan, september=None))
    if part == UNITS:
        return _change(project, unit=_change(project.unit, name=project.unit.name or ""))
    if part == WHOLE_PERIOD:
        money = project.budget.money_unit
        return _change(project, whole_period_budget=Budget(money_unit=money))
    if part.startswith(COLUMN):
        return _with_column(project, part.removeprefix(COLUMN))
    label = _label(part)
    if len(project.extra) >= _MOST:
        raise FieldError(f"一个项目最多 {_MOST} 个其他栏目", "请写到已有的栏目里")
    return _change(project, extra={**project.extra, label: ""})


def closed(project: Project, part: str) -> Project:
    """Return a project whose form is without a part. Raises FieldError where it is filled in."""
    if part == QUARTER and not fields.of(project, "plan.09"):
        return _change(project, plan=_change(project.plan, september=msgspec.UNSET))
    if part == UNITS and fields.is_blank(project.unit) and fields.is_blank(project.department):
        return _change(project, unit=BudgetUnit(), department=BudgetUnit())
    if part == WHOLE_PERIOD and _is_without_period(project):
        return _change(project, whole_period_budget=None)
    if part.startswith(COLUMN):
        return _without_column(project, part.removeprefix(COLUMN))
    if part.startswith(EXTRA) and not project.extra.get(label := part.removeprefix(EXTRA)):
        left = {name: text for name, text in project.extra.items() if name != label}
        return _change(project, extra=left)
    raise FieldError("这一部分填了内容，不能去掉", "请先清空再去掉")


def _is_without_period(project: Project) -> bool:
    return (
        fields.is_blank(project.whole_period_budget or Budget())
        and not project.whole_period_goals
        and not project.whole_period_indicators
    )


def _with_column(project: Project, name: str) -> Project:
    if name.startswith(EXTRA):
        label = _label(name)
        tables = {
            table: tuple(
                _change(row, extra={**row.extra, label: row.extra.get(label, "")})
                for row in getattr(project, table)
            )
            for table in ("indicators", "whole_period_indicators")
        }
    elif name in MORE_COLUMNS:
        tables = {
            table: tuple(
                row if getattr(row, name) is not None else _change(row, **{name: ""})
                for row in getattr(project, table)
            )
            for table in ("indicators", "whole_period_indicators")
        }
    else:
        raise FieldError("没有这一栏", "请刷新页面后再试")
    if not any(tables.values()):
        raise FieldError("还没有指标，不能加这一栏", "请先加一行指标")
    return _change(project, **tables)


def _without_column(project: Project, name: str) -> Project:
    rows = (*project.indicators, *project.whole_period_indicators)
    label = name.removeprefix(EXTRA)
    filled = [
        row
        for row in rows
        if (row.extra.get(label) if name.startswith(EXTRA) else getattr(row, name, ""))
    ]
    if filled or not (name.startswith(EXTRA) or name in MORE_COLUMNS):
        raise FieldError("这一栏填了内容，不能去掉", "请先清空再去掉")
    changed = {}
    for table in ("indicators", "whole_period_indicators"):
        changed[table] = tuple(
            _change(row, extra={k: v for k, v in row.extra.items() if k != label})
            if name.startswith(EXTRA)
            else _change(row, **{name: None})
            for row in getattr(project, table)
        )
    return _change(project, **changed)


def _label(part: str) -> str:
    label = fields.clean(part.removeprefix(EXTRA)).replace("\n", "").strip()
    if not label or len(label) > _LONGEST_LABEL or not part.startswith(EXTRA):
        raise FieldError("请写栏目的名称", f"不超过 {_LONGEST_LABEL} 个字，如“立项依据”")
    return label


def months(plan: Plan) -> list[str]:
    """Return the fields of a plan in their order."""
    return [f"plan.{month}" for month, _ in plan.items()]
