"""The words of a printed text that are no data: titles, labels, how wide a column is.

``data/wording.toml`` has them; a template folder may have a ``wording.toml`` with its own.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from jixiao.model.errors import TemplateError

WORDING = "wording.toml"
"""The name of the file, in the package and in a template folder."""

_Words = dict[str, str]


class Wording(msgspec.Struct, frozen=True):
    """Tables of ``wording.toml``: what is said, by what it is for."""

    cover: _Words
    titles: _Words
    project: dict[str, Any]
    columns: dict[str, tuple[str, int]]
    part_one: _Words
    department: _Words
    activities: _Words

    def label(self, name: str) -> str:
        """Return a label of a project's table."""
        return str(self.project[name])

    def month(self, checkpoint: str) -> str:
        """Return the name of a checkpoint of the spending plan: 03 → 3月底."""
        return str(self.project["months"][checkpoint])


@cache
def standard() -> Wording:
    """Return the words that the package has."""
    return msgspec.convert(tomllib.loads(_text()), Wording)


def load(path: Path) -> Wording:
    """Return the words of a file, and the package's where it has none.

    Raises TemplateError where it is no TOML, or has a name that nothing goes by.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateError(
            f"“{path}”读不出来：{error}", "请按 TOML 的写法改正；可以导出一份缺省的模板对照"
        ) from error
    words = tomllib.loads(_text())
    _merge(words, given, path, ())
    try:
        wording = msgspec.convert(words, Wording)
        _try_out(wording)
    except (msgspec.ValidationError, KeyError, IndexError, ValueError) as error:
        raise TemplateError(
            f"“{path}”里的写法不对：{error}",
            "请对照缺省的 wording.toml：文字用引号，列是 [名称, 宽]",
        ) from error
    return wording


def _text() -> str:
    return (resources.files("jixiao.write.text") / "data" / WORDING).read_text(encoding="utf-8")


def _merge(words: dict[str, Any], given: dict[str, Any], path: Path, at: tuple[str, ...]) -> None:
    for name, said in given.items():
        here = ".".join((*at, name))
        if name not in words:
            raise TemplateError(
                f"“{path}”里的“{here}”没有用处", "请对照缺省的 wording.toml 改正名字，或删去这一行"
            )
        if isinstance(words[name], dict):
            if not isinstance(said, dict):
                raise TemplateError(f"“{path}”里的“{here}”应是一张表", "请写成 [名称] 加各行")
            _merge(words[name], said, path, (*at, name))
        else:
            words[name] = said


def _try_out(wording: Wording) -> None:
    """Raise what using the words would raise: a blank to fill in that is not known."""
    wording.cover["year"].format(2024)
    wording.titles["project"].format(number=1, name="")
    wording.label("money_unit").format("万元")
    for name in ("goal", "goal_digit"):
        wording.label(name).format(number=1, goal="")
    wording.label("goal_label").format(number=1)
    wording.department["amount"].format("万元")
    for name, (_, width) in wording.columns.items():
        if not 1 <= width <= 100:
            raise ValueError(f"列 {name} 的宽应在 1 到 100 之间")
