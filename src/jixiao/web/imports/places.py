"""Where the fields that were read stand in the original: which cell, which box of which page.

A field is named by its row and its name: ``p3`` is the fourth project, ``p3-0`` its first
indicator, ``head`` the department's part, ``u2`` the third thing that was not read, ``w0`` the
first thing to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jixiao.compare.indicators import paired
from jixiao.compare.wording import code_key, key
from jixiao.model import PerformanceText, Project
from jixiao.model.place import Box, Place
from jixiao.web.imports.tables import Piece, Table, key_of, pieces, sheets_of

HEAD = "head"

Fields = dict[tuple[str, str], list[Place]]
"""Where each field stands, by its row and name."""

_AS_READ = {"total": "budget.total", "fiscal": "budget.fiscal", "other": "budget.other"}
_COLUMNS = ("level1", "level2", "name", "description", "value", "basis")


def row_of(project: int, indicator: int | None = None) -> str:
    """Return the name of a project's row, or of an indicator's, as they were read."""
    return f"p{project}" if indicator is None else f"p{project}-{indicator}"


def spots(
    reading: PerformanceText, kept: Sequence[Table], boxes: Mapping[str, list[Any]]
) -> list[dict[str, Any]]:
    """Return all fields with the cell and the boxes where they stand, for the page's script."""
    sheets, there = sheets_of(kept), {piece.key: piece for piece in pieces(kept)}
    found = []
    for (row, field), at in fields_of(reading, list(there.values())).items():
        cells = [each for place in at for each in _cells(place, sheets, there)]
        drawn = boxes.get(f"{row}|{field}") or _boxes_of(at) or _around(map(there.get, cells))
        if cells or drawn:
            found.append({"row": row, "field": field, "cells": cells, "boxes": drawn})
    return found


def boxes(
    reading: PerformanceText, printed: PerformanceText, kept: Sequence[Table]
) -> dict[str, list[Any]]:
    """Return where fields of a reading stand on the pages that were printed of the same file.

    ``printed`` is what was read of those pages: what is the same in both stands where it says.
    """
    on_paper = list(pieces(kept))
    where = fields_of(printed, on_paper)
    names = {HEAD: HEAD, **_same_rows(reading.projects, printed.projects)}
    found: dict[str, list[Any]] = {}
    for row, field in fields_of(reading, ()):
        drawn = _boxes_of(where.get((names.get(row, ""), field), ()))
        if drawn:
            found[f"{row}|{field}"] = drawn
    for number, unread in enumerate(reading.unread):
        drawn = _boxes_of_words(unread.text, printed, on_paper)
        if drawn:
            found[f"u{number}|"] = drawn
    return found


def _cells(place: Place, sheets: Mapping[str, int], there: Mapping[str, Piece]) -> list[str]:
    """Return the cell of a place that is kept; of a table as a whole, all its cells."""
    name = key_of(place, sheets)
    if name:
        return [name] if name in there else []
    table = f"t{place.table}" if place.sheet is None else f"s{sheets.get(place.sheet)}"
    within = f"b-{table}r"
    return [each for each in there if each.startswith(within)]


def _around(found: Iterable[Piece | None]) -> list[Any]:
    """Return, page by page, the box around pieces."""
    pages: dict[int, list[Box]] = {}
    for piece in found:
        if piece is not None and piece.page is not None and piece.box is not None:
            pages.setdefault(piece.page, []).append(piece.box)
    return [
        [page, min(b[0] for b in all_), min(b[1] for b in all_), max(b[2] for b in all_),
         max(b[3] for b in all_)]
        for page, all_ in sorted(pages.items())
    ]  # fmt: skip


def _boxes_of_words(text: str, printed: PerformanceText, on_paper: Sequence[Piece]) -> list[Any]:
    """Return where words that were not read stand on the printed pages."""
    for unread in printed.unread:
        if key(unread.text) == key(text):
            there = {piece.key: piece for piece in on_paper}
            return _boxes_of([unread.place]) or _around(
                there[each] for each in _cells(unread.place, {}, there)
            )
    return _around([next((piece for piece in on_paper if _says(piece, text)), None)])


def fields_of(reading: PerformanceText, words: Sequence[Piece]) -> Fields:
    """Return where the fields of a reading stand."""
    found: Fields = dict(_head(reading, words))
    for number, project in enumerate(reading.projects):
        for name, place in project.place.items():
            root = name.partition(".")[0]
            field = "goals" if root == "goals" else _AS_READ.get(name, name)
            found.setdefault((row_of(number), field), []).append(place)
        for at, indicator in enumerate(project.indicators):
            for name in _COLUMNS:
                if name in indicator.place:
                    found[row_of(number, at), name] = [indicator.place[name]]
    for number, unread in enumerate(reading.unread):
        found[f"u{number}", ""] = [unread.place]
    for number, warning in enumerate(reading.warnings):
        if warning.place is not None:
            found[f"w{number}", ""] = [warning.place]
    return found


def _head(
    reading: PerformanceText, words: Sequence[Piece]
) -> Iterator[tuple[tuple[str, str], list[Place]]]:
    """Yield the fields of the department's part; objectives that are headed have their words, too."""
    where = reading.place
    if "overall" in where:
        told = [where["overall"], *_below(where["overall"], words, reading.overall or "")]
        yield (HEAD, "overall"), told
    for number, each in enumerate(reading.sub_objectives):
        for name in ("title", "duty", "objective"):
            place = each.place.get(name) or each.place.get("self")
            if place is not None:
                yield (HEAD, f"sub_objectives.{number}.{name}"), [place]
    measures = [place for name, place in where.items() if name.startswith("safeguards.")]
    if measures or "safeguards" in where:
        yield (HEAD, "safeguards"), measures or [where["safeguards"]]


def _below(heading: Place, words: Sequence[Piece], text: str) -> Iterator[Place]:
    """Yield the paragraphs behind a heading that a text is made of."""
    if heading.paragraph is None:
        return
    said = key(text)
    numbers = {
        int(piece.key[3:]): piece for piece in words if piece.key.startswith("b-p") and piece.text
    }
    for number in sorted(each for each in numbers if each > heading.paragraph)[:20]:
        piece = numbers[number]
        if not key(piece.text) or key(piece.text) not in said:
            return
        yield Place(paragraph=number, page=piece.page, box=piece.box)


def _says(piece: Piece, text: str) -> bool:
    said = key(text)
    return bool(said) and (key(piece.text) == said or (len(said) > 8 and said in key(piece.text)))


def _boxes_of(at: Iterable[Place]) -> list[Any]:
    return [
        [place.page, *place.box] for place in at if place.page is not None and place.box is not None
    ]


def _same_rows(ours: Sequence[Project], printed: Sequence[Project]) -> dict[str, str]:
    """Return the rows' names in a second reading of the same file."""
    names = {}
    for number, project in enumerate(ours):
        other = _same_project(number, project, ours, printed)
        if other is None:
            continue
        names[row_of(number)] = row_of(other)
        for pair in paired(project.indicators, printed[other].indicators).pairs:
            names[row_of(number, pair.before)] = row_of(other, pair.after)
    return names


def _same_project(
    number: int, project: Project, ours: Sequence[Project], printed: Sequence[Project]
) -> int | None:
    if len(ours) == len(printed):
        return number
    codes = [code_key(each.code) for each in printed]
    if code_key(project.code) in filter(None, codes):
        return codes.index(code_key(project.code))
    names = [key(each.name) for each in printed]
    return names.index(key(project.name)) if key(project.name) in filter(None, names) else None
