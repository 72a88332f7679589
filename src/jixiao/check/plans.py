"""The spending plan as the plan rules see it: the checkpoints that are filled."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from jixiao.model import Plan

_HUNDRED = 100


@lru_cache(maxsize=512)
def checkpoints(plan: Plan) -> tuple[tuple[str, Decimal], ...]:
    """Return month and percentage of each checkpoint that states one, in order of time."""
    return tuple((month, share) for month, share in plan.shares() if share is not None)


def adds_up(plan: Sequence[tuple[str, Decimal]]) -> bool:
    """Tell whether a plan states the share of each period by itself: several that make 100."""
    shares = [share for _, share in plan if share]
    return len(shares) > 1 and sum(shares) == _HUNDRED


def shown(plan: Sequence[tuple[str, Decimal]]) -> str:
    """Return a plan as a message quotes it: 3月底30%，6月底60%."""
    return "，".join(f"{int(month)}月底{share:f}%" for month, share in plan)
