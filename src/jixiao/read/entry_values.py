"""What an indicator's target value means, as reading tells it from the cells of a row."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.model import TargetValue
from jixiao.read.blocks import Cell, Grid
from jixiao.read.drafts import indicator_of
from jixiao.read.entry_layout import EXTRA

_NOWHERE = Cell("", 0, 0)
_GRID = Grid((), 1)


def derived_value(text: str, name: str | None, extra: Mapping[str, str]) -> TargetValue:
    """Return the target value of an indicator with this name and these further columns."""
    values = {"value": (text, _NOWHERE), "name": (name or "", _NOWHERE)}
    for key, words in extra.items():
        values[EXTRA + key] = (words, _NOWHERE)
    return indicator_of(values, _GRID).value
