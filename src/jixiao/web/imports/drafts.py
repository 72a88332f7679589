"""What was read of a file, as a person corrects it before it is taken over. Nothing here knows a database.

What was read stays beside what it was corrected to. Nothing is thrown away before the end: a row
that is left out is only marked, a project that is part of another is only joined to it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from jixiao.model import Indicator, PerformanceText, Project, TargetValue
from jixiao.web.imports.places import HEAD, row_of
from jixiao.web.targets import content, fields

S = TypeVar("S", bound=msgspec.Struct)

MINE, THEIRS = "mine", "theirs"
"""What a person chooses for a field that the text and the file say differently."""

_AS_READ = re.compile(r"p(\d{1,5})(?:-(\d{1,5}))?")
"""Rows that were read; those that were added by hand have other names."""

MOST_ROWS = 500
"""Indicators that one project may have, those left out counted."""


class Part(msgspec.Struct):
    """One project: what it says now, its rows' lasting names, those left out, what it is joined to."""

    number: int
    project: Project
    rows: list[str]
    dropped: list[str] = []
    taken: bool | None = None
    into: int | None = None

    def kept(self) -> tuple[Project, list[str]]:
        """Return the project without the rows that are left out, and the rows' names."""
        lines = zip(self.rows, self.project.indicators, strict=True)
        left = [(row, line) for row, line in lines if row not in self.dropped]
        indicators = tuple(line for _, line in left)
        return msgspec.structs.replace(self.project, indicators=indicators), [r for r, _ in left]


class Draft(msgspec.Struct):
    """The department's part, the projects, and what was chosen by row and field."""

    head: PerformanceText
    parts: list[Part]
    head_taken: bool | None = None
    choices: dict[str, str] = {}

    def part(self, number: int) -> Part:
        """Return a project. Raises FieldError."""
        if not 0 <= number < len(self.parts):
            raise fields.FieldError("文件里没有这个项目", "请刷新页面后再试")
        return self.parts[number]

    def chosen(self, row: str, field: str) -> str:
        """Return what was chosen for a field, "" where nobody chose."""
        return self.choices.get(f"{row}|{field}", "")


_DECODER = msgspec.json.Decoder(Draft)


def loaded(stored: str) -> Draft:
    """Return a draft as it is stored."""
    return _DECODER.decode(stored)


def begun(reading: PerformanceText) -> Draft:
    """Return a reading that nobody has corrected."""
    head, projects = content.split(reading)
    parts = [_part(number, project) for number, project in enumerate(projects)]
    return Draft(head, parts)


def _part(number: int, project: Project) -> Part:
    rows = [row_of(number, at) for at in range(len(project.indicators))]
    return Part(number, project, rows)


def value(draft: Draft, row: str, field: str) -> str:
    """Return what a field says. Raises FieldError."""
    if row == HEAD:
        return fields.of_head(draft.head, field)
    part, at = _at(draft, row)
    if at is None:
        return fields.of_project(part.project, field)
    return fields.of_indicator(part.project.indicators[at], field)


def read_value(reading: PerformanceText, row: str, field: str) -> str | None:
    """Return what was read of a field, None of a row that was added by hand."""
    if row == HEAD:
        return fields.of_head(reading, field)
    found = _AS_READ.fullmatch(row)
    if found is None:
        return None
    project = reading.projects[int(found[1])]
    if found[2] is None:
        return fields.of_project(project, field)
    return fields.of_indicator(project.indicators[int(found[2])], field)


def correct(draft: Draft, row: str, field: str, said: str) -> None:
    """Let a field say something else. Raises FieldError."""
    if row == HEAD:
        draft.head = fields.with_head(draft.head, field, said)
        return
    part, at = _at(draft, row)
    if at is None:
        part.project = fields.with_project(part.project, field, said)
        return
    lines = list(part.project.indicators)
    lines[at] = fields.with_indicator(lines[at], field, said)
    part.project = msgspec.structs.replace(part.project, indicators=tuple(lines))


def leave_out(draft: Draft, row: str) -> None:
    """Leave an indicator out, or take it back in. Raises FieldError."""
    part, at = _at(draft, row)
    if at is None:
        raise fields.FieldError("没有这一行", "请刷新页面后再试")
    if row in part.dropped:
        part.dropped.remove(row)
    else:
        part.dropped = [*part.dropped, row]


