"""What several texts checked together show: copied indicator sets, targets unchanged from last year.

Texts are checked one by one, also in several processes, so of each only a digest is kept: who, when,
and of each project the names and values of its indicators as numbers that are equal where the words
are.
"""

from __future__ import annotations

import hashlib
import re

import msgspec

from jixiao.check.wording import fold, key
from jixiao.model import PerformanceText, Place

_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度)?")
_ALL = 100


class IndicatorDigest(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An indicator: its name and value as numbers, whether its target could have been raised."""

    name: int
    value: int
    could_rise: bool
    place: Place | None


class ProjectDigest(msgspec.Struct, frozen=True, array_like=True):
    """A project: its name as written and as a number without years, its code, its indicators."""

    name: str
    same: int
    code: str
    indicators: tuple[IndicatorDigest, ...]
    place: Place | None


class Digest(msgspec.Struct, frozen=True, array_like=True):
    """A text: its file, unit and year, and its projects."""

    file: str
    unit: str
    year: int | None
    projects: tuple[ProjectDigest, ...]


def digest(text: PerformanceText) -> Digest:
    """Return what of a text is needed to compare it with others."""
    return Digest(
        file=text.source,
        unit=fold(text.unit.name) or fold(text.unit.code),
        year=text.year,
        projects=tuple(
            ProjectDigest(
                name=project.name or "",
                same=_number(_YEAR.sub("", key(project.name))),
                code=fold(project.code),
                indicators=tuple(
                    IndicatorDigest(
                        name=_number(key(one.name)),
                        value=_number(fold(one.value.text)),
                        could_rise=one.value.number is not None and one.value.number != _ALL,
                        place=one.place.get("value") or one.place.get("self"),
                    )
                    for one in project.indicators
                ),
                place=project.place.get("self"),
            )
            for project in text.projects
        ),
    )


def _number(text: str) -> int:
    """Return a number that two processes agree on, which hash() would not be."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
