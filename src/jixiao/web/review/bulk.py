"""Many texts agreed to or returned at once: each judged by itself, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404

from jixiao.model.errors import JixiaoError
from jixiao.web import inputs, scope
from jixiao.web.accounts.models import User
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import workflow
from jixiao.web.targets.models import Text

MOST = 200
"""Texts decided on at once."""

Way = Literal["agree", "return"]


class BulkError(JixiaoError):
    """A choice of texts that cannot be decided on at once."""


class Chosen(NamedTuple):
    """A text chosen, and what the reviewer is to have seen before agreeing to it."""

    text: Text
    waived: int
    comments: int

    @property
    def seen(self) -> str:
        """What a tick says to have seen; it holds for no more than that."""
        return f"{self.waived}-{self.comments}"

    @property
    def needs_tick(self) -> bool:
        """Whether the text passes only with a tick of its own."""
        return bool(self.waived or self.comments)


class Outcome(NamedTuple):
    """What became of one text."""

    name: str
    text: int | None
    done: bool
    told: str


def chosen(user: User, given: Sequence[str]) -> tuple[list[Chosen], int]:
    """Return the texts that were chosen and can be decided on now, and how many cannot.

    Raises BulkError where none or too many are chosen.
    """
    keys = numbers(given)
    found = {each.text.pk: each for each in _looked_at(user, keys)}
    ready = [found[key] for key in keys if key in found]
    able = [each for each in ready if scope.may(user, Action.REVIEW, each.text)]
    return able, len(keys) - len(able)


def numbers(given: Sequence[str]) -> list[int]:
    """Return the keys of texts as a page sends them, each once. Raises BulkError."""
    found = dict.fromkeys(map(inputs.number, given))
    keys = [each for each in found if each is not None]
    if not keys:
        raise BulkError("没有选中文本", "请回到队列，在左边勾选")
    if len(keys) > MOST:
        raise BulkError(f"选中了 {len(keys)} 份，一次最多 {MOST} 份", "请分几次")
    return keys


def _looked_at(user: User, keys: Sequence[int]) -> list[Chosen]:
    found = scope.texts(user).filter(pk__in=keys).defer("findings", "head")
    waiting = Count("comments", filter=Q(comments__settled_at=None))
    return [Chosen(each, each.waived, each.waiting) for each in found.annotate(waiting=waiting)]


def decide(
    actor: Actor,
    way: Way,
    given: Sequence[str],
    opinion: str,
    ticked: Mapping[int, str],
) -> list[Outcome]:
    """Decide on each text by itself; one that cannot be decided on does not stop the others.

    ``ticked`` has for a text what its tick says to have seen (``Chosen.seen``).
    """
    user = actor.user
    assert user is not None
    keys = numbers(given)
    if way == "return" and not opinion.strip():
        raise BulkError("批量退回要写退回意见", "写一条对这些文本都适用的意见")
    names = {
        each.pk: str(each)
        for each in scope.texts(user).filter(pk__in=keys).defer("findings", "head")
    }
    told = [_one(actor, way, key, names, opinion, ticked.get(key, "")) for key in keys]
    record(actor, "review.many", "text", way=way, asked=keys, done=[e.text for e in told if e.done])
    return told


def _one(
    actor: Actor, way: Way, key: int, names: Mapping[int, str], opinion: str, ticked: str
) -> Outcome:
    if key not in names:
        return Outcome("（没有这份文本，或者不归您审核）", None, done=False, told="没有办")
    judge: Callable[[], str] = (
        (lambda: _agree(actor, key, opinion, ticked))
        if way == "agree"
        else (lambda: _return(actor, key, opinion))
    )
    try:
        return Outcome(names[key], key, done=True, told=judge())
    except JixiaoError as error:
        return Outcome(names[key], key, done=False, told=str(error))
    except (Http404, PermissionDenied):
        return Outcome(names[key], key, done=False, told="现在不归您审核")


@transaction.atomic
def _agree(actor: Actor, key: int, opinion: str, ticked: str) -> str:
    assert actor.user is not None
    text = scope.locked(actor.user, Action.REVIEW, key)
    now = Chosen(text, text.waived, text.comments.filter(settled_at=None).count())
    if now.needs_tick and ticked != now.seen:
        raise BulkError(
            f"有 {now.waived} 处错误是说明理由后提交的、{now.comments} 条意见没处理，没有勾选“看过了”",
            "请打开看过再通过",
        )
    return workflow.agreed_words(workflow.agree(actor, key, opinion))


def _return(actor: Actor, key: int, opinion: str) -> str:
    workflow.send_back(actor, key, opinion)
    return "已退回"
