"""定性指标: the three bands of 财预〔2020〕10号, the unit's own points within the band it names."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jixiao.model.scores import Score
from jixiao.score.matching import folded
from jixiao.score.outcome import Outcome, told, undecided
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Band, Scoring

RULE = "定性指标：按三档得分"
OWN = "定性指标：单位自评得分"
WORDS = "满意度指标：按满意程度得分"


def band_of(text: str, profile: Scoring) -> Band | None:
    """Return the band that a text names: as a whole, or at its beginning in the official words."""
    plain = folded(text)
    for band in profile.qualitative.bands:
        if plain in {folded(word) for word in (band.statement, *band.words)}:
            return band
    for band in profile.qualitative.bands:
        if plain.startswith(folded(band.statement)):
            return band
    return None


def scored(
    full: Decimal,
    target: str,
    actual: str,
    own: Decimal | None,
    satisfaction: bool,
    profile: Scoring,
) -> Outcome:
    """Score what a unit states of an indicator whose target is words."""
    band = band_of(actual, profile)
    if band:
        return in_band(full, band, own, profile)
    if satisfaction and (found := _degree(full, actual, profile)):
        return found
    if target and folded(actual) == folded(target):
        best = profile.qualitative.bands[0]
        note = f"实际完成值与指标值同样是“{told(actual)}”，归入“{best.statement}”，请凭佐证资料核实"
        return in_band(full, best, own, profile, note)
    source = profile.qualitative.source
    if profile.qualitative.own_without_band and own is not None and 0 <= own <= full:
        note = "没有写明三档之一，用了单位自评的得分，请核实"
        return Outcome(None, Score(full, rounded(own), f"自评 {shown(own)}", OWN, source, (note,)))
    statements = "、".join(f"“{each.statement}”" for each in profile.qualitative.bands)
    note = f"实际完成值“{told(actual)}”看不出是哪一档，请写明是{statements}中的哪一档"
    return undecided(full, RULE, source, note)


def in_band(
    full: Decimal, band: Band, own: Decimal | None, profile: Scoring, *notes: str
) -> Outcome:
    """Return the unit's own points where they are in the band, else the band's default."""
    source = profile.qualitative.source
    limits = f"{shown(band.most)}%–{shown(band.least)}%"
    if own is not None and _within(own, full, band):
        formula = f"“{band.statement}”{limits}，自评 {shown(own)} 在其中"
        return Outcome(None, Score(full, rounded(own), formula, RULE, source, notes))
    if own is not None:
        notes = (*notes, f"自评得分 {shown(own)} 不在“{band.statement}”的 {limits} 之内，未采用")
    points = rounded(Fraction(full) * Fraction(band.default) / 100)
    formula = (
        f"{shown(full)} × {shown(band.default)}% = {shown(points)}（“{band.statement}”{limits}）"
    )
    return Outcome(None, Score(full, points, formula, RULE, source, notes))


def _within(own: Decimal, full: Decimal, band: Band) -> bool:
    """Each band has its lower limit in it, and its upper one only where it is 100%."""
    least, most = full * band.least / 100, full * band.most / 100
    return least <= own < most or (own == most == full)


def _degree(full: Decimal, actual: str, profile: Scoring) -> Outcome | None:
    plain = folded(actual)
    for word in profile.satisfaction.words:
        if plain in {folded(each) for each in word.words}:
            points = rounded(Fraction(full) * Fraction(word.share) / 100)
            formula = f"{shown(full)} × {shown(word.share)}% = {shown(points)}（“{told(actual)}”）"
            return Outcome(None, Score(full, points, formula, WORDS, profile.satisfaction.source))
    return None
