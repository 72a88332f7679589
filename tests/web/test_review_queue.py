"""The reviewers' queue: what it lists, in which order, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.demo.build import submit
from jixiao.web.review import queue, standing, turning
from jixiao.web.review.models import Standing
from jixiao.web.review.queue import Filter, asked_of
from jixiao.web.targets import workflow
from jixiao.web.targets.models import Comment, Text
from web_county import grow

Act = Callable[[str], Any]
Login = Callable[[str], Client]


@pytest.fixture
def county(db: None) -> list[Text]:
    """Return the texts of 12 units that wait for the bureau, three projects each."""
    texts = grow(12, 3)
    standing.fill(Text.objects.all())
    return texts


def listed(client: Client, **asked: object) -> list[Any]:
    response = client.get("/review/", {"department": "", **asked})
    assert response.status_code == 200
    return list(response.context["page"].object_list)


def test_texts_come_the_worst_and_the_dearest_first(county: list[Text], logged_in: Login) -> None:
    shown = listed(logged_in("jixiao"))
    assert len(shown) >= len(county)
    order = [(text.errors, text.waived, text.money) for text in shown]
    assert order == sorted(order, reverse=True)


def test_projects_come_the_worst_and_the_dearest_first(
    county: list[Text], logged_in: Login
) -> None:
    shown = listed(logged_in("jixiao"), look="projects")
    assert len(shown) >= 3 * len(county)
    order = [(each.errors, each.waived, each.money) for each in shown]
    assert order == sorted(order, reverse=True)
    assert all(each.sheet_id for each in shown)


def test_each_filter_narrows(county: list[Text], logged_in: Login) -> None:
    client = logged_in("jixiao")
    unit = county[4].unit
    text = county[1]
    Comment.objects.create(text=text, body="请附依据", person=User.objects.get(username="jixiao"))
    everything = {each.pk for each in listed(client)}

    def found(**asked: object) -> set[int]:
        shown = {each.pk for each in listed(client, **asked)}
        assert shown < everything, asked
        return shown

    of_department = {each.pk for each in county if each.unit.department_id == unit.department_id}
    assert found(department=unit.department_id) == of_department
    assert found(unit=unit.pk) == {county[4].pk}
    assert found(q="第4中心") == {county[4].pk}
    assert found(money="1011") == {
        each.pk for each in Text.objects.filter(pk__in=everything, money__gte=1011)
    }
    assert found(has="comments") == {text.pk}
    waived = found(has="waived")
    assert waived == {each.pk for each in Text.objects.filter(pk__in=everything, waived__gt=0)}
    assert found(has="clean") == {
        each.pk for each in Text.objects.filter(pk__in=everything, waived=0, warnings=0)
    }
    assert found(year=2026) == {
        each.pk for each in Text.objects.filter(pk__in=everything, year=2026)
    }
    states = listed(client, show="all", state="approved")
    assert states and {each.state for each in states} == {"approved"}


def test_by_rule_code_only_texts_with_such_a_finding(county: list[Text], logged_in: Login) -> None:
    client = logged_in("jixiao")
    for look, of in (("texts", "findings"), ("projects", None)):
        shown = listed(client, rule="Q07", look=look)
        assert shown
        for each in shown:
            assert '"Q07"' in each.findings if of else " Q07 " in each.codes
    assert listed(client, rule="S01") == []


def test_nonsense_is_not_asked_for(county: list[Text], logged_in: Login) -> None:
    client = logged_in("jixiao")
    everything = len(listed(client))
    odd = {
        "department": "x",
        "unit": "9" * 40,
        "state": "?",
        "has": "all",
        "year": "²",
        "rule": "' OR",
    }
    assert len(listed(client, **odd)) == everything
    page = client.get("/review/", {"money": "很多"}).content.decode()
    assert "金额“很多”不是数" in page
    assert client.get("/review/", {"page": "1000"}).status_code == 200


def test_the_address_keeps_the_filter(county: list[Text], logged_in: Login) -> None:
    client = logged_in("jixiao")
    asked = {"look": "projects", "q": "经费", "has": "waived"}
    page = client.get("/review/", asked).content.decode()
    encoded = Filter(**asked).encoded  # type: ignore[arg-type]
    assert asked_of(dict(asked), Role.PERFORMANCE).encoded == encoded
    project = listed(client, **asked)[0]
    there = turning.project_address(Filter(**asked), project.text_id, project.sheet_id)  # type: ignore[arg-type]
    assert there.replace("&", "&amp;") in page
    inside = client.get(there).content.decode()
    assert encoded.replace("&", "&amp;") in inside, "the way back leads to the queue as it was"


def test_a_page_has_fifty_and_keeps_the_filter_to_the_next(db: None, logged_in: Login) -> None:
    grow(60, 1)
    client = logged_in("jixiao")
    response = client.get("/review/", {"year": "2024"})
    assert len(response.context["page"].object_list) == 50
    assert "?year=2024&amp;page=2" in response.content.decode()
    rest = client.get("/review/", {"year": "2024", "page": "2"})
    assert 0 < len(rest.context["page"].object_list) <= 50


def test_next_goes_from_the_last_project_to_the_next_text(county: list[Text]) -> None:
    user = User.objects.get(username="jixiao")
    asked = Filter()
    order = list(queue.texts(user, asked))
    first, second = order[0], order[1]
    sheets, following = list(first.sheets.all()), list(second.sheets.all())
    turn = turning.of_project(user, asked, sheets[0], sheets)
    assert turn.next == f"/texts/{first.pk}/projects/{sheets[1].pk}/"
    turn = turning.of_project(user, asked, sheets[-1], sheets)
    assert turn.next == f"/texts/{second.pk}/projects/{following[0].pk}/"
    turn = turning.of_project(user, asked, following[0], following)
    assert turn.previous == f"/texts/{first.pk}/projects/{sheets[-1].pk}/"
    assert (turn.at, turn.of) == (2, len(order))


def test_by_project_next_is_the_next_of_the_list(county: list[Text]) -> None:
    user = User.objects.get(username="jixiao")
    asked = Filter(look="projects")
    order = list(queue.projects(user, asked))
    at = 4
    sheet = order[at].sheet
    turn = turning.of_project(user, asked, sheet, list(sheet.text.sheets.all()))
    assert turn.next == turning.project_address(
        asked, order[at + 1].text_id, order[at + 1].sheet_id
    )
    assert turn.at == at + 1


def test_a_decision_leads_to_the_next_text(county: list[Text], logged_in: Login) -> None:
    client, user = logged_in("jixiao"), User.objects.get(username="jixiao")
    order = [text.pk for text in queue.texts(user, Filter())]
    response = client.post(f"/texts/{order[2]}/agree/", {"opinion": ""})
    assert response["Location"] == f"/texts/{order[3]}/"
    response = client.post(f"/texts/{order[3]}/return/", {"opinion": "请补依据"})
    assert response["Location"] == f"/texts/{order[4]}/"
    # The last one leads back to those that were passed over, of the same filter.
    asked = f"unit={county[5].unit_id}"
    response = client.post(f"/texts/{county[5].pk}/agree/", {"queue": asked})
    assert response["Location"] == f"/review/?{asked}"


def test_standings_follow_what_is_submitted(draft: Text, actor: Act) -> None:
    assert not draft.standings.exists(), "what is being filled in stands in no queue"
    submit(draft, actor("tianbao"))
    standings = list(Standing.objects.filter(text=draft, sheet__isnull=False))
    assert len(standings) == draft.sheets.count()
    draft.refresh_from_db()
    of_text = Standing.objects.get(text=draft, sheet=None)
    assert sum(each.waived for each in [*standings, of_text]) == draft.waived
    assert sum(each.money for each in standings) == draft.money
    workflow.send_back(actor("danwei"), draft.pk, "改")
    user = User.objects.get(username="danwei")
    assert draft.pk not in queue.projects(user, Filter(show="all")).values_list("text", flat=True)


def test_an_observer_looks_and_decides_nothing(county: list[Text], logged_in: Login) -> None:
    client = logged_in("renda")
    page = client.get("/review/").content.decode()
    assert "第4中心" in page and "批量" not in page
    assert client.get("/review/export/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/review/",
        "/review/?look=projects",
        "/review/?show=all&has=waived&rule=Q07&q=1&money=10&year=2024",
        "/texts/{text}/",
        "/texts/{text}/projects/{sheet}/",
        "/texts/{text}/projects/{sheet}/?queue=look%3Dprojects",
        "/review/{text}/appraisal/",
        "/review/{text}/appraisal/{sheet}/",
        "/review/phrases/",
    ],
)
@pytest.mark.parametrize("username", ["jixiao", "yewu"])
def test_no_page_of_a_county_makes_many_queries(
    address: str,
    username: str,
    logged_in: Login,
    django_assert_max_num_queries: Any,
) -> None:
    text = grow(60, 2)[7]
    standing.fill(Text.objects.all())
    client = logged_in(username)
    client.get("/password/")  # prolongs the session, which is done once in five minutes
    with django_assert_max_num_queries(15):
        there = address.format(text=text.pk, sheet=text.sheets.first().pk)
        assert client.get(there).status_code == 200
