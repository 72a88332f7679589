"""What was read of a file as its page shows it: part by part, beside what the text says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.compare.wording import code_key, key
from jixiao.model import PerformanceText, Project
from jixiao.web.imports import drafts, merging
from jixiao.web.imports.drafts import MINE, Draft, Part
from jixiao.web.imports.merging import Difference, Differences
from jixiao.web.imports.places import HEAD, row_of
from jixiao.web.targets import auditing, content, fields, importing, presenting
from jixiao.web.targets.form_plan import CellPlan, RowPlan
from jixiao.web.targets.models import Sheet, Text
from jixiao.write.compare.marking import Piece, pieces


class Cell(NamedTuple):
    """A field: what it says now, what was read (None: nothing), and what the text says of it."""

    row: str
    plan: CellPlan
    value: str
    read: str | None
    difference: Difference | None = None
    marks: list[Piece] = []  # noqa: RUF012 - never changed

    @property
    def changed(self) -> bool:
        """Whether a person corrected it."""
        return self.read is not None and self.read != self.value


class FormRow(NamedTuple):
    """A row of the form."""

    plan: RowPlan
    cells: list[Cell]
    left_out: str = ""


class Line(NamedTuple):
    """An indicator: whether it is left out, new to the text, added by hand, of another project."""

    row: str
    number: int
    cells: list[Cell]
    dropped: bool
    new: bool
    added: bool
    joined: bool


class Step(NamedTuple):
    """A part of the file in the list of parts."""

    name: str
    title: str
    differences: int
    faint: bool


class Offer(NamedTuple):
    """A project of the file in the overview: what taking it over would do."""

    part: Part
    project: Project
    there: bool
    same: bool
    differences: int
    new: int
    found: int
    total: Decimal
    taken: bool
    corrected: bool
    twin: int | None


class HeadOffer(NamedTuple):
    """The department's part in the overview."""

    there: bool
    differences: int
    taken: bool


class Shown(NamedTuple):
    """A file's reading held against a text."""

    reading: PerformanceText
    draft: Draft
    merged: dict[int, merging.Merged]
    ours: dict[int, Project]
    head: merging.MergedHead
    our_head: PerformanceText


def shown(text: Text, sheets: Sequence[Sheet], reading: PerformanceText, draft: Draft) -> Shown:
    """Hold a file's reading, as it was corrected, against a text."""
    sheets_of = importing.matched(draft.parts, sheets)
    ours = {number: content.project_of(sheet) for number, sheet in sheets_of.items()}
    merged = {n: merging.merge(project, draft.parts[n], draft) for n, project in ours.items()}
    our_head = content.head_of(text)
    return Shown(reading, draft, merged, ours, merging.merge_head(our_head, draft), our_head)


def steps(seen: Shown) -> list[Step]:
    """Return the parts of the file, as one goes through them."""
    found = []
    if _has_head(seen.draft.head):
        found.append(Step(HEAD, "部门部分", len(seen.head.differences), faint=False))
    for part in seen.draft.parts:
        if part.into is None:
            merged = seen.merged.get(part.number)
            count = len(merged.differences) if merged else 0
            title = part.project.name or f"第 {part.number + 1} 个项目"
            found.append(Step(str(part.number), title, count, faint=part.taken is False))
    return found


def offers(seen: Shown) -> list[Offer]:
    """Return what taking over each project would do."""
    found_of = _findings(seen.draft)
    begun = drafts.begun(seen.reading)
    return [
        _offer(seen, begun, part, found_of[part.number])
        for part in seen.draft.parts
        if part.into is None
    ]


def head_offer(seen: Shown) -> HeadOffer | None:
    """Return what taking over the department's part would do; None where the file has none."""
    if not _has_head(seen.draft.head):
        return None
    there = _has_head(seen.our_head)
    same = seen.head.head == seen.our_head
    taken = seen.draft.head_taken if seen.draft.head_taken is not None else not same
    return HeadOffer(there, len(seen.head.differences), taken)


def joined(seen: Shown) -> list[Part]:
    """Return the projects that were joined to others."""
    return [part for part in seen.draft.parts if part.into is not None]


def project_rows(seen: Shown, part: Part) -> list[FormRow]:
    """Return a project's fields as the form has them."""
    merged = seen.merged.get(part.number)
    different = merged.differences if merged else {}
    read = seen.reading.projects[part.number]
    row = row_of(part.number)
    return [
        FormRow(
            plan,
            [
                _cell(
                    row, cell, fields.of_project(part.project, cell.field),
                    fields.of_project(read, cell.field), different,
                )
                for cell in plan.cells
            ],
        )
        for plan in presenting.rows_of(part.project)
        if plan.anchor != "extra"
    ]  # fmt: skip


