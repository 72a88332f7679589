"""A comparison as rows of two cells, old and new, under the heading of what they belong to."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jixiao.compare import (
    Comparison,
    FieldChange,
    IndicatorChange,
    IndicatorSide,
    ItemChange,
    Kind,
    Match,
    ProjectChange,
    ProjectSide,
)
from jixiao.model import Place
from jixiao.write.compare.words import (
    entry_word,
    field_word,
    kind_word,
    match_word,
    money_words,
    note,
)
from jixiao.write.plain import clean, one_line
from jixiao.write.subject import WHOLE

_LISTS = ("sub_objectives", "safeguards", "tasks")
_IN_BRIEF = ("level1", "level2", "name", "value")


class Row(msgspec.Struct, frozen=True):
    """One thing that is not the same: which (``what``, ``field``), old and new, and a remark.

    ``brief`` says in a few words what is in the cells of a whole indicator.
    """

    what: str
    field: str
    kind: Kind
    before: str = ""
    after: str = ""
    note: str = ""
    before_place: str = ""
    after_place: str = ""
    brief: str = ""

    @property
    def label(self) -> str:
        """What it is, in one."""
        return "　".join(filter(None, (self.what, self.field)))

    @property
    def remark(self) -> str:
        """The kind, where it is not simply changed, and the note."""
        kind = "" if self.kind is Kind.CHANGED and self.note else kind_word(self.kind)
        return "，".join(filter(None, (kind, self.note)))


class Group(msgspec.Struct, frozen=True):
    """A project, or the text as a whole, with its rows; ``number`` is None for the text."""

    title: str
    kind: Kind
    rows: tuple[Row, ...]
    code: str = ""
    number: str = ""
    remarks: tuple[str, ...] = ()
    money: str = ""
    unchanged: int = 0
    anchor: str = "text"


def heading(group: Group) -> str:
    """Return the line that names a group."""
    return f"项目 {group.number}　{group.title}" if group.number else group.title


def groups(comparison: Comparison) -> list[Group]:
    """Return all that is not the same: the text as a whole first, then projects in their order."""
    whole = tuple(_whole(comparison))
    found = []
    if whole:
        kinds = {row.kind for row in whole}
        kind = Kind.CHANGED if any(each.matters for each in kinds) else min(kinds, key=_order)
        found.append(Group(WHOLE, kind, whole))
    found += [
        _group(each, f"p{place}")
        for place, each in enumerate(comparison.projects, 1)
        if each.kind is not Kind.SAME
    ]
    return found


def _order(kind: Kind) -> int:
    return list(Kind).index(kind)


def _whole(comparison: Comparison) -> Iterator[Row]:
    for change in comparison.fields:
        yield _field("", change)
    for part in _LISTS:
        for entry in getattr(comparison, part):
            yield from _entry(part, entry)
    for line in comparison.indicators:
        yield from _indicator("indicators", line)


def _group(project: ProjectChange, anchor: str) -> Group:
    rows = [_field("", change) for change in project.fields if _worth_a_row(project, change)]
    for part in ("goals", "whole_period_goals"):
        rows += [row for entry in getattr(project, part) for row in _entry(part, entry)]
    for part in ("indicators", "whole_period_indicators"):
        rows += [row for line in getattr(project, part) for row in _indicator(part, line)]
    side = project.after or project.before
    return Group(
        (one_line(side.name) if side else "") or "（没有项目名称）",
        project.kind,
        tuple(rows),
        one_line(side.code) if side else "",
        _number(project),
        tuple(_remarks(project)),
        _money(project),
        sum(line.kind in (Kind.SAME, Kind.MOVED) for line in project.indicators),
        anchor,
    )


def _worth_a_row(project: ProjectChange, change: FieldChange) -> bool:
    """Of a project that came or went, its heading says the code, the name and the unit."""
    if project.before and project.after:
        return True
    return change.field not in ("code", "name", "unit", "unit_code")


def _number(project: ProjectChange) -> str:
    ours, theirs = project.before, project.after
    if ours and theirs and ours.number != theirs.number:
        return f"{ours.number}→{theirs.number}"
    side = theirs or ours
    return str(side.number) if side else ""


def _remarks(project: ProjectChange) -> Iterator[str]:
    if project.renamed:
        yield "改名"
    if _doubtful(project):
        yield f"按{match_word(project.match or Match.CONTENT)}认作同一个项目"
    if project.moved:
        yield kind_word(Kind.MOVED)


def _doubtful(project: ProjectChange) -> bool:
    """Tell whether a person should see why two projects are held to be one."""
    if project.match in (None, Match.CONTENT, Match.CODE, Match.NAME):
        return False
    return project.renamed or project.match is Match.LIKENESS


def _money(project: ProjectChange) -> str:
    if project.before and project.after:
        return money_words(project.money) if project.money.difference else ""
    return _total(project.after or project.before)


def _total(side: ProjectSide | None) -> str:
    if side is None or side.total is None:
        return "没有写明预算数"
    return f"{side.total.normalize():f} 万元"


def _field(what: str, change: FieldChange, part: str = "") -> Row:
    return Row(
        what,
        field_word(change.field, part),
        change.kind,
        clean(change.before),
        clean(change.after),
        note(change),
        _place(change.before_place if change.before else None),
        _place(change.after_place if change.after else None),
    )


def _entry(part: str, entry: ItemChange) -> Iterator[Row]:
    ours, theirs = entry.before, entry.after
    side = theirs or ours
    if entry.kind is Kind.SAME or side is None:
        return
    what = f"{'' if theirs else '原'}{entry_word(part)} {side.number}"
    if ours is None or theirs is None or entry.kind is Kind.MOVED:
        yield Row(
            what,
            "",
            entry.kind,
            clean(ours.text) if ours else "",
            clean(theirs.text) if theirs else "",
            _moved(ours.number, theirs.number) if ours and theirs else "",
            _place(ours.place if ours else None),
            _place(theirs.place if theirs else None),
        )
        return
    for change in entry.fields:
        row = _field(what, change, part)
        yield msgspec.structs.replace(row, field="") if change.field == "text" else row
    if entry.moved:
        yield Row(what, "次序", Kind.MOVED, note=_moved(ours.number, theirs.number))


def _indicator(part: str, line: IndicatorChange) -> Iterator[Row]:
    ours, theirs = line.before, line.after
    side = theirs or ours
    if line.kind is Kind.SAME or side is None:
        return
    quoted = f"“{one_line(side.name)}”" if side.name else ""
    what = f"{'' if theirs else '原'}{entry_word(part)} {side.number}{quoted}"
    if ours is None or theirs is None:
        brief = "　".join(filter(None, (_levels(side), one_line(side.value))))
        more = (
            f"{field_word(each.field, part)}：{one_line(each.after or each.before)}"
            for each in line.fields
            if each.field not in _IN_BRIEF and (each.after or each.before)
        )
        cells = "\n".join((brief, *more))
        yield Row(
            what,
            "",
            line.kind,
            cells if ours else "",
            cells if theirs else "",
            "",
            _place(ours.place if ours else None),
            _place(theirs.place if theirs else None),
            brief,
        )
        return
    for change in line.fields:
        yield _field(what, change, part)
    if line.moved:
        yield Row(what, "次序", Kind.MOVED, note=_moved(ours.number, theirs.number))


def _moved(before: int, after: int) -> str:
    return f"由第 {before} 移到第 {after}" if before != after else "前后各项的次序变了"


def _levels(side: IndicatorSide) -> str:
    """Return the levels of an indicator: 产出指标/数量指标."""
    return "/".join(filter(None, map(one_line, (side.level1, side.level2))))


def _place(place: Place | None) -> str:
    return str(place) if place else ""
