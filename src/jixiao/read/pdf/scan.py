"""Scanned pages: drawn as a picture, set straight, their lines and words found in it."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import Any

from jixiao.read.pdf.frame import frame_of
from jixiao.read.pdf.glyphs import Glyph
from jixiao.read.pdf.lattice import lattices
from jixiao.read.pdf.page import PageContent, _items, _real

_NEEDED = ("rapidocr", "cv2", "onnxruntime")

Words = list[tuple[list[Glyph], float]]


def is_installed() -> bool:
    """Tell whether the extra ``jixiao[ocr]`` is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def recognise_scans(data: bytes, pages: Sequence[PageContent]) -> list[str]:
    """Read the scanned pages of a file into their contents, one at a time.

    What could be read is a scan no more. Return sentences about words that are uncertain, with
    their page. Nothing happens where the extra is not installed.
    """
    scans = [page for page in pages if page.is_scan]
    if not scans or not is_installed():
        return []
    import pypdfium2

    settings = _settings()
    end = time.monotonic() + settings["max_seconds"]
    notes: list[str] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for page in scans[: settings["max_pages"]]:
            if time.monotonic() > end:
                break
            notes += _read(document[page.number - 1], page)
    finally:
        document.close()
    return _shortened(notes, settings["most_notes"])


def _read(source: Any, page: PageContent) -> list[str]:
    from jixiao.read.pdf.scan_lines import lines_in

    settings = _settings()
    dpi = settings["dpi"]
    if page.width * page.height * (dpi / 72) ** 2 > settings["max_pixels"]:
        return []
    grey = source.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze()
    picture, words, turn = _upright(grey, dpi)
    if not words:
        return []
    page.frame, page.turn = frame_of(source.raw).turned(-turn), -turn % 4
    tables = lattices(*lines_in(picture, dpi))
    glyphs = [glyph for word, _ in words for glyph in word]
    page.items = _items(glyphs, _real(tables or [], page.frame), page.height)
    page.is_scan = False
    page.cut = tables is None
    return [
        f"第{page.number}页的“{_text(word)}”识别得没有把握（{score:.0%}），请核对"
        for word, score in words
        if score < settings["low_confidence"]
    ]


def _upright(grey: Any, dpi: float) -> tuple[Any, Words, int]:
    """Return a picture set straight, its words, and the quarters it was turned back by."""
    import numpy as np

    from jixiao.read.pdf.scan_lines import straightened
    from jixiao.read.pdf.scan_words import words_in

    best: tuple[float, Any, Words, int] | None = None
    for turn in (0, 1, 3, 2):
        picture, _ = straightened(np.ascontiguousarray(np.rot90(grey, turn)))
        words = words_in(picture, dpi)
        if turn == 0 and not words:
            return picture, [], 0
        sure = _sureness(words)
        if best is None or sure > best[0]:
            best = sure, picture, words, turn
        if sure >= _settings()["turned_below"]:
            break
    assert best is not None
    return best[1], best[2], best[3]


def _sureness(words: Words) -> float:
    """Return how sure the words of a page are, each counting by its length; 0 if it stands up."""
    length = sum(len(word) for word, _ in words)
    return sum(len(word) * score for word, score in words if _lies(word)) / max(1, length)


def _lies(word: Sequence[Glyph]) -> bool:
    """Tell whether a word runs from left to right: on a page turned sideways none does."""
    return len(word) < 2 or word[-1].x1 - word[0].x0 >= word[0].y1 - word[0].y0


def _text(word: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in word)


def _shortened(notes: list[str], most: int) -> list[str]:
    if len(notes) <= most:
        return notes
    return [*notes[:most], f"另有 {len(notes) - most} 处识别得没有把握，请对照原件核对"]


@lru_cache(maxsize=1)
def _settings() -> dict[str, Any]:
    data = (resources.files("jixiao.read.pdf") / "data" / "scan.toml").read_text("utf-8")
    return tomllib.loads(data)
