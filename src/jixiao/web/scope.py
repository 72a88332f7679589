"""Who sees and does what: the one place that decides, for every page and the API.

A view only declares what it asks (``@asks(Action.EDIT)``); ``judge`` looks up the text that the
address names among those that the user may see (else 404), judges (else 403) and hands it on as
``request.text``. For the pages the middleware calls it, for each operation of the API the guard that
knows the token. A view that declares nothing is not served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from jixiao.web.accounts.models import Department, Region, Section, Unit, User
from jixiao.web.accounts.roles import OF_BUREAU, OF_REGION, OF_UNIT, Role
from jixiao.web.api.models import ApiToken
from jixiao.web.errors import MovedOnError, tell
from jixiao.web.journal.models import Entry
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.states import OPEN, State

View = TypeVar("View", bound=Callable[..., Any])


class Action(StrEnum):
    """What a view asks to do."""

    ANYONE = "anyone"
    TOKEN = "token"  # noqa: S105 - by the API, whose guard judges each operation for the token's user
    HOME = "home"
    ADD = "add"
    SEE = "see"
    EDIT = "edit"
    RESHAPE = "reshape"
    SUBMIT = "submit"
    REVIEW = "review"
    ADJUST = "adjust"
    CANCEL = "cancel"
    NOTICES = "notices"
    PROGRESS = "progress"
    ROUNDS = "rounds"
    QUEUE = "queue"
    REVIEW_MANY = "review_many"
    SEE_APPRAISALS = "see_appraisals"
    APPRAISE = "appraise"
    ACCOUNTS = "accounts"
    JOURNAL = "journal"


_LARGEST = 2**63 - 1
"""The largest key that a row can have."""

_TEXT_READERS = frozenset(Role) - {Role.ADMINISTRATOR}

_REVIEWERS = frozenset({Role.UNIT_HEAD, Role.DEPARTMENT, Role.BUSINESS, Role.PERFORMANCE})
_APPRAISERS = frozenset({Role.DEPARTMENT, Role.BUSINESS, Role.PERFORMANCE})
"""Roles that fill a 审核表: each has its own."""

_BY_ROLE: Mapping[Action, frozenset[Role]] = {
    Action.HOME: frozenset(Role),
    Action.ADD: frozenset({Role.CLERK}),
    Action.SEE: _TEXT_READERS,
    Action.EDIT: frozenset({Role.CLERK}),
    # The department's part, projects more or fewer, files taken over: not in an adjustment.
    Action.RESHAPE: frozenset({Role.CLERK}),
    Action.SUBMIT: frozenset({Role.CLERK}),
    Action.REVIEW: _REVIEWERS,
    Action.ADJUST: frozenset({Role.CLERK}),
    Action.CANCEL: frozenset({Role.CLERK}),
    Action.NOTICES: OF_UNIT,
    Action.PROGRESS: frozenset({Role.DEPARTMENT, *OF_BUREAU}),
    Action.ROUNDS: frozenset({Role.PERFORMANCE}),
    Action.QUEUE: _TEXT_READERS - {Role.CLERK},
    # Of many texts each is judged by itself, as REVIEW.
    Action.REVIEW_MANY: _REVIEWERS,
    Action.SEE_APPRAISALS: _APPRAISERS,
    Action.APPRAISE: _APPRAISERS,
    # Who keeps the accounts neither fills in nor judges: 等级保护 asks for duties kept apart.
    Action.ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Action.JOURNAL: frozenset({Role.ADMINISTRATOR}),
}

REVIEWED_BY: Mapping[Role, State] = {
    Role.UNIT_HEAD: State.UNIT,
    Role.DEPARTMENT: State.DEPARTMENT,
    Role.BUSINESS: State.FINANCE,
    Role.PERFORMANCE: State.FINANCE,
}
"""The state in which a text waits for each of the reviewing roles."""


def texts(user: User) -> QuerySet[Text]:
    """Return the texts that a user may see; all others are as if they were not there.

    Adjustments are among them, those that have ended, too: see ``listed``.
    """
    found = Text.objects.select_related("unit__department__region")
    within = _WITHIN.get(Role(user.role))
    return found.none() if within is None else found.filter(within(user))


def listed(user: User) -> QuerySet[Text]:
    """Return the texts that lists show: an adjustment that has ended is read from its text."""
    return texts(user).exclude(state=State.CLOSED)


def units(user: User) -> QuerySet[Unit]:
    """Return the units that a user has to do with, whether or not they have begun a text."""
    found = Unit.objects.select_related("department")
    return found.filter(**_UNITS_WITHIN[Role(user.role)](user))


def followed(user: User) -> QuerySet[Text]:
    """Return the texts of the units whose progress a user follows, without what they say.

    What a unit has never submitted is its own business; that it has begun is not.
    """
    return Text.objects.filter(unit__in=units(user).order_by()).only(
        "unit",
        "year",
        "state",
        "stage",
        "original",
        "submitted_at",
        "changed_at",
        "errors",
        "waived",
    )


_UNITS_WITHIN: Mapping[Role, Callable[[User], dict[str, Any]]] = {
    Role.CLERK: lambda user: {"pk": user.unit_id},
    Role.UNIT_HEAD: lambda user: {"pk": user.unit_id},
    Role.DEPARTMENT: lambda user: {"department": user.department_id},
    Role.BUSINESS: lambda user: {"department__section": user.section_id},
    Role.PERFORMANCE: lambda user: {"department__region__in": regions(user)},
    Role.OBSERVER: lambda user: {"department__region__in": regions(user)},
    Role.ADMINISTRATOR: lambda user: {"department__region__in": regions(user)},
}


def regions(user: User) -> frozenset[int]:
    """Return the keys of a user's region and, if the account says so, of all below it."""
    own = frozenset({user.region_id})
    if not user.includes_below or Role(user.role) not in OF_REGION:
        return own
    found: frozenset[int] | None = user.__dict__.get("_regions")
    if found is None:
        found = user.__dict__["_regions"] = _below(own)
    return found


