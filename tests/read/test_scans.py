"""Scanned pages are read where the extra ``ocr`` is installed, and told where it is not."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest

from jixiao.check import Checker, load_profile
from jixiao.model.errors import ReadError
from jixiao.read import read, read_bytes
from jixiao.read.pdf import scan, scan_settings
from jixiao.write.pdf_annotations import annotated
from read.scanned import scan_of
from read.truth import cells, read_cells, truth

pytest.importorskip("rapidocr")
pytest.importorskip("cv2")

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "sannvhe-2023.pdf"


def _no_network(*_: object, **__: object) -> None:
    raise AssertionError("nothing is asked of the network")


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_with_noise_askew_and_turned_gives_all_cells_of_its_table(
    quarters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", _no_network)
    text = read_bytes(scan_of(SAMPLE, [2], quarters=quarters), "扫描.pdf")
    (project,) = text.projects
    wanted, got = cells(truth(SAMPLE.stem)[0]), read_cells(project)
    assert {key: got.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("skew", [-5.0, 5.0])
def test_a_table_over_two_scanned_pages_is_whole(skew: float) -> None:
    text = read_bytes(scan_of(SAMPLE, [4, 5], skew=skew), "扫描.pdf")
    *_, project, _ = text.projects
    wanted, got = cells(truth(SAMPLE.stem)[3]), read_cells(project)
    assert len(project.indicators) == 6
    wrong = [key for key in wanted if got.get(key) != wanted[key]]
    assert len(wrong) <= 0.03 * len(wanted)


def test_it_is_said_what_was_recognised_and_what_is_uncertain_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strict = {**scan_settings.settings(), "low_confidence": 0.999, "most_notes": 3}
    monkeypatch.setattr(scan_settings, "settings", lambda: strict)
    monkeypatch.setattr("jixiao.read.pdf.doubts.settings", lambda: strict)
    text = read_bytes(scan_of(SAMPLE, [2]), "扫描.pdf")
    first, *doubts = text.warnings
    assert first.message == "第1页是扫描的图片，文字是识别出来的，请对照原件核对"
    told = [one for one in doubts if "没有把握" in one.message]
    assert len(told) == 4
    assert told[-1].message.startswith("另有 ")
    for doubt in told:
        assert doubt.place is not None
        assert doubt.place.page == 1
        assert doubt.place.box is not None


def test_findings_are_marked_on_the_scanned_page(tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    data = scan_of(SAMPLE, [2], quarters=1)
    path = tmp_path / "扫描.pdf"
    path.write_bytes(data)
    text = read(path)
    findings = Checker(load_profile()).check(text)
    assert findings
    width, height = PdfDocument(data)[0].get_size()
    for finding in findings:
        if finding.place and finding.place.box:
            left, top, right, bottom = finding.place.box
            assert 0 <= left < right <= width + 1
            assert 0 <= top < bottom <= height + 1
    assert PdfDocument(annotated(data, findings))[0].get_size() == (width, height)


def test_pages_of_a_file_that_are_scans_are_read_among_the_others() -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(SAMPLE) as mixed, pikepdf.open(io.BytesIO(scan_of(SAMPLE, [2]))) as scanned:
        mixed.pages[2] = scanned.pages[0]
        mixed.save(out)
    text = read_bytes(out.getvalue(), "一半扫描.pdf")
    whole = read(SAMPLE)
    assert [project.name for project in text.projects] == [one.name for one in whole.projects]
    assert [len(one.indicators) for one in text.projects] == [
        len(one.indicators) for one in whole.projects
    ]


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    with pytest.raises(ReadError, match=r"扫描件.*1 页都是图片") as refused:
        read_bytes(scan_of(SAMPLE, [2]), "扫描.pdf")
    assert "pip install 'jixiao[ocr]'" in str(refused.value)


@pytest.mark.parametrize("grey", [255, 128, 0])
def test_a_picture_with_nothing_written_on_it_is_no_table(grey: int) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (1700, 2200), grey).save(out, "PDF", resolution=200)
    with pytest.raises(ReadError):
        read_bytes(out.getvalue(), "空白.pdf")


def test_a_page_of_noise_is_told_to_be_unclear() -> None:
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(1).integers(0, 256, (1100, 850), dtype="uint8")
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "PDF", resolution=100)
    with pytest.raises(ReadError, match="看不清"):
        read_bytes(out.getvalue(), "杂点.pdf")


def test_no_more_pages_than_the_limit_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {**scan_settings.settings(), "max_pages": 1}
    monkeypatch.setattr(scan, "settings", lambda: few)
    text = read_bytes(scan_of(SAMPLE, [4, 5, 6]), "扫描.pdf")
    assert any(
        one.message.startswith("第2—3页是扫描的图片，没有读：一个文件最多识别 1 页")
        for one in text.warnings
    )
