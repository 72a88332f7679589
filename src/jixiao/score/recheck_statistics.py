"""复核结果: differences item by item, and over all projects drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from jixiao.model.errors import JixiaoError
from jixiao.model.recheck import (
    Draw,
    GradeChange,
    GradeStatistics,
    RecheckStatistics,
    SheetRow,
)
from jixiao.score.arithmetic import exact
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Scoring
from jixiao.score.recheck import TOTAL, RecheckSettings


class _Checked(NamedTuple):
    """A project's totals, and whether a reason is written on any of its lines."""

    key: str
    name: str | None
    unit: str | None
    grade: str | None
    original: Decimal | None
    rechecked: Decimal
    explained: bool

    @property
    def difference(self) -> Decimal | None:
        return None if self.original is None else self.rechecked - self.original


class Joined(NamedTuple):
    """The lines of a draw with the scores written on a sheet, and what does not fit."""

    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...]


def joined(expected: Sequence[SheetRow], given: Sequence[SheetRow]) -> Joined:
    """Put the new scores and reasons of a sheet on the lines that the draw gave.

    Points and the units' own scores are those of the draw, whatever the sheet says of them. A line
    that is missing has no score, so its project is not finished. Raises JixiaoError where one
    line is there twice with different scores.
    """
    lines: dict[_Line, SheetRow] = {}
    for row in given:
        before = lines.setdefault(_line(row), row)
        if before.rechecked != row.rechecked:
            raise JixiaoError(
                f"“{_title(row.name, row.key)}”的“{row.item}”写了两行，复核得分不同", "请留一行"
            )
    rows = [_scored(row, lines.get(_line(row))) for row in expected]
    lacking = [row for row in expected if _line(row) not in lines and not _is_total(row)]
    known = {_line(row) for row in expected}
    keys = {row.key for row in expected}
    others = [row for row in lines.values() if _line(row) not in known and row.key in keys]
    strange = {row.key for row in lines.values()} - keys
    notes = []
    if strange:
        notes.append(
            f"复核评分表里有 {len(strange)} 个项目不在抽中的里面，没有计入；"
            "请确认 --seed、--share 和自评结果与抽取时相同"
        )
    for some, told in (
        (lacking, "少了 {} 行，这些项目算没有复核完"),
        (others, "多了 {} 行，没有计入"),
    ):
        if some:
            first = f"“{_title(some[0].name, some[0].key)}”的“{some[0].item}”"
            notes.append(f"复核评分表比抽取时{told.format(len(some))}：{first}等")
    return Joined(tuple(rows), (*notes, *_other_totals(rows)))


def _other_totals(rows: Sequence[SheetRow]) -> list[str]:
    """Return which totals are written that their lines do not add up to."""
    return [
        f"“{_title(row.name, row.key)}”的复核总分写的是 {shown(row.rechecked)}，"
        f"各项合计是 {shown(done.rechecked)}，按各项合计"
        for row, done in zip(
            (row for row in rows if _is_total(row)),
            (row for row in filled(rows) if _is_total(row)),
            strict=True,
        )
        if row.rechecked is not None
        and done.rechecked is not None
        and row.rechecked != done.rechecked
    ]


_Line = tuple[str, int | None, str]


def _line(row: SheetRow) -> _Line:
    return row.key, row.number, "".join(row.item.split())


def _scored(row: SheetRow, given: SheetRow | None) -> SheetRow:
    if given is None:
        return row
    return msgspec.structs.replace(row, rechecked=given.rechecked, reason=given.reason)


