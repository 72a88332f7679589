"""Which project serves which objective of its department: by the words that they share.

A text is taken as its pairs of neighbouring characters, those across punctuation and words that
every text says left out, and the fields of government work that it speaks of (``library``). A
pair weighs the more, the fewer of the texts have it. Two texts are alike by the weight of what
they share over that of the lighter of them: a project need not say all that an objective says.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.library import evidence, fields
from jixiao.model.department import Coverage, Link, Objective
from jixiao.model.text import DepartmentTask, PerformanceText, Project, SubObjective
from jixiao.score.department_settings import CoverageSettings

_NOT_WORDS = re.compile(r"[\W_\dA-Za-z]+")
_LONGEST = 4000
_TITLE = 30
_MOST_EVIDENCE = 5


class _Said(NamedTuple):
    """A text as pairs of characters and fields; ``plain`` is where shared words are found."""

    pairs: frozenset[str]
    fields: frozenset[str]
    plain: tuple[str, ...]


def coverage(text: PerformanceText, settings: CoverageSettings) -> Coverage:
    """Return which projects serve which of the text's sub-objectives and main tasks."""
    objectives = _objectives(text)
    common = re.compile("|".join(map(re.escape, sorted(settings.common, key=len, reverse=True))))
    whats = [*map(_of_objective, text.sub_objectives), *map(_of_task, text.tasks)]
    ours = [_said(what, common) for what in whats]
    theirs = [_said(_of_project(project), common) for project in text.projects]
    weights = _weights([*ours, *theirs], settings.field_weight)
    links = []
    for number, project in enumerate(theirs):
        found = [
            Link(at, number, likeness, _evidence(objective, project, weights))
            for at, objective in enumerate(ours)
            if (likeness := _likeness(objective, project, weights)) >= settings.threshold
        ]
        links.extend(sorted(found, key=lambda link: (-link.likeness, link.objective)))
    served, serving = {link.objective for link in links}, {link.project for link in links}
    return Coverage(
        objectives=objectives,
        links=tuple(links),
        objectives_alone=tuple(at for at in range(len(ours)) if at not in served),
        projects_alone=tuple(at for at in range(len(theirs)) if at not in serving) if ours else (),
        threshold=settings.threshold,
        source=settings.source,
        notes=() if ours else ("文本里没有分项绩效目标，也没有年度主要任务，看不出覆盖情况",),
    )


def _objectives(text: PerformanceText) -> tuple[Objective, ...]:
    found = [
        Objective(at, _title(one.title, one.objective, one.duty), "分项绩效目标")
        for at, one in enumerate(text.sub_objectives)
    ]
    after = len(found)
    found.extend(
        Objective(after + at, _title(one.name, one.content), "年度主要任务")
        for at, one in enumerate(text.tasks)
    )
    return tuple(found)


def _title(*texts: str | None) -> str:
    first = next((" ".join(text.split()) for text in texts if text and text.strip()), "")
    return first if len(first) <= _TITLE else first[:_TITLE] + "…"


def _of_objective(one: SubObjective) -> Iterable[str | None]:
    return one.title, one.duty, one.objective, *one.indicators


def _of_task(one: DepartmentTask) -> Iterable[str | None]:
    return one.name, one.content


def _of_project(one: Project) -> Iterable[str | None]:
    return one.name, one.purpose, *one.goals, *(each.name for each in one.indicators)


def _said(texts: Iterable[str | None], common: re.Pattern[str]) -> _Said:
    whole = "。".join("".join(text.split()) for text in texts if text)[:_LONGEST]
    told = evidence(whole).enough()
    plain = tuple(part for part in _NOT_WORDS.split(common.sub("。", whole)) if len(part) > 1)
    pairs = frozenset(part[at : at + 2] for part in plain for at in range(len(part) - 1))
    return _Said(pairs, frozenset(told), plain)


def _weights(texts: Sequence[_Said], of_field: int) -> Mapping[str, float]:
    """Return what each pair and field weighs: the more, the fewer texts have it."""
    count = Counter(token for text in texts for token in (*text.pairs, *text.fields))
    known = fields()
    return {
        token: math.log(len(texts) / times + 0.5) * (of_field if token in known else 1)
        for token, times in count.items()
    }


def _likeness(one: _Said, other: _Said, weights: Mapping[str, float]) -> Decimal:
    """Return how alike two texts are, from 0 to 1, at two decimals.

    A field alone is no proof: all the projects of a school are about education.
    """
    if not one.pairs & other.pairs:
        return Decimal("0.0")
    lighter = min(_sum(one.pairs | one.fields, weights), _sum(other.pairs | other.fields, weights))
    shared = (one.pairs & other.pairs) | (one.fields & other.fields)
    likeness = _sum(shared, weights) / lighter if lighter > 0 else 0.0
    return Decimal(str(round(min(1.0, likeness), 2)))


def _sum(tokens: Iterable[str], weights: Mapping[str, float]) -> float:
    # fsum: the order of a set is no part of the result
    return math.fsum(weights[token] for token in tokens)


def _evidence(one: _Said, other: _Said, weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the heaviest shared words, the longest pieces that both say, and the shared fields."""
    shared = one.pairs & other.pairs
    pieces = {
        piece
        for part in other.plain
        for piece in _pieces(part, shared)
        if any(piece in each for each in one.plain)
    }
    heaviest = sorted(pieces, key=lambda piece: (-_piece_weight(piece, weights), piece))
    named = sorted(fields()[field].name for field in one.fields & other.fields)
    words = [f"“{piece}”" for piece in heaviest[:_MOST_EVIDENCE]]
    return (*words, *(f"同属{name}领域" for name in named))


def _pieces(part: str, shared: frozenset[str]) -> Iterable[str]:
    """Yield the longest runs of a text of which every pair is shared."""
    start = 0
    for at in range(len(part)):
        if at + 1 == len(part) or part[at : at + 2] not in shared:
            if at > start:
                yield part[start : at + 1]
            start = at + 1
    # a run's last character ends it: the next begins after it


def _piece_weight(piece: str, weights: Mapping[str, float]) -> float:
    return math.fsum(weights[piece[at : at + 2]] for at in range(len(piece) - 1))
