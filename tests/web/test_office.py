"""What the administrator does with accounts, places and lists: in the own region, and recorded."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from jixiao.web import scope
from jixiao.web.accounts import lists
from jixiao.web.accounts.models import Department, Region, Section, Unit, User
from jixiao.web.accounts.organisation import OrganisationError, read
from jixiao.web.accounts.setting_up import How, preview, set_up
from jixiao.web.journal.models import Entry
from jixiao.web.targets.models import Text

NEW = "New-password-1"
As = Callable[[str], Client]


@pytest.fixture
def admin(logged_in: As) -> Client:
    return logged_in("admin")


def person(**told: str) -> dict[str, str]:
    unit = Unit.objects.get(code="431003")
    return {"name": "新人", "role": "clerk", "unit": str(unit.pk), **told}


def one_time(page: Any) -> str:
    found = re.search(r'class="word">(\w{12})<', page.content.decode())
    assert found
    return found[1]


def last_action() -> str:
    entry = Entry.objects.order_by("-number").first()
    assert entry is not None
    return entry.action


def change_password(client: Client, old: str, new: str = NEW) -> int:
    told = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/password/", told).status_code


def test_a_new_account_has_a_password_shown_once_and_changed_first(admin: Client) -> None:
    page = admin.post("/accounts/add/", person(username="xinren"))
    assert page.status_code == 200
    word = one_time(page)
    user = User.objects.get(username="xinren")
    assert user.unit is not None and user.unit.code == "431003"
    assert last_action() == "account.add"
    assert word not in admin.get(f"/accounts/{user.pk}/").content.decode()
    client = Client()
    assert client.post("/login/", {"username": "xinren", "password": word})["Location"] == "/"
    assert client.get("/")["Location"] == "/password/"
    assert client.post("/texts/new/", {"year": "2026"})["Location"] == "/password/"
    assert client.get("/", headers={"HX-Request": "true"}).status_code == 401
    assert change_password(client, word) == 302
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"username": "tianbao"}, "已经有了"),
        ({"username": "a b"}, "不要有空格"),
        ({"username": "x1", "unit": ""}, "要写明预算单位"),
        ({"username": "x1", "role": "king"}, "没有选择角色"),
        ({"username": "x1", "name": " "}, "姓名没有写"),
        ({"username": "x1", "role": "performance", "includes_below": "1"}, "不含下级"),
    ],
)
def test_what_is_wrong_with_an_account_is_said(
    admin: Client, told: dict[str, str], said: str
) -> None:
    before = User.objects.count()
    page = admin.post("/accounts/add/", person(**told))
    assert page.status_code == 422 and said in page.content.decode()
    assert User.objects.count() == before


def test_role_and_place_are_changed_and_recorded(admin: Client) -> None:
    user = User.objects.get(username="tianbao2")
    page = admin.post(f"/accounts/{user.pk}/", person(name="刘海洋", role="business",
        section=str(Section.objects.get(name="农业农村股").pk)))  # fmt: skip
    assert page.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.role, user.unit, user.office) == (
        "刘海洋",
        "business",
        None,
        "农业农村股",
    )
    entry = Entry.objects.latest("number")
    assert entry.action == "account.change" and "刘海洋" in entry.detail


def test_a_reset_ends_sessions_and_unlocks(admin: Client, logged_in: As) -> None:
    theirs = logged_in("tianbao")
    user = User.objects.get(username="tianbao")
    User.objects.filter(pk=user.pk).update(locked_until=timezone.now() + timedelta(minutes=9))
    word = one_time(admin.post(f"/accounts/{user.pk}/reset/"))
    assert theirs.get("/")["Location"].startswith("/login/")
    fresh = Client()
    assert fresh.post("/login/", {"username": "tianbao", "password": word}).status_code == 302
    assert change_password(fresh, word, "county-for-tests") == 422, "two classes are too few"
    assert change_password(fresh, word) == 302


def test_the_last_five_passwords_are_not_taken_again(logged_in: As) -> None:
    client, old = logged_in("tianbao"), "county-for-tests"
    for number in range(6):
        new = f"Another-word-{number}"
        assert change_password(client, old, new) == 302
        old = new
    assert change_password(client, old, "Another-word-1") == 422
    assert change_password(client, old, "Another-word-0") == 302


def test_a_password_grows_old(logged_in: As, settings: Any) -> None:
    client = logged_in("tianbao")
    User.objects.filter(username="tianbao").update(
        password_set_at=timezone.now() - timedelta(days=181)
    )
    assert client.get("/")["Location"] == "/password/"
    settings.PASSWORD_DAYS = 0
    assert client.get("/").status_code == 200


def test_sessions_elsewhere_are_ended_by_oneself(logged_in: As) -> None:
    here, elsewhere = logged_in("tianbao"), logged_in("tianbao")
    assert here.post("/password/elsewhere/").status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert last_action() == "logout.elsewhere"


def test_one_neither_disables_oneself_nor_changes_ones_own_role(admin: Client) -> None:
    me = User.objects.get(username="admin")
    assert admin.post(f"/accounts/{me.pk}/switch/").status_code == 422
    assert admin.post(f"/accounts/{me.pk}/", person(name="周工")).status_code == 422
    me.refresh_from_db()
    assert me.is_active and me.role == "administrator"


def test_accounts_are_found(admin: Client) -> None:
    def found(query: str) -> set[str]:
        page = admin.get(f"/accounts/?{query}").content.decode()
        return set(re.findall(r'href="/accounts/\d+/">([\w.]+)</a>', page))

    assert found("q=图书馆") == {"t207001", "d207001"}
    assert found("role=observer") == {"renda"}
    assert found("state=disabled") == set()
    assert found("q=没有这个人") == set()


# ---- places


def place_form(place: Any) -> dict[str, str]:
    found = {"code": getattr(place, "code", ""), "name": place.name}
    if isinstance(place, Unit):
        found["department"] = str(place.department_id)
    return found


def test_a_unit_is_added_renamed_moved_closed_and_never_deleted_with_texts(admin: Client) -> None:
    water = Department.objects.get(code="431")
    told = {"code": "431009", "name": "水文站", "department": str(water.pk)}
    assert admin.post("/accounts/places/unit/add/", told).status_code == 302
    unit = Unit.objects.get(code="431009")
    moved = {**told, "name": "水文总站", "department": str(Department.objects.get(code="455").pk)}
    assert admin.post(f"/accounts/places/unit/{unit.pk}/", moved).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.department.code) == ("水文总站", "455")
    assert "水文总站" in Entry.objects.latest("number").detail
    assert admin.post(f"/accounts/places/unit/{unit.pk}/remove/").status_code == 302
    assert not Unit.objects.filter(pk=unit.pk).exists()
    used = Unit.objects.get(code="431002")
    refused = admin.post(f"/accounts/places/unit/{used.pk}/remove/")
    assert refused.status_code == 422 and "不能删除" in refused.content.decode()
    assert admin.post(f"/accounts/places/unit/{used.pk}/switch/").status_code == 302
    used.refresh_from_db()
    assert not used.is_open and used.texts.exists()


def test_a_clerk_of_a_closed_unit_begins_no_text(admin: Client, logged_in: As) -> None:
    unit = Unit.objects.get(code="431002")
    admin.post(f"/accounts/places/unit/{unit.pk}/switch/")
    client, before = logged_in("tianbao"), Text.objects.count()
    assert "新建文本" not in client.get("/").content.decode()
    assert client.post("/texts/new/", {"year": str(timezone.now().year)}).status_code == 403
    assert Text.objects.count() == before


@pytest.mark.parametrize(
    ("kind", "told", "said"),
    [
        ("unit", {"code": "431002", "name": "重复"}, "已经用了 431002"),
        ("unit", {"code": "4 3", "name": "空格"}, "编码用数字和字母"),
        ("section", {"name": "农业农村股"}, "已经用了"),
        ("department", {"code": "", "name": "无码"}, "必填|必须"),
        ("region", {"code": "130799", "name": "重复"}, "已存在|已经用了"),
    ],
)
def test_what_is_wrong_with_a_place_is_said(
    admin: Client, kind: str, told: dict[str, str], said: str
) -> None:
    if kind == "unit":
        told = {**told, "department": str(Department.objects.get(code="431").pk)}
    if kind == "region":
        User.objects.filter(username="admin").update(includes_below=True)
    page = admin.post(f"/accounts/places/{kind}/add/", told)
    assert page.status_code == 422
    assert re.search(said, page.content.decode()), page.content.decode()


def test_a_department_with_units_in_use_is_not_closed(admin: Client) -> None:
    department = Department.objects.get(code="431")
    page = admin.post(f"/accounts/places/department/{department.pk}/switch/")
    assert page.status_code == 422 and "2 个在用的单位" in page.content.decode()


# ---- regions below


@pytest.fixture
def city(db: None) -> Iterator[Region]:
    """Put the county below a city with an administrator, a section and an observer of its own."""
    city = Region.objects.create(code="130700", name="演示市")
    Region.objects.filter(code="130799").update(parent=city)
    for role in ("administrator", "performance", "observer"):
        User.objects.create_user(f"shi-{role}", "x", name=role, role=role, region=city)
    yield city


def test_those_below_are_seen_only_if_the_account_says_so(city: Region, logged_in: As) -> None:
    for role in ("performance", "observer"):
        user = User.objects.get(username=f"shi-{role}")
        assert not scope.texts(user).exists()
        user.includes_below = True
        assert scope.texts(user).filter(state="finance").exists()
    finance = Text.objects.filter(state="finance", performance_agreed=False).first()
    assert finance is not None
    User.objects.filter(username="shi-performance").update(includes_below=True)
    client = logged_in("shi-performance")
    assert client.get(f"/texts/{finance.pk}/").status_code == 200
    assert client.post(f"/texts/{finance.pk}/agree/").status_code == 409, "it is reviewed below"
    assert "没有等您审核" in client.get("/").content.decode()


def test_an_administrator_keeps_the_own_part_of_the_tree(city: Region, logged_in: As) -> None:
    county = User.objects.get(username="tianbao")
    client = logged_in("shi-administrator")
    assert client.get(f"/accounts/{county.pk}/").status_code == 404
    assert client.post(f"/accounts/{county.pk}/reset/").status_code == 404
    unit = Unit.objects.get(code="431002")
    assert client.get(f"/accounts/places/unit/{unit.pk}/").status_code == 404
    User.objects.filter(username="shi-administrator").update(includes_below=True)
    assert client.get(f"/accounts/{county.pk}/").status_code == 200
    assert client.get(f"/accounts/places/unit/{unit.pk}/").status_code == 200
    mine = logged_in("admin")
    theirs = User.objects.get(username="shi-observer")
    assert mine.get(f"/accounts/{theirs.pk}/").status_code == 404
    assert mine.get(f"/accounts/places/region/{city.pk}/").status_code == 404
    below = client.post("/accounts/places/region/add/", {"code": "130798", "name": "新县"})
    assert below.status_code == 302
    made = Region.objects.get(code="130798")
    assert made.parent == city
    told = {"username": "xinxian", "name": "新", "role": "administrator", "region": str(made.pk)}
    assert client.post("/accounts/add/", told).status_code == 200
    assert User.objects.get(username="xinxian").region == made
    elsewhere = mine.post("/accounts/add/", {**told, "username": "no"})
    assert elsewhere.status_code == 404


def test_the_record_of_others_is_not_read(city: Region, logged_in: As, actor: Any) -> None:
    from jixiao.web.journal.chain import record

    record(actor("shi-observer"), "text.download", "text", 1)
    assert "shi-observer" not in logged_in("admin").get("/journal/").content.decode()
    assert "shi-observer" in logged_in("shi-administrator").get("/journal/").content.decode()


# ---- lists


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = (
    ("归口业务股", "部门编码", "主管部门", "单位编码", "单位名称", "账号", "姓名", "角色"),
    ("社会保障股", "208", "县民政局", "208003", "县殡仪馆", "t208003", "吕某", "填报"),
    ("社会保障股", "208", "县民政和养老局", "208002", "县社会福利院", "t208002", "唐敏敏", "填报"),
    ("农业农村股", "208", "县民政局", "431003", "河道管理所", "", "", ""),
)


def upload(client: Client, data: bytes, name: str, **told: str) -> Any:
    return client.post("/accounts/list/", {"file": SimpleUploadedFile(name, data), **told})


def signed(page: Any) -> str:
    found = re.search(r'name="signed" value="([^"]+)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def test_a_list_shows_what_it_would_do_and_does_it_once_confirmed(admin: Client) -> None:
    rows = (
        *ROWS[:2],
        ("社会保障股", "208", "县民政局", "431003", "河道管理所", "t208002", "唐敏敏", "填报"),
    )
    before = (Unit.objects.count(), User.objects.count(), Entry.objects.count())
    page = upload(admin, workbook(*rows), "清单.xlsx")
    said = page.content.decode()
    assert "208003 县殡仪馆" in said and "主管部门“县水务局”改为“县民政局”" in said
    assert "与清单不同，不改" in said
    assert (Unit.objects.count(), User.objects.count(), Entry.objects.count()) == before
    done = admin.post("/accounts/list/accept/", {"signed": signed(page)})
    assert done.status_code == 200 and one_time(done)
    user = User.objects.get(username="t208003")
    assert user.must_change and user.check_password(one_time(done))
    assert Unit.objects.get(code="431003").department.code == "208"
    assert User.objects.get(username="t208002").name == "唐敏"
    page = upload(admin, workbook(*rows), "清单.xlsx", update="1")
    admin.post("/accounts/list/accept/", {"signed": signed(page)})
    changed = User.objects.get(username="t208002")
    assert changed.name == "唐敏敏" and changed.unit is not None and changed.unit.code == "431003"


def test_a_csv_of_windows_is_read_and_the_empty_list_too(admin: Client) -> None:
    text = "\n".join(",".join(row) for row in ROWS[:2])
    assert "208003 县殡仪馆" in upload(admin, text.encode("gb18030"), "清单.csv").content.decode()
    region = Region.objects.get(code="130799")
    empty = admin.get("/accounts/list/empty/")
    plan = lists.read(empty.content, "清单.xlsx", region)
    assert len(plan.units) == 2 and {user.role for user in plan.users} > {"clerk", "business"}
    assert How.CHANGE not in {change.how for change in preview(plan)}


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (workbook(("甲", "乙"), ("1", "2")), "a.xlsx", "没有认出"),
        (workbook(ROWS[0], (*ROWS[1][:7], "皇帝")), "a.xlsx", "第 2 行的角色“皇帝”"),
        (workbook(ROWS[0], ROWS[1], ROWS[1]), "a.xlsx", "前面已有一行"),
        (workbook(("单位编码", "单位名称"), ("1", "甲")), "a.xlsx", "没有写部门编码"),
        (b"PK\x03\x04 broken", "a.xlsx", "损坏|不完整"),
        (b"region = [", "a.toml", "TOML"),
        ('region = { code = "130798", name = "别县" }'.encode(), "a.toml", "还没有行政区划"),
        (b"", "a.csv", "没有认出|空"),
    ],
)
def test_a_list_that_is_wrong_is_told_and_changes_nothing(
    admin: Client, data: bytes, name: str, said: str
) -> None:
    before = (Unit.objects.count(), User.objects.count())
    page = upload(admin, data, name)
    assert page.status_code == 422, page.content.decode()
    assert re.search(said, page.content.decode())
    assert (Unit.objects.count(), User.objects.count()) == before


def test_a_list_that_was_tampered_with_is_refused(admin: Client) -> None:
    page = upload(admin, workbook(*ROWS[:2]), "清单.xlsx")
    assert admin.post("/accounts/list/accept/", {"signed": signed(page)[:-3]}).status_code == 422
    assert not User.objects.filter(username="t208003").exists()


@pytest.mark.django_db
def test_twice_in_a_list_is_an_error() -> None:
    twice = """
