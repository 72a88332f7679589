"""One indicator scored: which way it is judged by, what of it can be computed, and why not more.

Nothing is guessed: where an actual value cannot be held against its target, the score is None
and a note says what a person must decide or write.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jixiao.model.values import Direction, Kind, TargetValue, parse_value
from jixiao.score import deadline, qualitative, quantitative
from jixiao.score.matching import folded
from jixiao.score.outcome import Outcome, told, undecided
from jixiao.score.points import usable
from jixiao.score.profile import Scoring
from jixiao.score.units import reconciled, words

RULE = "绩效指标得分"
_LEAST, _MOST = ("≥", ">"), ("≤", "<")


def achieved(
    full: Decimal,
    name: str,
    target: TargetValue,
    actual: str,
    profile: Scoring,
    *,
    own: Decimal | None = None,
    reason: str | None = None,
    year: int | None = None,
    satisfaction: bool = False,
) -> Outcome:
    """Score an actual value against its target.

    ``full`` are its points, ``own`` those that the unit gives itself, ``reason`` what it says of
    a deviation, ``year`` the budget year that dates without one belong to.
    """
    if target.kind is None:
        return undecided(full, RULE, profile.quantitative.source, "没有指标值，请补填或人工确定")
    if not actual.strip().strip("-—－–_/\\"):
        return undecided(full, RULE, profile.quantitative.source, "没有填实际完成值，请补填")
    if target.kind is Kind.DEADLINE:
        if qualitative.band_of(actual, profile):
            return qualitative.scored(full, target.text, actual, own, False, profile)
        return deadline.scored(full, target.text, actual, year, profile)
    if target.kind is Kind.QUALITATIVE:
        return qualitative.scored(full, target.text, actual, own, satisfaction, profile)
    return _quantity(full, name, target, actual, profile, reason, satisfaction)


def _quantity(
    full: Decimal,
    name: str,
    target: TargetValue,
    actual: str,
    profile: Scoring,
    reason: str | None,
    satisfaction: bool,
) -> Outcome:
    source = profile.quantitative.source
    value = parse_value(actual, name)
    said_zero = target.number == 0 and folded(actual) in words("words")["zero"]["words"]
    if said_zero:
        value = parse_value(f"0{target.unit or ''}", name)
    fault = _fault(target, value)
    if fault:
        return undecided(full, RULE, source, fault)
    rules = profile.quantitative
    found = reconciled(value, target, Fraction(rules.fraction_from), Fraction(rules.bare_times))
    if found.actual is None:
        return undecided(full, RULE, source, *found.notes)
    about = Fraction(rules.about) / 100
    bounds = quantitative.bounds_of(target, found.target_scale, about)
    notes = (*found.notes, *((f"实际完成值“{told(actual)}”按 0 计",) if said_zero else ()))
    if value.operator and value.operator != "=":
        if not _told_by(value.operator, bounds, found.actual):
            note = f"实际完成值“{told(actual)}”不是确定的数，看不出是否达到指标值，请写实际的数"
            return undecided(full, RULE, source, note)
        notes = (*notes, f"实际完成值应写实际的数，表上写的是“{told(actual)}”")
    asked = quantitative.Asked(full, bounds, found.actual, notes, satisfaction, reason)
    return quantitative.scored(asked, profile)


def _fault(target: TargetValue, actual: TargetValue) -> str | None:
    """Return why an actual value cannot be held against a number, None where it can."""
    said = told(actual.text)
    if actual.kind is not Kind.QUANTITATIVE or actual.number is None:
        return f"指标值是数，实际完成值“{said}”不是数，请写明实际的数"
    if actual.upper is not None:
        return f"实际完成值“{said}”是一个区间，请写实际的数"
    numbers = [target.number, target.upper, actual.number]
    if not all(number is None or usable(number) for number in numbers):
        return f"指标值“{told(target.text)}”或实际完成值“{said}”的数太大或位数太多，请核对"
    up, down = (words("words")["changes"][way] for way in ("up", "down"))
    for ours, theirs in ((up, down), (down, up)):
        if _only(target.text, ours, theirs) and _only(actual.text, theirs, ours):
            return f"指标值“{told(target.text)}”与实际完成值“{said}”的升降方向相反，请人工确定"
    return None


def _only(text: str, some: list[str], others: list[str]) -> bool:
    return any(word in text for word in some) and not any(word in text for word in others)


def _told_by(operator: str, bounds: quantitative.Bounds, number: Fraction) -> bool:
    """Return whether an actual that is no exact number still tells that the target is kept.

    ≥95% of a target ≥95% does, ≥90% does not; 约 never does at the bound's edge.
    """
    if not bounds.holds(number):
        return False
    if operator in _LEAST:
        return bounds.high is None or bounds.better is Direction.HIGHER
    if operator in _MOST:
        return bounds.low is None or bounds.better is Direction.LOWER
    return number not in (bounds.low, bounds.high)
