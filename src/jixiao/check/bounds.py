"""Which rates end at 100%."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.lexicon import words
from jixiao.check.wording import fold
from jixiao.model import Indicator

_HEADS = "|".join(words("bounds")["above_hundred"])
_ABOVE = re.compile(
    rf"(?:{_HEADS})(?:情况|程度|水平|幅度|额|量|数)?(?:率|比率|比例|比|百分比|幅)?(?:[(（][^)）]*[)）])?$"
)


def at_most_hundred(indicator: Indicator) -> bool:
    """Tell whether an indicator is a percentage of a whole, which ends at 100%.

    A growth rate or a cost in percent of a plan does not.
    """
    return indicator.value.unit == "%" and not can_exceed(indicator.name, indicator.description)


@lru_cache(maxsize=512)
def can_exceed(name: str | None, description: str | None) -> bool:
    """Tell whether what a name or its description says may be more than 100% of something."""
    return any(_ABOVE.search(fold(text)) for text in (name, description) if text)


_HUNDRED = 100


def is_trivial(indicator: Indicator) -> bool:
    """Tell whether a bound from above cannot be missed: a rate of at most 100%."""
    value = indicator.value
    if value.number is None or value.upper is not None or not at_most_hundred(indicator):
        return False
    # <100% still asks for something: less than all.
    return (value.operator == "≤" and value.number >= _HUNDRED) or (
        value.operator == "<" and value.number > _HUNDRED
    )
