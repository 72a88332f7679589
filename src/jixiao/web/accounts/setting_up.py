"""An office's list into the database: all of it or nothing, and told beforehand what it would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from jixiao.web.accounts.models import Department, Region, Section, Unit, User
from jixiao.web.accounts.names import is_name, is_username
from jixiao.web.accounts.organisation import (
    DepartmentPlan,
    Organisation,
    OrganisationError,
    RegionPlan,
    UnitPlan,
    UserPlan,
)
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import Actor, record

T = TypeVar("T")


class How(StrEnum):
    """What a list does to something."""

    ADD = "新建"
    CHANGE = "修改"
    KEEP = "不变"


class Change(NamedTuple):
    """What a list does to one thing: what it is, its code or name, and what changes."""

    how: How
    what: str
    name: str
    told: str = ""


class Made(NamedTuple):
    """The organisation in the database: its units by code, all its users and the new ones."""

    region: Region
    units: dict[str, Unit]
    users: dict[str, User]
    new: list[User]
    changes: list[Change]


class Preview(Exception):  # noqa: N818 - carries what would be done out of what is undone
    """Ends a transaction that was only to show what it would do."""

    def __init__(self, made: Made) -> None:
        """Take what would be done."""
        super().__init__()
        self.made = made


def preview(plan: Organisation, *, update_users: bool = False) -> list[Change]:
    """Return what a list would do; nothing is done. Raises OrganisationError."""
    try:
        with transaction.atomic():
            raise Preview(_Setting(plan, lambda: "!", update_users).run())
    except Preview as shown:
        return shown.made.changes


@transaction.atomic
def set_up(
    plan: Organisation,
    password: Callable[[], str],
    actor: Actor = Actor(None),  # noqa: B008 - never changed
    *,
    must_change: bool = False,
    update_users: bool = False,
) -> Made:
    """Bring an organisation into the database; ``password`` gives that of a new user, hashed.

    What is there by its code or name gets its other words from the list, a unit its department,
    too; nothing is removed. Users that there are stay as they are unless ``update_users``. New ones
    have to change their password first if ``must_change``. Raises OrganisationError.
    """
    made = _Setting(plan, password, update_users, must_change).run()
    for user in made.new:
        record(actor, "account.add", "account", user.pk, username=user.username)
    counted = {how.name.lower(): sum(c.how is how for c in made.changes) for how in How}
    record(actor, "organisation", "region", made.region.pk, **counted)
    return made


class _Setting:
    def __init__(
        self,
        plan: Organisation,
        password: Callable[[], str],
        update_users: bool,
        must_change: bool = False,
    ) -> None:
        self._plan, self._password = plan, password
        self._update_users, self._must_change = update_users, must_change
        self._changes: list[Change] = []

    def run(self) -> Made:
        _once((each.code for each in self._plan.departments), "主管部门")
        _once((each.code for each in self._plan.units), "预算单位")
        _once((each.username for each in self._plan.users), "账号")
        well_named(self._plan)
        self._region = self._of_region()
        self._sections = self._of_sections()
        self._departments = self._of_departments()
        self._units = self._of_units()
        users, new = self._of_users()
        return Made(self._region, self._units, users, new, self._changes)

    def _of_region(self) -> Region:
        said = self._plan.region
        parent = None
        if said.parent is not None:
            parent = Region.objects.filter(code=said.parent).first()
            if parent is None or said.parent == said.code:
                raise OrganisationError(
                    f"“{said.name}”的上级行政区划 {said.parent} 还没有", "请先导入上级的清单"
                )
        found = Region.objects.filter(code=said.code).first()
        if found is None:
            self._changes.append(Change(How.ADD, "行政区划", f"{said.code} {said.name}"))
            return Region.objects.create(code=said.code, name=said.name, parent=parent)
        told = _differences(found, {"name": said.name, **({"parent": parent} if parent else {})})
        self._tell("行政区划", f"{said.code} {said.name}", told)
        if told:
            found.save()
        return found

    def _of_sections(self) -> dict[str, Section]:
        known = {each.name: each for each in Section.objects.filter(region=self._region)}
        new = [Section(region=self._region, name=n) for n in self._plan.sections if n not in known]
        for each in Section.objects.bulk_create(new):
            known[each.name] = each
        for name in self._plan.sections:
            self._changes.append(Change(_how(any(n.name == name for n in new)), "业务股", name))
        return known

    def _of_departments(self) -> dict[str, Department]:
        known = {each.code: each for each in Department.objects.filter(region=self._region)}
        new, changed = [], []
        for said in self._plan.departments:
            section = _named(self._sections, said.section, said.name, "业务股")
            label = f"{said.code} {said.name}"
            if said.code not in known:
                made = Department(
                    region=self._region, code=said.code, name=said.name, section=section
                )
                known[said.code] = made
                new.append(made)
                self._changes.append(Change(How.ADD, "主管部门", label))
                continue
            told = _differences(known[said.code], {"name": said.name, "section": section})
            self._tell("主管部门", label, told)
            if told:
                changed.append(known[said.code])
        Department.objects.bulk_create(new)
        Department.objects.bulk_update(changed, ["name", "section"])
        return known

    def _of_units(self) -> dict[str, Unit]:
        there = Unit.objects.filter(department__region=self._region).select_related("department")
        known = {each.code: each for each in there}
        new, changed = [], []
        for said in self._plan.units:
            department = _named(self._departments, said.department, said.name, "主管部门")
            label = f"{said.code} {said.name}"
            if said.code not in known:
                made = Unit(code=said.code, name=said.name, department=department)
                known[said.code] = made
                new.append(made)
                self._changes.append(Change(How.ADD, "预算单位", label))
                continue
            told = _differences(known[said.code], {"name": said.name, "department": department})
            self._tell("预算单位", label, told)
            if told:
                changed.append(known[said.code])
        Unit.objects.bulk_create(new)
        Unit.objects.bulk_update(changed, ["name", "department"])
        return known

    def _of_users(self) -> tuple[dict[str, User], list[User]]:
        names = [each.username for each in self._plan.users]
        self._elsewhere = set(
            User.objects.filter(username__in=names)
            .exclude(region=self._region)
            .values_list("username", flat=True)
        )
        users = {user.username: user for user in User.objects.filter(region=self._region)}
        new, changed = [], []
        for person in self._plan.users:
            said = self._user(person)
            label = f"{person.username} {person.name}"
            if person.username not in users:
                said.password, said.must_change = self._password(), self._must_change
                users[person.username] = said
                new.append(said)
                self._changes.append(Change(How.ADD, "账号", label, said.get_role_display()))
                continue
            there = users[person.username]
            listed = {name: getattr(said, name) for name in _OF_USER}
            told = _differences(there, listed, apply=self._update_users)
            if told and not self._update_users:
                self._changes.append(Change(How.KEEP, "账号", label, f"与清单不同，不改：{told}"))
                continue
            self._tell("账号", label, told)
            if told:
                changed.append(there)
        User.objects.bulk_update(changed, _OF_USER)
        new = User.objects.bulk_create(new)
        return users, new

    def _user(self, person: UserPlan) -> User:
        if person.role not in Role.values:
            known = "、".join(f"{role.value}（{role.label}）" for role in Role)
            raise OrganisationError(
                f"账号 {person.username} 的 role 是“{person.role}”", f"可以是 {known}"
            )
        if person.username in self._elsewhere:
            raise OrganisationError(f"账号 {person.username} 别的地区已经在用", "请换一个账号名")
        user = User(
            username=person.username,
            name=person.name,
            role=person.role,
            region=self._region,
            section=_named(self._sections, person.section, person.username, "业务股"),
            department=_named(self._departments, person.department, person.username, "主管部门"),
            unit=_named(self._units, person.unit, person.username, "预算单位"),
            includes_below=person.includes_below,
        )
        try:
            user.clean_place()
        except ValidationError as error:
            told = error.messages[0]
            raise OrganisationError(f"账号 {person.username}：{told}", "请补上") from error
        return user

    def _tell(self, what: str, label: str, told: str) -> None:
        self._changes.append(Change(How.CHANGE if told else How.KEEP, what, label, told))


_LABELS = {
    "name": "名称",
    "parent": "上级",
    "section": "业务股",
    "department": "主管部门",
    "unit": "预算单位",
    "role": "角色",
    "includes_below": "含下级",
}

_OF_USER = ("name", "role", "section", "department", "unit", "includes_below")


def _how(is_new: bool) -> How:
    return How.ADD if is_new else How.KEEP


def well_named(plan: Organisation) -> None:
    """Raise OrganisationError where a code or a name does not fit its column."""
    places: list[tuple[RegionPlan | DepartmentPlan | UnitPlan, str, int, int]]
    places = [(plan.region, "行政区划", 12, 60)]
    places += [(each, "主管部门", 20, 100) for each in plan.departments]
    places += [(each, "预算单位", 20, 100) for each in plan.units]
    said = [(each.code, f"{what}的编码", most) for each, what, most, _ in places]
    said += [(each.name, f"{what}的名称", most) for each, what, _, most in places]
    said += [(each, "业务股的名称", 60) for each in plan.sections]
    said += [(each.name, f"账号 {each.username[:60]} 的姓名", 60) for each in plan.users]
    for name, what, most in said:
        if not is_name(name, most):
            raise OrganisationError(f"{what}“{name[:20]}”不能用", f"请写 1 到 {most} 个字")
    for user in plan.users:
        if not is_username(user.username):
            raise OrganisationError(
                f"账号“{user.username[:20]}”不能用",
                "账号要有 2 到 60 个字符，用字母、数字、汉字，以及 . _ - @",
            )


def _once(keys: Iterable[str], what: str) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            raise OrganisationError(f"{what}“{key}”在清单里写了 {count} 次", "请只留一次")


def _differences(
    there: Region | Department | Unit | User, said: Mapping[str, object], *, apply: bool = True
) -> str:
    """Set what a list says of something, and return in words what that changes."""
    told = []
    for name, value in said.items():
        before = getattr(there, name)
        if before != value:
            label = _LABELS[name]
            told.append(f"{label}“{_shown(before)}”改为“{_shown(value)}”")
            if apply:
                setattr(there, name, value)
    return "，".join(told)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value in Role.values:
        return Role(str(value)).label
    return "无" if value is None else str(value)


def _named(known: Mapping[str, T], key: str | None, of: str, what: str) -> T | None:
    if key is None:
        return None
    if key not in known:
        raise OrganisationError(f"“{of}”的{what}“{key}”不在清单里", f"请先写上这个{what}")
    return known[key]
