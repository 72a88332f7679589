"""The guard of the API: knows who sends a token, and lets ``scope`` judge what is asked.

Each operation is registered by ``serves`` with the action that it asks; one that is registered
otherwise is refused to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Router
from ninja.security import HttpBearer

from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.api import tokens
from jixiao.web.api.contract import FieldConflict
from jixiao.web.errors import Told
from jixiao.web.scope import Action

Operation = TypeVar("Operation", bound=Callable[..., Any])

JSON = "application/json"
REFERENCE = "#/components/schemas/{name}"

_FILLS_IN = frozenset({Action.EDIT, Action.RESHAPE})
_CHANGES = _FILLS_IN | {Action.SUBMIT, Action.REVIEW}


class Bearer(HttpBearer):
    """Lets a request pass whose token's user may do what the operation asks.

    A session's cookie is no token: who is logged in on the pages is nobody here.
    """

    def __init__(self, action: Action | None) -> None:
        """Take what is asked; nobody may do None."""
        super().__init__()
        self.action = action

    def authenticate(self, request: HttpRequest, token: str) -> User:
        """Return the user for whom a program asks, with ``request.text`` as for the pages.

        Raises UnknownError, PermissionDenied, Http404, MovedOnError.
        """
        found = tokens.known(token)
        request.user = found.user
        request.token = found  # type: ignore[attr-defined]
        match = request.resolver_match
        scope.judge(request, self.action or Action.ANYONE, match.kwargs if match else {})
        return found.user


def serves(
    router: Router,
    method: str,
    path: str,
    action: Action,
    gives: type | Mapping[str, Any],
    refuses: tuple[int, ...] = (),
    takes: Mapping[str, Any] | None = None,
) -> Callable[[Operation], Operation]:
    """Register an operation: what it asks, and what it gives (a structure, or content by its type).

    ``refuses`` are statuses of errors beyond those that follow from what it asks; ``takes`` is a body
    that the framework does not read, by its type.
    """
    content = {JSON: {"schema": reference(gives)}} if isinstance(gives, type) else dict(gives)
    statuses = {401, *refuses} | ({409} if action in _CHANGES else set())
    statuses |= {403} if scope.roles(action) < frozenset(Role) else set()
    statuses |= {404} if "{" in path else set()
    told = {JSON: {"schema": reference(Told)}}
    responses: dict[int, dict[str, Any]] = {200: {"content": content}}
    responses |= {status: {"content": told} for status in sorted(statuses)}
    if action in _FILLS_IN:
        both = {"anyOf": [reference(Told), reference(FieldConflict)]}
        responses[409] = {"content": {JSON: {"schema": both}}}
    extra: dict[str, Any] = {"responses": responses, "x-asks": action.value}
    if takes is not None:
        extra["requestBody"] = {"content": dict(takes), "required": True}
    register: Callable[[Operation], Operation] = router.api_operation(
        [method], path, auth=Bearer(action), openapi_extra=extra
    )
    return register


def reference(structure: type) -> dict[str, str]:
    """Return a reference to a structure in the OpenAPI document."""
    return {"$ref": REFERENCE.format(name=structure.__name__)}
