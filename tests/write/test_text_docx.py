"""The printed Word text: read back, it says the same; its contents name the right pages."""

from __future__ import annotations

import random
import re
import runpy
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from pypdfium2 import PdfDocument

from forms.layouts import LAYOUTS, truths
from forms.writers import write
from jixiao.model import Indicator, PerformanceText, Project, SubObjective
from jixiao.model.errors import TemplateError
from jixiao.read import read
from jixiao.write.text import Offices, Shape, write_docx
from jixiao.write.text.template import W, packaged
from write.printed import differences, printable_texts

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.*"))
READABLE = [path for path in SAMPLES if path.suffix in (".docx", ".txt", ".html")]
TEXTS = truths()
SHAPES: tuple[Shape, ...] = ("split", "single")


def again(text: PerformanceText, shape: Shape, folder: Path) -> PerformanceText:
    path = folder / "again.docx"
    path.write_bytes(write_docx(text, shape=shape))
    return read(path)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_no_field_of_a_sample_differs_when_it_is_read_back(path, shape, tmp_path):
    text = read(path)
    back = again(text, shape, tmp_path)
    assert differences(text, back) == []
    assert back.unread == ()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(printable_texts())
def test_no_field_of_any_text_differs_when_it_is_read_back(tmp_path, text):
    for shape in SHAPES:
        assert differences(text, again(text, shape, tmp_path)) == []


def long_text() -> PerformanceText:
    """Many projects, some of them over pages, with names and words of any length."""
    dice = random.Random(11)
    known = [project for path in READABLE[:9:3] for project in read(path).projects]
    projects = []
    for number in range(24):
        project = dice.choice(known)
        rows = project.indicators * dice.choice((1, 2, 6))
        projects.append(
            msgspec.structs.replace(
                project,
                name=f"{number}号标段{project.name}" * dice.choice((1, 1, 2)),
                indicators=tuple(
                    msgspec.structs.replace(row, description=(row.description or "") * times)
                    for row in rows[: dice.randrange(3, 45)]
                    for times in dice.choices((1, 2, 4))
                ),
            )
        )
    sample = read(READABLE[0])
    return msgspec.structs.replace(
        sample, projects=tuple(projects), overall=(sample.overall or "") * 3
    )


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_contents_name_the_pages_where_headings_stand(tmp_path):
    texts = {"long": long_text(), **{path.stem: read(path) for path in READABLE[:9:3]}}
    files = []
    for name, text in texts.items():
        for shape in SHAPES:
            files.append(tmp_path / f"{name}-{shape}.docx")
            files[-1].write_bytes(write_docx(text, shape=shape))
    for made in to_pdf(files):
        pages = [fold(page.get_textpage().get_text_range()) for page in PdfDocument(made)]
        body = next(n for n, page in enumerate(pages) if page.startswith("第一部分"))
        contents = re.sub(r"—\d+—|\.{2,}", " ", "".join(pages[1:body])).removeprefix("目录")
        entries = list(read_contents(files[0].with_name(f"{made.stem}.docx")))
        assert len(entries) == 5 + len(texts[made.stem.rpartition("-")[0]].projects)
        for heading, number in entries:
            assert fold(heading) in pages[int(number) - 1], (made.stem, heading, number)
            assert pages[int(number) - 1].endswith(f"—{number}—")
            assert f"{number}" in contents


def read_contents(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the headings of the contents with the numbers that the file has for them."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for paragraph in root.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val", "").startswith("TOC"):
            heading, _, number = "".join(
                "\t" if each.tag == W + "tab" else each.text or ""
                for each in paragraph.iter(W + "t", W + "tab")
            ).partition("\t")
            if number:
                yield heading, number


def fold(text: str) -> str:
    return "".join(text.split())


def to_pdf(files: list[Path]) -> list[Path]:
    folder = files[0].parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        capture_output=True,
        timeout=300,
        check=True,
    )
    return [path.with_suffix(".pdf") for path in files]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_latin_words_in_narrow_cells_move_no_page(tmp_path):
    """Addresses and codes are broken by each program in its own way; rows have room for all."""
    dice = random.Random(5)
    odd = (
        "https://www.example.gov.cn/a/b/c", "P000433100036", "COVID-19", "“十四五”", "≥95%", "2024",
    )  # fmt: skip

    def words(most: int) -> str:
        many = dice.randrange(1, most)
        return "".join(dice.choice(odd) if dice.random() < 0.3 else "修桥铺路" for _ in range(many))

    rows = tuple(
        Indicator("产出指标", "数量指标", words(8), words(20), basis=words(9)) for _ in range(400)
    )
    projects = tuple(
        Project(name=f"{at}号工程", goals=(words(9),), indicators=rows[20 * at : 20 * at + 20])
        for at in range(20)
    )
    path = tmp_path / "a.docx"
    path.write_bytes(write_docx(PerformanceText(source="x", projects=projects)))
    (made,) = to_pdf([path])
    pages = [fold(page.get_textpage().get_text_range()) for page in PdfDocument(made)]
    for heading, number in read_contents(path):
        assert fold(heading) in pages[int(number) - 1], (heading, number)


