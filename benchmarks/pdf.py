"""PDF: against pdfplumber's extract_tables, cell by cell, and over a file of 500 pages."""

from __future__ import annotations

import math
import re
import sys
import tempfile
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2

from benchmarks.measure import Result, best_of_both, watched
from benchmarks.texts import SAMPLES
from jixiao.read import read_blocks
from jixiao.read.blocks import Blocks, Grid

NAMES = ("huailai-resettlement-2024", "sannvhe-2023", "shunping-poverty-relief-2021")
PAGES = 500
ROUNDS = 7
"""How often each of both reads a file, taking turns."""


def _plumbed(path: Path) -> list[list[list[str | None]]]:
    """Take the tables as the pdfplumber documentation shows."""
    with pdfplumber.open(path) as file:
        return [table for page in file.pages for table in page.extract_tables()]


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", text)


def cells_of(blocks: Blocks) -> list[str]:
    """Return what the cells of all tables say."""
    return [
        text
        for block in blocks.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        if (text := _fold(cell.text))
    ]


def share(wanted: list[str], found: list[str]) -> float:
    """Return the share of the wanted cells that are among those found, each counted once."""
    left = list(found)
    right = 0
    for text in wanted:
        if text in left:
            left.remove(text)
            right += 1
    return right / len(wanted)


def long_pdf(path: Path, pages: int = PAGES) -> Path:
    """Write a file of so many pages: the samples' pages over and over."""
    out = pypdfium2.PdfDocument.new()
    sources = [pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf") for name in NAMES]
    while len(out) < pages:
        for source in sources:
            out.import_pages(source, list(range(min(len(source), pages - len(out)))))
    out.save(path)
    return path


def run() -> list[Result]:
    """Measure."""
    results = []
    ours_all = theirs_all = 0.0
    least = math.inf
    wanted: list[str] = []
    ours_right = theirs_right = 0.0
    for name in NAMES:
        path = SAMPLES / f"{name}.pdf"
        # The Word file says what the cells are; both were laid out from the same text.
        cells = cells_of(read_blocks(path.with_suffix(".docx")))
        plumbed = [_fold(t or "") for table in _plumbed(path) for row in table for t in row]
        ours_right += len(cells) * share(cells, cells_of(read_blocks(path)))
        theirs_right += len(cells) * share(cells, plumbed)
        wanted += cells
        ours, theirs = best_of_both(partial(read_blocks, path), partial(_plumbed, path), ROUNDS)
        ours_all, theirs_all = ours_all + ours, theirs_all + theirs
        least = min(least, theirs / ours)
    results.append(
        Result(
            f"{len(NAMES)} 份示例 PDF 的表格，比 pdfplumber 的 extract_tables 快",
            f"{theirs_all / ours_all:.1f} 倍（{ours_all * 1000:.0f} ms 对 {theirs_all * 1000:.0f} ms，"
            f"各份至少 {least:.1f} 倍）",
            "≥ 8 倍",
            theirs_all / ours_all >= 8,
        )
    )
    results.append(
        Result(
            f"单元格读得与 Word 文件一样的（共 {len(wanted)} 格；pdfplumber 不接跨页的行）",
            f"{ours_right / len(wanted):.2%} 对 {theirs_right / len(wanted):.2%}",
            "100%，不低于 pdfplumber",
            ours_right == len(wanted) and ours_right >= theirs_right,
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        path = long_pdf(Path(folder) / "long.pdf")
        out = str(Path(folder) / "out.json")
        seconds, peak = watched(
            (sys.executable, "-m", "jixiao", "read", str(path), "--format", "json", "--out", out)
        )
        results.append(
            Result(
                f"读 {PAGES} 页的 PDF，最大内存",
                f"{peak:.0f} MB（{seconds:.1f} 秒，{PAGES / seconds:.0f} 页/秒）",
                "< 300 MB",
                peak < 300,
            )
        )
    return results
