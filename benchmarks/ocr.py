"""Scanned pages: the samples drawn at 200 dpi with noise and askew, held against their print."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

from benchmarks.measure import Result, watched
from benchmarks.pdf import NAMES, cells_of, share
from benchmarks.texts import SAMPLES
from jixiao.model import PerformanceText
from jixiao.read import read, read_blocks

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from read.scanned import scan_of

LIES = {
    "歪 2°": {"skew": 2.0},
    "歪 -2°": {"skew": -2.0},
    "歪 5°": {"skew": 5.0},
    "横放": {"quarters": 1},
    "倒放": {"quarters": 2},
}
LONG = 100
"""Pages of the file that shows how much memory is used."""


def run() -> list[Result]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        results = [_lying(name, how, Path(folder)) for name, how in LIES.items()]
        return [*results, _memory(Path(folder))]


def _lying(name: str, how: dict[str, float], folder: Path) -> Result:
    wanted: list[str] = []
    right = spent = pages = 0.0
    is_same = True
    for sample in NAMES:
        print_ = SAMPLES / f"{sample}.pdf"
        count = len(pypdfium2.PdfDocument(print_))
        scan = folder / f"{sample}.pdf"
        scan.write_bytes(scan_of(print_, list(range(count)), **how))
        start = time.process_time()
        text = read(scan)
        spent += time.process_time() - start
        pages += count
        is_same &= _structure(text) == _structure(read(print_))
        known = cells_of(read_blocks(print_))
        right += share(known, cells_of(read_blocks(scan))) * len(known)
        wanted += known
    figure = right / len(wanted)
    return Result(
        f"扫描件（200 dpi、杂点、{name}）{pages:.0f} 页、{len(wanted)} 格，每页 {spent / pages:.1f} 秒",
        f"{figure:.1%} 的格全对，项目和行{'都对' if is_same else '不全对'}",
        "≥ 97%，项目和行都对",
        figure >= 0.97 and is_same,
    )


def _structure(text: PerformanceText) -> list[int]:
    """Return how many indicators each project has."""
    return [len(project.indicators) for project in text.projects]


def _memory(folder: Path) -> Result:
    sample = SAMPLES / f"{NAMES[1]}.pdf"
    count = len(pypdfium2.PdfDocument(sample))
    path = folder / "long.pdf"
    path.write_bytes(scan_of(sample, [number % count for number in range(LONG)]))
    code = f"from pathlib import Path; from jixiao.read import read; read(Path({str(path)!r}))"
    seconds, peak = watched([sys.executable, "-c", code])
    return Result(
        f"读 {LONG} 页的扫描件，{seconds:.0f} 秒，内存最多",
        f"{peak:.0f} MB",
        "< 1,000 MB",
        peak < 1000,
    )
