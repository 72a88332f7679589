"""Self-evaluation of a unit's texts: which report is of which project, and what is told."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from jixiao.model import Budget, Indicator, PerformanceText, Project, parse_value
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.model.scores import UnitEvaluation
from jixiao.score.evaluation import evaluate, evaluate_text, project_of
from jixiao.score.profile import load_scoring

BASE = load_scoring("base")


def project(code, name, target="≥10个"):
    one = Indicator(
        level1="产出指标", level2="数量指标", name="甲", value=parse_value(target, "甲")
    )
    return Project(code=code, name=name, indicators=(one,))


def report(code, name, actual="10个", target=None):
    row = IndicatorReport(
        level1="产出指标", level2="数量指标", name="甲", actual=actual, target=target
    )
    funds = Funds(adjusted=Budget("100"), spent=Budget("100"))
    return ProjectReport(code=code, name=name, funds=funds, indicators=(row,))


def test_projects_are_paired_by_code_then_by_name():
    text = PerformanceText(
        source="甲.docx", year=2023, projects=(project("A1", "修路"), project("A2", "植树"))
    )
    reports = Reports(
        source="乙.xlsx", projects=(report(None, "植 树", "5个"), report("A1", "别名"))
    )
    found = evaluate_text(text, reports, BASE)
    assert [(one.name, one.total) for one in found.projects] == [
        ("修路", Decimal("100.00")),
        ("植树", Decimal("55.00")),
    ]
    assert (found.notes, found.year, found.profile) == ((), 2023, BASE.label)


def test_what_is_left_on_either_side_is_told():
    text = PerformanceText(source="甲.docx", projects=(project("A1", "修路"),))
    found = evaluate_text(text, Reports("乙.xlsx", projects=(report("B9", "治河"),)), BASE)
    assert found.projects == ()
    assert found.notes == (
        "项目“修路”没有填报自评",
        "填报的项目“治河”在绩效文本中没有，没有计分，请核对项目编码和名称",
    )


def test_another_code_under_the_same_name_is_told():
    text = PerformanceText(source="甲.docx", projects=(project("A1", "修路"),))
    found = evaluate_text(text, Reports("乙.xlsx", projects=(report("B9", "修路"),)), BASE)
    assert len(found.projects) == 1
    assert found.notes == ("项目“修路”的编码与自评的不同（A1、B9），按名称对上，请核对",)


@pytest.mark.parametrize("none", ["————", "无", "/", "-"])
def test_a_dash_is_no_code(none: str):
    """Two projects without codes are told apart by name, wherever they stand."""
    text = PerformanceText(source="甲", projects=(project(none, "修路"), project(none, "植树")))
    reports = Reports("乙", projects=(report(none, "植树", "5个"), report(none, "修路")))
    found = evaluate_text(text, reports, BASE)
    assert [(one.name, one.total) for one in found.projects] == [
        ("修路", Decimal("100.00")),
        ("植树", Decimal("55.00")),
    ]
    assert found.notes == ()


def test_codes_and_names_pair_in_either_width():
    text = PerformanceText(
        source="甲", projects=(project("A１2", "修路"), project(None, "种树（一）"))
    )
    reports = Reports("乙", projects=(report(None, "种树(一)"), report("Ａ12", "别名")))
    assert len(evaluate_text(text, reports, BASE).projects) == 2


def test_each_project_is_scored_once(monkeypatch):
    from jixiao.score import department
    from jixiao.write.reports.evaluated import evaluated

    text = PerformanceText(source="甲", projects=(project("A1", "修路"), project("A2", "植树")))
    reports = Reports("乙", projects=(report("A1", "修路"), report("A2", "植树")))
    asked = []
    once = department.evaluate
    monkeypatch.setattr(
        department, "evaluate", lambda one, *rest: asked.append(one.name) or once(one, *rest)
    )
    unit = evaluated(text, reports, BASE)
    assert asked == ["修路", "植树"]
    assert unit.evaluation == msgspec.structs.replace(
        evaluate_text(text, reports, BASE), unit=unit.evaluation.unit
    )
    assert unit.department.roll_up.total == Decimal("100.00")


def test_the_year_of_the_text_is_that_of_its_dates():
    text = PerformanceText(
        source="甲.docx", year=2023, projects=(project("A1", "修路", "6月底前"),)
    )
    reports = Reports("乙.xlsx", projects=(report("A1", "修路", "2024年6月1日"),))
    (one,) = evaluate_text(text, reports, BASE).projects
    assert one.indicators[0].score.score == 0


def test_the_approved_target_goes_before_the_reported_one():
    (one,) = evaluate(project("A", "甲"), report("A", "甲", "8个", "≥8个"), BASE).indicators
    assert (one.target, one.score.score) == ("≥10个", Decimal("72.00"))
    assert any("按绩效目标表计算" in note for note in one.score.notes)


def test_a_reported_target_of_the_same_meaning_is_no_difference():
    (one,) = evaluate(project("A", "甲"), report("A", "甲", "8个", "不少于10个"), BASE).indicators
    assert one.score.notes == ()


def test_a_blank_approved_target_takes_the_reported_one():
    (one,) = evaluate(project("A", "甲", ""), report("A", "甲", "8个", "≥8个"), BASE).indicators
    assert (one.target, one.score.score) == ("≥8个", Decimal("90.00"))
    assert "没有指标值" in one.score.notes[0]


def test_a_report_alone_is_scored_by_its_own_targets():
    alone = report("A", "甲", "8个", "≥10个")
    found = evaluate(project_of(alone), alone, BASE)
    assert (found.total, found.grade) == (Decimal("82.00"), "良")


def test_an_evaluation_is_written_and_read_as_json():
    text = PerformanceText(source="甲.docx", projects=(project("A1", "修路"),))
    found = evaluate_text(text, Reports("乙.xlsx", projects=(report("A1", "修路"),)), BASE)
    assert msgspec.json.decode(msgspec.json.encode(found), type=UnitEvaluation) == found
