"""分值: how the 100 points of a project are shared out among the execution rate and indicators.

The execution rate has the points of the profile. The rest goes by the weights that the table
itself gives, where they add up; else each first-level group has its points, in equal parts for
its second-level categories and, in each, for its indicators. All is to the cent, by the largest
remainder, so that the sum is exactly 100 (财预〔2020〕10号 gives the groups; the equal parts below
are this project's convention).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.model.reports import IndicatorReport
from jixiao.model.text import Indicator
from jixiao.model.values import parse_value
from jixiao.score.matching import category
from jixiao.score.points import apportion, equally, shown, usable
from jixiao.score.profile import Group, Scoring

_WHOLE = Decimal(100)


class Shares(NamedTuple):
    """The points of each indicator, notes of each, and notes of the project."""

    points: tuple[Decimal, ...]
    notes: tuple[tuple[str, ...], ...]
    about: tuple[str, ...]


def shared(
    indicators: Sequence[Indicator],
    rows: Sequence[IndicatorReport | None],
    profile: Scoring,
) -> Shares:
    """Share out all points but those of the execution rate; nothing for no indicators."""
    if not indicators:
        return Shares((), (), ())
    rest = _WHOLE - profile.execution.points
    about: list[str] = []
    if profile.weights.own:
        for table, weights in (
            ("绩效目标表", [one.weight for one in indicators]),
            ("自评表", [row.weight if row else None for row in rows]),
        ):
            own = _own(table, weights, rest, about)
            if own:
                return Shares(tuple(own), ((),) * len(own), tuple(about))
    points, notes = _by_groups(indicators, rest, profile)
    return Shares(tuple(points), tuple(notes), (*about, *_absent(indicators, profile)))


def _own(
    table: str, texts: Sequence[str | None], rest: Decimal, about: list[str]
) -> list[Decimal] | None:
    """Return the table's own weights as points, None where it has none that add up."""
    if not any(texts):
        return None
    weights = [_weight(text) for text in texts]
    if not all(weight is not None and weight >= 0 for weight in weights):
        about.append(f"{table}上的权重（分值）没有填全或不是数，改按口径分配分值")
        return None
    numbers = [weight for weight in weights if weight is not None]
    total = sum(numbers, Decimal(0))
    if total == rest:
        if all(number == number.quantize(Decimal("0.01")) for number in numbers):
            about.append(f"各指标分值用{table}上写的（合计 {shown(rest)} 分）")
            return [number.quantize(Decimal("0.01")) for number in numbers]
    elif total not in (_WHOLE, Decimal(1), rest / _WHOLE):
        about.append(
            f"{table}上的权重（分值）合计 {shown(total)}，"
            f"应为 {shown(rest)}（或 100），改按口径分配分值"
        )
        return None
    about.append(
        f"各指标分值用{table}上写的（合计 {shown(total)}），"
        f"已按比例折算为预算执行率以外的 {shown(rest)} 分"
    )
    return apportion(rest, numbers)


def _weight(text: str | None) -> Decimal | None:
    if not text:
        return None
    value = parse_value(text)
    if value.operator is not None or value.upper is not None or value.unit not in (None, "%", "分"):
        return None
    return value.number if value.number is not None and usable(value.number) else None


def own_points(text: str | None) -> Decimal | None:
    """Return the points that a cell states (9.5, 9.5分), None where it states none."""
    return _weight(text)


def _by_groups(
    indicators: Sequence[Indicator], rest: Decimal, profile: Scoring
) -> tuple[list[Decimal], list[tuple[str, ...]]]:
    groups = [group_of(one, profile) for one in indicators]
    members: dict[str, dict[str, list[int]]] = {group.name: {} for group in profile.groups}
    notes: list[tuple[str, ...]] = []
    for i, (group, note) in enumerate(groups):
        members[group.name].setdefault(category(indicators[i].level2), []).append(i)
        notes.append((note,) if note else ())
    present = [group for group in profile.groups if members[group.name]]
    points = [Decimal(0)] * len(indicators)
    amounts = apportion(rest, _claims(present, profile))
    for group, amount in zip(present, amounts, strict=True):
        seconds = list(members[group.name].values())
        for second, part in zip(seconds, equally(amount, len(seconds)), strict=True):
            for i, each in zip(second, equally(part, len(second)), strict=True):
                points[i] = each
    return points, notes


def _claims(present: Sequence[Group], profile: Scoring) -> list[Decimal]:
    """Return the points of the groups that are there, and in them those of the absent."""
    heir = profile.weights.absent
    claims = [group.points for group in present]
    names = [group.name for group in present]
    if heir in names:
        missing = sum((g.points for g in profile.groups if g.name not in names), Decimal(0))
        claims[names.index(heir)] += missing
    return claims


def _absent(indicators: Sequence[Indicator], profile: Scoring) -> list[str]:
    there = {group_of(one, profile)[0].name for one in indicators}
    missing = [g for g in profile.groups if g.points and g.name not in there]
    if not missing:
        return []
    names = "、".join(f"{group.name}（{shown(group.points)} 分）" for group in missing)
    heir = profile.weights.absent
    to = heir if heir in there else "其他各类（按比例）"
    return [f"没有{names}，分值给了{to}"]


def group_of(one: Indicator, profile: Scoring) -> tuple[Group, str | None]:
    """Return the group of an indicator by its first level, else its second; a note where neither.

    An indicator of no known category goes to the profile's ``unknown`` group.
    """
    first, second = category(one.level1), category(one.level2)
    for group in profile.groups:
        if first and first in {category(name) for name in (group.name, *group.seen)}:
            return group, None
    for group in profile.groups:
        if second and second in {category(name) for name in group.second}:
            return group, None
    unknown = next(g for g in profile.groups if g.name == profile.weights.unknown)
    said = "、".join(text for text in (one.level1, one.level2) if text) or "空白"
    said = " ".join(said.split())
    return unknown, f"指标类别“{said}”不在评分口径里，按{unknown.name}分配分值"
