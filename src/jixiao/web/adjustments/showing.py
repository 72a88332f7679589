"""An adjustment as pages show it: what the approved text said before, and what it is to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from jixiao.compare import compare
from jixiao.web.adjustments.models import Adjustment, Outcome
from jixiao.web.targets import content
from jixiao.web.targets.models import Sheet, Text
from jixiao.write.compare.adjustment import Adjusted, AdjustedProject, adjusted
from jixiao.write.compare.html import cells
from jixiao.write.compare.marking import Piece, pieces
from jixiao.write.compare.rows import Row

Cells = tuple[list[Piece], list[Piece]]


class Marked(NamedTuple):
    """A project with the changed words of each row marked: the row, its old and new cell."""

    project: AdjustedProject
    rows: list[tuple[Row, list[Piece], list[Piece]]]
    lines: list[tuple[Adjusted, list[Piece], list[Piece]]]


def of_copy(text: Text) -> Adjustment:
    """Return the adjustment that a copy is of."""
    return Adjustment.objects.select_related("text", "before", "after", "person").get(text=text)


def projects(made: Adjustment, sheets: Sequence[Sheet] | None = None) -> list[AdjustedProject]:
    """Return what is adjusted; once it was approved, what came into the approved text."""
    before = content.read_whole(made.before.content)
    if made.after is not None:
        return adjusted(compare(before, content.read_whole(made.after.content)))
    sheets = list(made.text.sheets.all()) if sheets is None else sheets
    return adjusted(compare(before, content.whole(made.text, sheets)))


def marked(found: list[AdjustedProject]) -> list[Marked]:
    """Return projects with the words that changed marked."""
    return [
        Marked(
            project,
            [(row, *cells(row)) for row in project.rows],
            [(line, *_cells(line)) for line in project.lines],
        )
        for project in found
    ]


def facts(made: Adjustment) -> list[tuple[str, str]]:
    """Return what stands above the table: whose, which time, why, what became of it."""
    unit, text = made.text.unit, made.text
    outcome = made.get_outcome_display()
    if made.outcome == Outcome.OPEN:
        outcome = f"{outcome}（{text.get_state_display()}）"
    elif made.ended_at:
        outcome = f"{outcome}（{made.ended_at:%Y-%m-%d}）"
    return [
        ("预算单位", f"{unit.code}　{unit.name}"),
        ("预算年度", f"{text.year} 年　第 {made.number} 次调整"),
        ("调整理由", made.reason),
        ("申请人", f"{made.person.name}　{made.at:%Y-%m-%d}"),
        ("办理情况", outcome),
    ]


def of_text(text: Text) -> list[Adjustment]:
    """Return the adjustments of an approved text, the last first."""
    found = Adjustment.objects.filter(text__original=text)
    return list(found.select_related("text", "before", "after", "person"))


def context(text: Text, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return what the page of a copy shows of the adjustment."""
    made = of_copy(text)
    names = [content.project_of(each).name for each in sheets if not each.frozen]
    return {"made": made, "names": names, "marked": marked(projects(made, sheets))}


def _cells(line: Adjusted) -> Cells:
    if not line.before or not line.after or line.is_whole:
        return [Piece("both", line.before)], [Piece("both", line.after)]
    found = pieces(line.before, line.after)
    return (
        [piece for piece in found if piece.which != "after"],
        [piece for piece in found if piece.which != "before"],
    )
