"""Parts of one unit's performance text, each read from a file of its own, put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from jixiao.model import Budget, PerformanceText
from jixiao.model.errors import JixiaoError

_ONE = ("year", "region", "unit", "overall", "budget")
_ALL = (
    "sub_objectives", "safeguards", "tasks", "indicators", "projects", "contents", "unread", "warnings"
)  # fmt: skip


def merged(texts: Sequence[PerformanceText]) -> PerformanceText:
    """Return one text with all projects of some; what it has one of is the first one's that says it.

    Raises JixiaoError for no text, and for texts of different units or years.
    """
    if not texts:
        raise JixiaoError("没有绩效文本可以写成填报表", "请至少给出一份")
    if len(texts) == 1:
        return texts[0]
    for what, values in (
        ("单位", {text.unit.name for text in texts if text.unit.name}),
        ("年度", {str(text.year) for text in texts if text.year}),
    ):
        if len(values) > 1:
            named = "、".join(sorted(values)[:3])
            raise JixiaoError(
                f"这些文本不是同一个{what}的（{named}），不能写进一份填报表", "请分别转换"
            )
    one: dict[str, Any] = {name: _first(texts, name) for name in _ONE}
    several = {name: tuple(each for text in texts for each in getattr(text, name)) for name in _ALL}
    draft = any(text.draft for text in texts)
    return msgspec.structs.replace(texts[0], draft=draft, **one, **several)


def _first(texts: Sequence[PerformanceText], name: str) -> Any:
    """Return the first value that says something."""
    values = [getattr(text, name) for text in texts]
    return next((value for value in values if not _is_empty(value)), values[0])


def _is_empty(value: Any) -> bool:
    if isinstance(value, Budget):
        return value == Budget()
    if isinstance(value, msgspec.Struct):
        return not any(msgspec.structs.astuple(value))
    return not value
