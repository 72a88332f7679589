"""The way of a text, from the first field to the approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jixiao.web.demo.build import submit
from jixiao.web.errors import MovedOnError
from jixiao.web.targets import content, workflow
from jixiao.web.targets.models import Text
from jixiao.web.targets.workflow import StepError

Act = Callable[[str], Any]


def state(text: Text) -> str:
    text.refresh_from_db()
    return text.state


def test_errors_block_submission_until_each_has_a_reason(draft: Text, actor: Act) -> None:
    assert draft.errors > 0
    with pytest.raises(StepError, match=rf"还有 {draft.errors} 处错误"):
        workflow.submit(actor("tianbao"), draft.pk)
    assert state(draft) == "draft"
    errors = draft.errors
    submit(draft, actor("tianbao"), "合同另附")
    assert state(draft) == "unit"
    assert (draft.errors, draft.waived) == (0, errors)
    assert {waiver.reason for waiver in draft.waivers.all()} == {"合同另附"}


def test_the_whole_way(draft: Text, actor: Act) -> None:
    submit(draft, actor("tianbao"))
    workflow.agree(actor("danwei"), draft.pk, "同意")
    assert state(draft) == "department"
    workflow.send_back(actor("zhuguan"), draft.pk, "请补依据")
    assert state(draft) == "returned"
    submit(draft, actor("tianbao"))
    workflow.agree(actor("danwei"), draft.pk)
    workflow.agree(actor("zhuguan"), draft.pk)
    assert state(draft) == "finance"
    workflow.agree(actor("jixiao"), draft.pk)
    assert state(draft) == "finance", "one section of the bureau alone does not approve"
    workflow.agree(actor("yewu"), draft.pk)
    assert state(draft) == "approved"
    steps = [(each.step, each.before, each.after) for each in draft.decisions.all()]
    assert steps[0] == ("submit", "draft", "unit")
    assert ("return", "department", "returned") in steps
    assert steps[-1] == ("approve", "finance", "approved")
    assert [(v.number, v.reason) for v in draft.versions.all()] == [
        (3, "approve"), (2, "submit"), (1, "submit"),
    ]  # fmt: skip


def test_a_version_is_what_the_text_said(draft: Text, actor: Act) -> None:
    said = content.whole(draft, draft.sheets.all())
    submit(draft, actor("tianbao"))
    version = draft.versions.get(number=1)
    assert content.read_whole(version.content) == said


def test_a_return_says_why(draft: Text, actor: Act) -> None:
    submit(draft, actor("tianbao"))
    with pytest.raises(StepError, match="退回要说明原因"):
        workflow.send_back(actor("danwei"), draft.pk, "  ")


def test_no_step_is_made_twice(draft: Text, actor: Act) -> None:
    submit(draft, actor("tianbao"))
    with pytest.raises(MovedOnError, match="单位审核"):
        workflow.submit(actor("tianbao"), draft.pk)
    workflow.agree(actor("danwei"), draft.pk)
    with pytest.raises(MovedOnError):
        workflow.agree(actor("danwei"), draft.pk)
    assert draft.versions.count() == 1


def test_an_approved_text_is_locked(
    logged_in: Callable[[str], Client],
) -> None:
    text = Text.objects.get(unit__code="455001", year=2021)
    before = (text.head, [each.content for each in text.sheets.all()])
    sheet = text.sheets.first()
    assert sheet is not None
    client = logged_in("tianbao2")
    page = client.get(f"/texts/{text.pk}/projects/{sheet.pk}/")
    assert b"<textarea" not in page.content
    for there in (f"/texts/{text.pk}/field/", f"/texts/{text.pk}/projects/{sheet.pk}/field/"):
        assert client.post(there, {"field": "name", "value": "x"}).status_code == 409
    text.refresh_from_db()
    assert before == (text.head, [each.content for each in text.sheets.all()])


def test_a_comment_reaches_the_clerk_and_is_settled(
    draft: Text, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    submit(draft, actor("tianbao"))
    workflow.agree(actor("danwei"), draft.pk)
    sheet = draft.sheets.first()
    assert sheet is not None
    reviewer, clerk = logged_in("zhuguan"), logged_in("tianbao")
    there = f"/texts/{draft.pk}/comments/add/"
    told = {"sheet": sheet.pk, "row": sheet.rows[1], "field": "row", "body": "请附合同"}
    assert "请附合同" in reviewer.post(there, told, headers={"HX-Request": "true"}).content.decode()
    assert reviewer.post(f"/texts/{draft.pk}/return/", {"opinion": ""}).status_code == 302
    page = clerk.get(f"/texts/{draft.pk}/").content.decode()
    assert "请附合同" in page and "指标“完成率”" in page
    comment = draft.comments.get()
    assert clerk.post(f"/texts/{draft.pk}/comments/{comment.pk}/settle/").status_code == 302
    comment.refresh_from_db()
    assert comment.settled_at is not None


def test_what_changed_between_versions_is_shown(
    draft: Text, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    submit(draft, actor("tianbao"))
    workflow.send_back(actor("danwei"), draft.pk, "改名称")
    sheet = draft.sheets.first()
    assert sheet is not None
    client = logged_in("tianbao")
    saved = client.post(
        f"/texts/{draft.pk}/projects/{sheet.pk}/field/",
        {
            "row": "",
            "field": "purpose",
            "value": "只用于移民信息审核",
            "before": "x",
            "revision": 1,
        },
    )
    assert saved.status_code == 200
    page = client.get(f"/texts/{draft.pk}/compare/", {"from": "1", "to": ""}).content.decode()
    assert "<ins>" in page and "<del>" in page and "只用于" in page


@pytest.mark.parametrize(("kind", "begin"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_downloads(kind: str, begin: bytes, logged_in: Callable[[str], Client]) -> None:
    text = Text.objects.get(unit__code="455001", year=2021)
    response = logged_in("renda").get(f"/texts/{text.pk}/download/{kind}/", {"version": "1"})
    assert response.status_code == 200
    assert response.content.startswith(begin)
    assert "filename*=UTF-8''" in response["Content-Disposition"]


def test_the_queue_begins_with_the_worst(logged_in: Callable[[str], Client]) -> None:
    response = logged_in("jixiao").get("/review/", {"show": "all"})
    shown = [(t.errors, t.waived, t.money) for t in response.context["page"]]
    assert len(shown) > 2
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("address", ["/", "/texts/{text}/", "/texts/{text}/projects/{sheet}/"])
def test_a_page_asks_the_database_little(
    address: str,
    draft: Text,
    logged_in: Callable[[str], Client],
    django_assert_max_num_queries: Any,
) -> None:
    sheet = draft.sheets.first()
    assert sheet is not None
    client = logged_in("tianbao")
    with django_assert_max_num_queries(15):
        client.get(address.format(text=draft.pk, sheet=sheet.pk))


def test_saving_a_field_asks_the_database_little(
    draft: Text, logged_in: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    sheet = draft.sheets.first()
    assert sheet is not None
    client = logged_in("tianbao")
    there = f"/texts/{draft.pk}/projects/{sheet.pk}/"
    client.get(there)
    told = {"row": "", "field": "purpose", "value": "新的用途", "before": "", "revision": 1}
    with django_assert_max_num_queries(17):  # four of them begin and end transactions
        assert (
            client.post(f"{there}field/", told, headers={"HX-Request": "true"}).status_code == 200
        )
