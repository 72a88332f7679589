"""A department as a whole: its projects by their money, its own indicators, who serves what."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.errors import ProfileError
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.model.scores import ProjectEvaluation, Score
from jixiao.model.text import (
    Budget,
    BudgetUnit,
    DepartmentTask,
    Indicator,
    PerformanceText,
    Project,
    SubObjective,
)
from jixiao.model.values import parse_value
from jixiao.score.coverage import coverage
from jixiao.score.department import Evaluated, evaluate_department, roll_up
from jixiao.score.department_settings import department_settings
from jixiao.score.profile import load_scoring

SCORING = load_scoring()
SETTINGS = department_settings(SCORING)


def evaluated(
    number: int, total: int | None, budget: int | None, lowest: int = 0, highest: int = 100
) -> Evaluated:
    points = Score(Decimal(10), Decimal(10), "", "", "")
    known = None if total is None else Decimal(total)
    evaluation = ProjectEvaluation(
        code=str(number),
        name=f"项目{number}",
        execution_rate=Decimal(100),
        execution=points,
        indicators=(),
        total=known,
        lowest=Decimal(lowest) if known is None else known,
        highest=Decimal(highest) if known is None else known,
        grade=None if known is None else SCORING.grade(known),
    )
    project = Project(code=str(number), name=f"项目{number}")
    money = None if budget is None else Decimal(budget)
    return Evaluated(number, project, ProjectReport(), evaluation, money)


def test_projects_are_weighted_by_their_money():
    found = roll_up(
        [evaluated(0, 90, 3_000_000), evaluated(1, 70, 1_000_000)], SCORING, SETTINGS.roll_up
    )
    assert found.total == Decimal("85.00")
    assert found.grade == "良"
    assert found.formula == "（90 × 300万元 + 70 × 100万元）÷ 400万元 = 85"
    assert [str(one.share) for one in found.projects] == ["75.00", "25.00"]


def test_a_project_without_a_total_leaves_a_range():
    found = roll_up(
        [evaluated(0, 90, 100), evaluated(1, None, 100, 50, 70)], SCORING, SETTINGS.roll_up
    )
    assert (found.total, found.grade) == (None, None)
    assert (found.lowest, found.highest) == (70, 80)
    assert found.formula == "还有项目没有总分，在 70 到 80 之间"


@pytest.mark.parametrize("budget", [None, 0, -5])
def test_a_project_without_money_is_told_and_left_out(budget: int | None):
    found = roll_up([evaluated(0, 90, 100), evaluated(1, 10, budget)], SCORING, SETTINGS.roll_up)
    assert found.total == 90
    assert found.projects[1].share is None
    assert "1个项目没有预算数" in found.notes[0]
    assert roll_up([evaluated(1, 10, budget)], SCORING, SETTINGS.roll_up).total is None


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 10**9)), min_size=1, max_size=12))
def test_the_whole_lies_between_the_worst_and_the_best(scores: list[tuple[int, int]]):
    projects = [evaluated(at, *one) for at, one in enumerate(scores)]
    found = roll_up(projects, SCORING, SETTINGS.roll_up)
    assert found.total is not None
    totals = [total for total, _ in scores]
    assert min(totals) <= found.total <= max(totals)
    assert roll_up(projects[::-1], SCORING, SETTINGS.roll_up).total == found.total


def indicator(level1: str, level2: str, name: str, target: str) -> Indicator:
    return Indicator(level1=level1, level2=level2, name=name, value=parse_value(target, name))


TEXT = PerformanceText(
    source="文本",
    year=2024,
    unit=BudgetUnit(name="甲县水务局"),
    sub_objectives=(
        SubObjective(title="防汛抗旱", objective="完成堤防加固和水库清淤，确保安全度汛"),
        SubObjective(title="农村饮水安全", objective="改造农村饮水管网，提高供水保证率"),
        SubObjective(title="党建引领", objective="加强支部规范化"),
    ),
    tasks=(DepartmentTask(name="河道治理", content="清理河道垃圾，巡查河道"),),
    budget=Budget(total="500", money_unit="万元"),
    indicators=(
        indicator("产出指标", "数量指标", "加固堤防长度", "≥10公里"),
        indicator("效益指标", "可持续影响指标", "水利工程长效管护机制", "建立健全"),
        indicator("满意度指标", "服务对象满意度指标", "受益群众满意度", "≥90%"),
    ),
    projects=(
        Project(
            name="青龙河堤防加固工程",
            purpose="加固青龙河堤防5公里",
            budget=Budget(total="300", money_unit="万元"),
            goals=("提高防汛能力，安全度汛",),
            indicators=(indicator("产出指标", "数量指标", "加固堤防长度", "≥5公里"),),
        ),
        Project(
            name="农村饮水管网改造",
            purpose="更换老旧饮水管道",
            budget=Budget(total="100", money_unit="万元"),
            indicators=(indicator("产出指标", "成本指标", "项目总成本", "≤100万元"),),
        ),
        Project(name="办公楼维修", purpose="维修办公楼屋顶"),
    ),
)


def report(name: str, spent: str, *lines: tuple[str, str]) -> ProjectReport:
    return ProjectReport(
        name=name,
        funds=Funds(spent=Budget(total=spent, money_unit="万元")),
        indicators=tuple(IndicatorReport(name=line, actual=actual) for line, actual in lines),
    )


REPORTS = Reports(
    source="自评表",
    year=2024,
    projects=(
        report("青龙河堤防加固工程", "300", ("加固堤防长度", "5公里")),
        report("农村饮水管网改造", "50", ("项目总成本", "100万元")),
        report("别的项目", "1"),
    ),
    department=report(
        "甲县水务局",
        "400",
        ("加固堤防长度", "8公里"),
        ("水利工程长效管护机制", "达成年度指标"),
        ("受益群众满意度", "95%"),
    ),
)


def test_a_department_is_evaluated_as_a_whole():
    found = evaluate_department(TEXT, REPORTS, SCORING, SETTINGS)
    # 青龙河: 10 + 90; 饮水: 执行率 50% 得 5 + 90; (100 × 300 + 95 × 100) ÷ 400
    assert str(found.roll_up.total) == "98.75"
    assert found.own is not None
    assert found.own.execution_rate == 80
    rates = {each.name: each for each in found.dimensions}
    assert str(rates["履职效能"].own) == "80.00"
    assert str(rates["履职效能"].rate) == "80.00"
    assert str(rates["履职效能"].projects) == "100.00"
    assert rates["运行成本"].own is None
    assert str(rates["运行成本"].rate) == "100.00"
    assert str(rates["管理效率"].own) == "80.00"  # 预算执行率 8 ÷ 10
    assert str(rates["可持续发展能力"].rate) == "100.00"
    assert rates["服务对象满意度"].rests_on == ("受益群众满意度",)
    assert rates["社会效应"].rate is None
    assert rates["社会效应"].formula == "没有数据"
    assert any("办公楼维修" in note for note in found.notes)
    assert any("别的项目" in note for note in found.notes)


def test_a_department_without_a_report_of_its_own_is_told():
    alone = msgspec.structs.replace(REPORTS, department=None)
    found = evaluate_department(TEXT, alone, SCORING, SETTINGS)
    assert found.own is None
    assert any("没有填报完成情况" in note for note in found.notes)


def test_who_serves_what_is_shown_with_evidence():
    found = coverage(TEXT, SETTINGS.coverage)
    served = {(link.project, link.objective): link for link in found.links}
    assert (0, 0) in served
    assert (1, 1) in served
    assert any("堤防" in each for each in served[0, 0].evidence)
    assert any("饮水" in each for each in served[1, 1].evidence)
    assert found.projects_alone == (2,)
    assert found.objectives_alone == (2, 3)
    assert [one.kind for one in found.objectives] == ["分项绩效目标"] * 3 + ["年度主要任务"]
    assert all(SETTINGS.coverage.threshold <= link.likeness <= 1 for link in found.links)


def test_words_that_every_text_says_are_no_likeness():
    text = PerformanceText(
        source="a",
        sub_objectives=(SubObjective(objective="按照要求及时完成各项工作"),),
        projects=(Project(name="办公经费", purpose="保障各项工作及时完成"),),
    )
    assert coverage(text, SETTINGS.coverage).links == ()


def test_without_objectives_no_project_is_alone():
    found = coverage(PerformanceText(source="a", projects=TEXT.projects), SETTINGS.coverage)
    assert found.projects_alone == ()
    assert "看不出覆盖情况" in found.notes[0]


@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_any_words_have_a_coverage(objectives: list[str], names: list[str]):
    text = PerformanceText(
        source="a",
        sub_objectives=tuple(SubObjective(objective=each) for each in objectives),
        projects=tuple(Project(name=each) for each in names),
    )
    found = coverage(text, SETTINGS.coverage)
    assert {link.objective for link in found.links}.isdisjoint(found.objectives_alone)
    assert {link.project for link in found.links}.isdisjoint(found.projects_alone)
    assert all(0 < link.likeness <= 1 and link.evidence for link in found.links)


def test_settings_that_do_not_fit_are_told():
    scoring = msgspec.structs.replace(SCORING, department={"nope": 1})
    with pytest.raises(ProfileError, match=r"\[department\]"):
        department_settings(scoring)
