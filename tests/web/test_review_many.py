"""Comments from findings, phrases, many texts at once, what was said as files."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from docx import Document

from jixiao.web.accounts.models import User
from jixiao.web.journal.models import Entry
from jixiao.web.review import bulk, phrases
from jixiao.web.review.phrases import PhraseError
from jixiao.web.targets import content, workflow
from jixiao.web.targets.models import Comment, Text
from web_county import grow

Act = Callable[[str], Any]
Login = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def text(db: None) -> Text:
    """Return a text that both sections of the bureau review."""
    return Text.objects.get(unit__code="431002", year=2024)


def of_finding(text: Text, code: str) -> dict[str, object]:
    """Return what the page sends to turn the first finding of a rule into a comment."""
    sheets = list(text.sheets.all())
    finding = next(f for f in content.findings_of(text.findings) if f.code == code)
    sheet = sheets[finding.project]
    row = "" if finding.indicator is None else sheet.rows[finding.indicator]
    return {
        "sheet": sheet.pk, "row": row, "field": "row", "of": finding.field or "", "code": code,
    }  # fmt: skip


def test_a_finding_becomes_a_comment_once(text: Text, logged_in: Login) -> None:
    client, there = logged_in("jixiao"), f"/review/{text.pk}/findings/comment/"
    told = of_finding(text, "Q07")
    for _ in range(2):
        response = client.post(there, told, headers=HTMX)
        assert response.status_code == 200
    comment = text.comments.get()
    finding = next(f for f in content.findings_of(text.findings) if f.code == "Q07")
    assert finding.message in comment.body and finding.suggestion.rstrip("。") in comment.body
    assert (comment.row, comment.sheet_id) == (told["row"], told["sheet"])
    assert client.post(there, {**told, "code": "X99"}, headers=HTMX).status_code == 404


def test_only_ones_own_comment_is_withdrawn(text: Text, logged_in: Login) -> None:
    client = logged_in("jixiao")
    mine = Comment.objects.create(
        text=text, body="写错了", person=User.objects.get(username="jixiao")
    )
    other = Comment.objects.create(text=text, body="请改", person=User.objects.get(username="yewu"))
    there = f"/review/{text.pk}/comments/{{}}/withdraw/"
    assert client.post(there.format(other.pk), headers=HTMX).status_code == 404
    assert client.post(there.format(mine.pk), headers=HTMX).status_code == 200
    assert list(text.comments.all()) == [other]
    entry = Entry.objects.get(action="text.comment.withdraw")
    assert "写错了" in entry.detail, "what was said stays in the journal"


def test_phrases_of_a_place_begin_with_what_its_findings_suggest(
    text: Text, logged_in: Login
) -> None:
    sheet = text.sheets.first()
    assert sheet is not None
    page = logged_in("jixiao").get(f"/texts/{text.pk}/projects/{sheet.pk}/")
    place = next(
        each for each in page.context["form"].every
        if any(note.finding.code == "Q07" for note in each.notes)
    )  # fmt: skip
    suggested, usual = phrases.here(place)
    assert place.notes[0].finding.suggestion in suggested.words
    assert set(phrases.stock().rules["Q07"]) <= set(usual.words)
    assert phrases.stock().rules["Q07"][0] in page.content.decode()


def test_rules_of_the_stock_are_rules() -> None:
    from jixiao.check import rules

    assert set(phrases.stock().rules) <= set(rules())


def test_phrases_are_ones_own(logged_in: Login, actor: Act, text: Text) -> None:
    client = logged_in("jixiao")
    assert (
        client.post("/review/phrases/keep/", {"body": " 请附\n合同 "}, headers=HTMX).status_code
        == 200
    )
    assert client.post("/review/phrases/keep/", {"opinion": "请附 合同"}).status_code == 302
    assert client.post("/review/phrases/keep/", {"body": "  "}, headers=HTMX).status_code == 422
    assert "请附 合同" in client.get(f"/texts/{text.pk}/").content.decode()
    assert "请附 合同" not in logged_in("yewu").get(f"/texts/{text.pk}/").content.decode()
    kept = User.objects.get(username="jixiao").phrases.get()  # type: ignore[attr-defined]
    logged_in("yewu").post(f"/review/phrases/{kept.pk}/drop/")
    client.post(f"/review/phrases/{kept.pk}/drop/")
    assert "请附 合同" not in client.get("/review/phrases/").content.decode()
    with pytest.raises(PhraseError, match="301"):
        phrases.keep(actor("jixiao"), "长" * 301)


@pytest.mark.parametrize("username", ["tianbao", "renda", "admin"])
def test_who_reviews_nothing_decides_on_nothing(
    username: str, text: Text, logged_in: Login
) -> None:
    client = logged_in(username)
    for there in ("bulk/agree/", "bulk/agree/decide/", "phrases/keep/"):
        assert client.post(f"/review/{there}", {"text": text.pk}).status_code == 403
    assert client.get("/review/phrases/").status_code == 403
    expected = 200 if username == "renda" else 403
    for there in ("", "export/", "opinions/xlsx/"):
        assert client.get(f"/review/{there}").status_code == expected


def test_each_text_is_judged_by_itself(logged_in: Login, actor: Act) -> None:
    texts = grow(8, 1)
    clean = [each for each in texts if not each.waived]
    waived = [each for each in texts if each.waived]
    moved, ticked, unticked, stale = clean[0], waived[0], waived[1], waived[2]
    foreign = Text.objects.get(unit__code="976003", year=2023)
    workflow.send_back(actor("yewu"), moved.pk, "已有人退回")
    Comment.objects.create(text=stale, body="看完以后的意见", person=actor("yewu").user)
    given = [clean[1], moved, ticked, unticked, stale]
    response = logged_in("jixiao").post(
        "/review/bulk/agree/decide/",
        {
            "text": [*(each.pk for each in given), foreign.pk, 10**9],
            "seen": [f"{ticked.pk}:{ticked.waived}-0", f"{stale.pk}:{stale.waived}-0"],
            "opinion": "同意",
        },
    )
    told = {each.text: each for each in response.context["told"]}
    assert {pk for pk, each in told.items() if each.done} == {clean[1].pk, ticked.pk}
    assert "退回" in told[moved.pk].told
    assert "没有勾选" in told[unticked.pk].told
    assert "1 条意见没处理" in told[stale.pk].told, "what came after the tick was not seen"
    for each, agreed in ((clean[1], True), (ticked, True), (unticked, False), (stale, False)):
        each.refresh_from_db()
        assert each.performance_agreed is agreed
    assert clean[1].decisions.get().opinion == "同意"
    page = response.content.decode()
    assert "通过了 2 份" in page and "没有办" in page
    assert Entry.objects.filter(action="review.many").count() == 1


def test_before_agreeing_what_needs_a_tick_is_listed(logged_in: Login) -> None:
    texts = grow(6, 1)
    client = logged_in("jixiao")
    page = client.post("/review/bulk/agree/", {"text": [each.pk for each in texts]})
    assert {each.text.pk for each in page.context["to_tick"]} == {
        each.pk for each in texts if each.waived
    }
    assert page.content.decode().count('name="seen"') == len(page.context["to_tick"])
    everything = client.post("/review/bulk/agree/", {"all": "1", "queue": "year=2024"})
    assert len(everything.context["chosen"]) == 7, "the six and the one of the demo county"


def test_a_return_of_many_says_why(logged_in: Login) -> None:
    texts = grow(3, 1)
    given = {"text": [each.pk for each in texts]}
    client = logged_in("yewu")
    assert client.post("/review/bulk/return/decide/", given).status_code == 422
    response = client.post("/review/bulk/return/decide/", {**given, "opinion": "请补依据"})
    assert response.context["done"] == 3
    assert set(Text.objects.filter(pk__in=given["text"]).values_list("state", flat=True)) == {
        "returned"
    }


def test_no_more_than_two_hundred_at_once(logged_in: Login) -> None:
    client = logged_in("jixiao")
    many = [str(number) for number in range(1, bulk.MOST + 2)]
    response = client.post("/review/bulk/agree/", {"text": many})
    assert response.status_code == 422 and "一次最多 200 份" in response.content.decode()
    assert client.post("/review/bulk/agree/", {}).status_code == 422
    assert client.post("/review/bulk/burn/", {"text": ["1"]}).status_code == 404


def cells(data: bytes) -> list[list[Any]]:
    """Return the words of a workbook's first sheet; no cell is a formula."""
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    rows = list(sheet.iter_rows())
    assert all(cell.data_type in ("s", "n", "inlineStr") for row in rows for cell in row)
    return [[cell.value for cell in row] for row in rows]


