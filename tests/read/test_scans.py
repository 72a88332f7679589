"""Scanned pages are read where the extra ``ocr`` is installed, and told where it is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jixiao.model import PerformanceText
from jixiao.model.errors import ReadError
from jixiao.read import Blocks, recognise
from jixiao.read.pdf import document, scan, scan_words
from jixiao.read.pdf.assembly import assembled
from read.scanned import scan_of

pytest.importorskip("rapidocr")
pytest.importorskip("cv2")

SAMPLE = Path(__file__).parents[2] / "samples" / "sannvhe-2023.pdf"


def read_scan(data: bytes) -> PerformanceText:
    pages = document._read(data)
    scan.recognise_scans(data, pages)
    assert not any(page.is_scan for page in pages)
    return recognise(Blocks(tuple(assembled(pages).blocks)), "扫描.pdf")


def test_a_page_that_is_askew_and_noisy_gives_its_table() -> None:
    (project,) = read_scan(scan_of(SAMPLE, [2])).projects
    assert project.name == "村干部工资、保险和聘用人员工资"
    assert len(project.indicators) == 6
    assert project.indicators[0].value.text == "=78人"
    assert project.indicators[0].place["value"].page == 1


def test_without_the_extra_scans_are_left_and_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = scan_of(SAMPLE, [2])
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    pages = document._read(data)
    assert scan.recognise_scans(data, pages) == []
    assert pages[0].is_scan
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    scan_words.engine.cache_clear()
    with pytest.raises(ReadError, match=r"扫描件.*jixiao\[ocr\]"):
        scan_words.engine()
