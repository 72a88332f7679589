"""PDF files that are broken, locked, scanned or hostile: one Chinese sentence, or read rightly."""

from __future__ import annotations

import random
import re
import time
import zlib
from threading import Thread

import pytest

from jixiao.model.errors import ReadError
from jixiao.read import read_blocks, read_bytes
from jixiao.read.blocks import Grid, Paragraph
from jixiao.read.pdf import document, read_pdf
from read.pdf_files import line, pdf, stream, words
from read.truth import SAMPLES

CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
SAMPLE = (SAMPLES / "sannvhe-2023.pdf").read_bytes()
SAID = words(100, 700, "some words")


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "坏文件")
    assert CHINESE.search(caught.value.what)
    assert CHINESE.search(caught.value.how)
    return str(caught.value)


def said(data: bytes) -> list[str]:
    return [block.text for block in read_pdf(data).blocks if isinstance(block, Paragraph)]


@pytest.fixture
def quick():
    begin = time.perf_counter()
    yield
    assert time.perf_counter() - begin < 60


def test_a_cut_or_empty_file_is_damaged():
    assert "损坏" in refusal(b"%PDF-1.7\n" + bytes(1000))
    assert "损坏" in refusal(SAMPLE[:3000])
    assert refusal(pdf([]))


def test_a_password_is_told():
    lock = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]"
        % (b"41" * 32, b"42" * 32)
    )  # fmt: skip
    assert "密码" in refusal(pdf([SAID], trailer=lock))