def _below(known: frozenset[int]) -> frozenset[int]:
    """Return regions with those below them; a tree of three or four levels."""
    children = Region.objects.filter(parent__in=known).exclude(pk__in=known)
    further = frozenset(children.values_list("pk", flat=True))
    return _below(known | further) if further else known


# What an administrator keeps: the part of the tree that begins at the own region, and its people.


def kept_regions(user: User) -> QuerySet[Region]:
    """Return the regions that an administrator keeps."""
    return Region.objects.filter(pk__in=regions(user))


def kept_sections(user: User) -> QuerySet[Section]:
    """Return the sections that an administrator keeps."""
    return Section.objects.filter(region__in=regions(user))


def kept_departments(user: User) -> QuerySet[Department]:
    """Return the departments that an administrator keeps."""
    return Department.objects.filter(region__in=regions(user))


def kept_units(user: User) -> QuerySet[Unit]:
    """Return the units that an administrator keeps."""
    return Unit.objects.filter(department__region__in=regions(user))


def kept_users(user: User) -> QuerySet[User]:
    """Return the accounts that an administrator keeps."""
    return User.objects.filter(region__in=regions(user))


def kept_entries(user: User) -> QuerySet[Entry]:
    """Return the entries of the record that an administrator reads: what people of the region did.

    What the program did by itself concerns all regions: it is for who keeps them from the top.
    """
    by = Q(user__in=kept_users(user).values("pk"))
    return Entry.objects.filter(by if user.region.parent_id else by | Q(user=None))


_SENT = Q(submitted_at__isnull=False)
"""What a unit has never submitted is its own business."""

_WITHIN: Mapping[Role, Callable[[User], Q]] = {
    Role.CLERK: lambda user: Q(unit=user.unit_id),
    Role.UNIT_HEAD: lambda user: Q(unit=user.unit_id),
    Role.DEPARTMENT: lambda user: Q(unit__department=user.department_id) & _SENT,
    Role.BUSINESS: lambda user: Q(unit__department__section=user.section_id) & _SENT,
    Role.PERFORMANCE: lambda user: Q(unit__department__region__in=regions(user)) & _SENT,
    Role.OBSERVER: lambda user: Q(
        unit__department__region__in=regions(user),
        state__in=(State.FINANCE, State.APPROVED),
        original=None,
    ),
}


def tokens(user: User) -> QuerySet[ApiToken]:
    """Return the API tokens that a user may see and revoke: one's own; those of the accounts kept."""
    found = ApiToken.objects.select_related("user")
    if user.role == Role.ADMINISTRATOR:
        return found.filter(user__in=kept_users(user))
    return found.filter(user=user)


def roles(action: Action) -> frozenset[Role]:
    """Return the roles that may ask for something at all."""
    return _BY_ROLE.get(action, frozenset())


