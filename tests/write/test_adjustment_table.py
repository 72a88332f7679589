"""绩效目标调整表: what stood before and after, line by line."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import msgspec

from jixiao.compare import compare
from jixiao.model import Budget, Indicator, PerformanceText, Project, parse_value
from jixiao.write.compare.adjustment import adjusted, adjustment_blocks
from jixiao.write.reports.document import write_forms


def indicator(name: str, value: str, level2: str = "数量指标") -> Indicator:
    return Indicator("产出指标", level2, name, "", parse_value(value), "计划")


def text(*indicators: Indicator, total: str = "100", name: str = "道路维修") -> PerformanceText:
    project = Project(
        code="P1",
        name=name,
        budget=Budget(total=total, money_unit="万元"),
        purpose="维修",
        goals=("修好",),
        indicators=indicators,
    )
    other = Project(
        code="P2", name="另一个", budget=Budget(total="5"), purpose="", goals=(), indicators=()
    )
    return PerformanceText(source="", projects=(project, other))


LENGTH, PLACES = indicator("维修里程", "≥10公里"), indicator("维修处数", "=12处")


def test_only_what_changed_is_in_it() -> None:
    before = text(LENGTH, PLACES)
    after = text(indicator("维修里程", "≥12公里"), PLACES, total="120")
    (found,) = adjusted(compare(before, after))
    assert (found.name, found.code) == ("道路维修", "P1")
    assert [(r.label, r.before, r.after) for r in found.rows] == [("预算数", "100万元", "120万元")]
    (line,) = found.lines
    assert (line.level1, line.level2, line.name) == ("产出指标", "数量指标", "维修里程")
    assert (line.what, line.before, line.after) == ("指标值", "≥10公里", "≥12公里")


def test_an_indicator_that_came_or_went_is_there_as_a_whole() -> None:
    new = indicator("验收合格率", "=100%", "质量指标")
    (found,) = adjusted(compare(text(LENGTH, PLACES), text(LENGTH, new)))
    told = {line.name: (line.before, line.after) for line in found.lines}
    assert told["验收合格率"][0] == "（无）" and "=100%" in told["验收合格率"][1]
    assert told["维修处数"][1] == "（无）" and "=12处" in told["维修处数"][0]


def test_order_is_told() -> None:
    (found,) = adjusted(compare(text(LENGTH, PLACES), text(PLACES, LENGTH)))
    assert {line.what for line in found.lines} == {"次序"}


def test_nothing_changed() -> None:
    same = text(LENGTH)
    assert adjusted(compare(same, msgspec.structs.replace(same, source="x"))) == []


def test_the_word_document_says_it() -> None:
    found = adjusted(compare(text(LENGTH), text(indicator("维修里程", "≥12公里"))))
    blocks = adjustment_blocks(found, [("调整理由", "任务追加<&>")])
    package = ZipFile(BytesIO(write_forms(blocks, landscape=True)))
    said = package.read("word/document.xml").decode()
    for words in ("项目绩效目标调整表", "任务追加&lt;&amp;&gt;", "≥10公里", "≥12公里"):
        assert words in said
