"""What a 评分口径 must be beyond its types: points that add up, steps in order, shares in bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.score.profile import Scoring

_WHOLE = Decimal(100)
_CENT = Decimal("0.01")


def faults(profile: Scoring) -> Iterator[str]:
    """Yield what is wrong in a profile, as Chinese clauses without a full stop."""
    yield from _points(profile)
    yield from _names(profile)
    yield from _percentages(profile)
    yield from _bands(profile)
    yield from _steps(profile)


def _points(profile: Scoring) -> Iterator[str]:
    points = [profile.execution.points, *(group.points for group in profile.groups)]
    if any(each < 0 or each != each.quantize(_CENT) for each in points):
        yield "分值应是不小于 0、至多两位小数的数"
    elif sum(points) != _WHOLE:
        yield f"执行率与各类指标的分值合计应为 100，写的合计是 {sum(points)}"
    elif not any(group.points for group in profile.groups):
        yield "groups 中至少有一类指标的分值要大于 0"


def _names(profile: Scoring) -> Iterator[str]:
    names = [group.name for group in profile.groups]
    if len(set(names)) < len(names):
        yield "groups 中有重名的指标类别"
    if profile.weights.unknown not in names:
        yield f"weights 的 unknown 应是 groups 中的一类，没有“{profile.weights.unknown}”"
    if profile.weights.absent not in ("proportional", *names):
        yield "weights 的 absent 应写 proportional（按比例分给其他各类）或 groups 中的一类"


def _percentages(profile: Scoring) -> Iterator[str]:
    within = {
        "quantitative 的 about": profile.quantitative.about,
        "quantitative 的 fraction_from": profile.quantitative.fraction_from,
        "deadline 的 percent": profile.deadline.percent,
        **{
            f"satisfaction 的 share（{each.least} 以上）": each.share
            for each in profile.satisfaction.steps
        },
        **{f"“{'、'.join(each.words)}”的 share": each.share for each in profile.satisfaction.words},
    }
    for name, value in within.items():
        if not 0 <= value <= _WHOLE:
            yield f"{name} 应在 0 到 100 之间，写的是 {value}"
    if profile.quantitative.bare_times <= 1:
        yield "quantitative 的 bare_times 应大于 1"
    over = profile.overfulfilment
    if not _WHOLE <= over.flag <= over.explain or over.deduct_from < _WHOLE:
        yield "overfulfilment 的 flag、explain、deduct_from 应不小于 100，且 flag 不大于 explain"
    if over.points < 0:
        yield "overfulfilment 的 points 应不小于 0"


def _bands(profile: Scoring) -> Iterator[str]:
    bands = profile.qualitative.bands
    edges = [_WHOLE, *(band.least for band in bands)]
    if not bands or [band.most for band in bands] != edges[:-1] or edges[-1] != 0:
        yield "qualitative 的 bands 应从 100 到 0 首尾相接"
    for band in bands:
        if not band.least <= band.default <= band.most:
            yield f"“{band.statement}”的 default 应在 {band.least} 到 {band.most} 之间"


def _steps(profile: Scoring) -> Iterator[str]:
    steps = profile.satisfaction.steps
    if not (_falls([s.least for s in steps]) and _falls([s.share for s in steps])):
        yield "satisfaction 的 steps 应从高到低写，least 和 share 都一级比一级低"
    grades = [step.least for step in profile.grades.steps]
    if not grades or grades[-1] != 0 or not _falls(grades):
        yield "grades 的 steps 应从高到低写，最后一级的 least 为 0"
    ceilings = profile.ceilings.steps
    if not (_falls([c.below for c in ceilings]) and _falls([c.most for c in ceilings])):
        yield "ceilings 的 steps 应从高到低写，below 和 most 都一级比一级低"


def _falls(values: Sequence[Decimal]) -> bool:
    return all(above > below for above, below in pairwise(values))