def test_the_queue_as_a_workbook(logged_in: Login) -> None:
    texts = grow(4, 2)
    unit = texts[0].unit
    unit.name = "=CMD()"
    unit.save()
    client = logged_in("jixiao")
    rows = cells(client.get("/review/export/", {"year": 2024}).content)
    assert len(rows) >= 1 + 5
    assert "=CMD()" in {cell for row in rows for cell in row}
    assert rows[1][6:8] == sorted((row[6:8] for row in rows[1:6]), reverse=True)[0]
    of_projects = cells(client.get("/review/export/", {"year": 2024, "look": "projects"}).content)
    assert len([row for row in of_projects[1:] if isinstance(row[0], int)]) == 4 * 2 + 4


def test_all_that_was_said_is_one_row_each(text: Text, logged_in: Login, actor: Act) -> None:
    sheet = text.sheets.first()
    Comment.objects.create(
        text=text, sheet=sheet, field="budget", label="旧名　预算规模", body="+1+1",
        person=actor("jixiao").user,
    )  # fmt: skip
    rows = cells(logged_in("jixiao").get(f"/review/{text.pk}/opinions/xlsx/").content)
    heads = rows[0]
    kinds = [row[heads.index("类别")] for row in rows[1:]]
    assert kinds.count("审核意见") == 1
    assert kinds.count("办理") == text.decisions.count()
    assert kinds.count("系统意见") == len(content.findings_of(text.findings))
    comment = next(row for row in rows if row[heads.index("类别")] == "审核意见")
    assert comment[heads.index("意见")] == "+1+1"
    assert comment[heads.index("哪一处")] == "预算规模"
    waived = [row for row in rows if row[heads.index("情况")] == "单位已说明"]
    assert len(waived) == text.waived
    document = Document(BytesIO(logged_in("jixiao").get("/review/opinions/docx/").content))
    said = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "+1+1" in said and "同意报送。" in said


def test_a_file_of_too_many_texts_is_not_begun(logged_in: Login) -> None:
    grow(61, 1)
    response = logged_in("jixiao").get("/review/opinions/docx/", {"year": 2024})
    assert response.status_code == 422 and "请先按部门" in response.content.decode()
