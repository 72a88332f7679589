"""超额完成: far past the target the target was set too low, or needs a written reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec

from jixiao.score.outcome import Outcome
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Scoring

RULE = "定量指标：超额完成，按口径扣分"


def overfulfilled(outcome: Outcome, lower: bool, reason: str | None, profile: Scoring) -> Outcome:
    """Return an outcome of full marks with what its 完成率 asks for: a note, a reason, less."""
    rules, rate = profile.overfulfilment, outcome.rate
    if rate is None or rate * 100 < rules.flag or (lower and not rules.lower):
        return outcome
    percent, given = shown(rounded(rate * 100)), bool((reason or "").strip())
    if rate * 100 < rules.explain:
        note = f"完成率 {percent}%，达到 {shown(rules.flag)}%，请核对指标值是否定低了"
    elif given:
        note = f"完成率 {percent}%，达到 {shown(rules.explain)}%，已写原因，请核实"
    else:
        note = f"完成率 {percent}%，达到 {shown(rules.explain)}%，须书面说明原因"
    score = msgspec.structs.replace(outcome.score, notes=(*outcome.score.notes, note))
    outcome = outcome._replace(score=score)
    if rules.method == "none" or rate * 100 < rules.deduct_from or (given and rules.excused):
        return outcome
    return _deducted(outcome, rate, profile)


def _deducted(outcome: Outcome, rate: Fraction, profile: Scoring) -> Outcome:
    rules, full = profile.overfulfilment, outcome.score.full
    if rules.method == "points":
        exact = Fraction(full - rules.points)
        points = max(full - rules.points, Decimal(0))
        formula = f"{shown(full)} − {shown(rules.points)} = {shown(full - rules.points)}"
    else:
        over = rate - Fraction(rules.deduct_from) / 100
        exact = Fraction(full) * (1 - over)
        points = rounded(max(exact, Fraction(0)))
        formula = (
            f"{shown(full)} ×（1 −（{shown(rounded(rate * 100))}% − {shown(rules.deduct_from)}%））"
            f"= {shown(rounded(exact))}"
        )
    if exact < 0:
        formula += "，至少 0"
    score = msgspec.structs.replace(
        outcome.score, score=rounded(points), formula=formula, rule=RULE, source=rules.source
    )
    return outcome._replace(score=score)
