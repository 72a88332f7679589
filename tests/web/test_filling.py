"""What a clerk fills in: every field there is, rows and projects, pasted tables, last year's text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.test import Client

from jixiao.model import Budget, Indicator, Plan, Project, SubObjective, parse_value
from jixiao.web.targets import (
    choices,
    content,
    drafting,
    fields,
    optional,
    presenting,
    reshaping,
)
from jixiao.web.targets.drafting import At, Seen
from jixiao.web.targets.fields import FieldError
from jixiao.web.targets.form_plan import plan
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.places import Table
from jixiao.web.targets.shapes import NOT_FILLED, SHAPES
from jixiao.web.targets.sums import sums

HTMX = {"HX-Request": "true"}
Act = Callable[[str], Any]
Log = Callable[[str], Client]


@pytest.fixture
def sheet(draft: Text) -> Sheet:
    found = draft.sheets.first()
    assert found is not None
    return found


def project(sheet: Sheet) -> Project:
    sheet.refresh_from_db()
    return content.project_of(sheet)


def lines(sheet: Sheet) -> list[str]:
    return [each.name or "" for each in project(sheet).indicators]


# ---- every field


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.__name__)
def test_every_field_of_the_model_is_filled_in_or_not_for_a_reason(kind: Any) -> None:
    shape = SHAPES[kind]
    filled = {*shape.words, *shape.lines, *shape.parts, *shape.lists}
    filled |= {"extra"} if shape.has_extra else set()
    filled |= {"value"} if kind is Indicator else set()
    filled |= {"year"} if kind.__name__ == "PerformanceText" else set()
    named = {each.encode_name for each in msgspec.structs.fields(kind)}
    assert named == filled | set(NOT_FILLED.get(kind, {}))


def test_every_field_of_a_project_is_on_the_form() -> None:
    shown = {cell.field for row in plan().rows for cell in row.cells}
    shape = SHAPES[Project]
    wanted = {*shape.words, *shape.lines} | {
        f"{part}.{name}" for part, kind in shape.parts.items() for name in SHAPES[kind].words
    }
    assert wanted == shown
    columns = {*plan().columns, *plan().more_columns}
    assert columns == {*SHAPES[Indicator].words, "value"}


def test_every_field_of_the_departments_part_is_on_the_form() -> None:
    shown = {cell.field for row in plan().head for cell in row.cells}
    budget = {f"budget.{name}" for name in SHAPES[Budget].words}
    assert shown == {"overall", "safeguards", "year", "unit.code", "unit.name", *budget}
    of = {part: {c.field for c in table.cells} for part, table in plan().head_tables.items()}
    objective = SHAPES[SubObjective]
    assert of["sub_objectives"] == {*objective.words, *objective.lines, *budget}
    assert of["tasks"] == {"name", "content", *budget}
    assert set(plan().criteria) == {"indicator", "excellent", "good", "fair", "poor"}


def _paths() -> list[str]:
    project = [cell.field for row in plan().rows for cell in row.cells]
    columns = [*plan().columns, *plan().more_columns]
    return [
        *project,
        *(f"indicators.0.{name}" for name in columns),
        *(f"whole_period_indicators.0.{name}" for name in columns),
        "extra.立项依据",
        "indicators.0.extra.来源",
    ]


@pytest.mark.parametrize("path", _paths())
def test_what_is_put_into_a_field_is_in_it_and_nowhere_else(path: str) -> None:
    row = Indicator(extra={"来源": ""})
    blank = Project(
        indicators=(row, row), whole_period_indicators=(row,), extra={"立项依据": ""},
        plan=Plan(september=None), whole_period_budget=Budget(),
    )  # fmt: skip
    made = fields.put(blank, path, "30%")
    assert fields.of(made, path) == "30%"
    assert [each for each in _paths() if fields.of(made, each)] == [path]


def test_a_goal_of_two_lines_stays_one_goal() -> None:
    said = Project(goals=("建成\n两条路", "修一座桥"))
    made = fields.put(said, "goals", fields.of(said, "goals") + "\n植树")
    assert made.goals == ("建成\n两条路", "修一座桥", "植树")


def test_the_departments_part(draft: Text, actor: Act, logged_in: Log) -> None:
    who, client = actor("tianbao"), logged_in("tianbao")
    for part in ("sub_objectives", "tasks", "indicators"):
        reshaping.add_row(who, draft.pk, Table(None, part))
    draft.refresh_from_db()
    row = draft.names["sub_objectives"][-1]
    reshaping.add_row(who, draft.pk, Table(None, f"sub_objectives.{row}.criteria"))
    draft.refresh_from_db()
    criterion = draft.names[f"sub_objectives.{row}.criteria"][0]
    told = [
        (row, "sub_objectives.title", "移民扶持"),
        (row, "sub_objectives.indicators", "人数 ≥10人\n金额 ≤5万元"),
        (criterion, f"sub_objectives.{row}.criteria.good", "90以上"),
        (draft.names["tasks"][0], "tasks.budget.total", "12.5"),
        (draft.names["indicators"][0], "indicators.value", "≥95%"),
        ("", "unit.name", "新名称"),
        ("", "year", "2027"),
    ]
    for at, field, value in told:
        sent = {"row": at, "field": field, "value": value, "before": "", "revision": "0"}
        if field in ("unit.name", "year"):
            sent["before"] = fields.of(content.head_of(draft), field)
        answer = client.post(f"/texts/{draft.pk}/field/", sent, headers=HTMX)
        assert answer.status_code == 200, (field, answer.content.decode())
    draft.refresh_from_db()
    head = content.head_of(draft)
    assert head.sub_objectives[-1].title == "移民扶持"
    assert head.sub_objectives[-1].indicators == ("人数 ≥10人", "金额 ≤5万元")
    assert head.sub_objectives[-1].criteria[0].good == "90以上"
    assert head.tasks[0].budget.total == "12.5"
    assert head.indicators[0].value.number == 95
    assert (head.unit.name, head.year, draft.year) == ("新名称", 2027, 2027)
    page = client.get(f"/texts/{draft.pk}/").content.decode()
    assert all(words in page for words in ("移民扶持", "90以上", "≥95%", "新名称"))


def test_a_text_does_not_move_to_a_year_that_has_one(draft: Text, actor: Act) -> None:
    Text.objects.create(unit=draft.unit, year=2030, head=draft.head)
    with pytest.raises(FieldError, match="2030 年的文本已经有了"):
        drafting.save_field(
            actor("tianbao"), draft.pk, At(None, "", "year"), "2030", Seen("2025", 1)
        )


def test_an_objective_that_moved_is_still_the_same(draft: Text, actor: Act) -> None:
    who, table = actor("tianbao"), Table(None, "sub_objectives")
    reshaping.add_row(who, draft.pk, table)
    draft.refresh_from_db()
    row = draft.names["sub_objectives"][-1]
    reshaping.move_row(who, draft.pk, table, row, -100)
    at = At(None, row, "sub_objectives.title")
    saved = drafting.save_field(who, draft.pk, at, "新的", Seen("", 1))
    assert saved.conflict is None
    draft.refresh_from_db()
    assert content.head_of(draft).sub_objectives[0].title == "新的"
    reshaping.remove_row(who, draft.pk, table, row)
    assert drafting.save_field(who, draft.pk, at, "晚了", Seen("新的", 1)).conflict


# ---- parts that some forms have


@pytest.mark.parametrize("part", ["quarter", "units", "whole_period", "extra.立项依据",
                                  "column.weight", "column.extra.来源"])  # fmt: skip
def test_a_part_is_added_and_taken_away_while_blank(part: str) -> None:
    said = Project(indicators=(Indicator(name="甲"),))
    made = optional.opened(said, part)
    assert made != said and optional.has(made, part)
    assert optional.closed(made, part) == said


def test_a_part_that_is_filled_in_stays(sheet: Sheet, logged_in: Log) -> None:
    client, there = logged_in("tianbao"), f"/texts/{sheet.text_id}/projects/{sheet.pk}/"
    opened = client.post(f"{there}parts/open/", {"part": "whole_period"}, headers=HTMX)
    assert "实施期资金总额" in opened.content.decode()
    told = {"row": "", "field": "whole_period_budget.total", "value": "900", "revision": "0"}
    assert client.post(f"{there}field/", {**told, "before": ""}, headers=HTMX).status_code == 200
    kept = client.post(f"{there}parts/close/", {"part": "whole_period"}, headers=HTMX)
    assert kept.status_code == 422 and "填了内容" in kept.content.decode()
    budget = project(sheet).whole_period_budget
    assert budget is not None and budget.total == "900"


# ---- rows and projects


def test_a_row_is_duplicated_moved_removed_and_brought_back(sheet: Sheet, logged_in: Log) -> None:
    client, there = logged_in("tianbao"), f"/texts/{sheet.text_id}/rows/"
    names, row = lines(sheet), sheet.rows[1]
    told = {"sheet": sheet.pk, "part": "indicators", "row": row}
    client.post(f"{there}duplicate/", told, headers=HTMX)
    assert lines(sheet) == [names[0], names[1], *names[1:]]
    client.post(f"{there}remove/", {**told, "row": sheet.rows[2]}, headers=HTMX)
    client.post(f"{there}up/", told, headers=HTMX)
    assert lines(sheet) == [names[1], names[0], *names[2:]]
    page = client.post(f"{there}remove/", told, headers=HTMX).content.decode()
    assert lines(sheet) == [names[0], *names[2:]]
    gone = sheet.text.removed.first()
    assert gone is not None and f"removed/{gone.pk}/restore/" in page
    back = f"/texts/{sheet.text_id}/removed/{gone.pk}/restore/"
    assert client.post(back, {"sheet": sheet.pk}, headers=HTMX).status_code == 200
    assert lines(sheet) == [names[1], names[0], *names[2:]]
    assert sheet.rows[0] == row
    assert client.post(back, {"sheet": sheet.pk}, headers=HTMX).status_code == 409


def test_projects_are_moved_duplicated_removed_and_brought_back(
    draft: Text, logged_in: Log
) -> None:
    client, here = logged_in("tianbao"), f"/texts/{draft.pk}/"

    def names() -> list[str]:
        return [content.project_of(each).name or "" for each in draft.sheets.all()]

    before, first = names(), draft.sheets.all()[0]
    client.post(f"{here}projects/{first.pk}/move/down/")
    assert names() == [before[1], before[0], *before[2:]]
    client.post(f"{here}projects/{first.pk}/duplicate/")
    assert names() == [before[1], before[0], before[0], *before[2:]]
    assert [each.position for each in draft.sheets.all()] == list(range(len(before) + 1))
    copy = draft.sheets.all()[2]
    assert content.project_of(copy).code == "" and not set(copy.rows) & set(first.rows)
    content_before = first.content
    client.post(f"{here}projects/{first.pk}/remove/")
    assert names() == [before[1], before[0], *before[2:]]
    page = client.get(here).content.decode()
    gone = draft.removed.first()
    assert gone is not None and "最近删除的项目" in page
    client.post(f"{here}removed/{gone.pk}/restore/")
    assert names() == [before[1], before[0], before[0], *before[2:]]
    assert draft.sheets.all()[1].content == content_before


def test_a_category_that_is_missing_is_offered_as_a_row(sheet: Sheet, logged_in: Log) -> None:
    client, there = logged_in("tianbao"), f"/texts/{sheet.text_id}/rows/"
    last = sheet.rows[-1]
    assert project(sheet).indicators[-1].level1 == "满意度指标"
    told = {"sheet": sheet.pk, "row": last}
    page = client.post(f"{there}remove/", told, headers=HTMX).content.decode()
    assert "缺：服务对象满意度指标 —— 添加" in page
    levels = {"level1": "满意度指标", "level2": "服务对象满意度指标", "after": ""}
    page = client.post(f"{there}add/", {"sheet": sheet.pk, **levels}, headers=HTMX).content.decode()
    assert "缺：" not in page


# ---- sums, choices, what is missing


def test_sums_of_money_plan_and_costs() -> None:
    said = Project(
        budget=Budget("100", "80", "15", "万元"),
        plan=Plan(march="30%", june="60", october="90万元", december="95%"),
        indicators=(
            Indicator("产出指标", "成本指标", "人工成本", value=parse_value("≤40万元", "人工成本")),
            Indicator(
                "产出指标", "成本指标", "材料成本", value=parse_value("≤700000元", "材料成本")
            ),
            Indicator(
                "产出指标", "成本指标", "每户成本", value=parse_value("≤3万元/户", "每户成本")
            ),
        ),
    )
    found = sums(said)
    assert (found.total, found.parts, found.gap) == (Decimal(100), Decimal(95), Decimal(5))
    assert [share.amount for share in found.shares] == [30, 60, 90, 95]
    assert (found.unplanned, found.costs, found.spare) == (5, 110, -10)


def test_sums_are_shown_while_typing(sheet: Sheet, logged_in: Log) -> None:
    there = f"/texts/{sheet.text_id}/projects/{sheet.pk}/sums/"
    told = {"budget.total": "200", "plan.12": "90%"}
    page = logged_in("tianbao").get(there, told, headers=HTMX).content.decode()
    assert "比预算数少 120" in page and "还有 20 万元没有安排" in page
    assert project(sheet).budget.total == "80.00"


def test_a_suggestion_is_chosen_and_its_target_left_to_fill_in(
    sheet: Sheet, logged_in: Log
) -> None:
    said, row = project(sheet), sheet.rows[2]
    offered = choices.of_rule("Q02", said.indicators[2], said)
    assert [each.label for each in offered][:2] == ["改为“≤100万元”", "改为“≤100元”"]
    there = f"/texts/{sheet.text_id}/projects/{sheet.pk}/choose/"
    told = {"row": row, "code": "Q02", "label": offered[-1].label}
    client = logged_in("tianbao")
    page = client.post(there, told, headers=HTMX).content.decode()
    line = project(sheet).indicators[2]
    assert f"换成“{line.name}”" == offered[-1].label and line.value.text == ""
    assert "参考：" in page
    assert client.post(there, {**told, "label": "改为“x”"}, headers=HTMX).status_code == 422


def test_what_is_missing_of_an_empty_project_is_one_line(draft: Text, logged_in: Log) -> None:
    client = logged_in("tianbao")
    page = client.post(f"/texts/{draft.pk}/projects/add/", follow=True).content.decode()
    assert "处没有填" in page and page.count('class="note') == 0
    sheet = draft.sheets.last()
    assert sheet is not None
    draft.refresh_from_db()
    sheets = list(draft.sheets.all())
    form = presenting.project_form(draft, sheets, sheet, [], filling=True)
    assert form.is_empty and form.counts["faults"] == 0
    # A reviewer is told each of them.
    form = presenting.project_form(draft, sheets, sheet, [])
    assert sum(len(said.notes) for said in form.every) == form.counts["unfilled"] > 20


def test_all_findings_lead_to_their_fields(draft: Text, logged_in: Log) -> None:
    client = logged_in("tianbao")
    answer = client.get(f"/texts/{draft.pk}/findings/")
    items = [(g.sheet, i) for g in answer.context["groups"] for i in (*g.items, *g.missing)]
    assert len(items) == len(content.findings_of(draft.findings))
    pages = {each.pk: client.get(f"/texts/{draft.pk}/projects/{each.pk}/").content.decode()
             for each in draft.sheets.all()}  # fmt: skip
    lead = [f'id="{item.anchor}"' in pages[sheet.pk] for sheet, item in items if sheet]
    assert lead.count(False) <= 2  # those of the table as a whole