def may(user: User, action: Action, text: Text | None = None, sheet: Sheet | None = None) -> bool:
    """Tell whether a user may do something (with a text that the user may see, one project of it)."""
    role = Role(user.role)
    if role not in _BY_ROLE.get(action, frozenset()):
        return False
    if action is Action.ADD:
        return user.unit is not None and user.unit.is_open
    if text is None or action is Action.SEE:
        return True
    if action in _WHERE_OPEN:
        is_fixed = text.original_id is not None and (
            action is Action.RESHAPE or (sheet is not None and sheet.frozen)
        )
        return text.state in OPEN and not is_fixed
    if action is Action.ADJUST:
        return text.state == State.APPROVED and not _is_adjusted(text)
    if action is Action.CANCEL:
        return text.state in OPEN and text.original_id is not None
    if action in (Action.REVIEW, Action.APPRAISE):
        return (
            text.state == REVIEWED_BY[role]
            and not _has_agreed(role, text)
            # Texts of regions below are looked at; they are reviewed there.
            and text.unit.department.region_id == user.region_id
        )
    return True


_WHERE_OPEN = frozenset({Action.EDIT, Action.RESHAPE, Action.SUBMIT})


def appraisals_of(user: User) -> tuple[Role, ...]:
    """Return the roles whose review sheets a user may read: the bureau reads the department's."""
    if user.role == Role.DEPARTMENT:
        return (Role.DEPARTMENT,)
    if user.role in OF_BUREAU:
        return (Role.DEPARTMENT, Role.BUSINESS, Role.PERFORMANCE)
    return ()


def _is_adjusted(text: Text) -> bool:
    """Tell whether an adjustment of a text is in work: there is one at a time."""
    return text.adjustments.exclude(state=State.CLOSED).exists()


def _has_agreed(role: Role, text: Text) -> bool:
    """The two sections of the bureau each agree once."""
    return (role is Role.BUSINESS and text.business_agreed) or (
        role is Role.PERFORMANCE and text.performance_agreed
    )


def locked(user: User, action: Action, pk: int) -> Text:
    """Return a text, locked until the transaction ends, judged as it stands at this moment.

    Raises Http404, PermissionDenied, or MovedOnError where someone was faster.
    """
    # The rows of the tree are not locked: others read their own texts by them.
    text = texts(user).select_for_update(of=("self",)).filter(pk=pk).first()
    if text is None:
        raise Http404
    if not may(user, action):
        raise PermissionDenied
    if not may(user, action, text):
        raise _moved_on(text, action)
    return text


def editable(text: Text, sheet: Sheet) -> None:
    """Raise MovedOnError where a project of a text that is open may not be changed."""
    if text.original_id and sheet.frozen:
        raise _moved_on(text, Action.EDIT)


def _moved_on(text: Text, action: Action) -> MovedOnError:
    if text.original_id and text.state in OPEN:
        return MovedOnError(
            "调整时只能改申请调整的项目", "要改别的，请撤销这次调整，重新申请时把要改的项目都勾上"
        )
    if action is Action.ADJUST and text.state == State.APPROVED:
        return MovedOnError(
            "这份文本已经有一次调整在办理，不能再申请", "请先办完或者撤销那一次调整"
        )
    return MovedOnError(
        f"这份文本现在是“{text.get_state_display()}”，不能这样做", "请刷新页面，看最新的状态"
    )


def asks(action: Action) -> Callable[[View], View]:
    """Declare what a view asks to do."""

    def declare(view: View) -> View:
        view.asks = action  # type: ignore[attr-defined]
        return view

    return declare


class ScopeMiddleware:
    """Judges every request before its view is run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _: tuple[object, ...],
        named: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        """Let a request pass to its view, or answer it."""
        action = getattr(view, "asks", None)
        if action is None:
            raise ImproperlyConfigured(f"{view!r} does not declare what it asks")
        if action in (Action.ANYONE, Action.TOKEN):
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        try:
            judge(request, action, named)
        except MovedOnError as error:
            return tell(request, error)
        return None


def judge(request: HttpRequest, action: Action, named: Mapping[str, Any]) -> None:
    """Let who sent a request do what it asks with what its address names, or raise.

    Raises Http404, PermissionDenied, or MovedOnError where the text's state does not allow it.
    """
    user: Any = request.user
    if any(isinstance(each, int) and each > _LARGEST for each in named.values()):
        raise Http404  # no database has such a key, and some fail at it
    if not may(user, action):
        # Of another's text one is not told that it is there.
        if "text_id" in named and not texts(user).filter(pk=named["text_id"]).exists():
            raise Http404
        raise PermissionDenied
    if "text_id" in named:
        text = texts(user).filter(pk=named["text_id"]).first()
        if text is None:
            raise Http404
        if not may(user, action, text):
            raise _moved_on(text, action)
        request.text = text  # type: ignore[attr-defined]


def _to_login(request: HttpRequest) -> HttpResponseBase:
    if getattr(request, "htmx", False):
        return HttpResponse(status=401)  # the page's script keeps what was typed and says so
    return redirect_to_login(request.get_full_path())
