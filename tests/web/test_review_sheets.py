"""审核表 in the web application: proposed, decided field by field, by role, as files."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from docx import Document

from jixiao.web.accounts.models import User
from jixiao.web.demo.build import submit
from jixiao.web.journal.models import Entry
from jixiao.web.review import appraising
from jixiao.web.review.appraising import AppraisalError
from jixiao.web.review.models import Appraisal
from jixiao.web.targets import workflow
from jixiao.web.targets.drafting import At
from jixiao.web.targets.models import Sheet, Text

Act = Callable[[str], Any]
Login = Callable[[str], Client]
HTMX = {"HX-Request": "true"}
ITEM = "规范完整性"


@pytest.fixture
def text(db: None) -> Text:
    """Return a text that both sections of the bureau review."""
    return Text.objects.get(unit__code="431002", year=2024)


@pytest.fixture
def sheet(text: Text) -> Sheet:
    found = text.sheets.first()
    assert found is not None
    return found


def post(
    client: Client,
    text: Text,
    sheet: Sheet,
    field: str,
    value: str,
    before: str = "",
    row: str = ITEM,
) -> Any:
    told = {"sheet": sheet.pk, "row": row, "field": field, "value": value, "before": before}
    return client.post(f"/review/{text.pk}/appraisal/field/", told, headers=HTMX)


def decided(text: Text, sheet: Sheet, role: str) -> dict[str, str]:
    kept = Appraisal.objects.get(text=text, sheet=sheet, role=role).decided
    return {key: each["value"] for key, each in kept.items()}


def test_what_is_proposed_stays_beside_what_is_decided(
    text: Text, sheet: Sheet, logged_in: Login
) -> None:
    client = logged_in("jixiao")
    before = client.get(f"/review/{text.pk}/appraisal/{sheet.pk}/").context["shown"]
    assert post(client, text, sheet, "score", "3.5").status_code == 200
    after = client.get(f"/review/{text.pk}/appraisal/{sheet.pk}/").context["shown"]
    assert after.proposed == before.proposed
    line = next(each for each in after.lines if each.item.name == ITEM)
    assert (line.score.value, line.score.person, line.judgement.value) == ("3.5", "陈静", "差")


def test_errors_with_a_reason_cost_points_until_the_reviewer_says_otherwise(
    text: Text, sheet: Sheet, logged_in: Login
) -> None:
    shown = logged_in("jixiao").get(f"/review/{text.pk}/appraisal/{sheet.pk}/").context["shown"]
    assert shown.waived > 0
    assert shown.proposed.counts["E"] == shown.waived
    assert shown.proposed.outcome != "通过"


def test_each_role_has_a_sheet_of_its_own(text: Text, sheet: Sheet, logged_in: Login) -> None:
    post(logged_in("jixiao"), text, sheet, "score", "9")
    post(logged_in("yewu"), text, sheet, "score", "4")
    assert decided(text, sheet, "performance")[f"{ITEM}.score"] == "9"
    assert decided(text, sheet, "business")[f"{ITEM}.score"] == "4"
    there = f"/review/{text.pk}/appraisal/{sheet.pk}/"
    other = logged_in("jixiao").get(there, {"role": "business"})
    assert other.context["shown"].role == "business" and not other.context["fillable"]
    mine = logged_in("zhuguan").get(there, {"role": "business"})
    assert mine.context["shown"].role == "department", "a department does not read the bureau's"


@pytest.mark.parametrize(("username", "status"), [
    ("tianbao", 403), ("danwei", 403), ("renda", 403), ("zhuguan", 409), ("yewu", 200), ("jixiao", 200),
    ("yewu3", 404), ("zhuguan2", 404),
])  # fmt: skip
def test_who_fills_a_sheet(
    username: str, status: int, text: Text, sheet: Sheet, logged_in: Login
) -> None:
    client = logged_in(username)
    assert post(client, text, sheet, "opinion", "同意").status_code == status
    seen = client.get(f"/review/{text.pk}/appraisal/").status_code
    assert seen == (200 if status in (200, 409) else status)


def test_two_reviewers_at_one_sheet_overwrite_nothing(
    text: Text, sheet: Sheet, logged_in: Login
) -> None:
    other = User.objects.create_user(
        "jixiao2", "a long password", name="吴越", role="performance",
        region=User.objects.get(username="jixiao").region,
    )  # fmt: skip
    first, second = logged_in("jixiao"), logged_in(other.username)
    assert post(first, text, sheet, "score", "8").status_code == 200
    assert post(second, text, sheet, "opinion", "依据不足").status_code == 200, "another field"
    late = post(second, text, sheet, "score", "5", before="")
    assert late.status_code == 409
    page = late.content.decode()
    assert "陈静" in page and "<dd>8</dd>" in page and "<dd>5</dd>" in page
    assert decided(text, sheet, "performance")[f"{ITEM}.score"] == "8"
    assert post(second, text, sheet, "score", "5", before="8").status_code == 200
    assert decided(text, sheet, "performance")[f"{ITEM}.score"] == "5"
    assert decided(text, sheet, "performance")[f"{ITEM}.opinion"] == "依据不足"


@pytest.mark.parametrize(("row", "field", "value"), [
    (ITEM, "score", "11"), (ITEM, "score", "-1"), (ITEM, "score", "9.25"), (ITEM, "score", "NaN"),
    (ITEM, "score", "十"), (ITEM, "judgement", "很好"), ("别的", "score", "1"), ("", "score", "1"),
    (ITEM, "outcome", "通过"), ("", "outcome", "同意"), ("", "opinion", "长" * 2001),
])  # fmt: skip
def test_what_a_sheet_has_no_place_for_is_told(
    row: str, field: str, value: str, text: Text, sheet: Sheet, logged_in: Login
) -> None:
    response = post(logged_in("jixiao"), text, sheet, field, value, row=row)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Appraisal.objects.filter(text=text).exists()


def test_a_judgement_follows_the_score_unless_the_reviewer_judged(
    text: Text, sheet: Sheet, logged_in: Login
) -> None:
    client = logged_in("jixiao")
    post(client, text, sheet, "score", "10")
    post(client, text, sheet, "score", "7", before="10")
    assert decided(text, sheet, "performance")[f"{ITEM}.judgement"] == "中"
    post(client, text, sheet, "judgement", "良", before="中")
    post(client, text, sheet, "score", "6", before="7")
    assert decided(text, sheet, "performance")[f"{ITEM}.judgement"] == "良"


def test_taking_the_proposal_leaves_what_was_decided(
    text: Text, sheet: Sheet, logged_in: Login, actor: Act
) -> None:
    client = logged_in("jixiao")
    post(client, text, sheet, "score", "1")
    assert (
        client.post(
            f"/review/{text.pk}/appraisal/take/", {"sheet": sheet.pk}, headers=HTMX
        ).status_code
        == 200
    )
    now = decided(text, sheet, "performance")
    assert now[f"{ITEM}.score"] == "1"
    assert now[".outcome"] and now["资金匹配性.score"]


def test_a_sheet_is_complete_when_nothing_is_missing(
    text: Text, sheet: Sheet, logged_in: Login, actor: Act
) -> None:
    with pytest.raises(AppraisalError, match="还缺规范完整性的得分"):
        appraising.complete(actor("jixiao"), text.pk, sheet.pk, done=True)
    appraising.take(actor("jixiao"), text.pk, sheet.pk)
    made = appraising.complete(actor("jixiao"), text.pk, sheet.pk, done=True)
    assert made.shown.completed_at is not None
    assert (
        logged_in("jixiao")
        .get("/review/", {"look": "projects"})
        .content.decode()
        .count("填完</span>")
        == 1
    )
    # A field that is emptied makes it incomplete.
    at = At(sheet.pk, "", "grade")
    appraising.save(actor("jixiao"), text.pk, at, "", made.shown.grade.value)
    assert Appraisal.objects.get(sheet=sheet).completed_at is None
    assert Entry.objects.filter(action="review.appraise.complete").count() == 1


def test_a_text_that_comes_again_is_looked_at_again(
    text: Text, sheet: Sheet, actor: Act, logged_in: Login
) -> None:
    appraising.take(actor("jixiao"), text.pk, sheet.pk)
    appraising.complete(actor("jixiao"), text.pk, sheet.pk, done=True)
    workflow.send_back(actor("jixiao"), text.pk, "请补依据")
    text.refresh_from_db()
    submit(text, actor("tianbao"))
    for username in ("danwei", "zhuguan"):
        workflow.agree(actor(username), text.pk)
    shown = logged_in("jixiao").get(f"/review/{text.pk}/appraisal/{sheet.pk}/").context["shown"]
    assert shown.completed_at is None and shown.old
    assert shown.grade.value, "what was decided is still there"


def test_after_the_decision_a_sheet_is_read_only(
    text: Text, sheet: Sheet, actor: Act, logged_in: Login
) -> None:
    client = logged_in("jixiao")
    post(client, text, sheet, "score", "8")
    workflow.agree(actor("jixiao"), text.pk)
    assert post(client, text, sheet, "score", "9", before="8").status_code == 409
    page = client.get(f"/texts/{text.pk}/projects/{sheet.pk}/").content.decode()
    assert 'id="appraisal"' in page and "a-score-1" not in page


def test_files_show_what_was_decided_as_decided(
    text: Text, sheet: Sheet, actor: Act, logged_in: Login
) -> None:
    at = At(sheet.pk, ITEM, "opinion")
    appraising.save(actor("jixiao"), text.pk, at, "=HYPERLINK(1)", "")
    appraising.save(actor("jixiao"), text.pk, at._replace(field="score"), "3.5", "")
    there = f"/review/{text.pk}/appraisal/download/"
    client = logged_in("jixiao")
    book = openpyxl.load_workbook(BytesIO(client.get(f"{there}xlsx/").content))
    rows = [[cell.value for cell in row] for row in book["审核表"].iter_rows()]
    cells = {cell for row in rows for cell in row}
    assert {"审定意见", "审定得分", "建议得分", "3.5", "=HYPERLINK(1)"} <= cells
    assert any(str(cell).startswith("“审定”各栏：演示县绩效股 陈静") for cell in cells)
    kinds = {cell.data_type for one in book for row in one.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    document = Document(BytesIO(client.get(f"{there}docx/").content))
    said = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"审定得分", "建议得分", "3.5", "=HYPERLINK(1)"} <= said
    assert len(document.tables) == 1 + text.sheets.count()
    assert client.get(f"{there}exe/").status_code == 404
