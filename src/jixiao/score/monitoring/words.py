"""The words of ``data/monitoring.toml``, and how numbers and quotations are shown."""

from __future__ import annotations

import re
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from importlib import resources
from typing import Any

from jixiao.score.points import shown as plainly

WORDS: dict[str, Any] = tomllib.loads(
    (resources.files("jixiao.score") / "data" / "monitoring.toml").read_text("utf-8")
)

HUNDRED = Decimal(100)
_LONGEST = 2000
_PLACES = 24
_MANY = 18


def plain(text: str | None) -> str:
    """Return a text without white space, cut where no one writes that much; "" for None."""
    return re.sub(r"\s+", "", text[:_LONGEST]) if text else ""


def has(text: str, words: list[str]) -> str | None:
    """Return the first of the words that a text has."""
    return next((word for word in words if word in text), None)


def shown(number: Decimal, *edges: Decimal) -> str:
    """Return a number for reading: two decimals at most, no zeros at the end.

    Where rounding would put it on one of the edges it is not on, it has more decimals, so that
    what is shown and what is judged are never at odds.
    """
    if number.adjusted() > _MANY:  # more digits than two decimals leave room for
        return plainly(number)
    places = 2
    while True:
        short = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if short not in edges or short == number or places >= _PLACES:
            break
        places += 1
    return plainly(short)
