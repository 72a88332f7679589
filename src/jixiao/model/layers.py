"""口径 (profiles) in layers: TOML that extends other TOML, shipped with jixiao or an office's own.

What a 口径 says is the business of whoever reads it (``check``, ``score``); here is only how its
layers are found and laid over each other.
"""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from jixiao.model.errors import ProfileError
from jixiao.model.office_toml import TomlError, parse

_DEEPEST = 10


class Shelf(NamedTuple):
    """The profiles of one kind: what they are called, where the shipped ones are, the lowest."""

    kind: str
    folder: Traversable
    root: str = "base"

    def names(self) -> list[str]:
        """Return the names of those that come with jixiao, in order."""
        entries = [entry.name for entry in self.folder.iterdir()]
        return sorted(name.removesuffix(".toml") for name in entries if name.endswith(".toml"))

    def table(self, name: str) -> dict[str, Any]:
        """Return a profile, by its name or its .toml file, laid over all that it extends.

        Raises ProfileError if there is none, it is no TOML, or its layers go round in a circle.
        """
        return self._load(name, Path(), 0)

    def wrong(self, name: str, what: str) -> ProfileError:
        """Return the error that says what is wrong in a profile."""
        return ProfileError(f"{self.kind}“{name}”写得不对：{what}", "请对照文档改正后再试")

    def _load(self, name: str, folder: Path, depth: int) -> dict[str, Any]:
        if depth > _DEEPEST:
            raise ProfileError(f"{self.kind}“{name}”一层层继承，绕成了圈", "请检查各文件的 extends")
        table, folder = self._read(name, folder)
        parent = table.get("extends", self.root if name != self.root else None)
        if parent is None:
            return table
        if not isinstance(parent, str):
            raise self.wrong(name, "extends 应为文字（放在引号里）")
        return over(self._load(parent, folder, depth + 1), table)

    def _read(self, name: str, folder: Path) -> tuple[dict[str, Any], Path]:
        path = folder / name
        try:
            if name.endswith(".toml"):
                content, folder = path.read_bytes(), path.parent
            else:
                content = self._shipped(name)
            table = parse(content)
        except TomlError as error:
            raise ProfileError(
                f"{self.kind}文件 {path} 写得不对：{error}", "请改正后再试"
            ) from error
        except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
            shown = str(path).replace("\0", "")
            raise ProfileError(
                f"{self.kind}文件 {shown} 打不开", "请检查文件名和读取权限"
            ) from error
        table.setdefault("name", Path(name).stem)
        return table, folder

    def _shipped(self, name: str) -> bytes:
        known = self.names()
        if name not in known:
            raise ProfileError(
                f"没有名为“{name}”的{self.kind}",
                f"可用的有 {'、'.join(known)}，也可指定一个 .toml 文件",
            )
        return (self.folder / f"{name}.toml").read_bytes()


def over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lay a table over another: tables are merged, everything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            merged[key] = over(known, value)
        else:
            merged[key] = value
    return merged
