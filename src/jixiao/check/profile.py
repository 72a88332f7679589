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

from jixiao.check.office_toml import TomlError, parse, told
from jixiao.model.errors import ProfileError

_FOLDER = resources.files("jixiao.check") / "profiles"
_ROOT = "base"
_DEEPEST = 10

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


@lru_cache(maxsize=4096)
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
    names = sorted(entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".toml"))
    return [load_profile(name.removesuffix(".toml")) for name in names]


def load_profile(name: str | Path = "base") -> Profile:
    """Return a profile by its name, or from a TOML file.

    Raises ProfileError if there is none of that name or the file does not say what it must.
    """
    table = _load(str(name), Path(), 0)
    _check_rules(str(name), table.get("rules"))
    try:
        return msgspec.convert(table, Profile)
    except msgspec.ValidationError as error:
        raise _wrong(str(name), told(error)) from error


def _check_rules(name: str, rules: object) -> None:
    """Raise ProfileError where a rule's settings are none, or where there is no such rule."""
    from jixiao.check.registry import rules as known  # the rules are made with profiles

    if not isinstance(rules, dict):
        return
    for code, settings in rules.items():
        if code not in known():
            raise ProfileError(
                f"审核口径“{name}”里没有代码为“{' '.join(code.split())}”的规则",
                "请写一条规则的完整代码，如 [rules.Q03]；可用 jixiao rules 查看全部规则",
            )
        try:
            msgspec.convert(settings, RuleSettings)
        except msgspec.ValidationError as error:
            raise _wrong(name, f"规则 {code} 的设置 {told(error)}") from error


def _wrong(name: str, what: str) -> ProfileError:
    return ProfileError(f"审核口径“{name}”写得不对：{what}", "请对照文档改正后再试")


def _load(name: str, folder: Path, depth: int) -> dict[str, Any]:
    """Return a profile's table with all that it extends."""
    if depth > _DEEPEST:
        raise ProfileError(f"审核口径“{name}”一层层继承，绕成了圈", "请检查各文件的 extends")
    table, folder = _read(name, folder)
    parent = table.get("extends", _ROOT if name != _ROOT else None)
    if parent is None:
        return table
    if not isinstance(parent, str):
        raise _wrong(name, "extends 应为文字（放在引号里）")
    return _over(_load(parent, folder, depth + 1), table)


def _read(name: str, folder: Path) -> tuple[dict[str, Any], Path]:
    path = folder / name
    try:
        if name.endswith(".toml"):
            content, folder = path.read_bytes(), path.parent
        else:
            content = _shipped(name)
        table = parse(content)
    except TomlError as error:
        raise ProfileError(f"审核口径文件 {path} 写得不对：{error}", "请改正后再试") from error
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        raise ProfileError(
            f"审核口径文件 {_shown(path)} 打不开", "请检查文件名和读取权限"
        ) from error
    table.setdefault("name", Path(name).stem)
    return table, folder


def _shown(path: Path) -> str:
    return str(path).replace("\0", "")


def _shipped(name: str) -> bytes:
    known = sorted(
        entry.name.removesuffix(".toml")
        for entry in _FOLDER.iterdir()
        if entry.name.endswith(".toml")
    )
    if name not in known:
        raise ProfileError(
            f"没有名为“{name}”的审核口径", f"可用的有 {'、'.join(known)}，也可指定一个 .toml 文件"
        )
    return (_FOLDER / f"{name}.toml").read_bytes()


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lay a table over another: tables are merged, everything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            merged[key] = _over(known, value)
        else:
            merged[key] = value
    return merged
