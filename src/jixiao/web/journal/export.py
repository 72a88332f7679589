"""The record as a workbook: what was filtered, with the hashes that prove it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils import timezone

from jixiao.web.journal.models import Entry
from jixiao.web.journal.showing import Shown, shown
from jixiao.write.plain import clean

MOST = 100_000
"""Entries of the largest workbook; a sheet of Excel has a million rows, a reader's patience fewer."""

_LONGEST = 32_000
_HEADS = (
    ("序号", 8), ("时间", 20), ("谁", 22), ("从哪里", 16), ("操作", 18), ("对象", 34), ("内容", 60),
    ("原始内容", 40), ("散列", 66),
)  # fmt: skip


def workbook(entries: Iterable[Entry]) -> bytes:
    """Return entries as a workbook; whatever they say is words there, never a formula."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("操作记录")
        head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1})
        for column, (name, width) in enumerate(_HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        for number, each in enumerate(_shown(entries), 1):
            for column, value in enumerate(_cells(each)):
                sheet.write_string(number, column, clean(value)[:_LONGEST])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(_HEADS) - 1)
    return content.getvalue()


def _shown(entries: Iterable[Entry]) -> Iterator[Shown]:
    left = iter(entries)
    while part := list(islice(left, 1000)):
        yield from shown(part)


def _cells(each: Shown) -> tuple[str, ...]:
    entry = each.entry
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    return (
        str(entry.number), at, entry.person, entry.address, each.action, each.subject,
        each.detail, entry.detail, entry.hash,
    )  # fmt: skip
