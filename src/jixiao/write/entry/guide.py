"""填报说明: how to fill the form, what a good indicator is, and the categories to choose from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from jixiao.check.profile import Profile
from jixiao.read.entry_layout import GUIDE, mark
from jixiao.write.entry.style import Style
from jixiao.write.plain import clean

GUIDE_NAME = "填报说明"
_WIDTHS = (2, 18, 24, 34, 50)
_LINE = 16
_LONGEST_LIST = 255
"""Characters of a drop-down list that is written out (Excel specifications and limits)."""


class Categories(msgspec.Struct, frozen=True):
    """The categories as drop-down lists take them: the first levels, and where the pairs stand.

    ``firsts`` and ``seconds`` are ranges of the guide's sheet, row by row; the rows of a first
    level stand together.
    """

    names: tuple[str, ...]
    firsts: str
    seconds: str
    start: str

    @property
    def source(self) -> list[str] | str:
        """Return what the list of first levels offers."""
        if len(",".join(self.names)) <= _LONGEST_LIST and not any("," in n for n in self.names):
            return list(self.names)
        return f"={self.firsts}"


@cache
def _words() -> dict[str, Any]:
    path = resources.files("jixiao.write") / "data" / "entry_guide.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def guide(sheet: Any, style: Style, profile: Profile) -> Categories:
    """Write the sheet of instructions; return where its categories stand."""
    words = _words()
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, mark(GUIDE), style.note)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, 1, words["title"], style.title)
    sheet.set_row(1, 28)
    at = 2
    for number, step in words["steps"]:
        sheet.write_string(at, 1, f"第 {number} 步", style.plain)
        sheet.merge_range(at, 2, at, 4, step, style.plain)
        sheet.set_row(at, _LINE * 2 if len(step) > 52 else _LINE)
        at += 1
    at = _table(
        sheet, style, at + 1, words["example_title"], words["example_heads"], words["examples"]
    )
    rows = [
        [first.name, second.name, "是" if first.required and second.required else "",
         words["categories"].get(second.name, "")]
        for first in profile.categories
        for second in first.second
    ]  # fmt: skip
    title = f"{words['category_title']}：{profile.title or profile.name}"
    start = at + 3
    at = _table(sheet, style, at + 1, title, words["category_heads"], rows)
    style.page(sheet)
    sheet.hide_gridlines(2)
    sheet.set_first_sheet()
    name, last = f"'{GUIDE_NAME}'", max(start + len(rows), start + 1)
    return Categories(
        tuple(clean(each.name) for each in profile.categories),
        f"{name}!$B${start + 1}:$B${last}",
        f"{name}!$C${start + 1}:$C${last}",
        f"{name}!$C${start + 1}",
    )


def _table(
    sheet: Any, style: Style, at: int, title: str, heads: list[str], rows: list[list[str]]
) -> int:
    """Write a titled table; return the row below it."""
    sheet.write_string(at, 1, clean(title), style.part)
    for column, head in enumerate(heads, 1):
        sheet.write_string(at + 1, column, head, style.head)
    for below, row in enumerate(rows, at + 2):
        for column, text in enumerate(row, 1):
            sheet.write_string(below, column, clean(text), style.plain)
    return at + 2 + len(rows)
