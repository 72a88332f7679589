"""审核意见表: a row a finding, and no cell that does anything."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from jixiao.check import check, load_profile
from jixiao.model import PerformanceText, Project
from jixiao.write.xlsx_findings import LONGEST, workbook
from write.reports import HOSTILE, hostile, samples


def opened(findings, texts):
    return openpyxl.load_workbook(BytesIO(workbook(findings, texts)))


def test_a_row_tells_a_finding():
    texts, findings = samples()
    sheet = opened(findings, texts)["审核意见"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    assert len(rows) == len(findings)
    assert [row["问题"] for row in rows] == [finding.message for finding in findings]
    first = rows[0]
    assert first["预算单位"] == "怀来县官厅库区建设管理中心"
    assert first["项目编码"] == "13073024P000433100036"
    assert first["位置"].startswith("第")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert sheet.page_setup.orientation == "landscape"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == [
        f"M2:M{len(rows) + 1}"
    ]


def test_projects_and_rules_have_their_sheets():
    texts, findings = samples()
    book = opened(findings, texts)
    assert book["汇总"].max_row >= 1 + sum(len(text.projects) for text in texts)
    codes = {row[0] for row in book["规则说明"].iter_rows(2, values_only=True)}
    assert codes == {finding.code for finding in findings}


def test_nothing_is_a_formula_or_a_link():
    texts, findings = hostile()
    book = opened(findings, texts)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr"), cell.coordinate
                assert cell.hyperlink is None
                for sign in "\x00\x1b\u202e":
                    assert sign not in str(cell.value)


@pytest.mark.parametrize("lead", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"])
def test_words_that_begin_like_a_formula_stay_words(lead):
    text = PerformanceText(
        source="a.docx", projects=(Project(name=lead, code=lead, goals=(lead,)),)
    )
    sheet = opened(check(text, load_profile()), [text])["审核意见"]
    assert {sheet.cell(2, 4).data_type} == {"s"}


def test_a_cell_that_is_too_long_is_cut_with_a_mark():
    long = f"待定{HOSTILE}" * 2000
    text = PerformanceText(source="a.docx", projects=(Project(name="甲", code="1", purpose=long),))
    sheet = opened(check(text, load_profile(), select=["C05"]), [text])["审核意见"]
    head = [cell.value for cell in sheet[1]]
    said = sheet.cell(2, head.index("原文") + 1).value
    assert len(said) <= LONGEST
    assert said.endswith("余下省略）")
