"""The workbook of an entry form: the instructions, the department's sheet, and the lists."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from jixiao.check.profile import Profile, load_profile
from jixiao.model import PerformanceText
from jixiao.read.entry_layout import layout
from jixiao.write.entry.department import department
from jixiao.write.entry.guide import GUIDE_NAME, guide
from jixiao.write.entry.lists import Lists
from jixiao.write.entry.rows import sheets
from jixiao.write.entry.style import Style

_TITLE = "部门预算绩效文本填报表"

# Words are words: whatever a text says, no cell of the form is a formula, a link or a number.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def form(text: PerformanceText, profile: Profile | str) -> bytes:
    """Return the form of a text. Raises ProfileError where there is no such profile."""
    known = load_profile(profile) if isinstance(profile, str) else profile
    content = BytesIO()
    with xlsxwriter.Workbook(content, dict(_OPTIONS)) as book:
        book.set_properties(
            {
                "title": _TITLE,
                "subject": text.unit.name or "",
                "created": datetime.datetime(2000, 1, 1),
            }
        )
        style = Style(book)
        filled = sheets(text)
        places: dict[str, Any] = {"guide": book.add_worksheet(GUIDE_NAME)}
        for key in ("department", *(key for key, _ in filled)):
            places[key] = book.add_worksheet(layout().sheets[key].name)
        categories = guide(places["guide"], style, known)
        department(places["department"], style, text)
        lists = Lists(style, categories)
        for key, sheet in filled:
            lists.write(key, places[key], sheet)
        places["department" if text.projects or text.overall else "guide"].activate()
    return content.getvalue()
