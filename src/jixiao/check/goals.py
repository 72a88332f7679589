"""What goals state that can be checked: numbers with units, dates, results."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.lexicon import one_of, words

_DOCUMENT = re.compile(
    r"[〔\[【(（]\s*(?:19|20)\d\d\s*年?\s*[〕\]】)）]\s*第?\s*\d+\s*号?|\d+号文?"
)
_YEAR = re.compile(
    r"(?:19|20)\d\d\s*年(?:度|初)?(?!\s*\d{1,2}\s*月|底|末|前)|十[三四五六]五|第?[一二三四五六七八九十]+(?:期|批|轮|阶段|届|次会议)"
)
_CHECKED = one_of(words("goals")["checkable"])
_NUMBER = re.compile(
    r"\d|百分之|[一二三四五六七八九十百千万两几]+(?:个|名|人|户|家|次|项|件|处|座|条|公里|亩|台|套|辆|所|间|栋|村|批|场|期|天|日)(?!工作|方面|层面|原则)"
)


@lru_cache(maxsize=512)
def has_quantity(goal: str) -> bool:
    """Tell whether a goal has a number or a date; a year or a document's number is none."""
    return _NUMBER.search(_YEAR.sub("", _DOCUMENT.sub("", goal))) is not None


@lru_cache(maxsize=512)
def is_checkable(goal: str) -> bool:
    """Tell whether a goal has a number, a date, or a result that can be told."""
    return has_quantity(goal) or _CHECKED.search(goal) is not None
