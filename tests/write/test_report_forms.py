"""Tables of actuals and forms: what is written is read back, no field differs; they are safe."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from jixiao.model import Budget, BudgetUnit, Indicator, PerformanceText, Project, parse_value
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.model.scores import IndicatorScore, ProjectEvaluation, Score
from jixiao.read import libreoffice
from jixiao.read.reports import read_reports_bytes
from jixiao.write.reports.actuals import blank_reports, write_csv, write_xlsx
from jixiao.write.reports.document import write_forms
from jixiao.write.reports.forms import forms_of, monitoring_form, self_evaluation_form
from jixiao.write.reports.workbook import workbook
from jixiao.write.text.blocks import Cell, Table
from write.reported import reports, said

_SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

PROJECT = Project(
    code="13073024P00043310036",
    name="=HYPERLINK(1)",
    unit=BudgetUnit("976001", "东河县水务局"),
    budget=Budget("80.00", "80.00", None, "万元"),
    goals=("清淤12公里。",),
    indicators=(
        Indicator("产出指标", "数量指标", "清淤长度", value=parse_value("≥12公里")),
        Indicator("效益指标", "社会效益指标", "防洪能力", value=parse_value("提升")),
    ),
)
TEXT = PerformanceText(source="x", year=2025, unit=PROJECT.unit, projects=(PROJECT,))


def _docx(told: Reports) -> bytes:
    forms = forms_of(told)
    return write_forms(
        [block for form in forms for block in form.blocks], landscape=forms[0].landscape
    )


# ── what is written is read back ─────────────────────────────────────────────
@_SOME
@given(told=reports())
@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("表.xlsx", write_xlsx),
        ("表.csv", write_csv),
        ("表.docx", _docx),
        ("表1.xlsx", lambda told: workbook(forms_of(told, single=True))),
    ],
    ids=["actuals.xlsx", "actuals.csv", "form.docx", "form.xlsx"],
)
def test_read_back_no_field_differs(name: str, write: object, told: Reports) -> None:
    found = read_reports_bytes(write(told), name)  # type: ignore[operator]
    assert said(found) == said(told)
    assert not found.unread
    assert not found.warnings


def test_rows_sorted_anew_and_columns_added_change_nothing() -> None:
    told = blank_reports(TEXT, 6)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(told)))
    sheet = book["指标"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5)]
    sheet.protection.disable()
    for at, row in enumerate(reversed(rows), 4):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    sheet.insert_cols(3)
    sheet.cell(3, 3).value = "科室"
    book.move_sheet("指标", -1)
    out = io.BytesIO()
    book.save(out)
    found = read_reports_bytes(out.getvalue(), "表.xlsx")
    assert [one.name for one in found.projects[0].indicators] == ["清淤长度", "防洪能力"]
    assert said(found) == said(told)


@pytest.mark.libreoffice
def test_saved_by_another_program_it_says_the_same() -> None:
    told = blank_reports(TEXT, 6)
    (saved,) = libreoffice.convert([(write_xlsx(told), "xlsx")], "xlsx")
    assert isinstance(saved, bytes)
    assert said(read_reports_bytes(saved, "表.xlsx")) == said(told)


def test_two_projects_of_one_name_stay_two() -> None:
    text = PerformanceText(source="x", projects=(PROJECT, PROJECT))
    found = read_reports_bytes(write_csv(blank_reports(text)), "表.csv")
    assert [len(one.indicators) for one in found.projects] == [2, 2]


def test_the_department_has_rows_of_its_own() -> None:
    text = PerformanceText(
        source="x", year=2025, unit=PROJECT.unit, projects=(PROJECT,), indicators=PROJECT.indicators
    )
    told = blank_reports(text)
    found = read_reports_bytes(write_xlsx(told), "表.xlsx")
    assert found.department is not None
    assert [one.name for one in found.department.indicators] == ["清淤长度", "防洪能力"]
    assert len(found.projects) == 1


# ── what it is like ──────────────────────────────────────────────────────────
def test_targets_are_locked_and_what_is_to_be_filled_is_open() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(blank_reports(TEXT, 6))))
    sheet = book["指标"]
    heads = {sheet.cell(3, column).value: column for column in range(1, sheet.max_column + 1)}
    assert sheet.protection.sheet
    assert sheet.cell(4, heads["年度指标值"]).protection.locked
    assert not sheet.cell(4, heads["* 1—6月完成情况"]).protection.locked
    listed = {
        next(iter(each.sqref.ranges)).min_col: each.formula1
        for each in sheet.data_validations.dataValidation
        if each.type == "list"
    }
    assert "经费保障" in listed[heads["偏差原因"]]
    assert "完全不可能" in listed[heads["完成目标可能性"]]


def test_no_cell_is_a_formula() -> None:
    told = blank_reports(TEXT)
    for data in (write_xlsx(told), workbook(forms_of(told))):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
            assert not any(b"<f>" in package.read(name) for name in names)
    for row in csv.reader(io.StringIO(write_csv(told).decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def _scored(score: str | None) -> ProjectEvaluation:
    one = Score(Decimal(10), Decimal("9.5"), "10 × 95 ÷ 100 = 9.5", "r", "s")
    part = Score(Decimal(90), None if score is None else Decimal(score), "f", "r", "s")
    return ProjectEvaluation(
        code=PROJECT.code,
        name=PROJECT.name,
        execution_rate=Decimal(95),
        execution=one,
        indicators=(IndicatorScore(0, "清淤长度", "≥12公里", "11公里", None, part),),
        total=None if score is None else Decimal(score) + Decimal("9.5"),
        lowest=Decimal("9.5"),
        highest=Decimal("99.5"),
        grade=None,
    )


def _texts(blocks: list[object]) -> list[str]:
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    return [cell.text for row in rows for cell in row if isinstance(cell, Cell)]


REPORT = ProjectReport(
    name="甲",
    funds=Funds(spent=Budget("76", None, None, "万元"), initial=Budget("80", None, None, "万元")),
    indicators=(IndicatorReport("产出指标", "数量指标", "清淤长度", "≥12公里", "11公里"),),
)


def test_proposed_scores_are_marked_as_proposed() -> None:
    texts = _texts(self_evaluation_form(REPORT, 2025, _scored("82.5")).blocks)
    assert "得分（系统测算）" in texts
    assert "得分" not in texts
    assert "92" in texts
    assert "95%" in texts


def test_the_units_own_scores_stand_beside_those_proposed() -> None:
    own = IndicatorReport("产出指标", "数量指标", "清淤长度", "≥12公里", "11公里", score="90")
    report = ProjectReport(name="甲", indicators=(own,))
    texts = _texts(self_evaluation_form(report, 2025, _scored("82.5")).blocks)
    assert texts.count("得分") == 2
    assert {"系统测算得分", "90", "82.5"} <= set(texts)


def test_what_cannot_be_scored_waits_for_people() -> None:
    texts = _texts(self_evaluation_form(REPORT, 2025, _scored(None)).blocks)
    assert "待人工评定" in texts


def test_proposed_scores_are_not_read_as_the_units_own() -> None:
    form = self_evaluation_form(REPORT, 2025, _scored("82.5"))
    found = read_reports_bytes(write_forms(form.blocks), "表.docx")
    assert said(found.projects[0]) == said(REPORT)


def test_long_forms_repeat_their_headings_and_lie() -> None:
    many = ProjectReport(name="甲", indicators=REPORT.indicators * 30)
    form = monitoring_form(many, 2025, 6)
    assert form.landscape
    assert [block.heads for block in form.blocks if isinstance(block, Table)] == [0, 2]
    document = write_forms(form.blocks, landscape=True)
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        xml = package.read("word/document.xml").decode()
    assert re.search(r'<w:pgSz [^>]*w:orient="landscape"', xml)
    assert xml.count("<w:tblHeader/>") == 2
