"""What was read into what is there: field by field, with a choice, and nothing typed is lost.

Where only one side says something, that is taken. Where both do and differ, what is there stays
unless a person chose the file's. Indicators of the file that are not there are added behind the
one that they follow; those that only the text has stay. Nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from jixiao.compare.changes import Match
from jixiao.compare.indicators import paired
from jixiao.compare.pairing import Pairing
from jixiao.compare.wording import code_key, key, likeness
from jixiao.model import Budget, Indicator, PerformanceText, Project, SubObjective
from jixiao.web.imports import drafts
from jixiao.web.imports.drafts import MINE, THEIRS, Draft, Part, is_blank, is_blank_struct
from jixiao.web.imports.places import HEAD, row_of
from jixiao.web.targets import content, fields

PROJECT = (
    "name",
    "code",
    "purpose",
    "plan.03",
    "plan.06",
    "plan.09",
    "plan.10",
    "plan.12",
    "goals",
)
_AMOUNTS = ("total", "fiscal", "other")
_ALIKE = 0.6
"""How alike two 分项绩效目标 must be to be one where neither title nor words are the same."""


class Difference(NamedTuple):
    """A field that both say, and differently: what is there, what the file says, which is taken."""

    mine: str
    theirs: str
    takes: str


Differences = dict[tuple[str, str], Difference]
"""By row and field."""


class Merged(NamedTuple):
    """A project after taking over: which of its rows were there (None: new), and what differed."""

    project: Project
    origins: list[int | None]
    differences: Differences
    new: frozenset[str]


class MergedHead(NamedTuple):
    """A department's part after taking over, and what differed."""

    head: PerformanceText
    differences: Differences


def matches(parts: Iterable[Part], ours: Sequence[Project]) -> dict[int, int]:
    """Return which project of the file is which of the text: by code, else by name, else wholly."""
    left = [part for part in parts if part.into is None]
    free = dict(enumerate(ours))
    found: dict[int, int] = {}
    for same in (_same_code, _same_name, _same_words):
        for part in left:
            at = next((n for n, each in free.items() if same(each, part.project)), None)
            if part.number not in found and at is not None:
                found[part.number] = at
                del free[at]
    return found


def merge(ours: Project, part: Part, draft: Draft) -> Merged:
    """Return a project with what the file says of it."""
    kept, rows = part.kept()
    theirs = content.bare_project(kept)
    differences: Differences = {}
    row = row_of(part.number)
    made = drafts.filled(ours, theirs)
    for field in PROJECT:
        mine, other = fields.of_project(ours, field), fields.of_project(theirs, field)
        if _differ(draft, differences, row, field, mine, other) == THEIRS:
            made = fields.with_project(made, field, other)
    made = msgspec.structs.replace(
        made, budget=_budget(draft, differences, row, ours.budget, theirs.budget, made.budget)
    )
    lines, origins, new = _indicators(draft, differences, ours, theirs, rows)
    made = msgspec.structs.replace(made, indicators=tuple(lines))
    return Merged(made, origins, differences, new)


def merge_head(ours: PerformanceText, draft: Draft) -> MergedHead:
    """Return the department's part with what the file says of it; whose and when it is stays."""
    theirs = content.bare(draft.head)
    differences: Differences = {}
    change = msgspec.structs.replace
    made = ours
    for field in ("overall", "safeguards"):
        mine, other = fields.of_head(ours, field), fields.of_head(theirs, field)
        takes = _differ(draft, differences, HEAD, field, mine, other)
        if takes == THEIRS or (other and not mine):
            made = fields.with_head(made, field, other)
    made = change(made, sub_objectives=_objectives(draft, differences, ours, theirs))
    for name in ("tasks", "indicators", "budget"):
        if is_blank(getattr(made, name)):
            made = change(made, **{name: getattr(theirs, name)})
    return MergedHead(made, differences)


def fresh(part: Part) -> Project:
    """Return a project that the text does not have yet, as it is taken over."""
    return content.bare_project(part.kept()[0])


def _differ(
    draft: Draft, differences: Differences, row: str, field: str, mine: str, theirs: str
) -> str:
    """Note a difference; return which side is taken, "" where they do not differ."""
    if not mine or not theirs or mine == theirs:
        return ""
    takes = draft.chosen(row, field) or MINE
    differences[row, field] = Difference(mine, theirs, takes)
    return takes


def _budget(
    draft: Draft, differences: Differences, row: str, ours: Budget, theirs: Budget, made: Budget
) -> Budget:
    """Return the amounts; those of two units are taken over together or not at all."""
    if is_blank_struct(ours) or is_blank_struct(theirs):
        return made
    if _unit(ours) == _unit(theirs):
        for name in _AMOUNTS:
            mine, other = getattr(ours, name) or "", getattr(theirs, name) or ""
            if _differ(draft, differences, row, f"budget.{name}", mine, other) == THEIRS:
                made = msgspec.structs.replace(made, **{name: other})
        return made
    if all(ours.money(name) == theirs.money(name) for name in ("total", "fiscal", "other")):
        return ours
    told = _amounts(ours), _amounts(theirs)
    return theirs if _differ(draft, differences, row, "budget.total", *told) == THEIRS else ours


