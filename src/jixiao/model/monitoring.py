"""绩效运行监控: what monitoring says of a project, each lamp and forecast with its reasons.

Dual monitoring (财预〔2019〕136号): how far the goals are reached, how far the budget is spent.
As with ``Score``, nothing is said without the formula with its numbers, the rule and its source.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from jixiao.model.scores import Lamp

ActionCode = Literal["continue", "rectify", "adjust", "suspend"]
"""继续执行, 限期整改, 调整目标, 暂停拨款."""

Quadrant = Literal["both", "money-only", "goal-only", "neither"]
"""Which of money and goals are on pace."""

ForecastBy = Literal["reported", "linear", "reached", "none"]
"""全年预计: as the unit reports it, by the months so far, already reached, or not to be told."""


class Judgement(msgspec.Struct, frozen=True, gc=False):
    """A lamp, never without why; ``lamp`` is None where a person must judge."""

    lamp: Annotated[Lamp | None, Meta(description="灯：绿、黄、红；判断不了为 null，要人来定")]
    formula: Annotated[str, Meta(description="算式或判断，代入了数字")]
    rule: Annotated[str, Meta(description="按哪一条判：名称")]
    source: Annotated[str, Meta(description="规定的出处")]
    notes: Annotated[tuple[str, ...], Meta(description="要人注意的")] = ()


class Forecast(msgspec.Struct, frozen=True, gc=False):
    """全年预计; ``number`` in ``unit``, None where there is no number or no forecast."""

    by: Annotated[ForecastBy, Meta(description="怎样得来：单位填报、线性外推、已经达到、不外推")]
    number: Annotated[Decimal | None, Meta(description="全年预计的数")]
    unit: Annotated[str | None, Meta(description="单位")]
    text: Annotated[str, Meta(description="全年预计，给人看的")]
    formula: Annotated[str, Meta(description="算式，代入了数字；不外推的写为什么")]


class Named(msgspec.Struct, frozen=True, gc=False):
    """Something of a fixed list: reported by the unit, or proposed here for it to confirm."""

    name: str
    proposed: Annotated[bool, Meta(description="true 为本工具建议，待单位确认")] = False
    why: Annotated[str, Meta(description="为什么这样建议；单位填报的为空")] = ""


class IndicatorMonitoring(msgspec.Struct, frozen=True, gc=False):
    """An indicator so far; ``number`` is its position among the project's, from 0."""

    number: int
    level1: str | None
    level2: str | None
    name: str
    target: Annotated[str, Meta(description="年度指标值")]
    actual: Annotated[str, Meta(description="截至该月的完成情况；没有填报为空")]
    expected: Annotated[str, Meta(description="单位填报的全年预计完成情况；没有填报为空")]
    progress: Annotated[
        Decimal | None, Meta(description="目前完成年度指标值的百分比；没有数的为 null")
    ]
    forecast: Forecast
    deviation: Annotated[
        Decimal | None,
        Meta(description="全年预计与指标值之差占指标值的百分比；正数为超过，负数为不足"),
    ]
    judgement: Judgement
    final: Annotated[
        bool, Meta(description="true 为今年已经不可能达到（逾期、已超上限、年终）")
    ] = False
    overdue: Annotated[bool, Meta(description="期限已过而没有完成")] = False
    causes: Annotated[tuple[Named, ...], Meta(description="偏差原因")] = ()
    reason: Annotated[str | None, Meta(description="原因说明，单位填报")] = None
    likelihood: Annotated[
        Named | None, Meta(description="完成目标可能性：确定能、有可能、完全不可能")
    ] = None
    measures: Annotated[tuple[Named, ...], Meta(description="改进措施")] = ()


class PartMonitoring(msgspec.Struct, frozen=True, gc=False):
    """One part of the funds; amounts in 元."""

    name: Annotated[str, Meta(description="合计、财政资金、其他资金")]
    initial: Annotated[Decimal | None, Meta(description="年初预算数，元")]
    budget: Annotated[Decimal | None, Meta(description="全年预算数（调整后，没有即年初），元")]
    spent: Annotated[Decimal | None, Meta(description="截至该月的执行数，元")]
    rate: Annotated[Decimal | None, Meta(description="执行率，百分数")]
    expected: Annotated[Decimal | None, Meta(description="单位填报的全年预计执行数，元")]


