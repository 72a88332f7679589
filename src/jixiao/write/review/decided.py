"""What reviewers decided on a review sheet, for files to show beside what was proposed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from jixiao.check.review import ReviewedItem
from jixiao.write.plain import number

HEADS = ("审定意见", "审定得分", "审核说明")
"""Columns of what was decided, behind those of what is proposed."""


class DecidedItem(msgspec.Struct, frozen=True):
    """What was decided of one item; ``score`` is None, words are "" where nothing was."""

    score: Decimal | None = None
    judgement: str = ""
    opinion: str = ""


class Decided(msgspec.Struct, frozen=True):
    """What one office decided on one sheet; ``items`` by the names of the form's items."""

    office: str
    items: Mapping[str, DecidedItem]
    grade: str = ""
    outcome: str = ""
    opinion: str = ""
    person: str = ""
    date: str = ""
    complete: bool = False

    @property
    def score(self) -> Decimal | None:
        """The sum of the items' scores; None as long as one of them has none."""
        scores = [item.score for item in self.items.values()]
        known = [score for score in scores if score is not None]
        return sum(known, Decimal(0)) if scores and len(known) == len(scores) else None

    @property
    def by(self) -> str:
        """Who decided, when, and whether that is all, as a file says it."""
        if not self.person:
            return f"{self.office}：还没有审定"
        whole = "审定" if self.complete else "审定中，没有填完"
        return f"{self.office}　{self.person}　{self.date}　{whole}"


def of_item(decided: Decided, item: ReviewedItem) -> tuple[str, str, str]:
    """Return the cells of one item under ``HEADS``."""
    known = decided.items.get(item.name, DecidedItem())
    return known.judgement, said(known.score), known.opinion


def of_sheet(decided: Decided) -> tuple[str, str, str]:
    """Return the cells of the sum under ``HEADS``."""
    named = "：".join(word for word in (decided.grade, decided.outcome) if word)
    return named, said(decided.score), decided.opinion


def said(score: Decimal | None) -> str:
    """Return a score as people write it, "" where there is none."""
    return "" if score is None else number(score)
