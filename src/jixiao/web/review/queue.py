"""The queue: which texts or projects a reviewer works through, and in which order.

What the queue is filtered by is kept in the address, so that it can be marked, sent and gone back
to; pages that are opened from the queue carry it along and know what comes next.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict

from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.inputs import number, words
from jixiao.web.review.models import Standing
from jixiao.web.review.standing import SENT
from jixiao.web.targets.models import Comment, Text
from jixiao.web.targets.states import State

HAS = {
    "errors": "有错误（含说明了理由的）",
    "waived": "有说明了理由的错误",
    "warnings": "有警告",
    "comments": "有没处理的意见",
    "clean": "没有错误和警告",
}
"""What a text or a project may be asked to have."""


_MOST = 10**12
"""万元 beyond any budget that could be asked for."""


class Filter(NamedTuple):
    """What a queue is asked for; fields that are "" or None do not narrow it."""

    show: str = "waiting"
    look: str = "texts"
    q: str = ""
    department: int | None = None
    unit: int | None = None
    year: int | None = None
    state: str = ""
    has: str = ""
    rule: str = ""
    money: str = ""

    @property
    def least(self) -> Decimal | None:
        """The least budget in 万元; None where none is asked for, or what is asked is no number."""
        try:
            asked = Decimal(self.money)
        except InvalidOperation:
            return None
        return asked if asked.is_finite() and -_MOST < asked < _MOST else None

    @property
    def fault(self) -> str:
        """What cannot be understood of what is asked for, "" where all can."""
        return (
            f"金额“{self.money}”不是数，没有按它筛选" if self.money and self.least is None else ""
        )

    @property
    def encoded(self) -> str:
        """The filter as it stands in an address; what asks for nothing is left out."""
        asked = {
            name: value
            for name, value in self._asdict().items()
            if value not in ("", None) and value != Filter._field_defaults[name]
        }
        return urlencode(asked)

    @property
    def narrowed(self) -> bool:
        """Whether anything beyond 等我审核 or 全部 is asked for."""
        return self._replace(show="waiting", look="texts") != Filter()


def asked_of(query: Mapping[str, str], role: Role) -> Filter:
    """Return what an address asks for; what makes no sense is not asked for."""

    def word(name: str, known: object = None) -> str:
        value = words(query.get(name, ""))
        return value if known is None or value in known else ""  # type: ignore[operator]

    reviews = role in scope.REVIEWED_BY
    return Filter(
        "waiting" if reviews and word("show") != "all" else "all",
        "projects" if word("look") == "projects" else "texts",
        word("q"),
        number(query.get("department", "")),
        number(query.get("unit", "")),
        number(query.get("year", "")),
        word("state", State.values),
        word("has", HAS),
        word("rule") if word("rule").isalnum() else "",
        word("money"),
    )


def asked_on(request: HttpRequest) -> Filter:
    """Return the queue that a page was opened from; the one that waits, where it was from none."""
    given = request.POST.get("queue") or request.GET.get("queue") or ""
    role = Role(request.user.role)  # type: ignore[union-attr]
    return asked_of(QueryDict(given[:2000]), role)


def waiting(user: User) -> QuerySet[Text]:
    """Return the texts that wait for a user's review; all, to who reviews nothing."""
    role = Role(user.role)
    found = scope.listed(user)
    state = scope.REVIEWED_BY.get(role)
    if state is None:
        return found
    found = found.filter(state=state)
    if role is Role.BUSINESS:
        found = found.filter(business_agreed=False)
    if role is Role.PERFORMANCE:
        # Texts of regions below are looked at, too; they are reviewed there.
        found = found.filter(performance_agreed=False, unit__department__region=user.region_id)
    return found


def base(user: User, asked: Filter) -> QuerySet[Text]:
    """Return the texts that a queue is filtered from."""
    return waiting(user) if asked.show == "waiting" else scope.listed(user)


def texts(user: User, asked: Filter) -> QuerySet[Text]:
    """Return the texts of a queue, the worst and the dearest first."""
    found = base(user, asked).filter(_place(asked, ""))
    if asked.q:
        named = Q(unit__name__icontains=asked.q) | Q(unit__department__name__icontains=asked.q)
        found = found.filter(named | Exists(_of_text(name__icontains=asked.q)))
    if asked.rule:
        found = found.filter(Exists(_of_text(codes__contains=f" {asked.rule} ")))
    if asked.least is not None:
        found = found.filter(money__gte=asked.least)
    return found.filter(_has(asked.has, OuterRef("pk"))).order_by(
        "-errors", "-waived", "-money", "pk"
    )


def projects(user: User, asked: Filter) -> QuerySet[Standing]:
    """Return the projects of a queue, the worst and the dearest first."""
    within = base(user, asked)
    found = Standing.objects.filter(
        text__in=within.filter(state__in=SENT).order_by().values("pk"), sheet__isnull=False
    ).filter(_place(asked, "text__"))
    if asked.q:
        found = found.filter(
            Q(name__icontains=asked.q)
            | Q(code__icontains=asked.q)
            | Q(text__unit__name__icontains=asked.q)
            | Q(text__unit__department__name__icontains=asked.q)
        )
    if asked.rule:
        found = found.filter(codes__contains=f" {asked.rule} ")
    if asked.least is not None:
        found = found.filter(money__gte=asked.least)
    found = found.filter(_has(asked.has, OuterRef("text"), sheet=OuterRef("sheet")))
    return found.order_by("-errors", "-waived", "-money", "text", "pk")


def _place(asked: Filter, prefix: str) -> Q:
    named = {
        "unit__department": asked.department,
        "unit": asked.unit,
        "year": asked.year,
        "state": asked.state or None,
    }
    return Q(**{prefix + name: value for name, value in named.items() if value is not None})


def _of_text(**asked: str) -> QuerySet[Standing]:
    return Standing.objects.filter(text=OuterRef("pk"), **asked)


def _has(asked: str, text: OuterRef, **sheet: OuterRef) -> Q:
    if asked == "errors":
        return Q(errors__gt=0) | Q(waived__gt=0)
    if asked in ("waived", "warnings"):
        return Q(**{f"{asked}__gt": 0})
    if asked == "clean":
        return Q(errors=0, waived=0, warnings=0)
    if asked == "comments":
        return Q(Exists(Comment.objects.filter(text=text, settled_at=None, **sheet)))
    return Q()
