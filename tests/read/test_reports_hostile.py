"""Whatever a file's tables are like, reading a report ends in a report or in a sentence."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.model.errors import JixiaoError, ReadError
from jixiao.read.blocks import Blocks, Grid, GridBuilder, Paragraph
from jixiao.read.report_labels import labels
from jixiao.read.reports import csv_blocks, read_reports_bytes, recognise_reports

_KNOWN = [
    word
    for table in (
        labels().fields, labels().fund_columns, labels().fund_rows, labels().indicator_columns,
    )
    for words in table.values()
    for word in words
]  # fmt: skip
_CELLS = st.one_of(
    st.sampled_from(_KNOWN),
    st.sampled_from(("项目名称", "三级指标", "年度指标值", "实际完成值", "全年执行数", "总分", "经费保障", "√")),
    st.sampled_from(("", "甲项目", "95%", "1—6月执行数", "9" * 400, "1e400", "-", "=1+1", "\u0000", "某")),
    st.text(max_size=30),
)  # fmt: skip


@st.composite
def _grids(draw: st.DrawFn) -> Grid:
    built = GridBuilder()
    for _ in range(draw(st.integers(1, 8))):
        built.row()
        for _ in range(draw(st.integers(0, 8))):
            built.cell(draw(_CELLS), draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    return Grid(tuple(map(tuple, built.rows)), 1)


_BLOCKS = st.lists(
    st.one_of(_grids(), _CELLS.map(lambda text: Paragraph(text, 1))), max_size=4
).map(lambda blocks: Blocks(tuple(blocks)))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks=_BLOCKS)
def test_any_tables(blocks: Blocks) -> None:
    with contextlib.suppress(ReadError):
        recognise_reports(blocks, "表")


@settings(max_examples=100, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_as_csv(data: bytes) -> None:
    with contextlib.suppress(JixiaoError):
        read_reports_bytes(data, "表.csv")


def test_a_cell_that_guards_a_formula_is_read_as_it_was_written() -> None:
    (grid,) = csv_blocks("项目名称\n'=1+1\n''数'\n'x\n".encode()).blocks
    assert isinstance(grid, Grid)
    assert [row[0].text for row in grid.rows] == ["项目名称", "=1+1", "'数'", "'x"]
