"""How an entry form looks: formats, the print setup, and what users may change on its sheets."""

from __future__ import annotations

from typing import Any

TITLE_ROW, ID_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
"""Rows of a list from 0: title and note, the hidden ids, the heads, the first line to fill."""

LAST_ROW = 2002
"""The last row with drop-down lists and checks: room for 2,000 lines."""

_INK, _FILL, _PALE, _EDGE = "#1F3A5F", "#DCE6F1", "#F3F3F3", "#B8C4D0"
MISSING, WRONG = "#FBD5D5", "#FCE4C4"

# Headings stay; everything a filler may want to do with the rows is allowed.
_ALLOWED = dict.fromkeys(("select_locked_cells", "select_unlocked_cells", "format_cells", "format_columns", "format_rows", "insert_columns", "insert_rows", "delete_columns", "delete_rows", "sort", "autofilter"), True)  # fmt: skip


class Style:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        """Take the workbook."""
        self.book = book
        made = book.add_format
        top = {"text_wrap": True, "valign": "top", "font_size": 10.5}
        edge = {"border": 1, "border_color": _EDGE}
        self.title = made({"bold": True, "font_size": 15, "font_color": _INK, "valign": "vcenter"})
        self.note = made({"font_color": "#666666", "valign": "vcenter", "font_size": 10})
        self.part = made({"bold": True, "font_size": 12, "font_color": _INK})
        self.head = made(
            {"bold": True, "bg_color": _FILL, "font_color": _INK, "align": "center",
             "valign": "vcenter", "text_wrap": True, **edge}
        )  # fmt: skip
        self.optional = made(
            {"bg_color": _PALE, "font_color": "#444444", "align": "center", "valign": "vcenter",
             "text_wrap": True, **edge}
        )  # fmt: skip
        # Cells are of text: codes of 15 and more digits and 30% stay as they are written.
        self.input = made({**top, "num_format": "@", "locked": False})
        self.field = made({**top, **edge, "num_format": "@", "locked": False})
        self.plain = made({**top, **edge})
        self.hidden = made({"num_format": "@", "locked": False, "font_color": "#999999"})
        self.lined = made({**edge})
        self.missing = made({"bg_color": MISSING})
        self.wrong = made({"bg_color": WRONG})
        self.new_group = made({"top": 2, "top_color": _INK})

    @staticmethod
    def page(sheet: Any) -> None:
        """Set a sheet up to be printed, and protect its headings, without a password."""
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&C第 &P 页，共 &N 页")
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD3000"})
        sheet.protect("", _ALLOWED)
