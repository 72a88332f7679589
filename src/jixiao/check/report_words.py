"""The words that reports are told by (``lexicon/reports.toml``), as patterns made when needed.

``jixiao check`` knows all rules and needs none of these, so nothing is compiled on import.
"""

from __future__ import annotations

import re
from functools import cache

from jixiao.check.lexicon import one_of, words


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of the lexicon, for texts without white space."""
    return one_of(words("reports")[name])


@cache
def unit_groups() -> dict[str, str]:
    """Return the group of each unit: units of different groups measure different things."""
    groups: dict[str, list[str]] = words("reports")["units"]
    return {unit: group for group, units in groups.items() for unit in units}
