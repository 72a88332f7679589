"""Logging in: a lock after failures, nothing told of which accounts there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.accounts.organisation import OrganisationError, read
from jixiao.web.accounts.setting_up import set_up

PASSWORD = "county-for-tests"


def attempt(client: Client, password: str, username: str = "tianbao") -> int:
    return client.post("/login/", {"username": username, "password": password}).status_code


@pytest.mark.django_db
def test_an_account_is_locked_after_five_failures() -> None:
    client = Client()
    for _ in range(5):
        assert attempt(client, "wrong") == 422
    assert attempt(client, PASSWORD) == 422, "locked: the right password does not help"
    User.objects.filter(username="tianbao").update(
        locked_until=timezone.now() - timedelta(seconds=1)
    )
    assert attempt(client, PASSWORD) == 302


@pytest.mark.django_db
def test_the_answer_does_not_tell_which_accounts_there_are() -> None:
    def told(username: str) -> str:
        response = Client().post("/login/", {"username": username, "password": "wrong"})
        return (
            response.content.decode().split('class="told error" role="alert">')[1].split("</p>")[0]
        )

    assert "账号或密码不对" in told("tianbao")
    assert told("tianbao") == told("nobody")


@pytest.mark.django_db
def test_login_leads_nowhere_else() -> None:
    response = Client().post(
        "/login/", {"username": "tianbao", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


@pytest.mark.django_db
def test_a_weak_password_is_refused(logged_in: Callable[[str], Client]) -> None:
    told = {"old_password": PASSWORD, "new_password1": "12345678", "new_password2": "12345678"}
    assert logged_in("tianbao").post("/password/", told).status_code == 422


def test_the_administrator_unlocks(logged_in: Callable[[str], Client]) -> None:
    user = User.objects.get(username="tianbao")
    user.locked_until = timezone.now() + timedelta(minutes=9)
    user.save()
    assert logged_in("admin").post(f"/accounts/{user.pk}/unlock/").status_code == 302
    user.refresh_from_db()
    assert user.locked_until is None


@pytest.mark.django_db
def test_a_role_has_the_place_it_asks_for() -> None:
    region = User.objects.get(username="admin").region
    with pytest.raises(ValidationError, match="预算单位"):
        User.objects.create_user("x", "long-enough-1", name="x", role="clerk", region=region)


LIST = """
sections = ["社保股"]
region = { code = "130798", name = "某县" }
departments = [{ code = "301", name = "民政局", section = "社保股" }]
units = [{ code = "301001", name = "敬老院", department = "301" }]
users = [
  { username = "laohu", name = "胡", role = "clerk", unit = "301001" },
  { username = "laoniu", name = "牛", role = "department", department = "301" },
]
"""


@pytest.mark.django_db
def test_an_office_sets_up_its_own_list_and_again_with_more() -> None:
    made = set_up(read(LIST.encode(), "清单.toml"), lambda: make_password("first-password"))
    assert [user.username for user in made.new] == ["laohu", "laoniu"]
    assert attempt(Client(), "first-password", "laohu") == 302
    more = LIST.replace("敬老院", "敬老院（本级）").replace(
        "users = [", 'users = [ { username = "laoma", name = "马", role = "observer" },'
    )
    again = set_up(read(more.encode(), "清单.toml"), lambda: make_password("other-password"))
    assert [user.username for user in again.new] == ["laoma"]
    assert again.users["laohu"].check_password("first-password")
    assert again.units["301001"].name == "敬老院（本级）"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (LIST.replace('"clerk"', '"boss"'), "role 是“boss”"),
        (LIST.replace('unit = "301001"', 'unit = "9"'), "预算单位“9”不在清单里"),
        (LIST.replace(', unit = "301001"', ""), "要写明预算单位"),
        (LIST.replace('"laohu"', '"tianbao"'), "已经在用"),
        (LIST.replace("region", "area"), "region"),
        ("region = [", "TOML"),
    ],
)
def test_a_list_that_is_wrong_says_where_and_changes_nothing(wrong: str, told: str) -> None:
    before = User.objects.count()
    with pytest.raises(OrganisationError, match=told):
        set_up(read(wrong.encode(), "清单.toml"), lambda: make_password("x"))
    assert User.objects.count() == before


@pytest.mark.django_db
def test_the_migrations_say_all_that_the_models_do() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