def _unit(budget: Budget) -> str:
    return budget.money_unit or "元"


def _amounts(budget: Budget) -> str:
    labels = zip(("预算数", "财政资金", "其他资金"), _AMOUNTS, strict=True)
    told = [f"{label} {getattr(budget, n)}" for label, n in labels if getattr(budget, n)]
    return f"{'，'.join(told)}（{_unit(budget)}）"


def _indicators(
    draft: Draft, differences: Differences, ours: Project, theirs: Project, rows: Sequence[str]
) -> tuple[list[Indicator], list[int | None], frozenset[str]]:
    """Return the lines of both, where each was in ours, and the names of the file's new ones."""
    there = {pair.after: pair.before for pair in paired(ours.indicators, theirs.indicators).pairs}
    lines: list[tuple[int | None, Indicator]] = list(enumerate(ours.indicators))
    new = []
    behind = len(lines)
    for at, (row, line) in enumerate(zip(rows, theirs.indicators, strict=True)):
        if at in there:
            behind = next(n for n, (old, _) in enumerate(lines) if old == there[at])
            mine = ours.indicators[there[at]]
            lines[behind] = there[at], _line(draft, differences, row, mine, line)
            behind += 1
        elif any(fields.of_indicator(line, name) for name in fields.INDICATOR):
            lines.insert(behind, (None, line))
            behind += 1
            new.append(row)
    return [line for _, line in lines], [old for old, _ in lines], frozenset(new)


def _line(
    draft: Draft, differences: Differences, row: str, mine: Indicator, theirs: Indicator
) -> Indicator:
    made = mine
    for field in fields.INDICATOR:
        said, other = fields.of_indicator(mine, field), fields.of_indicator(theirs, field)
        takes = _differ(draft, differences, row, field, said, other)
        if takes == THEIRS or (other and not said):
            made = fields.with_indicator(made, field, other)
    more = ("weight", "formula", "scoring", "previous", "remark", "extra")
    blank = {name: getattr(theirs, name) for name in more if is_blank(getattr(mine, name))}
    return msgspec.structs.replace(made, **blank)


def _objectives(
    draft: Draft, differences: Differences, ours: PerformanceText, theirs: PerformanceText
) -> tuple[SubObjective, ...]:
    mine = [each for each in ours.sub_objectives if not is_blank(each)]
    there = _paired_objectives(mine, theirs.sub_objectives)
    for at, other in enumerate(theirs.sub_objectives):
        if at not in there:
            if draft.chosen(HEAD, f"sub_objectives.{at}") != MINE and not is_blank(other):
                mine.append(other)
            continue
        number = there[at]
        for name in ("title", "duty", "objective"):
            said, says = getattr(mine[number], name) or "", getattr(other, name) or ""
            takes = _differ(draft, differences, HEAD, f"sub_objectives.{at}.{name}", said, says)
            if takes == THEIRS or (says and not said):
                mine[number] = msgspec.structs.replace(mine[number], **{name: says})
        more = {
            name: getattr(other, name)
            for name in ("indicators", "budget", "criteria")
            if is_blank(getattr(mine[number], name))
        }
        mine[number] = msgspec.structs.replace(mine[number], **more)
    return tuple(mine)


def _paired_objectives(
    ours: Sequence[SubObjective], theirs: Sequence[SubObjective]
) -> dict[int, int]:
    pairing = Pairing(len(ours), len(theirs))
    words = [[_words(each) for each in side] for side in (ours, theirs)]
    titles = [[key(each.title) or None for each in side] for side in (ours, theirs)]
    pairing.equal(words[0], words[1], Match.CONTENT)
    pairing.equal(titles[0], titles[1], Match.NAME)

    def score(one: int, other: int) -> float:
        alike = likeness(words[0][one], words[1][other])
        return alike if alike >= _ALIKE else -1

    pairing.alike(score, Match.LIKENESS)
    return {pair.after: pair.before for pair in pairing.pairs}


def _words(objective: SubObjective) -> str:
    return key(f"{objective.title or ''}{objective.objective or ''}")


def _same_code(ours: Project, other: Project) -> bool:
    return bool(code_key(ours.code)) and code_key(ours.code) == code_key(other.code)


def _same_name(ours: Project, other: Project) -> bool:
    if code_key(ours.code) and code_key(other.code):
        return False
    return bool(key(ours.name)) and key(ours.name) == key(other.name)


def _same_words(ours: Project, other: Project) -> bool:
    return ours == content.bare_project(other)
