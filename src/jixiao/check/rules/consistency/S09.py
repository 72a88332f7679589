"""S09 targets-changed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.measures import measure
from jixiao.check.reported import Row, money_shown, reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import is_missing, key, quoted
from jixiao.model import Direction, Project, TargetValue, parse_value
from jixiao.model.reports import ProjectReport
from jixiao.model.values import canonical_unit

_EXECUTION = "执行率"


class S09(ReportRule):
    """表上的目标与批复的不一样。

    指标值改了、批复的指标少了、表上多出批复里没有的指标，或年初预算数与批复的预算数不同。只是写法不同（“不低于
    95%”和“≥95%”）不算；预算执行率一行不算多出的指标。

    为什么：自评要对照批复的目标；按完成的情况改目标，什么都能完成。

    反例：

        批复 移民满意度 ≥90%；自评表 移民满意度 ≥80%，实际完成值 82%

    正例：

        自评表的指标和指标值与批复的一字不差；年中调整过的，附上调整批复
    """

    code = "S09"
    slug = "targets-changed"
    title = "目标与批复的不一致"
    severity = Severity.ERROR
    subject = "自评、监控的项目、指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：评价以批复的绩效目标为依据；财预〔2015〕88号：绩效目标批复后一般不予调整"
    kinds = frozenset(("self-evaluation", "monitoring"))

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``tolerance``: difference of the budgets, in 元, that rounding explains."""

        tolerance: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each target, indicator or budget that is not as approved."""
        if project is None:
            return
        yield from self._budget(report, project)
        rows = reported(report, project).rows
        if not project.indicators or not rows:
            return
        if not any(row.approved for row in rows):
            yield Hit(
                "indicators",
                "没有一项指标是批复的绩效目标里的",
                "",
                "核对是否对错了项目；用批复的指标填报",
            )
            return
        for row in rows:
            yield from _row(row)
        reached = {id(row.approved) for row in rows}
        for indicator in project.indicators:
            if id(indicator) not in reached and not is_missing(indicator.name):
                yield Hit(
                    "indicators",
                    f"批复的指标{quoted(indicator.name)}没有填报",
                    "",
                    "补上这一项；经批准取消的，附上调整批复",
                )

    def _budget(self, report: ProjectReport, project: Project) -> Iterator[Hit]:
        said, known = report.funds.initial.money("total"), project.budget.money("total")
        if said is None or known is None:
            return
        if abs(said.to("元") - known.to("元")) > self.parameters.tolerance:
            yield Hit(
                "funds.initial.total",
                f"年初预算数{money_shown(said)}与批复的预算数{money_shown(known)}不一致",
                report.funds.initial.total or "",
                "改为批复的预算数；年中调整的写在全年预算数",
            )


def _row(row: Row) -> Iterator[Hit]:
    if row.approved is None:
        if _EXECUTION not in (row.said.name or "") and not is_missing(row.said.name):
            yield Hit(
                "name",
                f"批复的绩效目标里没有指标{quoted(row.said.name)}",
                row.said.name or "",
                "用批复的指标；经批准增加的，附上调整批复",
                row.number,
            )
        return
    said = row.said.target
    if is_missing(said) or row.approved.value.kind is None:
        return
    target = parse_value(said or "", row.said.name or "")
    known = row.approved.value
    if not _same(target, known):
        yield Hit(
            "target",
            f"批复的指标值是{quoted(known.text)}，表上是{quoted(said)}{_lowered(row, target)}",
            said or "",
            f"改回批复的{quoted(known.text)}；经批准调整的，附上调整批复",
            row.number,
        )


def _same(one: TargetValue, other: TargetValue) -> bool:
    if key(one.text) == key(other.text) and (one.operator or "=") == (other.operator or "="):
        return True
    if one.number is None or other.number is None:
        # Words and dates: that one says more (及时 and 及时完成) is no other target.
        ours, theirs = key(one.text), key(other.text)
        return bool(ours and theirs) and (ours in theirs or theirs in ours)
    units = [canonical_unit(value.unit or "") for value in (one, other)]
    same_unit = units[0] == units[1] or not all(units)
    same_operator = one.operator == other.operator or None in (one.operator, other.operator)
    numbers = one.number == other.number and one.upper == other.upper
    return numbers and same_unit and same_operator


def _lowered(row: Row, target: TargetValue) -> str:
    """Return that a target was made easier, where that is so."""
    known = row.approved.value if row.approved else target
    if target.number is None or known.number is None or target.unit != known.unit:
        return ""
    better = measure(row.said.name).direction or known.direction
    if known.operator in ("≤", "<"):
        better = Direction.LOWER
    gap = target.number - known.number
    easier = (gap < 0 and better is Direction.HIGHER) or (gap > 0 and better is Direction.LOWER)
    return "，降低了要求" if easier else ""
