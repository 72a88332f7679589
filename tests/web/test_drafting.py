"""Filling in: every field is saved as it is left, and nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model import Indicator, Project
from jixiao.web.targets import content, drafting, fields, pasting, reshaping
from jixiao.web.targets.drafting import At, Seen
from jixiao.web.targets.models import Text
from jixiao.web.targets.places import Table

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sheet(draft: Text) -> Any:
    return draft.sheets.first()


def save(client: Client, sheet: Any, **told: object) -> Any:
    there = f"/texts/{sheet.text_id}/projects/{sheet.pk}/field/"
    return client.post(there, {"row": "", **told}, headers=HTMX)


def project(sheet: Any) -> Project:
    sheet.refresh_from_db()
    return content.project_of(sheet)


def test_a_field_is_saved_and_its_findings_come_back(
    sheet: Any, logged_in: Callable[[str], Client]
) -> None:
    row = sheet.rows[1]
    before = project(sheet).indicators[1].value.text
    assert before == "≥100百分比"
    response = save(
        logged_in("tianbao"),
        sheet,
        row=row,
        field="value",
        value="≥150%",
        before=before,
        revision=1,
    )
    assert response.status_code == 200
    assert project(sheet).indicators[1].value.text == "≥150%"
    page = response.content.decode()
    assert f'id="said-row-{row}"' in page and "不可能达到" in page
    good = save(
        logged_in("tianbao"),
        sheet,
        row=row,
        field="value",
        value="≥95%",
        before="≥150%",
        revision=2,
    ).content.decode()
    part = good.split(f'id="said-row-{row}"')[1].split('id="said-')[0]
    assert "不可能达到" not in part


def test_two_people_on_one_field_both_keep_their_words(
    sheet: Any, logged_in: Callable[[str], Client]
) -> None:
    first, second = logged_in("tianbao"), logged_in("tianbao")
    seen = {"field": "purpose", "before": project(sheet).purpose, "revision": sheet.revision}
    assert save(first, sheet, value="甲写的", **seen).status_code == 200
    late = save(second, sheet, value="乙写的", **seen)
    assert late.status_code == 409
    assert project(sheet).purpose == "甲写的"
    page = late.content.decode()
    assert "甲写的" in page and "乙写的" in page and "张敏" in page
    chosen = save(
        second, sheet, field="purpose", value="乙写的", before="甲写的", revision=seen["revision"]
    )
    assert chosen.status_code == 200
    assert project(sheet).purpose == "乙写的"


def test_two_people_on_two_fields_do_not_meet(
    sheet: Any, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    said, revision = project(sheet), sheet.revision
    one = save(client, sheet, field="purpose", value="甲", before=said.purpose, revision=revision)
    two = save(client, sheet, field="name", value="乙", before=said.name, revision=revision)
    assert (one.status_code, two.status_code) == (200, 200)
    assert (project(sheet).purpose, project(sheet).name) == ("甲", "乙")


def test_a_row_that_moved_is_still_the_same_row(sheet: Any, actor: Callable[[str], Any]) -> None:
    who, row = actor("tianbao"), sheet.rows[0]
    name = project(sheet).indicators[0].name
    reshaping.move_row(who, sheet.text_id, Table(sheet.pk, "indicators"), row, 2)
    saved = drafting.save_field(
        who, sheet.text_id, At(sheet.pk, row, "basis"), "新依据", Seen("怀财字【2024】7号", 1)
    )
    assert saved.conflict is None
    line = project(sheet).indicators[2]
    assert (line.name, line.basis) == (name, "新依据")


def test_a_field_of_a_row_that_was_removed_gives_the_words_back(
    sheet: Any, actor: Callable[[str], Any], logged_in: Callable[[str], Client]
) -> None:
    row = sheet.rows[0]
    reshaping.remove_row(actor("tianbao"), sheet.text_id, Table(sheet.pk, "indicators"), row)
    late = save(
        logged_in("tianbao"), sheet, row=row, field="basis", value="我的依据", before="", revision=1
    )
    assert late.status_code == 409


def test_one_click_applies_a_suggestion(sheet: Any, logged_in: Callable[[str], Client]) -> None:
    client, row = logged_in("tianbao"), sheet.rows[1]
    there = f"/texts/{sheet.text_id}/projects/{sheet.pk}/fix/"
    told = {"row": row, "field": "value", "code": "Q11"}
    for _ in range(2):  # a second click does nothing more
        response = client.post(there, told, headers=HTMX)
        assert response.status_code == 200
        assert project(sheet).indicators[1].value.text == "≥100%"


def test_rows_pasted_from_excel(sheet: Any, logged_in: Callable[[str], Client]) -> None:
    before = len(project(sheet).indicators)
    table = (
        "一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据\r\n"
        '产出指标\t数量指标\t修路\t"新修\n公路"\t≥12公里\t合同\r\n'
        "\t\t补桥\t修补桥梁\t=3座\t合同\r\n"
    )
    there = f"/texts/{sheet.text_id}/rows/paste/"
    told = {"table": table, "sheet": sheet.pk}
    response = logged_in("tianbao").post(there, told, headers=HTMX)
    assert response.status_code == 200
    lines = project(sheet).indicators[before:]
    assert [(x.level1, x.level2, x.name, x.value.text) for x in lines] == [
        ("产出指标", "数量指标", "修路", "≥12公里"),
        ("产出指标", "数量指标", "补桥", "=3座"),
    ]
    assert lines[0].description == "新修\n公路"
    assert len(sheet.rows) == len(set(sheet.rows)) == before + 2


def test_what_is_no_table_is_said_to_be_none(
    sheet: Any, logged_in: Callable[[str], Client]
) -> None:
    there = f"/texts/{sheet.text_id}/rows/paste/"
    told = {"table": "随便一句话", "sheet": sheet.pk}
    response = logged_in("tianbao").post(there, told, headers=HTMX)
    assert response.status_code == 422
    assert "没有认出表格" in response.content.decode()


def test_an_indicator_of_the_library_is_taken_over(
    sheet: Any, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    there = f"/texts/{sheet.text_id}/projects/{sheet.pk}/recommended/"
    offered = client.get(there, headers=HTMX)
    number, one = offered.context["groups"][0].ones[0]
    assert client.post(f"{there}{number}/add/", headers=HTMX).status_code == 200
    taken = next(line for line in project(sheet).indicators if line.name == one.one.name)
    assert taken.value.text == "" and taken.description


def test_what_a_user_types_is_never_markup(sheet: Any, logged_in: Callable[[str], Client]) -> None:
    client = logged_in("tianbao")
    evil = '</textarea><script>alert(1)</script>" onfocus="x'
    response = save(client, sheet, field="name", value=evil, before=project(sheet).name, revision=1)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    page = client.get(f"/texts/{sheet.text_id}/projects/{sheet.pk}/")
    assert b"<script>alert" not in page.content
    assert project(sheet).name == evil


@pytest.mark.parametrize("field", ["", "budget", "plan.13", "__class__", "sub_objectives.9.title"])
def test_a_field_that_there_is_not(
    field: str, sheet: Any, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    assert save(client, sheet, field=field, value="x", before="", revision=1).status_code == 422
    there = f"/texts/{sheet.text_id}/field/"
    assert client.post(there, {"field": field, "value": "x"}, headers=HTMX).status_code == 422


TYPED = st.text(max_size=60)


@given(TYPED, st.sampled_from(["name", "code", "purpose", "goals", "budget.total", "plan.06"]))
def test_a_project_says_what_was_typed(value: str, field: str) -> None:
    value = fields.clean(value)
    made = fields.with_project(Project(), field, value)
    kept = fields.of_project(made, field)
    assert kept == ("\n".join(fields.lines(value)) if field == "goals" else value)


@given(TYPED, st.sampled_from(fields.INDICATOR))
def test_an_indicator_says_what_was_typed(value: str, column: str) -> None:
    value = fields.clean(value)
    made = fields.with_indicator(Indicator(), column, value)
    assert fields.of_indicator(made, column) == value


@given(st.text(max_size=300))
def test_anything_can_be_pasted(table: str) -> None:
    read = pasting.read(table)
    assert all(len(row) == len(read.columns) for row in read.rows)
    assert len(read.indicators) == len(read.rows)
