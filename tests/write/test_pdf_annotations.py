"""Findings are marked in a copy of the user's PDF, where they belong, and nothing else changes."""

from __future__ import annotations

import ctypes
import io
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from cli.command import SAMPLES, jixiao
from jixiao.check import Checker, Finding, load_profile
from jixiao.check.finding import Severity
from jixiao.model import Place
from jixiao.model.errors import ReadError
from jixiao.read import read, read_bytes
from jixiao.write.pdf_annotations import AnnotateError, annotated

pikepdf = pytest.importorskip("pikepdf")

SAMPLE = SAMPLES / "huailai-resettlement-2024.pdf"
WIDE, HIGH = 400, 600


def finding(
    box: tuple[float, float, float, float] | None, severity: str = "E", message: str = "不对"
) -> Finding:
    place = Place(page=1, box=box) if box else None
    return Finding(
        "甲.pdf", 0, None, None, "C02", Severity(severity), message, "", "改为“是”", "某办法", place
    )


def blank(turn: int = 0, crop: tuple[int, ...] | None = None, **root: object) -> bytes:
    made = pikepdf.new()
    made.add_blank_page(page_size=(WIDE, HIGH))
    page = made.pages[0]
    page.obj.Contents = made.make_stream(b"0 0 m 10 10 l S")
    page.obj.Rotate = turn
    if crop:
        page.obj.CropBox = list(crop)
    for name, value in root.items():
        made.Root[f"/{name}"] = value
    return saved(made)


def saved(document: object, **how: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **how)
    return out.getvalue()


def marks(pdf: bytes, number: int = 0) -> list[dict[str, object]]:
    """Return a page's annotations as pdfium finds them: kind, box, title, contents."""
    page = pypdfium2.PdfDocument(pdf)[number]
    found = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        mark = pdfium.FPDFPage_GetAnnot(page.raw, index)
        rect = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(mark, rect)
        found.append(
            {
                "kind": pdfium.FPDFAnnot_GetSubtype(mark),
                "box": tuple(round(v) for v in (rect.left, rect.bottom, rect.right, rect.top)),
                "title": string(mark, b"T"),
                "contents": string(mark, b"Contents"),
            }
        )
        pdfium.FPDFPage_CloseAnnot(mark)
    return found


