"""What a scoring profile says of monitoring: limits, rules of action, and their sources."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec.structs import replace

from jixiao.model.errors import ProfileError
from jixiao.model.monitoring import ActionCode, Quadrant
from jixiao.model.office_toml import told
from jixiao.model.scores import Lamp
from jixiao.score.profile import Scoring


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two limits of a percentage: below the first red, below the second yellow, else green."""

    red_below: Decimal
    yellow_below: Decimal
    rule: str
    source: str


class IndicatorSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How indicators are judged; ``limit`` and ``over`` are percentages of the target.

    ``about`` and ``fraction_from`` are those of the profile's own table ``[quantitative]``.
    """

    limit: Decimal
    rule: str
    source: str
    over: Decimal
    over_source: str
    qualitative_rule: str
    qualitative_source: str
    reached_from: Decimal
    partial_from: Decimal
    deadline_rule: str
    deadline_source: str
    about: Decimal = Decimal(0)
    fraction_from: Decimal = Decimal(0)


class GoalSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the lamps of indicators make that of the goals; ``red_share`` is a percentage."""

    red_share: Decimal
    rule: str
    source: str


class ActionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When something is to be done: all of its conditions hold, an empty one always does."""

    code: ActionCode
    name: str
    rule: str
    source: str
    lamp: tuple[Lamp, ...] = ()
    money: tuple[Lamp, ...] = ()
    goal: tuple[Lamp, ...] = ()
    words: tuple[str, ...] = ()
    over: bool = False


class MonitoringSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[monitoring]`` of a scoring profile."""

    money: Limits
    plan: Limits
    indicator: IndicatorSettings
    goal: GoalSettings
    quadrants: dict[Quadrant, str]
    actions: tuple[ActionRule, ...]
    profile: str = ""


def monitoring_settings(scoring: Scoring) -> MonitoringSettings:
    """Return what a scoring profile says of monitoring.

    Raises ProfileError if something in its table ``[monitoring]`` is missing, unknown or no fit,
    or if its last rule of action does not fit every project.
    """
    try:
        table = scoring.monitoring | {"profile": scoring.label}
        found = _completed(msgspec.convert(table, MonitoringSettings), scoring)
    except msgspec.ValidationError as error:
        raise _wrong(scoring, told(error)) from error
    last = found.actions[-1] if found.actions else None
    if last is None or last.lamp or last.money or last.goal or last.words or last.over:
        raise _wrong(scoring, "actions 的最后一条应对所有项目都适用，如没有条件的“继续执行”")
    return found


def _completed(found: MonitoringSettings, scoring: Scoring) -> MonitoringSettings:
    numbers = scoring.quantitative
    indicator = replace(found.indicator, about=numbers.about, fraction_from=numbers.fraction_from)
    return replace(found, indicator=indicator)


def _wrong(scoring: Scoring, what: str) -> ProfileError:
    return ProfileError(
        f"评分口径“{scoring.name}”的 [monitoring] 写得不对：{what}", "请对照 base 口径改正后再试"
    )
