"""监控表 and 自评表 as published are read into reports; what no field takes is told, not dropped."""

from __future__ import annotations

import pytest

from jixiao.model import BudgetUnit
from jixiao.model.errors import ReadError
from jixiao.model.reports import Reports
from jixiao.read.report_drafts import explained
from jixiao.read.reports import ReportsError, read_reports, read_reports_bytes
from read.report_forms import MINISTRY, MONITORING, SICHUAN, WHOLE, cells, page
from read.truth import SAMPLES


def read(data: bytes, name: str = "表.html") -> Reports:
    return read_reports_bytes(data, name)


def table(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def test_the_ministrys_form() -> None:
    found = read(MINISTRY)
    (project,) = found.projects
    assert (found.kind, found.year, found.month) == ("self-evaluation", 2023, None)
    assert (project.name, project.code) == ("河道清淤及护岸修复", None)
    assert project.department == BudgetUnit("219", "东河县水务局")
    assert project.unit.name == "东河县河道管理所"
    assert (project.funds.initial.total, project.funds.adjusted.total) == ("90", "89.974")
    assert (project.funds.spent.total, project.funds.spent.fiscal) == ("45", "45")
    assert project.funds.spent.money_unit == "万元"
    assert (project.goal, project.goal_reached) == ("完成12公里河道清淤。", "完成11公里河道清淤。")
    assert project.score == "93.33"
    assert project.extra == {"执行率分值": "10", "执行率得分": "5"}
    told = [(one.level1, one.level2, one.name, one.target) for one in project.indicators]
    assert told[0] == ("产出指标(50分)", "数量指标", "清淤长度", "≥12公里")
    assert told[1] == ("产出指标(50分)", "数量指标", "护岸修复", "≥3处")
    assert told[2][1] == "质量指标"
    first = project.indicators[0]
    assert (first.actual, first.weight, first.score) == ("11公里", "20", "18.33")
    assert first.reason == "汛期提前，停工20天。改进措施：汛后补做。"
    assert len(project.indicators) == 5
    assert not found.unread
    assert str(first.place["actual"]) == "第1个表第11行第6列"


def test_a_form_with_the_target_in_three_columns() -> None:
    found = read(SICHUAN)
    (project,) = found.projects
    assert found.year == 2023
    assert project.code == "51092324T000010263357"
    assert project.name == "2023年安可替代补助资金"
    assert project.funds.initial.total == "0.00"
    assert (project.funds.adjusted.total, project.funds.spent.total) == ("3.36", "3.36")
    assert project.funds.spent.money_unit == "万元"
    assert project.goal == "购买设备并完成支付。"
    assert project.goal_reached == "购买13台并完成支付。"
    assert [one.target for one in project.indicators] == ["≥13台", "＝100%"]
    assert [one.actual for one in project.indicators] == ["13", "100"]
    assert [one.weight for one in project.indicators] == ["60", "30"]
    assert (project.score, project.problems, project.measures) == ("100", "无", "无")
    assert project.extra["评价结论"] == "资金拨付及时，设备已投入使用。"
    assert project.extra["2.项目实施内容及过程概述"].startswith("2023年购买")
    assert project.extra["执行率原因"] == "年中追加。"
    assert project.extra["单位资金：预算执行数"] == "0.00"
    assert not found.unread


def test_the_monitoring_form() -> None:
    found = read(MONITORING)
    (project,) = found.projects
    assert (found.kind, found.year, found.month) == ("monitoring", 2024, 7)
    assert project.department == BudgetUnit("136", "东河县司法局")
    assert (project.funds.spent.total, project.funds.expected.fiscal) == ("30", "60")
    assert project.goal == "社区矫正对象无重大再犯罪。"
    first, second = project.indicators
    assert (first.actual, first.expected) == ("120次", "200次")
    assert (first.causes, first.reason) == (("人员保障",), "两人调离，尚未补齐")
    assert (first.likelihood, second.likelihood) == ("有可能", "确定能")
    assert second.level1 == "产出指标"
    assert not found.unread


def test_the_department_as_a_whole() -> None:
    found = read(WHOLE)
    assert not found.projects
    assert found.department is not None
    assert found.department.unit.name == "东河县水务局"
    assert found.department.funds.spent.other == "20"
    assert found.department.goal_reached == "全县供水安全。"
    assert found.department.indicators[0].weight == "50"
    assert found.department.score == "59.8"


def test_several_forms_in_one_file() -> None:
    both = read(MINISTRY.replace(b"</body></html>", b"") + MINISTRY)
    assert [len(one.indicators) for one in both.projects] == [5, 5]


def test_what_no_field_takes_is_told() -> None:
    data = page(
        cells("项目名称", ("甲项目", 4)),
        cells("一级指标", "三级指标", "年度指标值", "实际完成值", "系数"),
        cells("产出指标", "长度", "1公里", "1公里", "0.8"),
        title="项目支出绩效自评表",
        above="<p>本单位按要求开展了自评。</p>",
    )
    found = read(data)
    assert [(one.text, one.reason) for one in found.unread] == [
        ("本单位按要求开展了自评。", "不在表里"),
        ("0.8", "“系数”列不认得"),
    ]


def test_a_file_without_reports_is_told_so() -> None:
    with pytest.raises(ReadError, match="没有认出填报的完成情况"):
        read(b"<html><body><p>x</p></body></html>")


def test_a_table_of_targets_is_no_report() -> None:
    with pytest.raises(ReadError, match="是绩效目标，没有填报的内容"):
        read_reports(SAMPLES / "huailai-resettlement-2024.docx")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "经费保障、人员保障：拨付晚\n改进措施：加快",
            (("经费保障", "人员保障"), "拨付晚", "加快"),
        ),
        ("人员保障", (("人员保障",), "", None)),
        ("原因说明：下雨\n2.改进措施：改期", ((), "下雨", "改期")),
        ("8:30开工晚了", ((), "8:30开工晚了", None)),
        ("", ((), "", None)),
    ],
)
def test_reasons_and_measures_in_one_cell(text: str, told: tuple[object, ...]) -> None:
    assert explained(text) == told