def string(mark: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(mark, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    where = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(mark, key, where, size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def test_a_finding_is_a_highlight_over_its_box() -> None:
    (mark,) = marks(annotated(blank(), [finding((50, 100, 150, 120))]))
    assert mark["kind"] == pdfium.FPDF_ANNOT_HIGHLIGHT
    assert mark["box"] == (50, HIGH - 120, 150, HIGH - 100)
    assert mark["title"] == "C02"
    assert mark["contents"] == "不对\n建议：改为“是”\n依据：某办法"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_hold_on_pages_that_are_turned_and_cropped(turn: int) -> None:
    """What is marked is seen where the place says: looked at from above, in pixels."""
    pdf = annotated(blank(turn, crop=(20, 30, 380, 590)), [finding((50, 100, 150, 120))])
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    coloured = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if max(picture.getpixel((x, y))) - min(picture.getpixel((x, y))) > 30
    ]
    xs, ys = [x for x, _ in coloured], [y for _, y in coloured]
    assert (min(xs), min(ys), max(xs) + 1, max(ys) + 1) == pytest.approx((50, 100, 150, 120), abs=1)


def test_findings_of_one_cell_share_it_the_worst_first() -> None:
    box = (50, 100, 150, 130)
    found = [finding(box, "I", "三"), finding(box, "E", "一"), finding(box, "W", "二")]
    shown = marks(annotated(blank(), found))
    assert [mark["contents"][0] for mark in shown] == ["一", "二", "三"]
    assert [mark["box"][3] for mark in shown] == [500, 490, 480]
    assert [mark["box"][1] for mark in shown] == [490, 480, 470]


def test_findings_without_a_box_are_a_note_on_the_first_page() -> None:
    (mark,) = marks(
        annotated(blank(), [finding(None, "W", "缺封面"), finding(None, "E", "缺目标")])
    )
    assert mark["kind"] == pdfium.FPDF_ANNOT_TEXT
    assert "缺封面" in mark["contents"]
    assert mark["contents"].index("缺目标") < mark["contents"].index("缺封面")


def test_boxes_that_no_page_has_do_not_leave_it() -> None:
    for box in ((-50.0, -50.0, 9999.0, 9999.0), (500.0, 700.0, 600.0, 800.0), (9.0, 9.0, 9.0, 9.0)):
        (mark,) = marks(annotated(blank(), [finding(box)]))
        left, bottom, right, top = mark["box"]
        assert 0 <= left < right <= WIDE
        assert 0 <= bottom < top <= HIGH


def test_marks_that_were_there_stay() -> None:
    once = annotated(blank(), [finding((50, 100, 150, 120), message="旧")])
    twice = marks(annotated(once, [finding((50, 200, 150, 220), message="新")]))
    assert [mark["contents"][0] for mark in twice] == ["旧", "新"]


def test_what_is_drawn_stays_byte_for_byte() -> None:
    text = read(SAMPLE)
    findings = Checker(load_profile("base")).check(text)
    after = annotated(SAMPLE.read_bytes(), findings)
    with pikepdf.open(SAMPLE) as old, pikepdf.open(io.BytesIO(after)) as new:
        assert [drawn(page) for page in old.pages] == [drawn(page) for page in new.pages]
        known = {one.place.page for one in findings if one.place and one.place.box}
        boxed = sum(1 for one in findings if one.place and one.place.box)
        count = sum(
            str(a.Subtype) == "/Highlight" for page in new.pages for a in page.get("/Annots", [])
        )
        assert known
        assert count == boxed
    assert read_bytes(after, str(SAMPLE)).projects == text.projects


def drawn(page: object) -> list[bytes]:
    contents = page.obj.Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return [part.read_raw_bytes() for part in parts]


def signed() -> bytes:
    made = pikepdf.open(io.BytesIO(blank()))
    sig = made.make_indirect(
        pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
    )
    above = made.make_indirect(pikepdf.Dictionary(Kids=[sig]))
    above.Kids.append(above)  # a field that names itself has no end
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[above], SigFlags=1)
    return saved(made)


def test_what_cannot_be_marked_says_so_in_one_sentence() -> None:
    locked = saved(
        pikepdf.open(io.BytesIO(blank())), encryption=pikepdf.Encryption(owner="a", user="")
    )
    closed = saved(
        pikepdf.open(io.BytesIO(blank())), encryption=pikepdf.Encryption(owner="a", user="b")
    )
    for pdf, word in ((locked, "密码"), (closed, "密码"), (signed(), "签名")):
        with pytest.raises(AnnotateError, match=word):
            annotated(pdf, [finding(None)])
    for pdf in (b"%PDF-1.7\nnothing", blank()[:60], b""):
        with pytest.raises(ReadError, match="损坏"):
            annotated(pdf, [finding(None)])


def test_the_command_writes_the_marked_copy_and_still_reports(tmp_path: Path) -> None:
    out = tmp_path / "标.pdf"
    plain = jixiao("check", SAMPLE, "--fail-on", "never")
    ran = jixiao("check", SAMPLE, "--fail-on", "never", "--annotate", out)
    assert (ran.code, ran.out, ran.err) == (0, plain.out, "")
    assert any(marks(out.read_bytes(), page) for page in range(3))
    assert [path.name for path in tmp_path.iterdir()] == ["标.pdf"]
    data = jixiao("check", SAMPLE, "--fail-on", "never", "-f", "json")
    both = jixiao("check", SAMPLE, "--fail-on", "never", "-f", "json", "--annotate", out)
    assert both.out == data.out


def test_the_command_never_writes_over_what_it_reads(tmp_path: Path) -> None:
    pdf = tmp_path / "甲.pdf"
    pdf.write_bytes(SAMPLE.read_bytes())
    (tmp_path / "乙.pdf").hardlink_to(pdf)
    for out in (pdf, tmp_path / "乙.pdf"):
        ran = jixiao("check", pdf, "--annotate", out)
        assert ran.code == 2
        assert "就是要读的文件" in ran.err
    assert pdf.read_bytes() == SAMPLE.read_bytes()
    same = jixiao("check", pdf, "-o", tmp_path / "丙", "--annotate", tmp_path / "丙")
    assert (same.code, "同一个文件" in same.err) == (2, True)


def test_the_command_refuses_what_it_cannot_mark(tmp_path: Path) -> None:
    out = tmp_path / "标.pdf"
    with pikepdf.open(SAMPLE) as document:
        document.save(tmp_path / "锁.pdf", encryption=pikepdf.Encryption(owner="a", user=""))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
        document.save(tmp_path / "签.pdf")
    (tmp_path / "坏.pdf").write_bytes(SAMPLE.read_bytes()[:300])
    word = SAMPLES / "sannvhe-2023.docx"
    for file, said in (("锁.pdf", "密码"), ("签.pdf", "签名"), ("坏.pdf", "损坏"), (word, "docx")):
        ran = jixiao("check", tmp_path / file, "--fail-on", "never", "--annotate", out)
        assert ran.code == 2
        assert said in ran.err
        assert len(ran.err.strip().splitlines()) <= 2
        assert not out.exists()
