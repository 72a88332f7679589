"""Every layout in every format is read exactly: each cell in its place, nothing left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.compare import cells, differences, fold
from forms.layouts import LAYOUTS, truths
from forms.truth import made
from forms.writers import OFFICE, WRITERS, convert, write
from jixiao.model import Place
from jixiao.model.errors import ReadError
from jixiao.read import libreoffice, read, read_blocks, read_many
from jixiao.read.blocks import Grid, Paragraph

TEXTS = truths()
FORMATS = list(WRITERS)
NAMES = list(LAYOUTS)


def form_of(layout: str, more: int = 0):
    """Lay a text out; each layout has a text of its own, so that all texts come round."""
    return LAYOUTS[layout](TEXTS[(NAMES.index(layout) + more) % len(TEXTS)])


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("layout", NAMES)
def test_each_cell_is_read_as_written(layout, fmt, tmp_path):
    path, form = write(form_of(layout, FORMATS.index(fmt)), tmp_path, layout, fmt)
    count, problems = differences(form, read(path))
    assert count >= 30
    assert problems == []


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", OFFICE)
def test_each_cell_is_read_by_way_of_libreoffice(ending, tmp_path):
    """All layouts in one start, the files made by LibreOffice's own writers."""
    forms = {}
    for layout in NAMES:
        path, form = write(form_of(layout, OFFICE.index(ending)), tmp_path, layout, "docx")
        forms[path] = form
    files = convert(list(forms), ending, tmp_path / ending)
    wrong = {}
    for (path, text), form in zip(read_many(files), forms.values(), strict=True):
        problems = [str(text)] if isinstance(text, ReadError) else differences(form, text)[1]
        if problems:
            wrong[path.name] = problems
    assert wrong == {}


@pytest.mark.parametrize("fmt", ["docx", "xlsx", "html"])
@pytest.mark.parametrize("layout", [name for name in NAMES if name != "torn-row"])
def test_each_place_shows_what_was_read_there(layout, fmt, tmp_path):
    """A finding that points at a field points at the words that were read as it."""
    path, _form = write(form_of(layout), tmp_path, layout, fmt)
    cells_at = dict(_texts(path))
    text = read(path)
    seen = 0
    for name, said, place in _placed(text):
        assert place is not None, f"{name} has no place"
        shown = cells_at.get(_key(place), "")
        if shown == "" and name.endswith(("level1", "level2")):
            continue  # a blank cell goes on the one above it
        assert fold(said) in fold(shown), f"{name} at {place}: {shown!r}"
        seen += 1
    assert seen >= 6


def _texts(path: Path):
    for block in read_blocks(path).blocks:
        if isinstance(block, Paragraph):
            yield _key(block.place), block.text
        elif isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    yield _key(block.place(cell)), cell.text


def _key(place: Place):
    return place.paragraph, place.table, place.sheet, place.row, place.column


def _placed(text):
    for number, one in enumerate(text.indicators):
        yield f"indicators.{number}", one.name, one.place.get("name")
    for number, one in enumerate(text.tasks):
        yield f"tasks.{number}", one.name, one.place.get("name")
        yield f"tasks.{number}.content", one.content, one.place.get("content")
    for number, one in enumerate(text.sub_objectives):
        for field in ("title", "duty", "objective"):
            if said := getattr(one, field):
                where = one.place.get(field) or one.place["self"]
                yield f"sub_objectives.{number}.{field}", said, where
    for at, project in enumerate(text.projects):
        for field in ("code", "name", "purpose"):
            if said := getattr(project, field):
                yield f"{at}.{field}", said, project.place.get(field)
        for field in ("total", "fiscal", "other"):
            if said := getattr(project.budget, field):
                yield f"{at}.{field}", said, project.place.get(field)
        for month, said in project.plan.items():
            if said:
                yield f"{at}.plan.{month}", said, project.place.get(f"plan.{month}")
        for number, goal in enumerate(project.goals):
            yield f"{at}.goals.{number}", goal, project.place.get(f"goals.{number}")
        for number, one in enumerate(project.indicators):
            for field in ("level1", "level2", "name", "description", "basis", "weight", "remark"):
                if said := getattr(one, field):
                    yield f"{at}.{number}.{field}", said, one.place.get(field)


@pytest.mark.parametrize("seed", range(100, 130))
def test_texts_put_together_at_random(seed, tmp_path):
    """read(write(text)) is the text, for texts, layouts and formats drawn at random."""
    layout = NAMES[seed * 7 % len(NAMES)]
    form = LAYOUTS[layout](made(seed, projects=2 + seed % 6))
    path, form = write(form, tmp_path, f"{layout}-{seed}", FORMATS[seed % len(FORMATS)])
    assert differences(form, read(path))[1] == []


def test_the_comparison_sees_a_wrong_cell(tmp_path):
    """The measure itself: one changed cell, one lost row and one stray word are each told."""
    path, form = write(form_of("hebei-split"), tmp_path, "measure", "docx")
    form.expect["projects"][0]["indicators"][0]["basis"] = "别的依据"
    form.expect["projects"][1]["indicators"].append({"name": "没有的指标", "value": "1个"})
    form.unread.append("没有的话")
    problems = differences(form, read(path))[1]
    assert any("'别的依据' read as" in one for one in problems)
    assert any("没有的指标" in one for one in problems)
    assert "not reported as unread: '没有的话'" in problems
    assert cells(form.expect)["projects.0.indicators.0.basis"] == "别的依据"
