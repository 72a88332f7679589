"""Reading: against python-docx's cells, against bare XML parsing, and over a folder."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import docx
from lxml import etree

from benchmarks.measure import Result, best, watched
from benchmarks.texts import SAMPLES, large_docx
from jixiao.read import read, read_blocks

FILES = 1000


def _python_docx(path: Path) -> int:
    """Walk the tables as the python-docx documentation shows."""
    return sum(
        len(cell.text)
        for table in docx.Document(str(path)).tables
        for row in table.rows
        for cell in row.cells
    )


def _bare(path: Path) -> object:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read("word/document.xml"))


def run() -> list[Result]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        path = large_docx(Path(folder) / "large.docx")
        projects = len(read(path).projects)
        ours = best(lambda: read(path))
        # python-docx gives cells and knows no forms: what is like it is our reader alone.
        cells = best(lambda: read_blocks(path))
        walked = best(lambda: _python_docx(path), 3)
        bare = best(lambda: _bare(path))
        results = [
            Result(
                f"{projects} 个项目的 docx 读成单元格，比 python-docx 逐格读快",
                f"{walked / cells:.1f} 倍（{cells * 1000:.1f} ms 对 {walked * 1000:.0f} ms）",
                "≥ 10 倍",
                walked / cells >= 10,
            ),
            Result(
                "同一文件读出全部内容（连同辨认目标、项目、指标），比 python-docx 逐格读快",
                f"{walked / ours:.1f} 倍（{ours * 1000:.1f} ms）",
                "只作参考",
                walked > ours,
            ),
            Result(
                "同一文件读出全部内容，是单纯解压加 lxml 解析用时的",
                f"{ours / bare:.1f} 倍（{ours * 1000:.1f} ms 对 {bare * 1000:.1f} ms）",
                "≤ 4 倍",
                ours / bare <= 4,
            ),
        ]
        results.extend(_folder(Path(folder)))
    return results


def _folder(folder: Path) -> list[Result]:
    """Read a folder of 1,000 files with one process and with all cores."""
    texts = folder / "texts"
    texts.mkdir()
    sources = sorted(SAMPLES.glob("*.docx")) + sorted(SAMPLES.glob("*.txt"))
    for number in range(FILES):
        source = sources[number % len(sources)]
        shutil.copy(source, texts / f"{number:04}{source.suffix}")
    one, _ = _timed(texts, 1)
    cores = os.cpu_count() or 1
    all_cores, peak = _timed(texts, cores)
    return [
        Result(
            f"读 {FILES} 个文件的文件夹，单个进程的最大内存",
            f"{peak:.0f} MB（{FILES / all_cores:.0f} 个文件/秒）",
            "< 300 MB",
            peak < 300,
        ),
        Result(
            f"用 {cores} 个核比用 1 个核快",
            f"{one / all_cores:.1f} 倍",
            f"接近 {cores} 倍",
            cores == 1 or one / all_cores > 0.6 * cores,
        ),
    ]


def _timed(texts: Path, jobs: int) -> tuple[float, float]:
    """Return seconds, and the largest process's peak memory in MB, of reading a folder."""
    out = texts.parent / "out.json"
    read = (sys.executable, "-m", "jixiao", "read", str(texts), "--format", "json")
    return watched((*read, "--jobs", str(jobs), "--out", str(out)))