def add_row(draft: Draft, number: int) -> str:
    """Add a blank indicator at the end of a project; return its row's name."""
    name = f"p{number}-{secrets.token_hex(4)}x"
    _append(draft.part(number), [(name, Indicator("", "", "", "", TargetValue(""), ""))])
    return name


def join(draft: Draft, number: int) -> int:
    """Make a project part of the one before it: they are one, torn in the file.

    Its indicators go to the end of that one's, its fields where that one's are blank. Returns the
    number of the project that it went into. Raises FieldError.
    """
    part = draft.part(number)
    before = [each for each in draft.parts[:number] if each.into is None]
    if not before or part.into is not None:
        raise fields.FieldError("前面没有可以并入的项目", "请先看前面的项目")
    into = before[-1]
    _append(into, list(zip(part.rows, part.project.indicators, strict=True)))
    into.dropped = [*into.dropped, *part.dropped]
    into.project = filled(into.project, part.project)
    part.into, part.dropped = into.number, []
    return into.number


def restore(draft: Draft, reading: PerformanceText, number: int) -> None:
    """Let a project say again what was read of it, and stand by itself again."""
    own = f"{row_of(number)}-"
    for part in draft.parts:
        lines = zip(part.rows, part.project.indicators, strict=True)
        left = [(row, line) for row, line in lines if not row.startswith(own)]
        _set_rows(part, left)
    back = _part(number, reading.projects[number])
    for part in draft.parts:
        if part.into == number:  # what was joined to it stays so
            _append(back, list(zip(part.rows, part.project.indicators, strict=True)))
    draft.parts[number] = back
    mine = (f"{row_of(number)}|", own)
    draft.choices = {key: v for key, v in draft.choices.items() if not key.startswith(mine)}


def filled(ours: Project, theirs: Project) -> Project:
    """Return a project with its blank fields filled from another; its indicators stay as they are."""
    changed = {
        name: getattr(theirs, name)
        for name in Project.__struct_fields__
        if name not in ("indicators", "budget", "plan", "place")
        and is_blank(getattr(ours, name))
        and not is_blank(getattr(theirs, name))
    }
    plan = _filled(ours.plan, theirs.plan)
    budget = ours.budget
    if budget.money_unit == theirs.budget.money_unit:
        budget = _filled(budget, theirs.budget)
    elif is_blank_struct(budget):
        budget = theirs.budget
    return msgspec.structs.replace(ours, plan=plan, budget=budget, **changed)


def is_blank(said: object) -> bool:
    """Tell whether something says nothing."""
    if isinstance(said, msgspec.Struct):
        return is_blank_struct(said)
    return said is None or said is msgspec.UNSET or said in ("", (), {})


def is_blank_struct(said: msgspec.Struct) -> bool:
    """Tell whether none of a structure's fields says anything; an amount's unit alone says nothing."""
    names = [name for name in said.__struct_fields__ if name not in ("money_unit", "place")]
    return all(is_blank(getattr(said, name)) for name in names)


def _filled(ours: S, theirs: S) -> S:
    said = {name: getattr(theirs, name) for name in ours.__struct_fields__}
    blank = [n for n, each in said.items() if is_blank(getattr(ours, n)) and not is_blank(each)]
    return msgspec.structs.replace(ours, **{name: said[name] for name in blank})


def _append(part: Part, lines: Sequence[tuple[str, Indicator]]) -> None:
    there = list(zip(part.rows, part.project.indicators, strict=True))
    _set_rows(part, [*there, *lines])


def _set_rows(part: Part, lines: Sequence[tuple[str, Indicator]]) -> None:
    if len(lines) > MOST_ROWS:
        raise fields.FieldError(
            f"一个项目最多 {MOST_ROWS} 项指标，现在有 {len(lines)} 项", "请检查文件"
        )
    part.rows = [row for row, _ in lines]
    part.dropped = [row for row in part.dropped if row in part.rows]
    indicators = tuple(line for _, line in lines)
    part.project = msgspec.structs.replace(part.project, indicators=indicators)


def _at(draft: Draft, row: str) -> tuple[Part, int | None]:
    """Return the project that has a row, and which of its indicators it is (None: itself)."""
    for part in draft.parts:
        if row == row_of(part.number):
            return part, None
        if part.into is None and row in part.rows:
            return part, part.rows.index(row)
    raise fields.FieldError("这一行已经不在了", "请刷新页面后再试")
