"""绩效目标调整: an approved text changed during the year, within what was applied for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.adjustments import applying
from jixiao.web.adjustments.applying import AdjustmentError
from jixiao.web.adjustments.models import Adjustment
from jixiao.web.demo.build import submit
from jixiao.web.errors import MovedOnError
from jixiao.web.scope import Action
from jixiao.web.targets import content, drafting, importing, projects, reshaping, workflow
from jixiao.web.targets.drafting import At, Seen
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.places import Table

Act = Callable[[str], Any]
REASON = "年中追加任务"


@pytest.fixture
def approved(db: None) -> Text:
    """Return the approved text of 扶贫开发办公室."""
    return Text.objects.get(unit__code="455001", year=2021)


@pytest.fixture
def adjusted(approved: Text, actor: Act) -> Text:
    """Return the copy in which the first project of the text is adjusted."""
    first = approved.sheets.first()
    assert first is not None
    return applying.apply(actor("tianbao2"), approved.pk, [first.pk], REASON).text


def said(text: Text) -> tuple[str, list[str]]:
    text = Text.objects.get(pk=text.pk)
    return text.head, [each.content for each in text.sheets.all()]


def write(actor: Any, text: Text, sheet: Sheet | None, field: str, value: str) -> None:
    at = At(sheet.pk if sheet else None, "", field)
    drafting.save_field(actor, text.pk, at, value, Seen("", 1))


def sheets(text: Text) -> list[Sheet]:
    return list(text.sheets.all())


def through(text: Text, actor: Act) -> None:
    """Let all reviewers agree."""
    for name in ("danwei2", "zhuguan2", "yewu", "jixiao"):
        workflow.agree(actor(name), text.pk)


def test_the_whole_way(approved: Text, adjusted: Text, actor: Act) -> None:
    before = said(approved)
    assert said(adjusted) == before
    write(actor("tianbao2"), adjusted, sheets(adjusted)[0], "purpose", "追加后的用途")
    submit(adjusted, actor("tianbao2"))
    workflow.send_back(actor("danwei2"), adjusted.pk, "写清追加多少")
    assert said(approved) == before, "nothing of it is in the approved text yet"
    submit(adjusted, actor("tianbao2"))
    through(adjusted, actor)
    approved.refresh_from_db()
    adjusted.refresh_from_db()
    assert (approved.state, adjusted.state) == ("approved", "closed")
    first, *others = [content.project_of(each) for each in sheets(approved)]
    assert first.purpose == "追加后的用途"
    assert [msgspec.json.encode(each).decode() for each in others] == before[1][1:]
    made = Adjustment.objects.get(text=adjusted)
    assert made.outcome == "approved" and made.reason == REASON
    assert content.read_whole(made.before.content).projects[0].purpose != "追加后的用途"
    assert made.after is not None
    assert content.read_whole(made.after.content).projects[0].purpose == "追加后的用途"
    assert [each.step for each in approved.decisions.all()][-1] == "adjust"
    steps = [each.step for each in adjusted.decisions.all()]
    assert (steps[0], steps[-1], steps.count("return")) == ("request", "adjust", 1)


def test_another_time(approved: Text, adjusted: Text, actor: Act) -> None:
    write(actor("tianbao2"), adjusted, sheets(adjusted)[0], "purpose", "第一次")
    submit(adjusted, actor("tianbao2"))
    through(adjusted, actor)
    again = applying.apply(actor("tianbao2"), approved.pk, [sheets(approved)[1].pk], "又有变化")
    assert again.number == 2
    assert content.project_of(sheets(again.text)[0]).purpose == "第一次"


def test_only_one_at_a_time(approved: Text, adjusted: Text, actor: Act) -> None:
    with pytest.raises(MovedOnError, match="已经有一次调整在办理"):
        applying.apply(actor("tianbao2"), approved.pk, [sheets(approved)[1].pk], "再来一次")
    with pytest.raises(IntegrityError), transaction.atomic():
        Text.objects.create(unit=approved.unit, year=2021, original=approved, head=approved.head)


def test_what_was_not_applied_for_is_not_changed(
    adjusted: Text, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    before, other = said(adjusted), sheets(adjusted)[1]
    clerk = actor("tianbao2")
    with pytest.raises(MovedOnError, match="只能改申请调整的项目"):
        write(clerk, adjusted, other, "purpose", "x")
    with pytest.raises(MovedOnError, match="只能改申请调整的项目"):
        reshaping.remove_row(clerk, adjusted.pk, Table(other.pk, "indicators"), other.rows[0])
    with pytest.raises(MovedOnError, match="只能改申请调整的项目"):
        write(clerk, adjusted, None, "overall", "x")
    with pytest.raises(MovedOnError, match="只能改申请调整的项目"):
        projects.remove_project(clerk, adjusted.pk, sheets(adjusted)[0].pk)
    with pytest.raises(MovedOnError, match="只能改申请调整的项目"):
        importing.accept(clerk, adjusted.pk, 0, {0}, head=True)
    client = logged_in("tianbao2")
    for there in ("field/", "projects/add/", "rows/add/", "imports/add/"):
        assert client.post(f"/texts/{adjusted.pk}/{there}", {"value": "x"}).status_code == 409
    there = f"/texts/{adjusted.pk}/projects/{other.pk}/"
    assert client.post(f"{there}field/", {"field": "name", "value": "x"}).status_code == 409
    assert b"<textarea" not in client.get(there).content
    assert said(adjusted) == before


def test_what_came_in_another_way_is_not_submitted(adjusted: Text, actor: Act) -> None:
    first, other = sheets(adjusted)[:2]
    write(actor("tianbao2"), adjusted, first, "purpose", "追加后的用途")
    Sheet.objects.filter(pk=other.pk).update(content=first.content)
    with pytest.raises(AdjustmentError, match="以外的内容也改了"):
        submit(adjusted, actor("tianbao2"))


def test_an_adjustment_changes_something(adjusted: Text, actor: Act) -> None:
    with pytest.raises(AdjustmentError, match="没有调整"):
        submit(adjusted, actor("tianbao2"))


def test_it_says_what_and_why(approved: Text, actor: Act) -> None:
    first = sheets(approved)[0].pk
    with pytest.raises(AdjustmentError, match="没有选择"):
        applying.apply(actor("tianbao2"), approved.pk, [-1], REASON)
    with pytest.raises(AdjustmentError, match="没有写调整理由"):
        applying.apply(actor("tianbao2"), approved.pk, [first], "  ")
    assert not Adjustment.objects.filter(text__original=approved).exists()


def test_cancelled_the_text_is_as_it_was(approved: Text, adjusted: Text, actor: Act) -> None:
    before = said(approved)
    write(actor("tianbao2"), adjusted, sheets(adjusted)[0], "purpose", "不要了")
    applying.cancel(actor("tianbao2"), adjusted.pk)
    assert said(approved) == before
    assert Adjustment.objects.get(text=adjusted).outcome == "cancelled"
    assert content.project_of(sheets(adjusted)[0]).purpose == "不要了", "what was typed is kept"
    with pytest.raises(MovedOnError):
        applying.cancel(actor("tianbao2"), adjusted.pk)


def test_under_review_it_is_not_cancelled(adjusted: Text, actor: Act) -> None:
    write(actor("tianbao2"), adjusted, sheets(adjusted)[0], "purpose", "追加后的用途")
    submit(adjusted, actor("tianbao2"))
    with pytest.raises(MovedOnError, match="单位审核"):
        applying.cancel(actor("tianbao2"), adjusted.pk)


def test_an_observer_sees_what_was_approved(
    approved: Text, adjusted: Text, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    write(actor("tianbao2"), adjusted, sheets(adjusted)[0], "purpose", "还没有批复的用途")
    submit(adjusted, actor("tianbao2"))
    for name in ("danwei2", "zhuguan2"):
        workflow.agree(actor(name), adjusted.pk)
    assert not scope.texts(User.objects.get(username="renda")).filter(pk=adjusted.pk).exists()
    client = logged_in("renda")
    assert client.get(f"/texts/{adjusted.pk}/").status_code == 404
    sheet = sheets(approved)[0]
    for page in ("", f"projects/{sheet.pk}/", "versions/"):
        told = client.get(f"/texts/{approved.pk}/{page}")
        assert told.status_code == 200
        words = told.content.decode()
        for secret in ("还没有批复的用途", REASON, "调整前", "绩效目标调整"):
            assert secret not in words
    assert client.get(f"/texts/{approved.pk}/adjustment/").status_code == 404


def test_what_was_approved_is_what_stood_before(approved: Text, adjusted: Text) -> None:
    made = Adjustment.objects.get(text=adjusted)
    assert made.before == approved.versions.get(reason="approve"), "no version is kept twice"


SEEN = {
    # state of the copy: who sees it; submitted before, unless a draft
    "draft": {"tianbao2", "danwei2"},
    "returned": {"tianbao2", "danwei2", "zhuguan2", "yewu", "jixiao"},
    "unit": {"tianbao2", "danwei2", "zhuguan2", "yewu", "jixiao"},
    "department": {"tianbao2", "danwei2", "zhuguan2", "yewu", "jixiao"},
    "finance": {"tianbao2", "danwei2", "zhuguan2", "yewu", "jixiao"},
    "closed": {"tianbao2", "danwei2", "zhuguan2", "yewu", "jixiao"},
}
PEOPLE = ("tianbao2", "danwei2", "zhuguan2", "yewu", "jixiao", "renda", "admin", "tianbao", "yewu3")


@pytest.mark.parametrize("state", SEEN)
def test_who_sees_and_changes_an_adjustment(
    state: str, adjusted: Text, logged_in: Callable[[str], Client]
) -> None:
    Text.objects.filter(pk=adjusted.pk).update(
        state=state, submitted_at=None if state == "draft" else adjusted.changed_at
    )
    adjusted.refresh_from_db()
    sheet = sheets(adjusted)[0]
    for name in PEOPLE:
        user, client = User.objects.get(username=name), logged_in(name)
        seen = 200 if name in SEEN[state] else 404
        for page in ("", "adjustment/", "adjustment/docx/", f"projects/{sheet.pk}/"):
            assert client.get(f"/texts/{adjusted.pk}/{page}").status_code == seen, (name, page)
        if seen != 200:
            continue
        is_open = name == "tianbao2" and state in ("draft", "returned")
        assert scope.may(user, Action.EDIT, adjusted, sheet) == is_open
        assert scope.may(user, Action.CANCEL, adjusted) == is_open
        assert not scope.may(user, Action.RESHAPE, adjusted)
        assert not scope.may(user, Action.ADJUST, adjusted)


@pytest.mark.parametrize("username", PEOPLE)
def test_who_may_apply(username: str, approved: Text, logged_in: Callable[[str], Client]) -> None:
    expected = {"tianbao2": 200, "admin": 404, "tianbao": 404, "yewu3": 404}.get(username, 403)
    assert logged_in(username).get(f"/texts/{approved.pk}/adjust/").status_code == expected


def test_the_pages_of_an_adjustment(
    approved: Text,
    actor: Act,
    logged_in: Callable[[str], Client],
    django_assert_max_num_queries: Any,
) -> None:
    client = logged_in("tianbao2")
    first = sheets(approved)[0]
    there = f"/texts/{approved.pk}/adjust/"
    assert client.post(there, {"reason": REASON}).status_code == 422
    page = client.post(there, {"reason": REASON, "sheet": first.pk}, follow=True)
    copy = Text.objects.get(original=approved)
    assert page.redirect_chain[-1][0] == f"/texts/{copy.pk}/"
    write(actor("tianbao2"), copy, sheets(copy)[0], "purpose", "追加后的用途")
    submit(copy, actor("tianbao2"))
    reviewer = logged_in("danwei2")
    with django_assert_max_num_queries(15):
        words = reviewer.get(f"/texts/{copy.pk}/").content.decode()
    assert "调整前" in words and "<ins>" in words and REASON in words
    with django_assert_max_num_queries(15):
        assert (
            "项目绩效目标调整表" in reviewer.get(f"/texts/{copy.pk}/adjustment/").content.decode()
        )
    told = reviewer.get(f"/texts/{copy.pk}/adjustment/docx/")
    assert told.content.startswith(b"PK") and "filename*=UTF-8" in told["Content-Disposition"]
    workflow.send_back(actor("danwei2"), copy.pk, "先不调")
    assert client.post(f"/texts/{copy.pk}/adjustment/cancel/").status_code == 302
    with django_assert_max_num_queries(15):
        words = client.get(f"/texts/{approved.pk}/").content.decode()
    assert "已撤销" in words and "申请调整" in words