@pytest.mark.parametrize("seed", range(20))
def test_any_damage_is_read_or_refused(seed, quick):
    rng = random.Random(seed)
    data = bytearray(SAMPLE)
    for _ in range(rng.randrange(1, 60)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        read_bytes(bytes(data), "坏文件")
    except ReadError as error:
        assert CHINESE.search(str(error))


PICTURE = {
    100: stream(
        bytes(64), b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
}  # fmt: skip
SCAN = b"q 595 0 0 842 0 0 cm /I Do Q\n"
WITH_PICTURE = {"resources": b"/XObject<</I 10100 0 R>>", "extra": PICTURE}


def test_a_scan_of_nothing_is_told_with_what_to_do():
    message = refusal(pdf([SCAN, SCAN], **WITH_PICTURE))
    assert "扫描件" in message
    assert "原来的 Word 文件" in message


def test_scanned_pages_among_others_are_named_and_the_others_read(monkeypatch):
    monkeypatch.setattr("jixiao.read.pdf.scan.is_installed", lambda: False)
    blocks = read_pdf(pdf([SAID, SCAN, SCAN, SAID], **WITH_PICTURE))
    assert [block.text for block in blocks.blocks] == ["some words", "some words"]
    (note,) = blocks.notes
    assert note.startswith("第2—3页是扫描的图片，没有读")
    assert "jixiao[ocr]" in note


def test_a_blank_page_is_no_scan():
    assert read_pdf(pdf([SAID, b""])).notes == ()


def test_a_stream_that_unpacks_to_no_end_is_a_bomb(quick):
    bomb = zlib.compress(bytes(150 * 1024 * 1024), 9)
    again = zlib.compress(bomb, 9)
    for body, filters in ((bomb, b"/FlateDecode"), (again, b"[/FlateDecode /FlateDecode]")):
        data = pdf([SAID], extra={1: b"<</Filter%s/Length %d>>stream\n%s\nendstream" % (filters, len(body), body)})  # fmt: skip
        assert "压缩炸弹" in refusal(data)


def test_huge_coordinates_and_numbers_that_are_none(quick):
    far = line(-1e9, 700, 1e9, 700) + line(100, -1e30, 100, 1e30) + line(1e38, 1e38, -1e38, 1e38)
    turned = b"q 1e20 0 0 1e20 0 0 cm 0 0 m 1 1 l S Q q 0 0 0 0 0 0 cm 0 0 9 9 re S Q\n"
    assert said(pdf([far + turned + SAID + words(1e12, 5, "off the page")])) == ["some words"]


def test_a_huge_page_is_read(quick):
    assert said(pdf([SAID], size=(14_000_000, 14_000_000))) in (["some words"], [])


def test_many_thousand_paths_are_told_and_words_read(quick):
    rng = random.Random(1)
    maze = b"".join(
        line(x := rng.uniform(0, 500), y := rng.uniform(0, 800), x + rng.uniform(8, 60), y)
        + line(x, y, x, y + rng.uniform(8, 60))
        for _ in range(40_000)
    )
    blocks = read_pdf(pdf([maze + SAID]))
    assert any("太多" in note for note in blocks.notes)
    assert any("some words" in b.text for b in blocks.blocks if isinstance(b, Paragraph))


def test_a_path_of_a_hundred_thousand_pieces(quick):
    piece = b"".join(b"%d %d l\n" % (at % 500, at % 700) for at in range(100_000))
    assert "some words" in said(pdf([b"0 0 m\n" + piece + b"S\n" + SAID]))[0]


def test_forms_in_forms_and_in_themselves(quick):
    about = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</X %d 0 R>>>>"
    deep = {at: stream(b"/X Do\n", about % (10_000 + at + 1)) for at in range(100, 200)}
    deep[200] = stream(line(0, 0, 9, 9), about % 10_100)
    assert said(pdf([b"/X Do\n" + SAID], resources=b"/XObject<</X 10100 0 R>>", extra=deep)) == [
        "some words"
    ]


def test_lines_within_forms_are_seen():
    ruled = b"".join(line(0, y, 200, y) for y in (0, 40, 80)) + b"".join(
        line(x, 0, x, 80) for x in (0, 100, 200)
    )
    form = {100: stream(ruled, b"/Type/XObject/Subtype/Form/BBox[-9 -9 900 900]")}
    drawing = (
        b"q 1.5 0 0 1.5 100 600 cm /X Do Q\n" + words(110, 690, "one") + words(260, 690, "two")
    )
    blocks = read_pdf(pdf([drawing], resources=b"/XObject<</X 10100 0 R>>", extra=form)).blocks
    (grid,) = blocks
    assert isinstance(grid, Grid)
    assert [one.text for one in grid.rows[0]] == ["one", "two"]


def test_pages_without_number_and_time_without_end(monkeypatch, quick):
    monkeypatch.setattr(document, "MAX_PAGES", 3)
    assert "4 页" in refusal(pdf([SAID] * 4))
    monkeypatch.setattr(document, "MAX_SECONDS", -1.0)
    assert "太复杂" in refusal(pdf([SAID] * 3))


def test_characters_without_a_meaning_are_told():
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[1]/CharProcs<</a 10101 0 R>>/Encoding<</Differences[65/a]>>>>"
    extra = {100: font, 101: stream(b"1 0 0 0 1 1 d1 0 0 1 1 re f\n")}
    lost = b"BT /G 12 Tf 100 600 Td (AAAAAAAAAAAA) Tj ET\n"
    data = pdf([SAID + lost], resources=b"/ExtGState<<>>", extra=extra)
    data = data.replace(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R/G 10100 0 R>>")
    assert "some words" in said(data)[0]


def test_several_threads_read_at_once():
    """pdfium itself allows one at a time in a process."""
    found: list[int] = []
    threads = [Thread(target=lambda: found.append(len(read_pdf(SAMPLE).blocks))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_the_suffix_does_not_matter(tmp_path):
    path = tmp_path / "其实是PDF.docx"
    path.write_bytes(SAMPLE)
    assert len(read_blocks(path).blocks) > 8


def test_a_line_of_very_many_characters_that_begins_off_the_page():
    begin = time.perf_counter()
    letters = "abcdefghij" * 15_000
    drawing = f"BT /F 1 Tf 0.01 0 0 0.01 -1 500 Tm ({letters}) Tj ET".encode()
    (text,) = said(pdf([drawing]))
    assert set(text) == set("abcdefghij")
    assert len(text) > 20_000
    assert time.perf_counter() - begin < 10
