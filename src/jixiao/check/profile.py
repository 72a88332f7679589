"""审核口径: which rules apply at a place and in a year, and with what numbers; as TOML.

A profile extends another (``base`` where it names none) and says only what differs. A province is a profile, never a branch in
the code. Each number in it names its source in a comment beside it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from jixiao.model.errors import ProfileError
from jixiao.model.layers import Shelf
from jixiao.model.office_toml import told

_SHELF = Shelf("审核口径", resources.files("jixiao.check") / "profiles")

T = TypeVar("T", bound=msgspec.Struct)


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A first- or second-level indicator category that a form knows.

    ``seen`` are other names in use that mean it; they count for it, though they are not its name.
    ``required`` says whether each project must have an indicator of it.
    """

    name: str
    required: bool = False
    seen: tuple[str, ...] = ()
    second: tuple[Category, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All names that mean it, as ``category_key`` makes them."""
        return frozenset(category_key(name) for name in (self.name, *self.seen))


@lru_cache(maxsize=512)
@lru_cache(maxsize=512)
def category_key(name: str | None) -> str:
    """Return a category's name without blanks and without 指标 at its end."""
    return "".join((name or "").split()).removesuffix("指标")


class RuleSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a profile says of one rule."""

    enabled: bool = True
    severity: str | None = None
    policy: str | None = None
    parameters: dict[str, Any] = {}


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """审核口径."""

    name: str
    title: str = ""
    extends: str | None = None
    sources: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    rules: dict[str, RuleSettings] = {}

    def of(self, code: str) -> RuleSettings:
        """Return what it says of a rule."""
        return self.rules.get(code, _UNTOUCHED)

    def parameters(self, code: str, kind: type[T]) -> T:
        """Return a rule's parameters. Raises ProfileError if one is missing, unknown or no fit."""
        try:
            return msgspec.convert(self.of(code).parameters, kind)
        except msgspec.ValidationError as error:
            raise ProfileError(
                f"审核口径“{self.name}”中规则 {code} 的参数不对：{told(error)}",
                "请对照 base 口径改正这一条的 parameters",
            ) from error


_UNTOUCHED = RuleSettings()


def list_profiles() -> list[Profile]:
    """Return the profiles that come with jixiao."""
    return [load_profile(name) for name in _SHELF.names()]


def load_profile(name: str | Path = "base") -> Profile:
    """Return a profile by its name, or from a TOML file.

    Raises ProfileError if there is none of that name or the file does not say what it must.
    """
    table = _SHELF.table(str(name))
    _check_rules(str(name), table.get("rules"))
    try:
        return msgspec.convert(table, Profile)
    except msgspec.ValidationError as error:
        raise _SHELF.wrong(str(name), told(error)) from error


def _check_rules(name: str, rules: object) -> None:
    """Raise ProfileError where a rule's settings are none, or where there is no such rule."""
    from jixiao.check.registry import codes  # the rules are made with profiles

    if not isinstance(rules, dict):
        return
    for code, settings in rules.items():
        if code not in codes():
            raise ProfileError(
                f"审核口径“{name}”里没有代码为“{' '.join(code.split())}”的规则",
                "请写一条规则的完整代码，如 [rules.Q03]；可用 jixiao rules 查看全部规则",
            )
        try:
            msgspec.convert(settings, RuleSettings)
        except msgspec.ValidationError as error:
            raise _SHELF.wrong(name, f"规则 {code} 的设置 {told(error)}") from error
