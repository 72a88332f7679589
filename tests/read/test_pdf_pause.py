"""Python's cycle collector is off while a PDF is read, and as it was afterwards."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest

from jixiao.model.errors import ReadError
from jixiao.read.pdf import read_pdf
from jixiao.read.pdf.pause import collector_paused
from read.pdf_files import pdf


def test_on_again_after_the_last_reader() -> None:
    with collector_paused():
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("data", [b"%PDF-1.7\nbroken", pdf([b"BT /F 12 Tf 50 700 Td (a) Tj ET"])])
def test_on_again_whatever_the_file(data: bytes) -> None:
    with suppress(ReadError):
        read_pdf(data)
    assert gc.isenabled()
