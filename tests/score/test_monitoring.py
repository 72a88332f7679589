"""Monitoring says what a clerk works out by hand: the cases of ``monitoring.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from jixiao.model.errors import JixiaoError, ProfileError
from jixiao.model.monitoring import ProjectMonitoring
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.model.text import Budget, Indicator, PerformanceText, Plan, Project
from jixiao.model.values import parse_value
from jixiao.score.monitoring import monitor, monitor_text, monitoring_settings, planned_share
from jixiao.score.points import rounded
from jixiao.score.profile import load_scoring

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "monitoring.yml").read_text("utf-8")
)
SETTINGS = monitoring_settings(load_scoring())


def each(kind: str) -> Any:
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=case["name"]) for case in CASES[kind]]
    )


def indicator(name: str, target: str, category: str) -> Indicator:
    return Indicator(level2=category, name=name, value=parse_value(target, name))


def money(total: str | None, unit: str | None = "万元", **parts: str | None) -> Budget:
    return Budget(total=total, money_unit=unit, **parts)


@each("indicators")
def test_indicators(case: dict[str, Any]):
    line = IndicatorReport(
        name=case["indicator"], actual=case.get("actual"), expected=case.get("expected")
    )
    project = Project(indicators=(indicator(case["indicator"], case["target"], case["category"]),))
    found = monitor(project, ProjectReport(indicators=(line,)), case["month"], SETTINGS, 2024)
    one = found.indicators[0]
    assert one.judgement.lamp == case["lamp"], one.judgement
    assert one.judgement.formula and one.judgement.rule and one.judgement.source
    said = {
        "by": one.forecast.by,
        "forecast": str(one.forecast.number),
        "deviation": str(one.deviation),
        "progress": str(one.progress),
        "final": one.final,
        "overdue": one.overdue,
        "likelihood": one.likelihood and one.likelihood.name,
    }
    assert {key: said[key] for key in said if key in case} == {
        key: case[key] for key in said if key in case
    }
    assert case.get("formula", "") in one.judgement.formula
    assert case.get("note", "") in "；".join(one.judgement.notes)
    assert "quiet" not in case or case["quiet"] not in "；".join(one.judgement.notes)


@each("money")
def test_money(case: dict[str, Any]):
    spent = money(
        case.get("spent"),
        case.get("spent_unit", "万元"),
        fiscal=case.get("fiscal"),
        other=case.get("other"),
    )
    project = Project(budget=money(case["budget"]))
    funds = Funds(spent=spent, adjusted=money(case.get("adjusted")))
    found = monitor(project, ProjectReport(funds=funds), case["month"], SETTINGS)
    assert found.funds.by_time.lamp == case["lamp"], found.funds.by_time
    assert str(found.funds.rate) == str(case["rate"])
    assert case.get("says", "") in found.funds.by_time.formula
    assert case.get("note", "") in "；".join(found.notes)


@each("plans")
def test_plans(case: dict[str, Any]):
    planned, notes = planned_share(msgspec.convert(case["plan"], Plan), case["month"])
    assert (None if planned is None else str(rounded(planned))) == case["planned"]
    assert case.get("note", "") in "；".join(notes)


def of_case(case: dict[str, Any]) -> ProjectMonitoring:
    line = IndicatorReport(name="培训人数", actual=case.get("actual"), reason=case.get("reason"))
    project = Project(
        name=case["name"],
        budget=money("100"),
        indicators=(indicator("培训人数", "≥120人", "数量指标"),),
    )
    report = ProjectReport(funds=Funds(spent=money(case.get("spent"))), indicators=(line,))
    return monitor(project, report, 6, SETTINGS)


@each("projects")
def test_projects(case: dict[str, Any]):
    found = of_case(case)
    assert found.funds.by_time.lamp == case["money"]
    assert found.goal.lamp == case["goal"]
    assert found.quadrant == case["quadrant"]
    assert found.lamp == case["lamp"]
    assert found.action.code == case["action"], found.action
    assert found.action.rule and found.action.source
    assert found.action.code == "continue" or found.action.reasons


def test_what_the_unit_says_is_kept_and_what_is_proposed_is_marked():
    project = Project(
        indicators=(
            indicator("培训人数", "≥120人", "数量指标"),
            indicator("培训期数", "≥12期", "数量指标"),
        )
    )
    report = ProjectReport(
        indicators=(
            IndicatorReport(
                name="培训人数",
                actual="10人",
                causes=("人员保障",),
                likelihood="完全不可能",
                measures="增聘教师",
            ),
            IndicatorReport(name="培训期数", actual="2期", reason="专项资金未到位"),
        )
    )
    own, proposed = monitor(project, report, 6, SETTINGS).indicators
    assert [(one.name, one.proposed) for one in own.causes] == [("人员保障", False)]
    assert own.likelihood is not None and not own.likelihood.proposed
    assert [(one.name, one.proposed) for one in own.measures] == [("增聘教师", False)]
    assert [(one.name, one.proposed) for one in proposed.causes] == [("经费保障", True)]
    assert "资金未到位" in proposed.causes[0].why
    assert proposed.likelihood is not None and proposed.likelihood.proposed
    assert proposed.measures[0].proposed


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("经费保障、人员保障", ["经费保障", "人员保障"]),
        ("硬件", ["硬件条件保障"]),
        ("天气原因", ["其他"]),
    ],
)
def test_causes_are_told_by_their_names(written: str, names: list[str]):
    project = Project(indicators=(indicator("培训人数", "≥120人", "数量指标"),))
    line = IndicatorReport(name="培训人数", actual="10人", causes=(written,))
    one = monitor(project, ProjectReport(indicators=(line,)), 6, SETTINGS).indicators[0]
    assert [cause.name for cause in one.causes] == names
    assert not any(cause.proposed for cause in one.causes)


@pytest.mark.parametrize(
    ("written", "name"),
    [("确定能", "确定能"), ("不可能", "完全不可能"), ("很可能", "有可能"), ("不确定能", "有可能")],
)
def test_likelihood_is_told_by_its_words(written: str, name: str):
    project = Project(indicators=(indicator("培训人数", "≥120人", "数量指标"),))
    line = IndicatorReport(name="培训人数", actual="10人", likelihood=written)
    one = monitor(project, ProjectReport(indicators=(line,)), 6, SETTINGS).indicators[0]
    assert one.likelihood is not None
    assert (one.likelihood.name, one.likelihood.proposed) == (name, False)


def test_targets_are_the_approved_ones():
    project = Project(
        indicators=(
            indicator("培训人数", "≥120人", "数量指标"),
            indicator("培训期数", "", "数量指标"),
            indicator("教材册数", "", "数量指标"),
        )
    )
    lines = (
        IndicatorReport(name="培训人数", target="≥60人", actual="60人"),
        IndicatorReport(name="培训期数", target="≥2期", actual="2期"),
        IndicatorReport(name="教材册数", actual="200册"),
    )
    found = monitor(project, ProjectReport(indicators=lines), 12, SETTINGS)
    assert [one.judgement.lamp for one in found.indicators] == ["red", "green", None]
    assert any("与批复的“≥120人”不同" in note for note in found.notes)
    assert any("按填报的“≥2期”判断" in note for note in found.notes)
    assert "没有指标值" in found.indicators[2].judgement.formula


def test_amounts_without_a_unit_take_that_of_the_others():
    report = ProjectReport(funds=Funds(spent=money("45", None)))
    found = monitor(Project(budget=money("100")), report, 6, SETTINGS)
    assert str(found.funds.rate) == "45.00"
    assert any("没有写单位" in note for note in found.notes)


def test_a_text_is_summed_up():
    projects = tuple(
        Project(code=f"13073024P{number}", name=f"项目{number}", budget=money("100"))
        for number in range(4)
    )
    reports = Reports(
        source="监控表.xlsx",
        kind="monitoring",
        month=6,
        projects=(
            ProjectReport(code="13073024P0", funds=Funds(spent=money("50"))),
            ProjectReport(code="13073024P1", funds=Funds(spent=money("10"))),
            ProjectReport(name="项目2", funds=Funds(spent=money("35"))),
            ProjectReport(name="别的项目"),
        ),
    )
    found = monitor_text(PerformanceText(source="a", projects=projects), reports, SETTINGS)
    assert found.missing == ("项目3",)
    assert found.unknown == ("别的项目",)
    assert {one.lamp: (one.projects, int(one.budget)) for one in found.summary.money} == {
        "green": (1, 1_000_000),
        "yellow": (1, 1_000_000),
        "red": (1, 1_000_000),
        None: (0, 0),
    }
    assert str(found.summary.rate) == "31.67"  # 95 ÷ 300
    assert [one.name for one in found.summary.attention] == ["项目1", "项目2"]
    assert found.summary.quadrants["unknown"] == 3
    assert "3个项目的资金或目标判断不了" in found.summary.notes[0]


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_that_is_none_is_refused(month: int):
    with pytest.raises(JixiaoError, match="1 到 12"):
        monitor(Project(), ProjectReport(), month, SETTINGS)


def test_what_is_not_reported_is_not_called_well():
    action = monitor(Project(budget=money("100")), ProjectReport(), 6, SETTINGS).action
    assert action.reasons == ("资金判断不了：没有填报执行数", "目标判断不了：没有指标")


def test_reports_without_a_month_are_refused():
    with pytest.raises(JixiaoError, match="没有写截至几月"):
        monitor_text(PerformanceText(source="a"), Reports(source="b"), SETTINGS)


def test_settings_that_do_not_fit_are_told():
    scoring = load_scoring()
    wrong = msgspec.structs.replace(scoring, monitoring=scoring.monitoring | {"nope": 1})
    with pytest.raises(ProfileError, match=r"\[monitoring\]"):
        monitoring_settings(wrong)
    actions = scoring.monitoring["actions"][:-1]
    without = msgspec.structs.replace(scoring, monitoring=scoring.monitoring | {"actions": actions})
    with pytest.raises(ProfileError, match="最后一条"):
        monitoring_settings(without)
