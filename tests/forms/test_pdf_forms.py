"""Every layout printed to PDF is read exactly: by LibreOffice and by Chromium, on many papers."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from forms.blocks import Form
from forms.compare import cells, differences
from forms.layouts import LAYOUTS, truths
from forms.write_pdf import PAPERS, web_page, write_print
from forms.writers import convert
from jixiao.model.errors import ReadError
from jixiao.read import libreoffice, read, read_bytes
from jixiao.read.blocks import Grid
from jixiao.read.pdf import read_pdf
from jixiao.write.text.pdf import write_pdf
from read.truth import NAMES as SAMPLE_NAMES
from read.truth import SAMPLES

TEXTS = truths()
NAMES = list(LAYOUTS)
KINDS = list(PAPERS)

ONE_PAGE = ("goal-column",)
"""What fills one page: nothing tells a header there from words of the text."""

WEB = NAMES[::9]
"""The browser takes longer for a page than the reader for a file: some of the layouts."""


def printed(number: int, more: int = 0) -> tuple[str, Form]:
    """Return a paper and a form; layouts, texts and papers come round in turn."""
    name = NAMES[number]
    paper = "plain" if name in ONE_PAGE else KINDS[(number + more) % len(KINDS)]
    return paper, LAYOUTS[name](TEXTS[(number + more) % len(TEXTS)])


def faults(files: dict[Path, Form]) -> dict[str, list[str]]:
    """Return what was read otherwise, by file."""
    wrong = {}
    for path, form in files.items():
        try:
            problems = differences(form, read(path))[1]
        except ReadError as error:
            problems = [str(error)]
        if problems:
            wrong[path.name] = problems
    return wrong


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
def test_each_cell_is_read_as_a_word_document_prints_it(tmp_path):
    """All layouts in one start of LibreOffice."""
    forms = {}
    for number, name in enumerate(NAMES):
        paper, form = printed(number)
        path = tmp_path / f"{name}.{paper}.docx"
        write_print(form, path, PAPERS[paper])
        forms[path] = form
    files = convert(list(forms), "pdf", tmp_path)
    assert faults(dict(zip(files, forms.values(), strict=True))) == {}
    _check_places(files)


def _check_places(files: list[Path]) -> None:
    """Each cell's box lies on its page, and no two cells of a table begin in the same one."""
    for path in files[::7]:
        for block in read_pdf(path.read_bytes()).blocks:
            if isinstance(block, Grid):
                places = [block.place(cell) for row in block.rows for cell in row]
                assert all(place.page and place.box for place in places)
                assert len({(place.page, place.box) for place in places}) == len(places)


@pytest.mark.browser
def test_each_cell_is_read_as_a_browser_prints_it(tmp_path):
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("这台机器没有 Chromium")
    sync = pytest.importorskip("playwright.sync_api")
    files: dict[Path, Form] = {}
    with sync.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        for name in WEB:
            paper, form = printed(NAMES.index(name))
            page.set_content(web_page(form, PAPERS[paper]))
            path = tmp_path / f"{name}.{paper}.pdf"
            page.pdf(path=str(path), prefer_css_page_size=True)
            files[path] = form
        browser.close()
    assert faults(files) == {}


@pytest.mark.fonts
@pytest.mark.parametrize("shape", ["split", "single"])
@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_what_jixiao_prints_is_read_back(name, shape):
    """The PDF made by Typst says what the Word file says, every word of it."""
    text = read(SAMPLES / f"{name}.docx")
    again = read_bytes(write_pdf(text, shape=shape), "印出来的")
    wanted, got = (cells(msgspec.to_builtins(one)) for one in (text, again))
    assert {key: (wanted.get(key), got.get(key)) for key in wanted | got if wanted.get(key) != got.get(key)} == {}  # fmt: skip
    assert again.unread == ()
