"""两上两下: rounds with deadlines, more time, progress, reminders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from jixiao.web import scope
from jixiao.web.accounts.models import Unit, User
from jixiao.web.demo.build import load, submit
from jixiao.web.jobs.worker import run_waiting
from jixiao.web.journal.models import Entry
from jixiao.web.rounds import calendar, opening, planning, progress, reminding
from jixiao.web.rounds.calendar import DeadlineError
from jixiao.web.rounds.models import Notice, Round
from jixiao.web.rounds.planning import Days, PlanError
from jixiao.web.targets import content, workflow
from jixiao.web.targets.models import Text
from jixiao.web.targets.states import Stage

Act = Callable[[str], Any]
YEAR = 2025
"""The year of the draft of the tests; the demo county holds no rounds in it."""


def days(opens: int, unit: int, department: int = 400, bureau: int = 500) -> Days:
    """Return days so many days from today."""
    return Days(*(calendar.today() + timedelta(days=n) for n in (opens, unit, department, bureau)))


@pytest.fixture
def first(actor: Act) -> Round:
    return planning.set_round(actor("jixiao"), YEAR, Stage.FIRST, days(-10, 5))


def second(actor: Act, opens: int = 0, unit: int = 9) -> Round:
    made = planning.set_round(actor("jixiao"), YEAR, Stage.SECOND, days(opens, unit))
    run_waiting()
    return made


def late(found: Round) -> None:
    """Let the unit's deadline of a round have been the day before yesterday."""
    Round.objects.filter(pk=found.pk).update(
        unit_deadline=calendar.today() - timedelta(days=2), opens=date(2020, 1, 1)
    )


def reviewed(text: Text, actor: Act) -> Text:
    """Submit a text and let all reviewers agree."""
    submit(text, actor("tianbao"))
    for name in ("danwei", "zhuguan", "yewu", "jixiao"):
        workflow.agree(actor(name), text.pk, f"{name}同意")
    text.refresh_from_db()
    return text


def test_two_up_two_down(draft: Text, first: Round, actor: Act) -> None:
    reviewed(draft, actor)
    assert (draft.state, draft.stage) == ("issued", "first")
    issued = draft.versions.get(reason="issue")
    assert content.read_whole(issued.content) == content.whole(draft, draft.sheets.all())
    before = draft.decisions.count()
    second(actor)
    draft.refresh_from_db()
    assert (draft.state, draft.stage) == ("draft", "second")
    assert draft.standing == "二上·草稿"
    assert draft.decisions.count() == before + 1, "what was said stays, the opening is added"
    reviewed(draft, actor)
    assert (draft.state, draft.stage) == ("approved", "second")
    steps = [each.step for each in draft.decisions.all()]
    assert steps.count("submit") == 2 and steps[-1] == "approve"