def test_all_faulty_rows_are_told_at_once() -> None:
    data = table(
        "项目序号,项目编码,项目名称,金额单位,年初预算数,全年执行数,自评总分",
        "1,A1,甲项目,万元,10,约5,",
        "2,A2,乙项目,万,20,,很好",
        "3,,,万元,1,,",
    )
    with pytest.raises(ReportsError) as caught:
        read(data, "表.csv")
    assert [str(fault) for fault in caught.value.faults] == [
        "第1个表第2行第6列“全年执行数”：“约5”不是金额，请只写数字，不写单位",
        "第1个表第3行第4列“金额单位”：“万”不是金额单位，可写元、千元、万元、亿元",
        "第1个表第3行第7列“自评总分”：“很好”不是分数，请只写数字",
        "第1个表第4行第1列“项目名称”：没有写是哪个项目，请写上项目名称或项目编码",
    ]
    assert "4 处不对" in str(caught.value)


def test_unknown_choices_are_told_with_those_that_there_are() -> None:
    data = table(
        "项目名称,三级指标,年度指标值,1—6月完成情况,偏差原因,完成目标可能性",
        "甲,长度,1公里,0.5公里,经费保障、天气,也许能",
    )
    with pytest.raises(ReportsError, match="可选 经费保障、制度保障、人员保障、硬件条件保障、其他"):
        read(data, "表.csv")


def test_a_plain_list_of_indicators_with_names_merged_down() -> None:
    data = table(
        "序号,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值,得分,备注",
        "1,甲,产出指标,数量指标,长度,1公里,1公里,10,",
        "2,,,,处数,2处,1处,5,少一处",
        "3,乙,产出指标,数量指标,次数,3次,3次,10,",
    )
    found = read(data, "表.csv")
    assert [(one.name, len(one.indicators)) for one in found.projects] == [("甲", 2), ("乙", 1)]
    assert found.projects[0].indicators[1].remark == "少一处"


def test_rows_below_a_table_of_actuals_are_told_and_sums_left_out() -> None:
    """A clerk adds a sum and a remark below the last row."""
    head = "类别,项目序号,项目编码,项目名称,金额单位,全年预算数,全年执行数\n"
    row = "项目,1,A1,修路,万元,100,90\n"
    below = "合计,,,,,100,90\n执行数以决算为准\n"
    found = read_reports_bytes((head + row + below).encode(), "表.csv")
    (one,) = found.projects
    assert one.funds.spent.total == "90"
    assert [each.text for each in found.unread] == ["执行数以决算为准"]


@pytest.mark.parametrize("word", ["合计", "小计", "总　计"])
def test_a_sum_between_the_rows_is_no_project(word: str) -> None:
    head = "项目序号,项目编码,项目名称,金额单位,全年预算数,全年执行数\n"
    rows = f"1,A1,修路,万元,100,90\n{word},,,,100,90\n2,A2,种树,万元,50,50\n"
    found = read_reports_bytes((head + rows).encode(), "表.csv")
    assert [one.name for one in found.projects] == ["修路", "种树"]


def test_the_unit_in_a_title_may_have_any_name() -> None:
    head = "2023年度绩效自评填报表　修；路局\n"
    row = "类别,项目序号,项目编码,项目名称,全年预算数,全年执行数\n项目,1,A1,修路,100,90\n"
    found = read_reports_bytes((head + row).encode(), "表.csv")
    assert (found.year, found.unread) == (2023, ())


def test_many_projects_are_told_apart_by_number_code_and_name() -> None:
    """Two of one name have two codes; a row that leaves its code or its number out finds its own."""
    head = "类别,项目序号,项目编码,项目名称,金额单位,全年预算数,全年执行数,三级指标,年度指标值,实际完成值\n"
    rows = [f"项目,{at},A{at},修路{at // 2},万元,100,{at},,,\n" for at in range(1, 400)]
    rows += [f"指标,,A{at},,,,,里程,≥1公里,{at}公里\n" for at in range(1, 400)]
    rows += [f"指标,{at},,修路{at // 2},,,,工期,≤9天,{at}天\n" for at in range(1, 400)]
    found = read_reports_bytes((head + "".join(rows)).encode(), "表.csv")
    assert [one.code for one in found.projects] == [f"A{at}" for at in range(1, 400)]
    assert all(
        [row.actual for row in one.indicators] == [f"{at}公里", f"{at}天"]
        for at, one in enumerate(found.projects, 1)
    )