region = { code = "1", name = "县" }
departments = [{ code = "3", name = "甲" }, { code = "3", name = "乙" }]
"""
    with pytest.raises(OrganisationError, match="写了 2 次"):
        set_up(read(twice.encode(), "x.toml"), lambda: "!")


PAGES = ("/accounts/", "/accounts/add/", "/accounts/places/", "/accounts/places/unit/add/",
         "/accounts/list/", "/accounts/list/empty/", "/journal/", "/journal/export/")  # fmt: skip


@pytest.mark.parametrize("username", ["tianbao", "danwei", "zhuguan", "yewu", "jixiao", "renda"])
def test_others_keep_no_accounts(username: str, logged_in: As) -> None:
    client = logged_in(username)
    user, unit = User.objects.get(username="admin"), Unit.objects.get(code="431002")
    posts = (f"/accounts/{user.pk}/reset/", f"/accounts/{user.pk}/switch/", "/accounts/list/accept/",
             f"/accounts/places/unit/{unit.pk}/switch/", f"/accounts/places/unit/{unit.pk}/remove/",
             "/journal/verify/", f"/accounts/{user.pk}/")  # fmt: skip
    assert {client.get(page).status_code for page in PAGES} == {403}
    assert {client.post(page).status_code for page in posts} == {403}


def test_the_administrators_pages_are_there(admin: Client) -> None:
    assert {admin.get(page).status_code for page in PAGES} == {200}
