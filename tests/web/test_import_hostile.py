"""Files that nobody should send: each is refused in one clear sentence, or read and said so."""

from __future__ import annotations

import io
import random
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web.imports import originals, pictures
from jixiao.web.imports.models import Original, Page
from jixiao.web.jobs import worker
from jixiao.web.targets.models import Import, Text

SAMPLES = Path(__file__).parents[2] / "samples"
DOCX = (SAMPLES / "huailai-resettlement-2024.docx").read_bytes()
PDF = (SAMPLES / "huailai-resettlement-2024.pdf").read_bytes()


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_SOFFICE", "/none")


@pytest.fixture
def sent(draft: Text, logged_in: Callable[[str], Client]) -> Callable[[str, bytes], str]:
    """Return what uploads a file, lets it be read, and gives the page that tells of it."""
    client = logged_in("tianbao")

    def send(name: str, data: bytes) -> str:
        file = SimpleUploadedFile(name, data)
        response = client.post(f"/texts/{draft.pk}/imports/add/", {"file": file}, follow=True)
        if response.status_code != 200:
            return str(response.content.decode())
        worker.run_waiting()
        page = client.get(response.redirect_chain[-1][0]).content.decode()
        assert "Traceback" not in page
        return str(page)

    return send


def packed(more: dict[str, bytes], source: bytes = DOCX) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in more:
                new.writestr(name, old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def many(pages: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        first = document.pages[0]
        for _ in range(pages - len(document.pages)):
            document.pages.append(first)
        document.save(out)
    return out.getvalue()


def drawing_bomb() -> bytes:
    """Return a PDF of one page whose drawing unpacks to no end."""
    document = pikepdf.new()
    page = document.add_blank_page()
    bomb = zlib.compress(b"0 0 m 9 9 l S " * 30_000_000, 9)
    page.Contents = pikepdf.Stream(document, bomb, Filter=pikepdf.Name.FlateDecode)
    out = io.BytesIO()
    document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("炸弹.docx", packed({"word/document.xml": b" " * 150_000_000}), "压缩炸弹"),
        ("坏的.pdf", PDF[:5000], "损坏"),
        ("密码.pdf", locked(), "密码"),
        ("密码.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        ("图片.docx", b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
        ("打包.docx", packed({"a.txt": b"x"}, packed({}))[:200], "损坏"),
        ("程序.docx", b"MZ\x90\x00\x03" + random.Random(1).randbytes(5000), "乱码"),
        ("实体.docx", packed({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "恶意"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_it_is_refused_in_one_sentence(
    name: str, data: bytes, words: str, sent: Callable[[str, bytes], str]
) -> None:
    page = sent(name, data)
    assert "读不出来" in page
    told = page.split("读不出来")[1].split("</p>")[0]
    assert words in told, told
    assert len(told) < 200
    assert not Page.objects.exists()


def test_a_file_past_the_limit_is_not_taken(
    sent: Callable[[str, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", 2 * 1024 * 1024)
    page = sent("大.pdf", bytes(3 * 1024 * 1024))
    assert "超过 2 MB" in page
    assert not Import.objects.exists()


def test_macros_are_not_run_and_it_is_said(sent: Callable[[str, bytes], str]) -> None:
    page = sent("带宏.docm", packed({"word/vbaProject.bin": b"Sub AutoOpen()"}))
    assert "读出 4 个项目" in page and "宏" in page
    assert Original.objects.get().drawing == "none"


def test_a_wrong_ending_is_read_by_its_content_and_it_is_said(
    sent: Callable[[str, bytes], str],
) -> None:
    page = sent("其实是PDF.docx", PDF)
    assert "读出 4 个项目" in page and "内容其实是 pdf" in page
    assert "内容其实是" not in sent("a.DOCX", DOCX)


def test_a_name_is_shown_as_words(sent: Callable[[str, bytes], str]) -> None:
    page = sent("../<script>alert(1)</script>.docx", DOCX)
    assert "<script>alert" not in page
    assert "../" not in Import.objects.get().name


def test_of_500_pages_the_first_are_drawn(sent: Callable[[str, bytes], str]) -> None:
    begin = time.monotonic()
    page = sent("很长.pdf", many(500))
    assert page.count('class="leaf"') == 500
    assert Page.objects.count() == originals.FIRST
    assert time.monotonic() - begin < 60


def test_a_page_that_draws_for_ever_costs_that_page_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = pictures.draw(drawing_bomb(), 1, 1, seconds=2)
    assert drawn.pictures == {} or len(drawn.pictures[1]) < 10_000_000
    assert pictures.draw(b"no pdf", 1, 1) == pictures.Drawn([], {})
    assert pictures.draw(PDF, 1, 2).pictures.keys() == {1, 2}


def test_a_picture_is_smaller_without_colours() -> None:
    grey = pictures.png([bytes([10, 10, 10, 200, 200, 200])], 2, 3)
    colour = pictures.png([bytes([10, 10, 10, 200, 0, 200])], 2, 3)
    assert grey[25] == 0 and colour[25] == 2, "the colour type of the header"


def test_a_job_that_takes_too_long_is_not_begun_again(
    draft: Text, logged_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jixiao.web.jobs.models import Job

    client = logged_in("tianbao")
    place = f"/texts/{draft.pk}/imports/add/"
    place = client.post(place, {"file": SimpleUploadedFile("a.docx", DOCX)})["Location"]
    job = worker.take("here")
    assert job is not None
    worker._give_up(job)
    assert worker.take("another") is None
    assert Job.objects.get(pk=job.pk).status == "FAILED"
    page = client.get(place).content.decode()
    assert "读不出来" in page and "太久" in page
