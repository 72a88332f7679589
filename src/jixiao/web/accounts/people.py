"""What an administrator does with accounts: each in a transaction, and recorded."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from jixiao.model.errors import JixiaoError
from jixiao.web import inputs, scope
from jixiao.web.accounts.models import Department, Region, Section, Unit, User
from jixiao.web.accounts.names import is_username
from jixiao.web.accounts.passwords import one_time
from jixiao.web.accounts.roles import OF_REGION, OF_UNIT, Role
from jixiao.web.journal.chain import Actor, record

_NAME = 60
P = TypeVar("P", Unit, Department, Section)


class AccountError(JixiaoError):
    """An account that cannot be as it was asked for."""


class Person(NamedTuple):
    """What a form says of an account; the place that its role does not ask for is left out."""

    name: str
    role: str
    unit: str = ""
    department: str = ""
    section: str = ""
    includes_below: bool = False


class Given(NamedTuple):
    """An account with its one-time password: to be shown once, kept nowhere."""

    user: User
    password: str


@transaction.atomic
def add(actor: Actor, region: Region, username: str, person: Person) -> Given:
    """Make an account in a region that the actor keeps. Raises AccountError."""
    keeper = _keeper(actor)
    username = username.strip()
    if not is_username(username):
        raise AccountError(
            "账号要有 2 到 60 个字符", "请用字母、数字、汉字，以及 . _ - @；不要有空格"
        )
    if User.objects.filter(username=username).exists():
        raise AccountError(f"账号 {username} 已经有了", "请换一个，如加上单位编码")
    user = User(username=username, region=region, must_change=True)
    _put(keeper, user, person)
    word, user.password = one_time()
    user.save()
    record(actor, "account.add", "account", user.pk, username=username, role=user.role)
    return Given(user, word)


@transaction.atomic
def change(actor: Actor, user_id: int, person: Person) -> User:
    """Change an account's name, role and place. Raises AccountError, Http404."""
    keeper = _keeper(actor)
    user = _kept(keeper, user_id)
    before = _told(user)
    if user.pk == keeper.pk and person.role != user.role:
        raise AccountError("不能改自己的角色", "请由另一位管理员来改")
    if person.role != user.role:
        _not_above(keeper, user)
    _put(keeper, user, person)
    after = _told(user)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        user.save()
        record(actor, "account.change", "account", user.pk, **changed)
    return user


@transaction.atomic
def reset(actor: Actor, user_id: int) -> Given:
    """Give an account a one-time password, unlock it, end its sessions and tokens. Raises Http404."""
    keeper = _keeper(actor)
    user = _kept(keeper, user_id)
    _not_above(keeper, user)
    word, user.password = one_time()
    user.must_change, user.password_set_at = True, timezone.now()
    user.failures, user.locked_until = 0, None
    user.logins_ended += 1
    user.save()
    user.api_tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    record(actor, "account.reset", "account", user.pk)
    return Given(user, word)


@transaction.atomic
def unlock(actor: Actor, user_id: int) -> User:
    """Unlock an account. Raises Http404."""
    user = _kept(_keeper(actor), user_id)
    user.failures, user.locked_until = 0, None
    user.save(update_fields=["failures", "locked_until"])
    record(actor, "account.unlock", "account", user.pk)
    return user


@transaction.atomic
def switch(actor: Actor, user_id: int) -> User:
    """Take an account out of use, or into use again; one's own stays. Raises AccountError."""
    keeper = _keeper(actor)
    user = _kept(keeper, user_id)
    if user.pk == keeper.pk:
        raise AccountError("不能停用自己的账号", "请由另一位管理员来做")
    _not_above(keeper, user)
    user.is_active = not user.is_active
    user.save(update_fields=["is_active"])
    record(actor, "account.switch", "account", user.pk, active=user.is_active)
    return user


def end_sessions(user: User) -> None:
    """End all sessions of a user."""
    user.logins_ended += 1
    user.save(update_fields=["logins_ended"])


def _not_above(keeper: User, user: User) -> None:
    """Raise AccountError where an account reaches further than its keeper: who could take it over."""
    if user.includes_below and not keeper.includes_below:
        raise AccountError(
            f"{user.name} 的账号含下级地区，您的不含", "请由同样含下级地区的管理员来办"
        )


def _put(keeper: User, user: User, person: Person) -> None:
    """Set what a form says. Raises AccountError."""
    name = " ".join(person.name.split())
    if not name or len(name) > _NAME or not name.isprintable():
        raise AccountError("姓名没有写，或者太长", f"请写 1 到 {_NAME} 个字")
    if person.role not in Role.values:
        raise AccountError("没有选择角色", "请选一个角色")
    role = Role(person.role)
    user.name, user.role = name, role.value
    region = user.region_id
    units = Unit.objects.filter(department__region=region)
    departments = Department.objects.filter(region=region)
    sections = Section.objects.filter(region=region)
    user.unit = _chosen(units, person.unit) if role in OF_UNIT else None
    user.department = _chosen(departments, person.department) if role is Role.DEPARTMENT else None
    user.section = _chosen(sections, person.section) if role is Role.BUSINESS else None
    below = person.includes_below and role in OF_REGION
    if below and not user.includes_below and not keeper.includes_below:
        raise AccountError("您的账号不含下级地区", "含下级地区的账号要由同样含下级的管理员来设")
    user.includes_below = below
    try:
        user.clean_place()
    except ValidationError as error:
        raise AccountError(error.messages[0], "请选择后再保存") from error


def _chosen(found: QuerySet[P], key: str) -> P | None:
    return found.filter(pk=inputs.number(key) or 0).first()


def _told(user: User) -> dict[str, str]:
    """Return what the record says of an account's name, role and place."""
    return {
        "name": user.name,
        "role": user.role,
        "office": user.office,
        "below": "是" if user.includes_below else "否",
    }


def _kept(keeper: User, user_id: int) -> User:
    """Return an account that an administrator keeps, locked."""
    return get_object_or_404(scope.kept_users(keeper).select_for_update(), pk=user_id)


def _keeper(actor: Actor) -> User:
    if actor.user is None:
        raise PermissionError("accounts are kept by a person")
    return actor.user
