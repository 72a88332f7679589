"""A comparison seen from the other side, in an order of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

_OTHER = {
    "added": "dropped", "raised": "lowered", "tightened": "loosened", "gained": "lost",
}  # fmt: skip
_OTHER |= {theirs: ours for ours, theirs in _OTHER.items()}
_SIDES = {"before": "after", "unstated_before": "unstated_after", "before_place": "after_place"}
_SIDES |= {theirs: ours for ours, theirs in _SIDES.items()}
_SIGNED = ("difference", "kept")


def flat(comparison: object) -> Any:
    """Return a comparison as plain data, without percentages and with lists in one order."""
    return _ordered(msgspec.to_builtins(comparison))


def mirrored(comparison: object) -> Any:
    """Return what the comparison of the two texts the other way round must say."""
    return _ordered(_turned(msgspec.to_builtins(comparison)))


def _turned(value: Any, name: str = "") -> Any:
    if isinstance(value, list | tuple):
        return [_turned(each) for each in value]
    if not isinstance(value, dict):
        if name in ("kind", "number", "demand", "measured"):
            return _OTHER.get(value, value)
        if name in _SIGNED and isinstance(value, str):
            return value[1:] if value.startswith("-") else f"-{value}"
        return value
    counts = "added" in value
    made = {}
    for key, each in value.items():
        other = _SIDES.get(key, key)
        if counts or key in ("raised", "lowered", "tightened", "loosened"):
            other = _OTHER.get(key, other)
        made[other] = _turned(each, key)
    return made


def _ordered(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(map(_ordered, value), key=repr)
    if isinstance(value, dict):
        return {key: _plain(key, value[key]) for key in sorted(value) if key != "percent"}
    return value


def _plain(key: str, value: Any) -> Any:
    if key in _SIGNED and isinstance(value, str):
        return str(Decimal(value).normalize() + 0)
    return _ordered(value)
