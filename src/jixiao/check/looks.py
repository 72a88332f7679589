"""Quick looks at texts: whether a rule of wording can find anything in them at all.

Nearly all texts are fine, and many stand in a county's texts again and again. To look once for
everything in those that were not seen before is many times faster than each rule by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import filterfalse
from typing import NamedTuple

from jixiao.check.cleaning import may_be_stray, may_have_gap, may_repeat
from jixiao.check.lexicon import one_of, words
from jixiao.check.wording import fold

_PLACEHOLDER = words("blanks")["placeholder"]

STOPS = "。．.；;，,！!"
"""What may stand after a text that stands in for a content."""

WHOLE = one_of(_PLACEHOLDER["whole"])
"""A text that stands in for a content as a whole."""

# One of these is in whatever stands in for a content inside a text.
INSIDE_HAS = re.compile(_PLACEHOLDER["inside_has"])
_BEGINS = rf"(?=[{_PLACEHOLDER['whole_begins']}]|(.)\1\1)"
_MAYBE_WHOLE = re.compile(rf"\n{_BEGINS}(?:{WHOLE.pattern})[{re.escape(STOPS)}]*(?=\n)")


class Looks(NamedTuple):
    """What there may be: words typed twice, stray marks, gaps, placeholders."""

    repeated: bool = False
    stray: bool = False
    gap: bool = False
    placeholder: bool = False


_NOTHING = Looks()
_MOST = 8192
_LONGEST = 100
_fine: set[str] = set()
"""Texts in which there is nothing; long ones hardly ever stand anywhere again."""


def look(texts: Iterable[str]) -> Looks:
    """Return what there may be in some texts; nothing that there is is missed."""
    fresh = list(filterfalse(_fine.__contains__, texts))
    whole = "\n{}\n".format("\n".join(fresh))
    has_blanks = len("".join(whole.split())) != len(whole) - len(fresh) - 1
    plain = "\n{}\n".format("\n".join(map(fold, fresh))) if has_blanks else whole
    found = Looks(
        may_repeat(fresh),
        may_be_stray(whole),
        has_blanks and may_have_gap(whole),
        may_stand_in(plain),
    )
    if found == _NOTHING:
        if len(_fine) > _MOST:
            _fine.clear()
        _fine.update([text for text in fresh if len(text) <= _LONGEST])
    return found


def may_stand_in(plain: str) -> bool:
    """Tell whether a placeholder may be in texts without blanks, each between line ends."""
    return INSIDE_HAS.search(plain) is not None or _MAYBE_WHOLE.search(plain) is not None
