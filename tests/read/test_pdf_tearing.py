"""Which rows a page's end tore, told by what stands above and below it.

Each row is written as its cells: the text, a ``*`` before it where the cell is merged with others
above or below, a ``~`` behind it where the line had room for more.
"""

from __future__ import annotations

import pytest

from jixiao.read.pdf.cells import FilledCell
from jixiao.read.pdf.lines import Line
from jixiao.read.pdf.tearing import is_torn, is_torn_label

SIZE, WIDE = 10.0, 200.0


def _cell(column: int, text: str) -> FilledCell:
    merged, has_room = text.startswith("*"), text.endswith("~")
    said = text.strip("*~")
    lines = [
        Line(one, 0.0, 0.0, WIDE if not has_room else WIDE / 2, SIZE, SIZE, SIZE, SIZE, False)
        for one in said.split("/")
        if one
    ]
    return FilledCell(
        said.replace("/", "\n"), 0, column, 2 if merged else 1, 1,
        (0.0, 0.0, WIDE, SIZE), 0.0, WIDE, *((lines[0], lines[-1]) if lines else (None, None)),
        spare=0.0 if lines else 9.0,
    )  # fmt: skip


def _row(text: str) -> list[FilledCell]:
    return [_cell(column, one.strip()) for column, one in enumerate(text.split("|"))]


TORN = [
    # The last letters of a category, though another cell was ended by its writer.
    ("满意度指标 | 服务对象满意度指 | 职工、周边群 | 职工、~ | ≥80% | 抽样调查",
     " | 标 | 众满意度 | 周边群众满意度~ | | "),
    # A row of a form's head has its labels where it begins.
    ("项目编码~ | 1305252400061510 | 项目名称~ | 滏阳河清淤疏浚~", " | 029T~ | | 及岸坡整治工程~"),
    # The category of the rows above is left out in both halves.
    (" | 质量指标~ | 符合条件的申报对象覆盖率 | 符合条件的人数 | 100%~", " | | （质量指标）~ | | "),
    # One cell beside a merged one, in the middle of a sentence.
    ("*预算规模及资金用途~ | 支付工程进度款、监理费、检测费~", " | 及二类费用。~"),
    # What belongs to the label goes on with it.
    ("年度总体目 | 目标1：对191万亩公益林实施管护，~", "标~ | 提高森林质量。~"),
    # A merged cell beside the row says something, too.
    ("*对191万亩公益林实施有效管护， | 数量指标~ | 公交线路 | 运营线路 | 6条~ | 协议~",
     "*提高森林质量。~ | | 条数~ | 条数~ | | "),
    # A row of labels whose last letters are on the next page.
    ("资金 | 3月 | 6月底~ | 10月 | 12月底~", "计划~ | 底~ | | 底~ | "),
]  # fmt: skip

WHOLE = [
    # Two categories and two values are two rows, however full their cells are.
    ("效益指标 | 经济效益指标 | 家庭发展能力 | 逐步提高~", " | 可持续影响指标 | 可持续经营水平 | "),
    ("满意度指标 | 职工满意度 | 职工满意度 | ≥95%", " | 居民满意度~ | 居民满意度~ | ≥80%"),
    # Heads of columns, and the first row under them.
    ("一　级　指　标 | 二　级　指　标 | 三　级　指　标 | 指　标　值",
     "产出指标 | 数量指标 | 公益林管护面积 | 191万亩"),
    # A label of its own begins the row.
    ("*预算规模及资金用途： | 其他资金： | 7634.52~", " | 用途： | 河道清淤8.2公里。~"),
    # A sentence that has its end, and the next goal.
    ("*绩效目标~ | 1.维修养护工程46处。~", " | 2.改善水生态环境。~"),
]  # fmt: skip


@pytest.mark.parametrize(("upper", "lower"), TORN)
def test_a_row_that_goes_on(upper: str, lower: str) -> None:
    assert is_torn(_row(upper), _row(lower), is_open=False)


@pytest.mark.parametrize(("upper", "lower"), WHOLE)
def test_a_row_of_its_own(upper: str, lower: str) -> None:
    assert not is_torn(_row(upper), _row(lower), is_open=False)


def test_a_merged_category_goes_on_beside_rows_of_their_own() -> None:
    upper = "满意度指标 | 服务对象满意 | 职工满意度 | ≥95%"
    lower = " | 度指标~ | 居民满意度~ | ≥80%"
    assert not is_torn(_row(upper), _row(lower), is_open=False)
    assert is_torn_label(_row(upper)[1], _row(lower)[1])