def lines(seen: Shown, part: Part) -> list[Line]:
    """Return a project's indicators."""
    merged = seen.merged.get(part.number)
    different = merged.differences if merged else {}
    new = merged.new if merged else frozenset()
    found = []
    pairs = zip(part.rows, part.project.indicators, strict=True)
    for number, (row, indicator) in enumerate(pairs, 1):
        cells = [
            _cell(
                row, CellPlan(name, label), fields.of_indicator(indicator, name),
                drafts.read_value(seen.reading, row, name), different,
            )
            for name, label in presenting.plan().columns.items()
        ]  # fmt: skip
        own = row.startswith(f"{row_of(part.number)}-")
        added = cells[0].read is None
        found.append(Line(row, number, cells, row in part.dropped, row in new, added, not own))
    return found


def head_rows(seen: Shown) -> list[FormRow]:
    """Return the fields of the department's part."""
    draft, different = seen.draft, seen.head.differences
    found = [_head_row(seen, "overall", "总体绩效目标", different)]
    for number in range(len(draft.head.sub_objectives)):
        name = f"sub_objectives.{number}"
        cells = [
            _head_cell(seen, f"{name}.{part}", label, different)
            for part, label in (("title", "名称"), ("objective", "绩效目标"))
        ]
        chosen = "out" if draft.chosen(HEAD, name) == MINE else "in"
        found.append(FormRow(RowPlan(name, f"分项绩效目标 {number + 1}", ()), cells, chosen))
    found.append(_head_row(seen, "safeguards", "工作保障措施（一行一条）", different))
    return found


def _head_row(seen: Shown, field: str, label: str, different: Differences) -> FormRow:
    return FormRow(RowPlan(field, label, ()), [_head_cell(seen, field, label, different)])


def _head_cell(seen: Shown, field: str, label: str, different: Differences) -> Cell:
    now, read = (fields.of_head(head, field) for head in (seen.draft.head, seen.reading))
    return _cell(HEAD, CellPlan(field, label), now, read, different)


def _cell(row: str, plan: CellPlan, value: str, read: str | None, different: Differences) -> Cell:
    found = different.get((row, plan.field))
    marks = []
    if found is not None:
        marks = [each for each in pieces(found.mine, found.theirs) if each.which != "after"]
    return Cell(row, plan, value, read, found, marks)


def one_cell(seen: Shown, row: str, field: str) -> Cell:
    """Return a field after it was corrected. Raises FieldError."""
    value = drafts.value(seen.draft, row, field)
    read = drafts.read_value(seen.reading, row, field)
    different = dict(seen.head.differences)
    for merged in seen.merged.values():
        different |= merged.differences
    return _cell(row, CellPlan(field, ""), value, read, different)


def _offer(seen: Shown, begun: Draft, part: Part, found: int) -> Offer:
    merged, ours = seen.merged.get(part.number), seen.ours.get(part.number)
    same = merged is not None and merged.project == ours and not merged.differences
    kept, _ = part.kept()
    own = begun.parts[part.number]
    corrected = part.project != own.project or bool(part.dropped)
    return Offer(
        part,
        kept,
        ours is not None,
        same,
        len(merged.differences) if merged else 0,
        len(merged.new) if merged else 0,
        found,
        auditing.total(kept),
        (not same) if part.taken is None else part.taken,
        corrected,
        _twin(seen.draft, part),
    )


def _twin(draft: Draft, part: Part) -> int | None:
    """Return the project before it that has its code, or its name where it has no code."""
    code, name = code_key(part.project.code), key(part.project.name)
    for other in draft.parts[: part.number]:
        same = code_key(other.project.code) == code if code else key(other.project.name) == name
        if other.into is None and (code or name) and same:
            return other.number
    return None


def _findings(draft: Draft) -> list[int]:
    """Return how many findings each project has, as it was corrected."""
    projects = tuple(part.kept()[0] for part in draft.parts)
    whole = content.joined(draft.head, projects)
    numbers = [0] * len(projects)
    for finding in auditing.checker().check(whole):
        if finding.project is not None:
            numbers[finding.project] += 1
    return numbers


def _has_head(head: PerformanceText) -> bool:
    return bool(head.overall or head.sub_objectives or head.safeguards)
