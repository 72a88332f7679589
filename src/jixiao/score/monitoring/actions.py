"""双监控: the goals' lamp, goals against money, and what is to be done by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from jixiao.model.monitoring import (
    Action,
    FundsMonitoring,
    IndicatorMonitoring,
    Judgement,
    Quadrant,
)
from jixiao.model.scores import Lamp
from jixiao.score.monitoring.settings import ActionRule, GoalSettings, MonitoringSettings
from jixiao.score.monitoring.words import HUNDRED, has, shown

LAMP_NAMES: dict[Lamp, str] = {"green": "绿", "yellow": "黄", "red": "红"}
_WORST: tuple[Lamp, ...] = ("red", "yellow", "green")


def goal_lamp(indicators: Sequence[IndicatorMonitoring], settings: GoalSettings) -> Judgement:
    """Return the lamp of the goals, from those of the indicators that could be judged."""
    lamps = Counter(one.judgement.lamp for one in indicators)
    unjudged = lamps.pop(None, 0)
    notes = (f"{unjudged}项指标判断不了，没有计入",) if unjudged else ()
    judged = lamps.total()
    if not judged:
        why = "没有判断得出的指标" if indicators else "没有指标"
        return Judgement(None, why, settings.rule, settings.source, notes)
    counted = "、".join(f"{LAMP_NAMES[lamp]}{lamps[lamp]}项" for lamp in reversed(_WORST))
    share = Decimal(lamps["red"]) * HUNDRED / judged
    limit = settings.red_share
    formula = f"{counted}；红灯 {lamps['red']} ÷ {judged} = {shown(share, limit)}%"
    lamp: Lamp = "green"
    if lamps["red"] and share >= limit:
        lamp, formula = "red", f"{formula} ≥ {shown(limit)}%"
    elif lamps["red"] or lamps["yellow"]:
        lamp = "yellow"
    return Judgement(lamp, formula, settings.rule, settings.source, notes)


def quadrant_of(money: Lamp | None, goal: Lamp | None) -> Quadrant | None:
    """Return which of money and goals are on pace (green); None where one is not known."""
    if money is None or goal is None:
        return None
    if money == "green":
        return "both" if goal == "green" else "money-only"
    return "goal-only" if goal == "green" else "neither"


def worst(*lamps: Lamp | None) -> Lamp | None:
    """Return the worst of some lamps, those not known left out."""
    return next((lamp for lamp in _WORST if lamp in lamps), None)


def action_of(
    funds: FundsMonitoring,
    goal: Judgement,
    over: Sequence[str],
    words: str,
    indicators: Sequence[IndicatorMonitoring],
    settings: MonitoringSettings,
) -> Action:
    """Return what the first rule that fits says is to be done, with the reasons.

    ``over`` names the indicators far above target, ``words`` is all that the unit explains.
    """
    money = funds.by_time.lamp
    for rule in settings.actions:
        if not _fits(rule, money, goal.lamp, bool(over), words):
            continue
        reasons = _reasons(rule, funds, goal, over, words, indicators)
        return Action(rule.code, rule.name, tuple(reasons), rule.rule, rule.source)
    raise AssertionError("the settings end with a rule that fits everything")


def _fits(rule: ActionRule, money: Lamp | None, goal: Lamp | None, over: bool, words: str) -> bool:
    return (
        (not rule.lamp or worst(money, goal) in rule.lamp)
        and (not rule.money or money in rule.money)
        and (not rule.goal or goal in rule.goal)
        and (not rule.words or has(words, list(rule.words)) is not None)
        and (over or not rule.over)
    )


def _reasons(
    rule: ActionRule,
    funds: FundsMonitoring,
    goal: Judgement,
    over: Sequence[str],
    words: str,
    indicators: Sequence[IndicatorMonitoring],
) -> list[str]:
    """Return what speaks for an action: each lamp that is not green or not known, and the rule's own."""
    reasons = []
    if funds.by_time.lamp in ("yellow", "red"):
        reasons.append(f"资金{LAMP_NAMES[funds.by_time.lamp]}灯：{funds.by_time.formula}")
        if funds.by_plan.lamp == "green":
            reasons.append(f"按资金支出计划不慢：{funds.by_plan.formula}")
    elif funds.by_time.lamp is None:
        reasons.append(f"资金判断不了：{funds.by_time.formula}")
    elif "green" in rule.money:
        reasons.append(f"资金绿灯：{funds.by_time.formula}")
    if goal.lamp in ("yellow", "red"):
        reasons.append(f"目标{LAMP_NAMES[goal.lamp]}灯：{goal.formula}")
        reasons.extend(
            f"{one.name}{LAMP_NAMES[lamp]}灯：{one.judgement.formula}"
            for one in indicators
            if (lamp := one.judgement.lamp) in ("yellow", "red")
        )
    elif goal.lamp is None:
        reasons.append(f"目标判断不了：{goal.formula}")
    if rule.words and (word := has(words, list(rule.words))):
        reasons.append(f"原因说明里有“{word}”")
    if rule.over:
        reasons.extend(f"{name}远超指标值" for name in over)
    return reasons
