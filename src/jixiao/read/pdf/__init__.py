"""PDF files: tables rebuilt from their ruling lines, words from their characters.

Scanned pages are read from their pictures, where the extra ``jixiao[ocr]`` is installed.
"""

from __future__ import annotations

from jixiao.read.blocks import Blocks
from jixiao.read.pdf.assembly import assembled
from jixiao.read.pdf.document import pages_of
from jixiao.read.pdf.doubts import doubts_in
from jixiao.read.pdf.pause import collector_paused

__all__ = ["read_pdf"]


def read_pdf(data: bytes) -> Blocks:
    """Return the blocks of a PDF file.

    Raises ReadError where it has a password, is damaged, hostile or too large, or where all of it
    is scanned and cannot be recognised.
    """
    pages, notes = pages_of(data)
    with collector_paused():
        blocks = tuple(assembled(pages).blocks)
    doubts = doubts_in(blocks) if any(page.lie for page in pages) else ()
    return Blocks(blocks, notes=notes, doubts=doubts)
