"""自评报告 says no more than the data do."""

from __future__ import annotations

import pytest

from jixiao.model import Budget, BudgetUnit, Indicator, PerformanceText, Project, parse_value
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.score.profile import load_scoring
from jixiao.write.reports.evaluated import evaluated
from jixiao.write.reports.narrative import report
from jixiao.write.text.blocks import Line

NONE_SHORT = "各项目的绩效指标均达到指标值"


def paragraphs(*actuals: str) -> list[str]:
    names = [f"里程{at}" for at, _ in enumerate(actuals)]
    indicators = tuple(
        Indicator("产出指标", "数量指标", name, value=parse_value("≥10公里")) for name in names
    )
    rows = tuple(
        IndicatorReport(level1="产出指标", level2="数量指标", name=name, actual=actual)
        for name, actual in zip(names, actuals, strict=True)
    )
    money = Budget("100", money_unit="万元")
    project = Project(name="修路", budget=money, indicators=indicators)
    told = ProjectReport(name="修路", funds=Funds(adjusted=money, spent=money), indicators=rows)
    text = PerformanceText(source="x", year=2024, unit=BudgetUnit("1", "局"), projects=(project,))
    unit = evaluated(text, Reports("y", projects=(told,)), load_scoring())
    return [block.text for block in report(unit).blocks if isinstance(block, Line)]


def said(part: str, lines: list[str]) -> bool:
    return any(part in line for line in lines)


def test_all_reached_is_said_where_all_are():
    assert said(NONE_SHORT, paragraphs("10公里", "11公里"))


@pytest.mark.parametrize("open_", ["", "基本完成"])
def test_what_nobody_knows_is_not_said_to_be_reached(open_: str):
    lines = paragraphs("10公里", open_)
    assert not said(NONE_SHORT, lines)
    assert said("有1项指标没有填报或待人工评定", lines)


def test_many_shortfalls_stand_in_a_paragraph_each():
    few, many = paragraphs("9公里", "8公里"), paragraphs(*["9公里"] * 5)
    assert sum("原因待单位补充" in line for line in few) == 1
    assert sum("原因待单位补充" in line for line in many) == 5
    assert said("修路：有5处偏离：", many)
