"""Tables out of ruling lines, however they are drawn; pages however they are turned."""

from __future__ import annotations

import pytest

from jixiao.read.blocks import Grid, Paragraph
from jixiao.read.pdf import read_pdf
from read.pdf_files import line, pdf, words

XS = (100, 200, 300, 400)
YS = (700, 660, 620, 580)


def cell(row: int, column: int, text: str) -> bytes:
    return words(XS[column] + 5, YS[row] - 20, text)


TEXTS = b"".join(cell(r, c, f"r{r}c{c}") for r in range(3) for c in range(3))
PLAIN = [[f"r{r}c{c}" for c in range(3)] for r in range(3)]


def grids(drawing: bytes, **how) -> list[Grid]:
    return [block for block in read_pdf(pdf([drawing], **how)).blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[one.text for one in row] for row in grid.rows]


def strokes(width: float = 0.5) -> bytes:
    across = b"".join(line(XS[0], y, XS[-1], y, width) for y in YS)
    return across + b"".join(line(x, YS[0], x, YS[-1], width) for x in XS)


def boxes() -> bytes:
    return b"".join(
        b"%g %g %g %g re S\n" % (XS[c], YS[r + 1], XS[c + 1] - XS[c], YS[r] - YS[r + 1])
        for r in range(3)
        for c in range(3)
    )


def fills() -> bytes:
    across = b"".join(b"%g %g 300 1 re f\n" % (XS[0], y) for y in YS)
    return across + b"".join(b"%g %g 1 120 re f\n" % (x, YS[-1]) for x in XS)


def doubles() -> bytes:
    return strokes() + b"".join(line(XS[0], y + 2, XS[-1], y + 2) for y in YS) + b"".join(
        line(x + 2, YS[0], x + 2, YS[-1]) for x in XS
    )  # fmt: skip


def dashes() -> bytes:
    out = b"".join(line(x, y, x + 3, y) for y in YS for x in range(XS[0], XS[-1], 6))
    return out + b"".join(line(x, y, x, y + 3) for x in XS for y in range(YS[-1], YS[0], 6))


def dots() -> bytes:
    out = b"".join(b"%g %g 1 1 re f\n" % (x, y) for y in YS for x in range(XS[0], XS[-1], 3))
    return out + b"".join(b"%g %g 1 1 re f\n" % (x, y) for x in XS for y in range(YS[-1], YS[0], 3))


def without_sides() -> bytes:
    across = b"".join(line(XS[0], y, XS[-1], y) for y in YS)
    return across + b"".join(line(x, YS[0], x, YS[-1]) for x in XS[1:-1])


def apart() -> bytes:
    """Draw each cell's box two points from the next, as old web pages do."""
    return b"".join(
        b"%g %g %g %g re S\n" % (XS[c] + 1, YS[r + 1] + 1, 98, 38)
        for r in range(3)
        for c in range(3)
    )


@pytest.mark.parametrize(
    "ruled",
    [
        strokes(), strokes(3), boxes(), fills(), doubles(), dashes(), dots(), without_sides(),
        apart(), b"[4 2] 0 d\n" + strokes(), b"q 1 0 0 1 0 0 cm\n" + strokes() + b"Q\n",
    ],
    ids=[
        "strokes", "thick", "boxes", "fills", "double", "dashes", "dots", "no sides", "apart",
        "dash pattern", "moved",
    ],
)  # fmt: skip
def test_lines_of_any_kind_make_the_table(ruled):
    (grid,) = grids(ruled + TEXTS)
    assert texts(grid) == PLAIN


def test_missing_pieces_merge_cells():
    across = b"".join(line(XS[0], y, XS[-1], y) for y in (YS[0], YS[1], YS[3]))
    across += line(XS[1], YS[2], XS[-1], YS[2])
    down = line(XS[0], YS[0], XS[0], YS[-1]) + line(XS[-1], YS[0], XS[-1], YS[-1])
    down += line(XS[1], YS[1], XS[1], YS[-1]) + line(XS[2], YS[1], XS[2], YS[2])
    said = cell(0, 0, "title") + cell(1, 0, "left") + cell(1, 1, "a") + cell(1, 2, "b")
    (grid,) = grids(across + down + said + cell(2, 1, "wide"))
    found = {
        one.text: (one.row, one.column, one.rowspan, one.colspan)
        for row in grid.rows
        for one in row
    }
    assert found == {
        "title": (0, 0, 1, 3),
        "left": (1, 0, 2, 1),
        "a": (1, 1, 1, 1),
        "b": (1, 2, 1, 1),
        "wide": (2, 1, 1, 2),
    }


def test_two_tables_beside_each_other_stay_two():
    def table(left: float, name: str) -> bytes:
        out = b"".join(line(left, y, left + 180, y) for y in YS)
        out += b"".join(line(left + x, YS[0], left + x, YS[-1]) for x in (0, 90, 180))
        return out + b"".join(words(left + 5, y - 20, f"{name}{y}") for y in YS[:-1])

    found = grids(table(60, "A") + table(300, "B"))
    assert [grid.rows[0][0].text for grid in found] == ["A700", "B700"]


