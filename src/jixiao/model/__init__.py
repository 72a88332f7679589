"""What a performance text says: pure data, no input or output."""

from jixiao.model.place import Place
from jixiao.model.text import (
    Budget,
    BudgetUnit,
    Criterion,
    DepartmentTask,
    Indicator,
    PerformanceText,
    Plan,
    Project,
    Reading,
    ReadingWarning,
    Region,
    SourcedUnread,
    SourcedWarning,
    SubObjective,
    Unread,
    Unreadable,
)
from jixiao.model.values import Direction, Kind, Money, Nature, TargetValue, parse_value

__all__ = [
    "Budget",
    "BudgetUnit",
    "Criterion",
    "DepartmentTask",
    "Direction",
    "Indicator",
    "Kind",
    "Money",
    "Nature",
    "PerformanceText",
    "Place",
    "Plan",
    "Project",
    "Reading",
    "ReadingWarning",
    "Region",
    "SourcedUnread",
    "SourcedWarning",
    "SubObjective",
    "TargetValue",
    "Unread",
    "Unreadable",
    "parse_value",
]
