"""指标库: well-formed indicators by field of government work, and the words of each field.

The data are ours to mend: ``fields/*.toml`` holds a field's words, ``indicators/*.csv`` its
indicators. The audit leans on them (what is off topic, what to write instead), authoring offers
them to who fills a form.
"""

from jixiao.library.fields import (
    ENOUGH_WEAK,
    Evidence,
    Field,
    Telling,
    common_fields,
    evidence,
    fields,
    is_at_home,
    own_words,
    telling_words,
)
from jixiao.library.indicators import GENERAL, LibraryIndicator, indicators, replacements

__all__ = [
    "ENOUGH_WEAK",
    "GENERAL",
    "Evidence",
    "Field",
    "LibraryIndicator",
    "Telling",
    "common_fields",
    "evidence",
    "fields",
    "indicators",
    "is_at_home",
    "own_words",
    "replacements",
    "telling_words",
]
