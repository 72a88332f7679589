"""The printed text as PDF: all of it is there, on the pages that its contents name."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from jixiao.check import Checker, load_profile
from jixiao.check.review import review
from jixiao.model import Indicator, PerformanceText, Project
from jixiao.model.errors import JixiaoError, TemplateError
from jixiao.read import read
from jixiao.write.review.pdf import review_pdf
from jixiao.write.text import pdf
from jixiao.write.text.pdf import write_pdf
from write.printed import printable_texts

pytestmark = pytest.mark.fonts
SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.docx"))
SHAPES = ("split", "single")
HOSTILE = (
    '#panic() $x$ *b* _i_ `c` // c \\ @ref <lab> [x {y " \' #import "/etc/passwd": * /* 😀 '
    "\u202eab\u202c שלום \x00\x1b\ud800"
)


def pages(made: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def fold(text: str) -> str:
    """Words as they are compared: a PDF has no blanks and line ends of its own."""
    return re.sub(r"[\s\u200b\ufffe\u0002-]+", "", text)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_word_of_a_text_is_printed(sample, shape):
    text = read(sample)
    shown = pages(write_pdf(text, shape=shape))
    printed = re.sub(r"—\d+—", "", fold("".join(shown)))
    for project in text.projects:
        for said in (project.name, project.code, project.purpose, *project.goals):
            assert fold(said or "") in printed
        for row in project.indicators:
            for said in (row.level2, row.name, row.description, row.value.text, row.basis):
                assert fold(said or "") in printed
    for said in (*(text.overall or "").split("\n"), *text.safeguards):
        # A page may end within.
        assert all(fold(part) in printed for part in re.findall(".{1,20}", said))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_contents_and_the_outline_name_the_pages_where_headings_stand(shape):
    text = read(SAMPLES[1])
    made = write_pdf(text, shape=shape)
    document = pypdfium2.PdfDocument(made)
    shown = [fold(page) for page in pages(made)]
    marks = [
        (fold(mark.get_title()), mark.get_dest().get_index())
        for mark in document.get_toc()
        if mark.get_dest()
    ]
    assert len(marks) >= 5 + len(text.projects)
    contents = re.sub(r"\.{2,}|…+", "", "".join(shown[1:3]))
    for title, page in marks:
        if title == "目录":
            continue
        assert title in shown[page]
        assert f"{title}{page + 1}" in contents
        assert shown[page].endswith(f"—{page + 1}—")
    assert "—1—" not in shown[0]


def test_it_is_tagged_and_says_what_it_is():
    made = write_pdf(read(SAMPLES[0]))
    assert b"/StructTreeRoot" in made
    assert b"/Marked true" in made
    assert b"/Lang(zh-CN)" in made
    assert b"pdfuaid" in made  # PDF/UA-1
    about = pypdfium2.PdfDocument(made).get_metadata_dict()
    assert about["Title"] == "怀来县官厅库区建设管理中心2024年部门预算绩效文本"


def test_a_table_over_pages_has_its_headings_on_each():
    text = read(SAMPLES[0])
    project = msgspec.structs.replace(text.projects[0], indicators=text.projects[0].indicators * 6)
    shown = pages(write_pdf(msgspec.structs.replace(text, projects=(project,))))
    tables = [page for page in shown if "≥12次" in fold(page) or "满意度指标" in page]
    assert len(tables) >= 3
    assert all("指标值确定依据" in fold(page) for page in tables)


def test_a_text_gives_typst_no_orders(tmp_path):
    row = Indicator(level1="产出指标", level2=HOSTILE, name=HOSTILE, description="W" * 400)
    text = PerformanceText(
        source="x",
        overall=HOSTILE,
        safeguards=(HOSTILE,),
        projects=(
            Project(name=HOSTILE, purpose="长" * 20_000, goals=(HOSTILE,), indicators=(row,)),
        ),
    )
    shown = fold("".join(pages(write_pdf(text))))
    assert fold("#panic() $x$ *b* _i_ `c` // c \\ @ref <lab> [x {y") in shown
    assert shown.count("长") == 20_000
    assert shown.count("W") == 400
    assert "root:" not in shown


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(printable_texts())
def test_any_text_is_printed(text):
    shown = "".join(pages(write_pdf(text)))
    assert "部门预算绩效文本" in fold(shown)


def test_no_word_stands_outside_of_the_page():
    row = Indicator(level1="产出指标", level2="W" * 60, name="1" * 300, description="a/b" * 200)
    text = PerformanceText(
        source="x", overall="X" * 500, projects=(Project(name="Y" * 300, indicators=(row,) * 40),)
    )
    for page in pypdfium2.PdfDocument(write_pdf(text)):
        words = page.get_textpage()
        width, height = page.get_size()
        for number in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(number)
            assert left >= 0
            assert right <= width
            assert bottom >= 0
            assert top <= height


def test_an_office_changes_the_template(tmp_path):
    for name in ("text.typ", "blocks.typ"):
        (tmp_path / name).write_bytes((Path(pdf.__file__).parent / "data" / name).read_bytes())
    words = (tmp_path / "text.typ").read_text("utf-8")
    (tmp_path / "text.typ").write_text(words.replace("编制单位：", "编报单位："), "utf-8")
    (tmp_path / "wording.toml").write_text('[cover]\ntitle = "绩效目标汇编"\n', "utf-8")
    shown = pages(write_pdf(read(SAMPLES[0]), folder=tmp_path))
    assert "编报单位" in shown[0]
    assert "绩效目标汇编" in shown[0]
    (tmp_path / "text.typ").write_text("#nothing()\n", "utf-8")
    with pytest.raises(TemplateError, match="排不出"):
        write_pdf(read(SAMPLES[0]), folder=tmp_path)
    (tmp_path / "text.typ").write_text('#read("/etc/passwd")\n#read("../../etc/passwd")', "utf-8")
    with pytest.raises(TemplateError, match="排不出"):
        write_pdf(read(SAMPLES[0]), folder=tmp_path)


def test_where_no_font_is_chinese_that_is_said(monkeypatch):
    class Nothing:
        def __init__(self, **_how):
            pass

        def families(self):
            return ["DejaVu Sans"]

    monkeypatch.setattr("typst.Fonts", Nothing)
    pdf._fonts.cache_clear()
    try:
        with pytest.raises(JixiaoError, match="没有中文字体"):
            write_pdf(read(SAMPLES[0]))
    finally:
        pdf._fonts.cache_clear()


def test_a_review_is_printed_with_its_ranking_forms_and_findings():
    text = read(SAMPLES[1])
    checker = Checker(load_profile())
    findings = checker.check(text)
    shown = fold(
        "".join(pages(review_pdf([review(text, findings)], {text.source: text}, findings)))
    )
    assert fold("项目支出绩效目标审核表") in shown
    assert "系统建议" in shown
    for project in text.projects:
        assert fold(project.name) in shown
    for finding in findings:
        assert all(fold(part) in shown for part in re.findall(".{1,8}", finding.message[:24]))
