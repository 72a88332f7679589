"""Decimal arithmetic that is the same wherever it runs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, localcontext
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""More digits than any product or quotient of budgets has before it is rounded for showing."""


def exact(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function reckon with 60 digits, whatever decimal context its caller has set."""

    @wraps(function)
    def in_context(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(_EXACT):
            return function(*args, **kwargs)

    return in_context
