"""机构和账号的清单: an office's departments, units and users, from a TOML file that it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction

from jixiao.model.errors import JixiaoError
from jixiao.model.office_toml import TomlError, parse, told
from jixiao.web.accounts.models import Department, Region, Section, Unit, User
from jixiao.web.accounts.roles import Role
from jixiao.web.journal.chain import Actor, record

T = TypeVar("T")


class OrganisationError(JixiaoError):
    """A list that does not say what it must."""


class RegionPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """行政区划."""

    code: str
    name: str


class DepartmentPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """主管部门; ``section`` is the name of the 业务股 that looks after it."""

    code: str
    name: str
    section: str | None = None


class UnitPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """预算单位; ``department`` is the code of its department."""

    code: str
    name: str
    department: str


class UserPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """账号; ``unit`` and ``department`` are codes, ``section`` a name."""

    username: str
    name: str
    role: str
    unit: str | None = None
    department: str | None = None
    section: str | None = None


class Organisation(msgspec.Struct, frozen=True):
    """What the file says; keys that are not of the organisation are passed over."""

    region: RegionPlan
    sections: tuple[str, ...] = ()
    departments: tuple[DepartmentPlan, ...] = ()
    units: tuple[UnitPlan, ...] = ()
    users: tuple[UserPlan, ...] = ()


class Made(NamedTuple):
    """The organisation in the database: its units by code, all its users and the new ones."""

    region: Region
    units: dict[str, Unit]
    users: dict[str, User]
    new: list[User]


def read(data: bytes, name: str) -> Organisation:
    """Return the list in a file; ``name`` is what to call it. Raises OrganisationError."""
    try:
        return msgspec.convert(parse(data), Organisation)
    except TomlError as error:
        raise OrganisationError(f"{name} {error}", "请改正后再试") from error
    except msgspec.ValidationError as error:
        raise OrganisationError(f"{name} 的{told(error)}", "写法见文档“网页应用”") from error


@transaction.atomic
def set_up(plan: Organisation, password: Callable[[], str]) -> Made:
    """Bring an organisation into the database; ``password`` gives that of a new user, hashed.

    What is there by its code or name gets its other words from the list; nothing is removed, and
    users that there are stay as they are. Raises OrganisationError.
    """
    region, _ = Region.objects.update_or_create(
        code=plan.region.code, defaults={"name": plan.region.name}
    )
    sections = {
        name: Section.objects.get_or_create(region=region, name=name)[0] for name in plan.sections
    }
    departments = {}
    for each in plan.departments:
        known = {"name": each.name, "section": _named(sections, each.section, each.name, "业务股")}
        departments[each.code], _ = Department.objects.update_or_create(
            region=region, code=each.code, defaults=known
        )
    units = {}
    for one in plan.units:
        department = _named(departments, one.department, one.name, "主管部门")
        units[one.code], _ = Unit.objects.update_or_create(
            department=department, code=one.code, defaults={"name": one.name}
        )
    users = {user.username: user for user in User.objects.filter(region=region)}
    new = []
    for person in plan.users:
        if person.username not in users:
            made = _user(person, region, sections, departments, units)
            made.password = password()
            made.save()
            record(Actor(None), "account.add", "account", made.pk, username=made.username)
            users[made.username] = made
            new.append(made)
    return Made(region, units, users, new)


def _user(
    person: UserPlan,
    region: Region,
    sections: Mapping[str, Section],
    departments: Mapping[str, Department],
    units: Mapping[str, Unit],
) -> User:
    if person.role not in Role.values:
        known = "、".join(f"{role.value}（{role.label}）" for role in Role)
        raise OrganisationError(
            f"账号 {person.username} 的 role 是“{person.role}”", f"可以是 {known}"
        )
    if User.objects.filter(username=person.username).exists():
        raise OrganisationError(f"账号 {person.username} 别的地区已经在用", "请换一个账号名")
    user = User(
        username=person.username,
        name=person.name,
        role=person.role,
        region=region,
        section=_named(sections, person.section, person.username, "业务股"),
        department=_named(departments, person.department, person.username, "主管部门"),
        unit=_named(units, person.unit, person.username, "预算单位"),
    )
    try:
        user.clean_place()
    except ValidationError as error:
        raise OrganisationError(f"账号 {person.username}：{error.messages[0]}", "请补上") from error
    return user


def _named(known: Mapping[str, T], key: str | None, of: str, what: str) -> T | None:
    if key is None:
        return None
    if key not in known:
        raise OrganisationError(f"“{of}”的{what}“{key}”不在清单里", f"请先写上这个{what}")
    return known[key]
