"""评分口径: by which weights, formulas and limits a place scores in a year; as TOML in layers.

A profile extends another (``base`` where it names none) and says only what differs. Every number
in it names its source in a comment beside it, and every section its ``source`` for the reader of
a score.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import msgspec

from jixiao.model.errors import ProfileError
from jixiao.model.layers import Shelf
from jixiao.model.office_toml import told
from jixiao.score.profile_checks import faults

_SHELF = Shelf("评分口径", resources.files("jixiao.score") / "profiles")


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a profile: a key that it does not know is an error, never passed over."""


class Execution(_Section, frozen=True):
    """预算执行率: how many points it has, and by which document."""

    points: Decimal
    source: str


class Group(_Section, frozen=True):
    """A first-level category and its points; ``seen`` and ``second`` are names that mean it."""

    name: str
    points: Decimal
    seen: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


class Weights(_Section, frozen=True):
    """How points are shared out below the groups.

    ``absent``: the points of a group without indicators go to the others in proportion
    (``proportional``) or to the group named. ``unknown``: the group of an indicator whose
    categories the profile does not know. ``own``: whether weights in the table itself, where they
    add up, go before equal shares.
    """

    absent: str
    unknown: str
    own: bool
    source: str


class Quantitative(_Section, frozen=True):
    """定量指标.

    ``better_side``: what an actual past an exact target or out of an interval, on the side that is
    better, scores: ``full`` marks, or less by its ``deviation``. ``about``: by how many per cent
    左右 may miss. ``fraction_from``: a bare number up to 1 is a fraction (0.95 is 95%) where the
    target is at least so many per cent. ``bare_times``: a bare number is not taken for one of
    万元 or 万人 where it is so many times the target, or the target so many times it. ``lower_source`` is
    where the formula of lower-is-better comes from, ``own_source`` what the profile settles itself.
    """

    better_side: Literal["full", "deviation"]
    about: Decimal
    fraction_from: Decimal
    bare_times: Decimal
    source: str
    lower_source: str
    own_source: str


class Overfulfilment(_Section, frozen=True):
    """超额完成: from which 完成率 (%) it is flagged, explained in writing, costs points.

    ``method``: nothing is deducted (``none``), ``points`` are, or the share by which the rate
    goes beyond ``deduct_from`` (``deviation``). ``lower``: whether it is asked of indicators that
    are better the lower. ``excused``: a written reason in the table spares the deduction.
    """

    flag: Decimal
    explain: Decimal
    method: Literal["none", "points", "deviation"]
    deduct_from: Decimal
    points: Decimal
    lower: bool
    excused: bool
    source: str


class Band(_Section, frozen=True):
    """One of the three bands of 定性指标: per cent of the points, from ``least`` to ``most``.

    ``statement`` is the official wording, ``words`` others that say the same; ``default`` is the
    per cent where the unit gives no points of its own.
    """

    statement: str
    most: Decimal
    least: Decimal
    default: Decimal
    words: tuple[str, ...] = ()


class Qualitative(_Section, frozen=True):
    """定性指标: the bands, and whether the unit's own points do where it names no band."""

    bands: tuple[Band, ...]
    own_without_band: bool
    source: str


class Deadline(_Section, frozen=True):
    """期限: how many per cent of the points each begun month (or day) of delay costs."""

    per: Literal["month", "day"]
    percent: Decimal
    on_time: tuple[str, ...]
    not_done: tuple[str, ...]
    source: str


class Step(_Section, frozen=True):
    """A satisfaction of at least ``least`` (per cent or marks) scores ``share`` per cent."""

    least: Decimal
    share: Decimal


class Word(_Section, frozen=True):
    """A degree of satisfaction in words, and the per cent of the points that it scores."""

    words: tuple[str, ...]
    share: Decimal


class Satisfaction(_Section, frozen=True):
    """满意度 that misses its target: by ``steps`` where there are any, else in proportion."""

    steps: tuple[Step, ...]
    words: tuple[Word, ...]
    source: str


class Ceiling(_Section, frozen=True):
    """An execution rate (%) below ``below`` allows a total of at most ``most``."""

    below: Decimal
    most: Decimal


class Ceilings(_Section, frozen=True):
    """总分封顶 by the execution rate; none in most places."""

    steps: tuple[Ceiling, ...]
    source: str


class Grade(_Section, frozen=True):
    """等级: its name and the least total that earns it."""

    name: str
    least: Decimal


class Grades(_Section, frozen=True):
    """等级, the best first; the last begins at 0."""

    steps: tuple[Grade, ...]
    source: str


class Scoring(_Section, frozen=True):
    """评分口径. ``monitoring``, ``department`` and ``recheck`` are for those who score these."""

    name: str
    version: str
    execution: Execution
    groups: tuple[Group, ...]
    weights: Weights
    quantitative: Quantitative
    overfulfilment: Overfulfilment
    qualitative: Qualitative
    deadline: Deadline
    satisfaction: Satisfaction
    ceilings: Ceilings
    grades: Grades
    title: str = ""
    extends: str | None = None
    sources: tuple[str, ...] = ()
    monitoring: dict[str, Any] = {}
    department: dict[str, Any] = {}
    recheck: dict[str, Any] = {}

    @property
    def label(self) -> str:
        """Its name and version, as scores carry it."""
        return f"{self.name} {self.version}"

    def grade(self, total: Decimal) -> str:
        """Return the grade of a total."""
        return next(step.name for step in self.grades.steps if total >= step.least)


def list_scorings() -> list[Scoring]:
    """Return the profiles that come with jixiao."""
    return [load_scoring(name) for name in _SHELF.names()]


def load_scoring(name: str | Path = "base") -> Scoring:
    """Return a profile by its name, or from a TOML file.

    Raises ProfileError if there is none of that name or the file does not say what it must.
    """
    text = str(name)
    return _load(text) if not text.endswith(".toml") else _made(text)


@lru_cache(maxsize=32)
def _load(name: str) -> Scoring:
    return _made(name)


def _made(name: str) -> Scoring:
    table = _SHELF.table(name)
    try:
        made = msgspec.convert(table, Scoring)
    except msgspec.ValidationError as error:
        raise _SHELF.wrong(name, told(error)) from error
    for fault in faults(made):
        raise ProfileError(f"评分口径“{name}”写得不对：{fault}", "请对照文档改正后再试")
    return made
