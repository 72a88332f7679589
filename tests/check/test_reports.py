"""What units report is checked by the same engine: order, places, profiles, waivers, writers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from check.build import report, reports, text
from jixiao.check import Checker, Finding, Hit, dimensions, load_profile, outline, rules, waive
from jixiao.check.attained import attained
from jixiao.check.rules.consistency.S05 import S05
from jixiao.check.waivers import WaiverEntry
from jixiao.model import Indicator, PerformanceText, Place, parse_value
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.write.html import report as html
from jixiao.write.markdown import markdown
from jixiao.write.sarif import sarif
from jixiao.write.stats import stats
from jixiao.write.subject import subject
from jixiao.write.xlsx_findings import workbook

FAULTY = {
    "report": {"score": "95", "funds": {"spent": {"total": "421.50"}}},
    "row": {"actual": "8000人", "score": "16"},
}


def found(case: dict, **chosen: list[str]) -> list[Finding]:
    return Checker(load_profile(), **chosen).check_reports(reports(case), text(case))


def test_findings_come_in_the_order_of_the_report_and_name_its_file():
    listed = found(FAULTY)
    assert [(one.project, one.indicator, one.code) for one in listed] == [
        (0, None, "S08"),
        (0, None, "S12"),
        (0, 0, "S08"),
        (0, 0, "S05"),
    ]
    assert {one.file for one in listed} == {"自评.xlsx"}


def test_a_finding_points_at_the_cell_of_the_report():
    here = Place(sheet="自评", row=9, column=6)
    money = Place(sheet="自评", row=4, column=5)
    made = msgspec.structs.replace(
        report(FAULTY), place={"spent.total": money, "self": Place(sheet="自评", row=1, column=1)}
    )
    rows = [msgspec.structs.replace(one, place={"actual": here}) for one in made.indicators]
    whole = Reports("表.xlsx", projects=(msgspec.structs.replace(made, indicators=tuple(rows)),))
    places = {one.code: str(one.place) for one in Checker(load_profile()).check_reports(whole)}
    assert places["S05"] == "工作表“自评”F9单元格"
    assert places["S12"] == "工作表“自评”E4单元格"
    assert places["S08"] == "工作表“自评”A1单元格"


def test_without_the_approved_text_the_report_is_checked_by_itself():
    checker = Checker(load_profile())
    changed = reports({"row": {"target": "≥5000人"}})
    assert checker.check_reports(changed) == []
    assert [one.code for one in checker.check_reports(changed, text({}))] == ["S09"]


def test_the_department_is_held_against_its_own_indicators():
    known = (Indicator(level2="数量指标", name="供水人口", value=parse_value("≥10万人")),)
    whole = PerformanceText("文本.docx", overall="保障供水", indicators=known)
    said = IndicatorReport(level2="数量指标", name="供水人口", target="≥8万人", actual="8万人")
    made = Reports("整体.xlsx", department=ProjectReport(indicators=(said,)))
    (one,) = Checker(load_profile()).check_reports(made, whole)
    assert (one.project, one.indicator, one.code, one.field) == (None, 0, "S09", "target")
    assert subject(one, outline(made)).indicator_label == "指标1“供水人口”"


def test_a_rule_that_fails_is_reported_and_the_others_go_on(monkeypatch):
    def broken(self: S05, report: object, project: object) -> Iterator[Hit]:
        raise ZeroDivisionError("broken")

    monkeypatch.setattr(S05, "find", broken)
    listed = found(FAULTY)
    assert "内部错误" in listed[0].message
    assert [one.code for one in listed] == ["S05", "S08", "S12", "S08"]


def test_select_ignore_and_an_offices_profile(tmp_path):
    assert [one.code for one in found(FAULTY, select=["S08"])] == ["S08", "S08"]
    assert "S08" not in {one.code for one in found(FAULTY, ignore=["S08"])}
    path = tmp_path / "our.toml"
    path.write_text("[rules.S05]\nseverity = 'E'\n[rules.S05.parameters]\nover = 200\n", "utf-8")
    assert not [
        one
        for one in Checker(load_profile(path)).check_reports(reports(FAULTY))
        if one.code == "S05"
    ]


def test_waivers_work_on_the_outline_of_a_report():
    entry = WaiverEntry(
        "S05", "省厅年中追加", "张三", date(2025, 3, 1), "库区移民直补资金发放", "发放移民人数"
    )
    waived = waive(found(FAULTY), outline(reports(FAULTY)), [entry])
    assert [one.code for one in waived if one.waiver] == ["S05"]


def test_every_writer_of_findings_takes_a_reports_findings():
    case = {**FAULTY, "department": {"row": {"score": "20"}}}
    listed, about = found(case), [outline(reports(case))]
    codes = Checker(load_profile()).report_codes
    assert "S12" in markdown(listed, about)
    assert "资金数字自相矛盾" in html(listed, about)
    assert stats(listed, about).rules
    assert workbook(listed, about, codes)
    results = sarif(listed, about)["runs"][0]["results"]
    assert {one["ruleId"] for one in results} == {one.code for one in listed}


def test_fields_of_a_report_are_called_as_on_the_form():
    labels = {one.field: subject(one, outline(reports(FAULTY))).field for one in found(FAULTY)}
    assert labels["funds.spent.total"] == "执行数"
    assert labels["actual"] == "实际完成值"
    assert labels["score"] in ("总分", "得分")


def test_every_dimension_has_a_name():
    assert {code[0] for code in rules()} == set(dimensions())


@pytest.mark.parametrize(
    ("name", "target", "actual", "reached", "share"),
    [
        ("培训人数", "≥200人", "150人", False, "0.75"),
        ("服务人口", "≥1.2万人", "12000人", True, "1"),
        ("投入", "≤400万元", "4100000元", False, None),
        ("合格率", "≥95%", "0.96", True, None),
        ("合格率", "≥95", "0.96", False, None),
        ("差错率", "1%", "0.5%", True, None),
        ("标准", "600元", "500元", None, None),
        ("长度", "5-8公里", "6000米", True, None),
        ("完成时间", "12月底前", "12月31日", True, None),
        ("完成时间", "2024年6月前", "2024年7月", False, None),
        ("环境", "有效改善", "部分达成", False, None),
        ("人数", "≥200人", "全部", None, None),
        ("人数", "≥200人", "150-180人", None, None),
    ],
)
def test_what_a_value_comes_to(name, target, actual, reached, share):
    found = attained(parse_value(target, name), parse_value(actual, name), name)
    assert found.reached is reached
    if share:
        assert found.share == Decimal(share)


_TEXT = st.one_of(
    st.none(),
    st.sampled_from(["", "无", "100%", "≥95%", "12月底前", "0", "-5", "1e9", "10分", "已完成"]),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[_TEXT] * 8), max_size=6), st.lists(_TEXT, min_size=9, max_size=9))
def test_no_report_makes_a_rule_fail(rows, own):
    said = [
        IndicatorReport(level2="数量指标", **dict(zip(_NAMES, row, strict=True))) for row in rows
    ]
    funds = msgspec.convert(
        {
            stage: {"total": own[at], "fiscal": own[at + 1], "money_unit": "万元"}
            for stage, at in (("initial", 0), ("adjusted", 1), ("spent", 2))
        },
        Funds,
    )
    made = ProjectReport(
        name=own[3],
        funds=funds,
        goal=own[4],
        goal_reached=own[5],
        indicators=tuple(said),
        score=own[6],
        problems=own[7],
        extra={"执行率": own[8] or ""},
    )
    checker = Checker(load_profile())
    for kind in ("self-evaluation", "monitoring"):
        whole = Reports("表.xlsx", kind=kind, projects=(made, made), department=made)
        for one in checker.check_reports(whole, text({})):
            assert one.field is not None, one.message
    assert isinstance(outline(whole), PerformanceText)


_NAMES = ("name", "target", "actual", "expected", "weight", "score", "reason", "likelihood")
