"""定量指标: reached is full marks, missed is in proportion, by what the target allows.

A target allows numbers between two bounds, one of which may be absent: ≥95 has a lower bound, ≤5 an upper
one, 5–10 both, =50 the same number twice, and 约50 a little on either side.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jixiao.model.scores import Score
from jixiao.model.values import Direction, TargetValue
from jixiao.score.outcome import Outcome, undecided
from jixiao.score.overfulfilment import overfulfilled
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Scoring, Step
from jixiao.score.units import words

REACHED = "定量指标：达到指标值得满分"
SHORT = "定量指标：未达到指标值，按完成比例得分"
BEYOND = "定量指标：高出指标值上限，按偏离度扣分，到两倍为 0"
PAST = "定量指标：越过定数或区间，按偏离度扣分"
ZERO = "定量指标：指标值为 0，超过不得分"
STEPS = "满意度指标：未达到指标值，按满意度分级得分"


class Bounds(NamedTuple):
    """What a target allows, and which side is better where that can be told.

    ``middle`` is the number that a rate is measured by, ``open`` whether the bound itself is
    out (> and <).
    """

    low: Fraction | None
    high: Fraction | None
    better: Direction | None
    middle: Fraction
    open: bool = False

    def holds(self, number: Fraction) -> bool:
        """Return whether a number is within the bounds, the bounds themselves included."""
        return not (self.low is not None and number < self.low) and not (
            self.high is not None and number > self.high
        )


def bounds_of(target: TargetValue, scale: Fraction, about: Fraction) -> Bounds:
    """Return what a quantitative target allows; ``about`` is the share that 左右 may miss by."""
    assert target.number is not None
    number = Fraction(target.number) * scale
    if target.upper is not None:
        low, high = sorted((number, Fraction(target.upper) * scale))
        # ±5% is missed on either side
        return Bounds(low, high, None if low < 0 < high else _better(target), low)
    strict = target.operator in (">", "<")
    if target.operator in ("≥", ">"):
        return Bounds(number, None, Direction.HIGHER, number, strict)
    if target.operator in ("≤", "<"):
        return Bounds(None, number, Direction.LOWER, number, strict)
    # Whoever promises 4 meetings and holds 5 has not failed: more is better unless the name says no
    better = _better(target) or (Direction.HIGHER if number else None)
    around = abs(number) * about if target.operator == "≈" else Fraction(0)
    return Bounds(number - around, number + around, better, number)


def _better(target: TargetValue) -> Direction | None:
    """Return the better side; of a reduction (能耗 降低5%) it is more, whatever is reduced."""
    changes = words("words")["changes"]
    for word in changes["down"]:
        _, found, after = target.text.partition(word)
        if found and not after.startswith(tuple(changes["level"])):
            return Direction.HIGHER
    return target.direction


class Asked(NamedTuple):
    """An indicator to be scored: its points, its bounds, what was reached and how it is told."""

    full: Decimal
    bounds: Bounds
    actual: Fraction
    notes: tuple[str, ...]
    satisfaction: bool
    reason: str | None


def scored(asked: Asked, profile: Scoring) -> Outcome:
    """Score an actual number against its bounds, both in one unit."""
    bounds, actual = asked.bounds, asked.actual
    if bounds.holds(actual):
        return _reached(asked, profile)
    if bounds.low is not None and actual < bounds.low:
        if bounds.better is Direction.LOWER:
            return _past(asked, bounds.low, profile)
        return _short(asked, bounds.low, profile)
    assert bounds.high is not None
    if bounds.better is Direction.HIGHER:
        return _past(asked, bounds.high, profile)
    return _beyond(asked, bounds.high, profile)


def _made(
    asked: Asked, profile: Scoring, share: Fraction, formula: str, rule: str, *notes: str
) -> Outcome:
    score = Score(
        asked.full,
        rounded(Fraction(asked.full) * share),
        formula,
        rule,
        _source(rule, profile),
        (*asked.notes, *notes),
    )
    return Outcome(rate_of(asked.bounds, asked.actual), score)


def _source(rule: str, profile: Scoring) -> str:
    rules = profile.quantitative
    if rule == STEPS:
        return profile.satisfaction.source
    return {BEYOND: rules.lower_source, PAST: rules.own_source, ZERO: rules.own_source}.get(
        rule, rules.source
    )


def _reached(asked: Asked, profile: Scoring, *notes: str) -> Outcome:
    bounds, actual = asked.bounds, asked.actual
    if bounds.open and actual == bounds.middle:
        sign = "大于" if bounds.low is not None else "小于"
        notes = (*notes, f"实际恰为指标值，而指标值要求{sign} {shown(bounds.middle)}，请核实")
    said = f"实际 {shown(actual)}，{_allowed(bounds)}，得满分 {shown(asked.full)}"
    outcome = _made(asked, profile, Fraction(1), said, REACHED, *notes)
    return overfulfilled(outcome, bounds.better is Direction.LOWER, asked.reason, profile)


def _allowed(bounds: Bounds) -> str:
    low, high = bounds.low, bounds.high
    if low is None and high is not None:
        return f"不高于 {shown(high)}"
    if high is None and low is not None:
        return f"不低于 {shown(low)}"
    assert low is not None and high is not None
    return f"指标值 {shown(low)}" if low == high else f"指标值 {shown(low)} 到 {shown(high)}"


def _short(asked: Asked, low: Fraction, profile: Scoring) -> Outcome:
    """Below the lower bound: in proportion, or by steps where it is satisfaction and has them."""
    if asked.satisfaction and profile.satisfaction.steps:
        return _stepped(asked, profile)
    if low <= 0:
        return _no_proportion(asked, profile, SHORT)
    share = max(asked.actual / low, Fraction(0))
    full = shown(asked.full)
    points = shown(rounded(Fraction(asked.full) * share))
    if asked.actual < 0:
        return _made(asked, profile, share, f"实际 {shown(asked.actual)} 小于 0，得 0", SHORT)
    formula = f"{full} × {shown(asked.actual)} ÷ {shown(low)} = {points}"
    return _made(asked, profile, share, formula, SHORT)


def _stepped(asked: Asked, profile: Scoring) -> Outcome:
    steps = profile.satisfaction.steps
    step = next(
        (each for each in steps if asked.actual >= each.least), Step(Decimal(0), Decimal(0))
    )
    share = Fraction(step.share) / 100
    formula = (
        f"{shown(asked.full)} × {shown(step.share)}% = {shown(rounded(Fraction(asked.full) * share))}"
        f"（满意度 {shown(asked.actual)}）"
    )
    return _made(asked, profile, share, formula, STEPS)


def _beyond(asked: Asked, high: Fraction, profile: Scoring) -> Outcome:
    """Above the upper bound: less by the deviation, nothing from twice on."""
    if high == 0 and asked.bounds.better is Direction.LOWER:
        formula = f"实际 {shown(asked.actual)} 超过指标值 0，得 0"
        return _made(asked, profile, Fraction(0), formula, ZERO)
    if high <= 0:
        return _no_proportion(asked, profile, BEYOND)
    return _deviating(asked, high, profile, BEYOND)


def _past(asked: Asked, bound: Fraction, profile: Scoring) -> Outcome:
    """On the better side of an exact target or an interval: full marks or less, by profile."""
    if profile.quantitative.better_side == "full":
        return _reached(asked, profile)
    if bound <= 0:
        return _no_proportion(asked, profile, PAST)
    return _deviating(asked, bound, profile, PAST)


def _deviating(asked: Asked, bound: Fraction, profile: Scoring, rule: str) -> Outcome:
    off = abs(asked.actual - bound)
    share = max(1 - off / bound, Fraction(0))
    if not share:
        formula = f"实际 {shown(asked.actual)}，偏离 {shown(bound)} 达一倍或以上，得 0"
        return _made(asked, profile, share, formula, rule)
    more, less = max(asked.actual, bound), min(asked.actual, bound)
    formula = (
        f"{shown(asked.full)} ×（1 −（{shown(more)} − {shown(less)}）÷ {shown(bound)}）"
        f"= {shown(rounded(Fraction(asked.full) * share))}"
    )
    return _made(asked, profile, share, formula, rule)


def _no_proportion(asked: Asked, profile: Scoring, rule: str) -> Outcome:
    note = f"实际 {shown(asked.actual)} 没有达到指标值，指标值为 0 或负数，没有比例可算，请人工确定"
    return undecided(asked.full, rule, _source(rule, profile), *asked.notes, note)


def rate_of(bounds: Bounds, actual: Fraction) -> Fraction | None:
    """Return the 完成率 (1 is reached): actual ÷ target, or by the deviation where low is better.

    A target that is no positive number has none; an upper bound of 0 is kept (1) or not (0).
    """
    if bounds.low is not None and bounds.high is not None and bounds.low != bounds.high:
        if bounds.holds(actual):
            return Fraction(1)
        measure = bounds.low if actual < bounds.low else bounds.high
        falling = bounds.better is Direction.LOWER or (
            bounds.better is None and actual > bounds.high
        )
    else:
        measure, falling = bounds.middle, bounds.better is Direction.LOWER
    if measure == 0 and falling:
        return Fraction(1 if actual <= 0 else 0)
    if measure <= 0:
        return None
    return max((2 * measure - actual if falling else actual) / measure, Fraction(0))
