"""What changed between two texts, or between the texts of two years."""

from jixiao.compare.changes import (
    SCHEMA,
    Comparison,
    Counts,
    FieldChange,
    IndicatorChange,
    IndicatorSide,
    ItemChange,
    ItemSide,
    Kind,
    Match,
    MoneyChange,
    ProjectChange,
    ProjectSide,
    TextSide,
    Totals,
    ValueChange,
    ValueCounts,
)
from jixiao.compare.engine import compare
from jixiao.compare.folding import folded

__all__ = [
    "SCHEMA",
    "Comparison",
    "Counts",
    "FieldChange",
    "IndicatorChange",
    "IndicatorSide",
    "ItemChange",
    "ItemSide",
    "Kind",
    "Match",
    "MoneyChange",
    "ProjectChange",
    "ProjectSide",
    "TextSide",
    "Totals",
    "ValueChange",
    "ValueCounts",
    "compare",
    "folded",
]
