"""Opening a PDF that nobody vouches for, and going through its pages within limits."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from jixiao.model.errors import ReadError
from jixiao.read.pdf.bombs import refuse_bombs
from jixiao.read.pdf.numbering import numbers
from jixiao.read.pdf.page import PageContent, content_of
from jixiao.read.pdf.pause import collector_paused
from jixiao.read.pdf.scan import recognise_scans

MAX_PAGES = 3_000
"""Pages of the longest file that is read; a county's text of one unit has under 200."""

MAX_SECONDS = 180.0
"""Time that one file may take; a page of a form takes some 10 ms."""

MAX_ITEMS = 2_000_000
"""Characters and lines over all pages that are kept at a time."""

_DAMAGED = ReadError(
    "PDF 文件不完整或已损坏，打不开",
    "文件可能没有下载完，请重新取得文件，或用 PDF 阅读器打开后另存一份再试",
)
_PASSWORD = ReadError("PDF 文件设有密码，读不出内容", "请用 PDF 阅读器打开，取消密码后另存一份再试")
_EMPTY = ReadError("PDF 文件里没有一页", "请确认文件保存完整")
_PICTURE = "请把图片里的文字录入，或找原来的 Word 文件"

# pdfium keeps its state in one place for the whole process.
_ONE_AT_A_TIME = threading.Lock()

_NO_BLANKS = ("Skia/PDF",)
"""Programs that draw no blanks: Chromium, Edge and what else prints by way of Skia."""

_ERROR_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""


def pages_of(data: bytes) -> tuple[list[PageContent], tuple[str, ...]]:
    """Return what stands on a file's pages, and sentences about what could not be read.

    Raises ReadError.
    """
    refuse_bombs(data)
    with _ONE_AT_A_TIME, collector_paused():
        pages = _read(data)
    is_scanned = any(page.is_scan for page in pages)
    said = recognise_scans(data, pages, _ONE_AT_A_TIME)
    if is_scanned and not any(page.items for page in pages):
        what_to_do = said[-1] if said else _PICTURE
        raise ReadError(f"PDF 文件是扫描件，{len(pages)} 页都是图片，没有文字", what_to_do)
    return pages, (*said, *_notes(pages))


def _read(data: bytes) -> list[PageContent]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise (
            _PASSWORD if code == _ERROR_PASSWORD or "assword" in str(error) else _DAMAGED
        ) from error
    try:
        count = len(document)
        if count == 0:
            raise _EMPTY
        if count > MAX_PAGES:
            raise ReadError(
                f"PDF 文件有 {count} 页，超过 {MAX_PAGES} 页，不像一份绩效文本",
                "请把要读的部分另存成一个文件再试",
            )
        producer = document.get_metadata_value("Producer")
        return _pages(document.raw, count, pdfium, guess_blanks=producer.startswith(_NO_BLANKS))
    finally:
        document.close()


def _pages(document: Any, count: int, pdfium: Any, *, guess_blanks: bool) -> list[PageContent]:
    pages: list[PageContent] = []
    end = time.monotonic() + MAX_SECONDS
    unreadable = 0
    for index in range(count):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            unreadable += 1
            continue
        try:
            pages.append(content_of(page, index + 1, guess_blanks=guess_blanks))
        finally:
            pdfium.FPDF_ClosePage(page)
        if time.monotonic() > end:
            raise ReadError(
                f"PDF 文件太复杂，读到第 {index + 1} 页已用了 {MAX_SECONDS:.0f} 秒",
                "请把要读的部分另存成一个文件，或用 Word、WPS 另存为 docx 再试",
            )
    if unreadable == count:
        raise _DAMAGED
    return pages


def _notes(pages: Sequence[PageContent]) -> list[str]:
    notes = []
    if pictures := [page.number for page in pages if page.picture and not page.is_scan]:
        notes.append(f"{numbers(pictures)}有大幅图片，其中如有文字没有读；{_PICTURE}")
    if bare := [page.number for page in pages if not all(g.is_ruled for g in page.grids)]:
        notes.append(f"{numbers(bare)}有没有画线的表，是按对齐的位置读的，请核对")
    if cut := [page.number for page in pages if page.cut]:
        notes.append(f"{numbers(cut)}的图形或文字太多，没有全部读入，请核对")
    if lost := [page.number for page in pages if page.lost > 5]:
        notes.append(
            f"{numbers(lost)}有的字在文件里没有编码，读不出来，请核对；最好找原来的 Word 文件"
        )
    return notes
