"""What accounts and places may be called, whichever way their names come in."""

from __future__ import annotations

import re
import unicodedata

_USERNAME = re.compile(r"[\w.@-]{2,60}")


def is_username(said: str) -> bool:
    """Tell whether an account may be called so: it is typed at each login, which folds its letters."""
    return bool(_USERNAME.fullmatch(said)) and said == unicodedata.normalize("NFKC", said)


def is_name(said: str, longest: int) -> bool:
    """Tell whether something may be called so, in a column of so many characters."""
    return bool(said.strip()) and len(said) <= longest and said.isprintable()