@pytest.mark.parametrize("many", [25, 110])
def test_sub_objectives_without_numbers_are_numbered(many, tmp_path):
    parts = tuple(SubObjective(title=f"任务{n}", objective="修路") for n in range(many))
    made = write_docx(PerformanceText(source="x", sub_objectives=parts))
    lines = [each.text for each in docx.Document(BytesIO(made)).paragraphs]
    assert "（二十）任务19" in lines
    assert any(line.endswith(f"任务{many - 1}") for line in lines)


def test_a_file_is_the_same_each_time():
    text = read(READABLE[0])
    assert write_docx(text) == write_docx(text)


def test_the_first_level_is_merged_and_headings_come_again_on_each_page():
    document = docx.Document(BytesIO(write_docx(read(READABLE[0]))))
    table = document.tables[1]
    assert [cell.text for cell in table.rows[0].cells][:3] == ["一级指标", "二级指标", "三级指标"]
    assert table.rows[0]._tr.trPr.find(W + "tblHeader") is not None
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc


def test_who_compiled_and_who_reviewed_a_text_is_on_its_cover():
    made = write_docx(read(READABLE[0]), offices=Offices("怀来县水务局", "怀来县财政局"))
    cover = [each.text for each in docx.Document(BytesIO(made)).paragraphs[:6]]
    assert "编制单位：怀来县水务局" in cover
    assert "审核单位：怀来县财政局" in cover


def test_an_office_has_its_own_words_and_styles(tmp_path):
    document = docx.Document(BytesIO(packaged("text.docx")))
    document.styles["绩效表格文字"].font.size = docx.shared.Pt(9)
    document.paragraphs[0].insert_paragraph_before("机密★一年")
    document.save(tmp_path / "text.docx")
    (tmp_path / "wording.toml").write_text(
        '[cover]\ntitle = "预算绩效目标文本"\n[columns]\nbasis = ["依据", 30]\n', "utf-8"
    )
    made = docx.Document(BytesIO(write_docx(read(READABLE[0]), folder=tmp_path)))
    assert [each.text for each in made.paragraphs[:3]] == [
        "机密★一年",
        "怀来县官厅库区建设管理中心",
        "2024年预算绩效目标文本",
    ]
    assert made.styles["绩效表格文字"].font.size.pt == 9
    assert made.tables[1].rows[0].cells[-1].text == "依据"


@pytest.mark.parametrize(
    ("wording", "says"),
    [
        ("[cover]\ntitel = 'x'\n", "cover.titel"),
        ("[cover\n", "读不出来"),
        ("[titles]\nproject = '{nummer}'\n", "写法不对"),
        ("[columns]\nbasis = '依据'\n", "写法不对"),
        ("[columns]\nbasis = ['依据', 0]\n", "写法不对"),
        ("cover = 'x'\n", "应是一张表"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_in_chinese(tmp_path, wording, says):
    (tmp_path / "wording.toml").write_text(wording, "utf-8")
    with pytest.raises(TemplateError, match=re.escape(says)):
        write_docx(read(READABLE[0]), folder=tmp_path)


def test_a_template_that_lacks_a_place_or_a_style_is_no_template(tmp_path):
    document = docx.Document(BytesIO(packaged("text.docx")))
    document.paragraphs[-1].text = "{{项目表}}"
    document.save(tmp_path / "text.docx")
    with pytest.raises(TemplateError, match="项目表"):
        write_docx(read(READABLE[0]), folder=tmp_path)
    document.paragraphs[-1].text = ""
    document.save(tmp_path / "text.docx")
    with pytest.raises(TemplateError, match="项目绩效目标表"):
        write_docx(read(READABLE[0]), folder=tmp_path)
    document.styles["绩效表格文字"].delete()
    document.save(tmp_path / "text.docx")
    with pytest.raises(TemplateError, match="JixiaoCell"):
        write_docx(read(READABLE[0]), folder=tmp_path)
    with pytest.raises(TemplateError, match="没有模板"):
        write_docx(read(READABLE[0]), folder=tmp_path / "无")


def test_control_characters_cannot_break_a_document(tmp_path):
    text = PerformanceText(
        source="made",
        projects=(Project(name="a\x00b\x1b\ud800\uffffc", indicators=(Indicator(name="\x0bx"),)),),
    )
    (tmp_path / "a.docx").write_bytes(write_docx(text))
    project = read(tmp_path / "a.docx").projects[0]
    assert (project.name, project.indicators[0].name) == ("abc", "x")


def test_the_template_is_the_one_that_the_script_makes():
    script = Path(__file__).parents[2] / "scripts" / "make_text_template.py"
    made = runpy.run_path(str(script))["parts"]()
    with zipfile.ZipFile(BytesIO(packaged("text.docx"))) as package:
        assert {name: package.read(name).decode() for name in package.namelist()} == made


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_field_of_any_form_differs_when_it_is_read_back(layout, shape, tmp_path):
    number = list(LAYOUTS).index(layout)
    made, _ = write(LAYOUTS[layout](TEXTS[number % len(TEXTS)]), tmp_path, layout, "docx")
    text = read(made)
    back = again(text, shape, tmp_path)
    assert differences(text, back) == []
    assert back.unread == ()
