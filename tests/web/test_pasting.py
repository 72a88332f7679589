"""Tables pasted from Excel or Word: what they say is told, shown, and not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jixiao.web.targets import content, pasting
from jixiao.web.targets.models import Sheet, Text

HTMX = {"HX-Request": "true"}
Act = Callable[[str], Any]
Log = Callable[[str], Client]


@pytest.fixture
def sheet(draft: Text) -> Sheet:
    found = draft.sheets.first()
    assert found is not None
    return found


def lines(sheet: Sheet) -> list[str]:
    sheet.refresh_from_db()
    return [each.name or "" for each in content.project_of(sheet).indicators]


def test_columns_are_told_by_their_headings() -> None:
    read = pasting.read(
        "项目绩效目标\t\t\t\t\t\t\n"
        "序号\t一级指标\t二级指标\t三级指标\t指标性质\t目标值\t计量单位\n"
        "1\t产出指标\t数量指标\t修路\t≥\t12\t公里\n"
        "2\t\t质量指标\t合格率\t=\t100\t%\n"
        "\t效益指标\t\t\t\t\t\n"
        "3\t\t社会效益指标\t受益人数\t≥\t300\t人\n"
        "合计\t\t\t\t\t\t\n"
    )
    said = [(x.level1, x.level2, x.name, x.value.text) for x in read.indicators]
    assert said == [
        ("产出指标", "数量指标", "修路", "≥12公里"),
        ("产出指标", "质量指标", "合格率", "=100%"),
        ("效益指标", "社会效益指标", "受益人数", "≥300人"),
    ]
    assert [why for _, why in read.left] == ["在表头上面", "只有类别，已填到下面各行", "合计行"]


def test_columns_without_headings_are_told_by_what_is_in_them() -> None:
    read = pasting.read(
        "数量指标\t修路\t新修村道的长度\t≥12公里\t合同\n"
        "\t补桥\t修补桥梁的座数\t3座\t合同\n"
        "时效指标\t完工时间\t全部完工的时间\t2025年10月底前\t计划"
    )
    assert [each.role for each in read.columns] == [
        "level2", "name", "description", "value", "basis",
    ]  # fmt: skip
    assert [(x.level1, x.level2, x.name) for x in read.indicators] == [
        ("产出指标", "数量指标", "修路"),
        ("产出指标", "数量指标", "补桥"),
        ("产出指标", "时效指标", "完工时间"),
    ]


def test_nothing_pasted_is_lost() -> None:
    table = "三级指标\t指标值\t责任科室\n修路\t≥12公里\t工程股\n"
    read = pasting.read(table)
    assert read.indicators[0].extra == {"责任科室": "工程股"}
    again = pasting.read(table, ["name", "value", "remark"])
    assert (again.indicators[0].remark, again.indicators[0].extra) == ("工程股", {})


def test_a_pasted_table_is_shown_before_it_is_added(sheet: Sheet, logged_in: Log) -> None:
    client, there = logged_in("tianbao"), f"/texts/{sheet.text_id}/rows/"
    names = lines(sheet)
    told = {"sheet": sheet.pk, "part": "indicators", "after": sheet.rows[0]}
    told["table"] = "三级指标\t指标值\n修路\t≥12公里\n"
    page = client.post(f"{there}preview/", told, headers=HTMX).content.decode()
    assert "读出 <b>1</b> 行指标" in page and lines(sheet) == names
    client.post(f"{there}paste/", told, headers=HTMX)
    assert lines(sheet) == [names[0], "修路", *names[1:]]
