"""Born-digital PDF files: tables rebuilt from their ruling lines, words from their characters.

Scanned pages are told, not read: reading them takes character recognition.
"""

from __future__ import annotations

from jixiao.read.blocks import Blocks
from jixiao.read.pdf.assembly import assembled
from jixiao.read.pdf.document import pages_of

__all__ = ["read_pdf"]


def read_pdf(data: bytes) -> Blocks:
    """Return the blocks of a PDF file.

    Raises ReadError where it has a password, is damaged, hostile or too large, or where all of it
    is scanned.
    """
    pages, notes = pages_of(data)
    return Blocks(tuple(assembled(pages).blocks), notes=notes)
