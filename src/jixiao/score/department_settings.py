"""What a scoring profile says of whole-department performance."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from jixiao.model.errors import ProfileError
from jixiao.model.office_toml import told
from jixiao.score.profile import Scoring


class RollUpSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the scores of projects are rolled up."""

    rule: str
    source: str


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dimension; ``words`` in an indicator's categories or name put it there.

    ``execution``: the execution rate counts here, too.
    """

    name: str
    words: tuple[str, ...]
    execution: bool = False


class CoverageSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How alike objective and project must be, and which words say nothing of likeness.

    ``field_weight``: how many shared pairs of characters a shared field of work is worth.
    """

    threshold: Decimal
    field_weight: int
    common: tuple[str, ...]
    source: str


class DepartmentSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[department]`` of a scoring profile."""

    roll_up: RollUpSettings
    dimensions: tuple[Dimension, ...]
    coverage: CoverageSettings


def department_settings(scoring: Scoring) -> DepartmentSettings:
    """Return what a profile says of departments; ProfileError if it does not fit."""
    try:
        return msgspec.convert(scoring.department, DepartmentSettings)
    except msgspec.ValidationError as error:
        raise ProfileError(
            f"评分口径“{scoring.name}”的 [department] 写得不对：{told(error)}",
            "请对照 base 口径改正后再试",
        ) from error
