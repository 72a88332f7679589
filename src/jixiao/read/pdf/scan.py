"""Scanned pages of a file, one at a time: what is read of them goes into their contents."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from jixiao.read.pdf.numbering import numbers
from jixiao.read.pdf.page import PageContent
from jixiao.read.pdf.scan_settings import settings
from jixiao.read.pdf.scan_words import is_installed

HOW_TO_GET = "请运行 pip install 'jixiao[ocr]' 装上识别组件后再试，或找原来的 Word 文件"


def recognise_scans(
    data: bytes, pages: Sequence[PageContent], lock: AbstractContextManager[Any]
) -> list[str]:
    """Read the scanned pages of a file into their contents; return sentences on what was not.

    A page that could be read is a scan no more. ``lock`` is held while pdfium draws a page.
    """
    scans = [page for page in pages if page.is_scan]
    if not scans:
        return []
    if not is_installed():
        return [f"{numbers(page.number for page in scans)}是扫描的图片，没有读；{HOW_TO_GET}"]
    limits = settings()
    end = time.monotonic() + limits["max_seconds"]
    unclear: list[int] = []
    lost: list[int] = []
    for done, page in enumerate(scans):
        if done >= limits["max_pages"] or time.monotonic() > end:
            return [*_notes(scans[:done], unclear, lost), _stopped(scans[done:], done)]
        if not _read(data, page, lock):
            unclear.append(page.number)
        elif page.lost:
            lost.append(page.number)
            page.lost = 0
    return _notes(scans, unclear, lost)


def _read(data: bytes, page: PageContent, lock: AbstractContextManager[Any]) -> bool:
    """Read one page; return False where nothing on it can be read."""
    from jixiao.read.pdf.scan_page import read_picture

    longest, dpi = settings()["longest"], settings()["dpi"]
    scale = min(dpi / 72, longest / max(page.width, page.height, 1.0))
    grey = _picture(data, page.number, scale, lock)
    if grey is None:
        return False
    if not _is_written_on(grey):
        page.is_scan = False
        return True
    found = read_picture(grey, dpi, dpi / 72 / scale)
    if found is None:
        return False
    page.frame, page.lie, page.items, page.turn = found.frame, found.lie, found.items, 0
    page.is_scan, page.cut, page.lost = False, found.cut, found.lost
    return True


def _picture(data: bytes, number: int, scale: float, lock: AbstractContextManager[Any]) -> Any:
    """Draw a page in greys; None where it cannot be drawn."""
    import pypdfium2

    with lock:
        document = pypdfium2.PdfDocument(data)
        try:
            bitmap = document[number - 1].render(scale=scale, grayscale=True)
            return bitmap.to_numpy().squeeze().copy()
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            return None
        finally:
            document.close()


def _is_written_on(grey: Any) -> bool:
    """Tell a page from a blank sheet: some of it is darker than paper with its shadows."""
    import numpy as np

    small = grey[: grey.shape[0] // 4 * 4, : grey.shape[1] // 4 * 4]
    small = small.reshape(small.shape[0] // 4, 4, -1, 4).mean(axis=(1, 3))
    return bool((small < np.median(small) - 40).mean() > 1e-5)


def _notes(read: Sequence[PageContent], unclear: list[int], lost: list[int]) -> list[str]:
    notes = []
    if done := [page.number for page in read if page.lie is not None]:
        notes.append(f"{numbers(done)}是扫描的图片，文字是识别出来的，请对照原件核对")
    if unclear:
        notes.append(
            f"{numbers(unclear)}是图片，看不清或没有文字，没有读；"
            "请重新扫描（200 dpi 以上、不要歪斜），或找原来的 Word 文件"
        )
    if lost:
        notes.append(f"{numbers(lost)}有的字看不清，没有读，请对照原件核对")
    return notes


def _stopped(left: Sequence[PageContent], done: int) -> str:
    return (
        f"{numbers(page.number for page in left)}是扫描的图片，没有读：一个文件最多识别 "
        f"{settings()['max_pages']} 页、{settings()['max_seconds'] // 60} 分钟，已识别 {done} 页；"
        "请把其余的页另存成一个文件再读"
    )