def test_columns_without_lines_are_told_by_what_stands_under_one_another():
    rows = b"".join(words(XS[c], 700 - 20 * r, f"r{r}c{c}") for r in range(3) for c in range(3))
    blocks = read_pdf(pdf([words(100, 760, "some words above") + rows]))
    above, grid = blocks.blocks
    assert above.text == "some words above"
    assert texts(grid) == PLAIN
    assert blocks.notes == ("第1页有没有画线的表，是按对齐的位置读的，请核对",)


def test_an_underline_and_a_frame_are_no_table():
    frame = b"20 20 555 800 re S\n"
    drawing = frame + words(100, 700, "a title underlined") + line(100, 698, 190, 698)
    blocks = read_pdf(pdf([drawing])).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "a title underlined"
    ]
    assert len(blocks) == 1


def test_underlined_words_do_not_part_a_cell():
    (grid,) = grids(strokes() + TEXTS + line(XS[0] + 1, YS[0] - 22, XS[0] + 70, YS[0] - 22))
    assert texts(grid) == PLAIN


def test_letters_over_a_line_stay_in_their_cell():
    long = words(XS[0] + 40, YS[0] - 20, "overflowing words")[:-1].replace(b" words", b"words")
    rest = b"".join(
        cell(r, c, f"r{r}c{c}")
        for r in range(3)
        for c in range(3)
        if (r, c) not in ((0, 0), (0, 1))
    )
    (grid,) = grids(strokes() + long + b"\n" + rest)
    assert texts(grid)[0] == ["overflowingwords", "", "r0c2"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn):
    """The file's pages may be turned for reading, or their writing sideways on the paper."""
    shown = {
        0: b"", 90: b"0 1 -1 0 842 0 cm\n", 180: b"-1 0 0 -1 595 842 cm\n", 270: b"0 -1 1 0 0 595 cm\n",
    }[turn]  # fmt: skip
    size = (842, 595) if turn % 180 else (595, 842)
    for as_said in (turn, 0):
        (grid,) = grids(b"q\n" + shown + strokes() + TEXTS + b"Q\n", size=size, turn=as_said)
        assert texts(grid) == PLAIN


def test_places_are_boxes_from_the_upper_left_corner():
    (grid,) = grids(strokes() + TEXTS)
    place = grid.place(grid.rows[1][2])
    assert (place.page, place.table, place.row, place.column) == (1, 1, 2, 3)
    assert place.box == pytest.approx((300, 182, 400, 222), abs=0.6)
    assert str(place) == "第1页第1个表第2行第3列"


def test_sideways_writing_has_its_box_on_the_page_as_shown():
    turned = b"q 0 1 -1 0 842 0 cm\n" + strokes() + TEXTS + b"Q\n"
    (grid,) = grids(turned, size=(842, 595))
    left, upper, right, lower = grid.place(grid.rows[0][0]).box
    # From the file's lower left corner the cell is x 142 to 182, y 100 to 200.
    assert (left, upper, right, lower) == pytest.approx((142, 395, 182, 495), abs=0.6)


def test_running_lines_are_left_out_and_titles_kept():
    def page(number: int) -> bytes:
        head = words(250, 815, "Budget Office") + words(290, 20, f"- {number} -")
        return head + words(60, 750, "Form of the year") + words(60, 700, f"words {number}")

    blocks = read_pdf(pdf([page(1), page(2), page(3)])).blocks
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert "Budget Office" not in " ".join(said)
    assert not any(text.startswith("-") for text in said)
    assert [text for text in said if text.startswith("words")] == ["words 1", "words 2", "words 3"]


def _part(rows: list[list[str]], top: float = 780) -> bytes:
    ys = [top - 30 * at for at in range(len(rows) + 1)]
    out = b"".join(line(XS[0], y, XS[-1], y) for y in ys)
    out += b"".join(line(x, ys[0], x, ys[-1]) for x in XS)
    for y, row in zip(ys, rows, strict=False):
        out += b"".join(
            words(x + 5, y - 18, text) for x, text in zip(XS, row, strict=False) if text
        )
    return out


def test_a_table_over_pages_is_one_without_its_repeated_header():
    head = ["name", "value", "basis"]
    first = [head, *([f"n{at}", f"v{at}", f"b{at}"] for at in range(23))]
    second = [head, ["n23", "v23", "b23"]]
    (grid,) = [
        block
        for block in read_pdf(pdf([_part(first), _part(second)])).blocks
        if isinstance(block, Grid)
    ]
    assert len(grid.rows) == 25
    assert [row[0].text for row in grid.rows] == ["name", *(f"n{at}" for at in range(24))]
    assert grid.place(grid.rows[-1][0]).page == 2


def test_a_form_that_begins_again_on_the_next_page_is_another_table():
    def form(name: str) -> bytes:
        return _part([["Form", "", ""], ["Name", name, ""], *([["x", "y", "z"]] * 21)])

    found = [
        block
        for block in read_pdf(pdf([form("first"), form("second")])).blocks
        if isinstance(block, Grid)
    ]
    assert len(found) == 2