class FundsMonitoring(msgspec.Struct, frozen=True, gc=False):
    """Money so far, against the months gone and against the spending plan."""

    parts: tuple[PartMonitoring, ...]
    rate: Annotated[Decimal | None, Meta(description="执行率，百分数")]
    by_time: Annotated[Judgement, Meta(description="与时间进度比")]
    planned: Annotated[
        Decimal | None, Meta(description="按资金支出计划到该月应支出的百分比（检查点之间按直线）")
    ]
    ahead: Annotated[Decimal | None, Meta(description="执行率减去计划，百分点；负数为比计划慢")]
    by_plan: Annotated[Judgement, Meta(description="与资金支出计划比")]
    forecast: Annotated[Forecast, Meta(description="全年预计执行数，元")]

    @property
    def total(self) -> PartMonitoring:
        """The funds as a whole."""
        return self.parts[0]


class Action(msgspec.Struct, frozen=True, gc=False):
    """怎样处理, by rule; a proposal for who decides."""

    code: ActionCode
    name: Annotated[str, Meta(description="继续执行、限期整改、调整目标、暂停拨款")]
    reasons: tuple[str, ...]
    rule: str
    source: str


class ProjectMonitoring(msgspec.Struct, frozen=True, gc=False):
    """A project at the end of a month."""

    code: str | None
    name: str | None
    unit: str | None
    month: int
    funds: FundsMonitoring
    indicators: tuple[IndicatorMonitoring, ...]
    goal: Annotated[Judgement, Meta(description="目标实现程度的灯，由各指标得来")]
    quadrant: Annotated[
        Quadrant | None,
        Meta(
            description="双监控：both 都正常，money-only 只有资金跟上，goal-only 只有产出跟上，neither"
        ),
    ]
    quadrant_text: str
    lamp: Annotated[Lamp | None, Meta(description="项目的灯：资金与目标中较差的")]
    action: Action
    summary: Annotated[str, Meta(description="一句话")]
    notes: tuple[str, ...] = ()
    profile: Annotated[str, Meta(description="评分口径的名称")] = ""


class LampCount(msgspec.Struct, frozen=True, gc=False):
    """How many projects and how much money have one lamp; ``lamp`` None is not judged."""

    lamp: Lamp | None
    projects: int
    budget: Annotated[Decimal, Meta(description="全年预算数合计，元")]
    spent: Annotated[Decimal, Meta(description="执行数合计，元")]


class Attention(msgspec.Struct, frozen=True, gc=False):
    """A project that needs something done."""

    code: str | None
    name: str | None
    unit: str | None
    lamp: Lamp | None
    action: Action


class MonitoringSummary(msgspec.Struct, frozen=True, gc=False):
    """A department's projects at the end of a month, counted."""

    month: int
    projects: int
    budget: Annotated[Decimal, Meta(description="全年预算数合计，元；没有预算数的不计")]
    spent: Annotated[Decimal, Meta(description="执行数合计，元；没有预算数的不计")]
    rate: Annotated[Decimal | None, Meta(description="执行率，百分数")]
    lamps: Annotated[tuple[LampCount, ...], Meta(description="按项目的灯")]
    money: Annotated[tuple[LampCount, ...], Meta(description="按资金的灯")]
    goals: Annotated[tuple[LampCount, ...], Meta(description="按目标的灯")]
    quadrants: Annotated[
        dict[str, int], Meta(description="双监控四种情形各几个；unknown 为判断不了")
    ]
    attention: Annotated[tuple[Attention, ...], Meta(description="要处理的，最急的在前")]
    notes: tuple[str, ...] = ()


class TextMonitoring(msgspec.Struct, frozen=True, gc=False):
    """A text's projects monitored; what could not be paired is named."""

    month: int
    projects: tuple[ProjectMonitoring, ...]
    summary: MonitoringSummary
    missing: Annotated[tuple[str, ...], Meta(description="没有监控数据的项目")] = ()
    unknown: Annotated[tuple[str, ...], Meta(description="填报了而文本里没有的项目")] = ()