def test_what_changed_since_the_first_round_is_shown(
    draft: Text, first: Round, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    reviewed(draft, actor)
    number = draft.versions.get(reason="issue").number
    second(actor)
    page = logged_in("tianbao").get(f"/texts/{draft.pk}/").content.decode()
    assert f"compare/?from={number}" in page and "看与一上有什么不同" in page
    assert "yewu同意" in page, "what was said in 一上 is there to read"


def test_second_round_does_not_open_before_its_day(draft: Text, first: Round, actor: Act) -> None:
    reviewed(draft, actor)
    made = second(actor, opens=3)
    assert opening.open_round(actor("jixiao"), made.pk) == 0
    draft.refresh_from_db()
    assert draft.state == "issued"
    Round.objects.filter(pk=made.pk).update(opens=calendar.today())
    assert opening.open_round(actor("jixiao"), made.pk) == 1
    assert opening.open_round(actor("jixiao"), made.pk) == 0, "once"


def test_who_is_through_the_first_late_goes_on_at_once(
    draft: Text, first: Round, actor: Act
) -> None:
    submit(draft, actor("tianbao"))
    second(actor)
    for name in ("danwei", "zhuguan", "yewu", "jixiao"):
        workflow.agree(actor(name), draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.stage) == ("draft", "second")
    assert [each.step for each in draft.decisions.all()][-2:] == ["issue", "reopen"]


def test_who_missed_the_first_goes_through_the_second(
    draft: Text, first: Round, actor: Act
) -> None:
    second(actor)
    late(first)
    submit(draft, actor("tianbao"))
    draft.refresh_from_db()
    assert draft.stage == "second"


def test_without_rounds_one_pass(draft: Text, actor: Act) -> None:
    reviewed(draft, actor)
    assert (draft.state, draft.stage) == ("approved", "once")


def test_under_review_when_the_round_is_set(draft: Text, actor: Act) -> None:
    submit(draft, actor("tianbao"))
    planning.set_round(actor("jixiao"), YEAR, Stage.FIRST, days(-10, 5))
    for name in ("danwei", "zhuguan", "yewu", "jixiao"):
        workflow.agree(actor(name), draft.pk)
    draft.refresh_from_db()
    assert draft.state == "issued"


def test_not_before_it_opens(draft: Text, actor: Act) -> None:
    planning.set_round(actor("jixiao"), YEAR, Stage.FIRST, days(2, 5))
    with pytest.raises(DeadlineError, match="现在还不能提交"):
        submit(draft, actor("tianbao"))


def test_the_last_day_is_in_time(draft: Text, first: Round, actor: Act) -> None:
    Round.objects.filter(pk=first.pk).update(unit_deadline=calendar.today())
    submit(draft, actor("tianbao"))
    draft.refresh_from_db()
    assert draft.state == "unit"


def test_after_the_deadline_one_is_told_whom_to_ask(
    draft: Text, first: Round, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    late(first)
    with pytest.raises(DeadlineError, match="已过 2 天") as told:
        submit(draft, actor("tianbao"))
    assert "绩效股（陈静）" in told.value.how
    client = logged_in("tianbao")
    assert "绩效股（陈静）" in client.get(f"/texts/{draft.pk}/submit/").content.decode()
    answer = client.post(f"/texts/{draft.pk}/submit/", {"shared": "另附"})
    assert answer.status_code == 422 and "绩效股（陈静）" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_more_time_lets_submit(draft: Text, first: Round, actor: Act) -> None:
    late(first)
    until = calendar.today() + timedelta(days=1)
    planning.extend(actor("jixiao"), first.pk, draft.unit_id, until, "人员变动")
    submit(draft, actor("tianbao"))
    draft.refresh_from_db()
    assert (draft.state, draft.stage) == ("unit", "first")
    entry = Entry.objects.filter(action="round.extend").last()
    assert entry is not None and "人员变动" in entry.detail


def test_sent_back_after_the_deadline_it_may_come_again(
    draft: Text, first: Round, actor: Act
) -> None:
    submit(draft, actor("tianbao"))
    workflow.agree(actor("danwei"), draft.pk)
    late(first)
    workflow.send_back(actor("zhuguan"), draft.pk, "补依据")
    submit(draft, actor("tianbao"))
    workflow.send_back(actor("danwei"), draft.pk, "我们自己再改改")
    with pytest.raises(DeadlineError):
        submit(draft, actor("tianbao"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (days(5, 2), "先后不对"),
        (days(-30, 2), "二上要在一上之后开始"),
    ],
)
def test_rounds_that_cannot_be(given: Days, told: str, first: Round, actor: Act) -> None:
    with pytest.raises(PlanError, match=told):
        planning.set_round(actor("jixiao"), YEAR, Stage.SECOND, given)


def test_no_second_without_a_first(actor: Act) -> None:
    with pytest.raises(PlanError, match="先安排一上"):
        planning.set_round(actor("jixiao"), YEAR, Stage.SECOND, days(1, 2))


def test_time_that_is_none_is_not_granted(draft: Text, first: Round, actor: Act) -> None:
    with pytest.raises(PlanError, match="以后的一天"):
        planning.extend(actor("jixiao"), first.pk, draft.unit_id, first.unit_deadline, "x")
    with pytest.raises(PlanError, match="理由"):
        planning.extend(actor("jixiao"), first.pk, draft.unit_id, date(2099, 1, 1), " ")
    with pytest.raises(PlanError, match="没有选择"):
        planning.extend(actor("jixiao"), 0, draft.unit_id, date(2099, 1, 1), "x")


def test_a_round_is_set_and_changed_on_its_page(logged_in: Callable[[str], Client]) -> None:
    client = logged_in("jixiao")
    told = {name: day.isoformat() for name, day in days(1, 9)._asdict().items()}
    given = {"year": YEAR, "which": "first", **told}
    assert client.post("/rounds/", given).status_code == 302
    later = (calendar.today() + timedelta(days=12)).isoformat()
    assert client.post("/rounds/", {**given, "unit_deadline": later}).status_code == 302
    assert Round.objects.get(year=YEAR).unit_deadline.isoformat() == later
    assert Entry.objects.filter(action="round.set").count() >= 2
    for wrong in ({"opens": "2026-02-31"}, {"year": "x"}, {"which": "third"}):
        assert client.post("/rounds/", {**given, **wrong}).status_code == 422
    assert "还有 12 天" in client.get("/rounds/", {"year": YEAR}).content.decode()


@pytest.mark.parametrize(("ahead", "words"), [(3, "还有 3 天"), (0, "今天截止"), (-2, "已过 2 天")])
def test_deadlines_on_first_pages(
    ahead: int, words: str, first: Round, logged_in: Callable[[str], Client]
) -> None:
    Round.objects.filter(pk=first.pk).update(unit_deadline=calendar.today() + timedelta(days=ahead))
    for name in ("tianbao", "danwei", "zhuguan", "yewu", "jixiao"):
        page = logged_in(name).get("/").content.decode()
        assert f"{YEAR}年一上" in page and words in page
    assert f"{YEAR}年一上" not in logged_in("renda").get("/").content.decode()


def test_progress_has_every_unit_of_the_scope(
    draft: Text, first: Round, logged_in: Callable[[str], Client]
) -> None:
    late(first)
    user = User.objects.get(username="zhuguan")
    found = {line.unit.code: line for line in progress.lines(user, YEAR)}
    assert set(found) == set(
        Unit.objects.filter(department__code="431").values_list("code", flat=True)
    )
    assert (found["431002"].key, found["431003"].key) == ("draft", "none")
    assert found["431002"].errors is None, "what was never submitted is the unit's business"
    assert found["431002"].late and found["431003"].late
    page = logged_in("zhuguan").get("/progress/", {"year": YEAR, "state": "draft"})
    assert [line.unit.code for line in page.context["lines"]] == ["431002"]


def test_reminded_once_a_day(draft: Text, first: Round, actor: Act) -> None:
    late(first)
    before = Entry.objects.filter(action="notice.send").count()
    done = reminding.remind(actor("zhuguan"), YEAR, None, "请抓紧")
    assert done.sent == 2
    again = reminding.remind(actor("jixiao"), YEAR, {draft.unit_id})
    assert (again.sent, again.again) == (0, 1), "nobody else reminds of the same that day"
    Notice.objects.update(day=calendar.today() - timedelta(days=1))
    assert reminding.remind(actor("jixiao"), YEAR, {draft.unit_id}).sent == 1
    assert Entry.objects.filter(action="notice.send").count() == before + 2


def test_a_notice_is_read_by_each(
    draft: Text, first: Round, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    reminding.remind(actor("zhuguan"), YEAR, {draft.unit_id}, "请抓紧")
    notice = Notice.objects.get(unit=draft.unit_id)
    clerk, head, stranger = logged_in("tianbao"), logged_in("danwei"), logged_in("tianbao2")
    for client in (clerk, head):
        assert "请抓紧" in client.get("/").content.decode()
    stranger.post(f"/notices/{notice.pk}/read/")
    assert clerk.post(f"/notices/{notice.pk}/read/").status_code == 302
    assert "请抓紧" not in clerk.get("/").content.decode()
    assert "请抓紧" in head.get("/").content.decode()
    assert notice.readings.count() == 1


def test_what_is_done_is_not_reminded_of(
    draft: Text, first: Round, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    reminding.remind(actor("zhuguan"), YEAR, {draft.unit_id}, "请抓紧")
    submit(draft, actor("tianbao"))
    workflow.agree(actor("danwei"), draft.pk)
    assert "请抓紧" not in logged_in("tianbao").get("/").content.decode()
    done = reminding.remind(actor("zhuguan"), YEAR, {draft.unit_id})
    assert (done.sent, done.passed) == (0, 1)


def test_units_of_others_are_not_reminded(draft: Text, first: Round, actor: Act) -> None:
    assert reminding.remind(actor("zhuguan2"), YEAR, {draft.unit_id}) == (0, 0, 0)
    assert not Notice.objects.filter(unit=draft.unit_id, year=YEAR).exists()


def test_one_notice_a_day_even_from_two_at_once(draft: Text, first: Round, actor: Act) -> None:
    reminding.remind(actor("zhuguan"), YEAR, {draft.unit_id})
    there = Notice.objects.get(unit=draft.unit_id)
    there.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        there.save(force_insert=True)


def test_an_observer_sees_rounds_only_in_finance(draft: Text, first: Round, actor: Act) -> None:
    observer = User.objects.get(username="renda")

    def seen() -> bool:
        return scope.texts(observer).filter(pk=draft.pk).exists()

    submit(draft, actor("tianbao"))
    for name in ("danwei", "zhuguan"):
        assert not seen()
        workflow.agree(actor(name), draft.pk)
    assert seen()
    for name in ("yewu", "jixiao"):
        workflow.agree(actor(name), draft.pk)
    assert not seen()


@pytest.mark.parametrize("page", ["/progress/", "/rounds/", "/"])
def test_pages_ask_the_database_little(
    page: str,
    first: Round,
    actor: Act,
    logged_in: Callable[[str], Client],
    django_assert_max_num_queries: Any,
) -> None:
    unit = Unit.objects.get(code="431003")
    for year in (2018, 2019):
        load(unit, year, "huailai-resettlement-2024")
    second(actor)
    client = logged_in("jixiao")
    with django_assert_max_num_queries(15):
        assert client.get(page, {"year": YEAR}).status_code == 200


@pytest.mark.parametrize("page", ["", "submit/"])
def test_a_text_in_rounds_asks_the_database_little(
    page: str,
    draft: Text,
    first: Round,
    actor: Act,
    logged_in: Callable[[str], Client],
    django_assert_max_num_queries: Any,
) -> None:
    reviewed(draft, actor)
    second(actor)
    client = logged_in("tianbao")
    client.get("/")
    with django_assert_max_num_queries(15):
        assert client.get(f"/texts/{draft.pk}/{page}").status_code == 200


def test_the_reviewer_is_told_what_became_of_it(
    draft: Text, first: Round, actor: Act, logged_in: Callable[[str], Client]
) -> None:
    submit(draft, actor("tianbao"))
    told = []
    for name in ("danwei", "zhuguan", "yewu", "jixiao"):
        page = logged_in(name).post(f"/texts/{draft.pk}/agree/", {}, follow=True)
        told.append(page.content.decode())
    assert all("已通过" in each for each in told[:3])
    assert "一上审核通过，审核意见已下达" in told[3]