@exact
def filled(rows: Sequence[SheetRow]) -> tuple[SheetRow, ...]:
    """Return the lines of one or more projects with their differences and the totals added up.

    A total is that of its lines once all of them are re-checked, and is open until then; where a
    ceiling held the unit's own total down, it holds this one, too. Raises
    JixiaoError for a score below 0 or above the full points.
    """
    by_project: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        by_project[row.key].append(_checked(row))
    done = []
    for lines in by_project.values():
        items = [row for row in lines if not _is_total(row)]
        scores = [row.rechecked for row in items if row.rechecked is not None]
        whole = sum(scores, Decimal(0)) if items and len(scores) == len(items) else None
        done.extend(items)
        done.extend(
            _with(row, None if whole is None else min(whole, row.full))
            for row in lines
            if _is_total(row)
        )
    return tuple(done)


def _is_total(row: SheetRow) -> bool:
    return row.item == TOTAL and row.number is None


def _checked(row: SheetRow) -> SheetRow:
    score = row.rechecked
    if score is not None and not 0 <= score <= row.full:
        raise JixiaoError(
            f"“{row.name or row.code or ''}”的“{row.item}”复核得分 {shown(score)} 不在 0 到分值 "
            f"{shown(row.full)} 之间",
            "请改正复核评分表",
        )
    return _with(row, score)


def _with(row: SheetRow, score: Decimal | None) -> SheetRow:
    difference = None if score is None or row.original is None else score - row.original
    return msgspec.structs.replace(row, rechecked=score, difference=difference)


@exact
def statistics(
    drawn: Draw, rows: Sequence[SheetRow], settings: RecheckSettings, scoring: Scoring
) -> RecheckStatistics:
    """Return how the re-checked totals differ from the units' own, over the projects drawn."""
    checked, unfinished = _projects(drawn, filled(rows))
    differences = [one.difference for one in checked if one.difference is not None]
    changes = []
    for one in checked:
        after = scoring.grade(one.rechecked)
        if after != one.grade:
            changes.append(GradeChange(one.key, one.name, one.unit, one.grade, after))
    unexplained = [
        _title(one.name, one.key)
        for one in checked
        if one.difference is not None
        and abs(one.difference) >= settings.explain
        and not one.explained
    ]
    return RecheckStatistics(
        drawn=len(drawn.drawn),
        finished=len(checked),
        mean=_mean(differences),
        mean_size=_mean([abs(each) for each in differences]),
        largest=max(differences, key=abs, default=None),
        lower=sum(each < 0 for each in differences),
        higher=sum(each > 0 for each in differences),
        changes=tuple(changes),
        by_grade=_by_grade(checked, {change.key for change in changes}),
        unexplained=tuple(unexplained),
        unfinished=tuple(unfinished),
    )


def _projects(drawn: Draw, rows: Sequence[SheetRow]) -> tuple[list[_Checked], list[str]]:
    """Return the projects that are wholly re-checked, and the titles of those that are not."""
    totals = {row.key: row for row in rows if _is_total(row)}
    explained = {row.key for row in rows if row.reason.strip()}
    checked, unfinished = [], []
    for one in (each.project for each in drawn.drawn):
        total = totals.get(one.key)
        if total is None or total.rechecked is None:
            unfinished.append(_title(one.name, one.key))
            continue
        checked.append(
            _Checked(
                one.key,
                one.name,
                one.unit,
                one.grade,
                one.total,
                total.rechecked,
                one.key in explained,
            )
        )
    return checked, unfinished


def _title(name: str | None, key: str) -> str:
    return name or key


def _mean(numbers: Sequence[Decimal]) -> Decimal | None:
    return rounded(sum(numbers, Decimal(0)) / len(numbers)) if numbers else None


def _by_grade(checked: Sequence[_Checked], changed: set[str]) -> tuple[GradeStatistics, ...]:
    grades: dict[str | None, list[_Checked]] = defaultdict(list)
    for one in checked:
        grades[one.grade].append(one)
    return tuple(
        GradeStatistics(
            grade,
            len(these),
            _mean([one.difference for one in these if one.difference is not None]),
            sum(one.key in changed for one in these),
        )
        for grade, these in sorted(grades.items(), key=lambda item: item[0] or "")
    )
