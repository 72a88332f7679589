"""A comparison as text, HTML and Excel: all that changed is there, and no text does harm."""

from __future__ import annotations

import shutil
from functools import cache
from html.parser import HTMLParser
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from compare.drafts import first, hostile, second
from jixiao.compare import Kind, compare, folded
from jixiao.write.compare.html import page
from jixiao.write.compare.marking import excerpts, pieces
from jixiao.write.compare.rows import groups
from jixiao.write.compare.text import text
from jixiao.write.compare.xlsx import workbook
from jixiao.write.xlsx_findings import LONGEST


class Page(HTMLParser):
    """Collects tags with their attributes, the words in them, and those that are marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.marked: dict[str, list[str]] = {"ins": [], "del": []}
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag):
        self._in = ""

    def handle_data(self, data):
        self.words += data
        if self._in in self.marked:
            self.marked[self._in].append(data)


@cache
def made():
    return compare(first(), second())


def test_the_text_tells_what_changed():
    lines = text(made()).splitlines()
    assert lines[0].startswith("- 原　")
    assert lines[1].startswith("+ 现　第二稿.docx")
    for line in (
        "项目：新增 1，取消 1，修改 1，未变 2（另：改名 1、次序变动 2）",
        "预算数：7358.32 → 7378.32 万元，增加 20 万元（+0.27%）；其中新增项目 +60.34，取消项目 -60.34，保留项目 +20",
        "【修改】项目 1→2　怀财字[2024]7号 公用经费",
        "  预算数：80.00万元 → 100.00万元　增加 20 万元（+25%）",
        "  指标 1“服务移民次数”　指标值：≥12次 → ≥10次　降低 2 次（-16.67%），要求放宽",
        "  指标 2“完成率”　指标值：≥100百分比 → ≥100％　写法不同",
        "  取消　原指标 6“维修效果”：效益指标/社会效益指标　≥100百分比",
        "  新增　指标 8“受益群众人数”：效益指标/社会效益指标　≥500人",
        "【取消】项目 2　怀财字[2024]7号 业务费",
        "【新增】项目 3　信息化建设",
    ):
        assert line in lines


def test_nothing_different_is_said_so():
    same = compare(first(), first())
    assert text(same).endswith("\n没有不同。\n")
    assert "没有不同。" in Page(page(same)).words
    assert groups(same) == []
    assert load_workbook(BytesIO(workbook(same)))["逐项比较"].max_row == 1


def test_what_only_passed_with_the_year_is_one_line():
    later = replace(
        first(),
        year=2025,
        projects=tuple(
            replace(
                project,
                code=f"13073025{project.code[8:]}",
                goals=("2025年度运行",),
            )
            for project in first().projects
        ),
    )
    earlier = replace(
        first(),
        projects=tuple(replace(each, goals=("2024年度运行",)) for each in first().projects),
    )
    lines = text(compare(earlier, later)).splitlines()
    assert lines.count("  年份顺延：项目编码、绩效目标 1") == 4
    assert "项目：年份顺延 4，未变 0" in lines


def test_what_is_folded_is_counted():
    shown = text(folded(made()))
    assert "写法不同" not in shown
    assert "处只是写法、次序或年份不同，没有列出。" in shown


def test_every_row_is_in_the_page_and_in_the_workbook():
    seen = " ".join(Page(page(made())).words.split())
    cells = _cells(workbook(made()))
    rows = [row for group in groups(made()) for row in group.rows]
    assert len(rows) > 20
    for row in rows:
        for word in (row.before, row.after):
            assert " ".join(word.split()) in seen
            assert not word or word in cells


def test_the_page_marks_the_words_that_changed():
    marked = Page(page(made())).marked
    assert "12" in marked["del"]
    assert "10" in marked["ins"]
    assert "，以及设备购置" in marked["ins"]


def test_the_page_loads_nothing_and_its_links_have_ends():
    html = page(made())
    tags = Page(html).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "base"}
    ends = {attributes.get("id") for _, attributes in tags}
    links = {attributes["href"] for tag, attributes in tags if tag == "a"}
    assert {link.removeprefix("#") for link in links if link} <= ends
    assert all((link or "").startswith("#") for link in links)
    assert "default-src 'none'" in html
    assert "url(" not in html


def test_no_text_becomes_markup_formula_or_control():
    bad = compare(*hostile())
    html = page(bad)
    assert "<script" not in html
    for shown in (html, text(bad)):
        assert not set(shown) & set("\x00\x1b\u202e")
    book = load_workbook(BytesIO(workbook(bad)))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert len(str(cell.value or "")) <= LONGEST


def test_the_workbook_has_money_as_numbers():
    book = load_workbook(BytesIO(workbook(made())))
    assert book.sheetnames == ["汇总", "项目与资金", "指标", "逐项比较"]
    rows = list(book["项目与资金"].iter_rows(values_only=True))
    changed = next(row for row in rows if row[0] == "修改")
    assert changed[5:9] == (80, 100, 20, 25)
    assert rows[-1][5:9] == (7358.32, 7378.32, 20, 0.27)
    kinds = [row[1] for row in book["指标"].iter_rows(min_row=2, values_only=True)]
    assert kinds.count("未变") == made().indicator_counts.same
    assert len(kinds) == sum(len(each.indicators) for each in made().projects)


@given(st.text("甲乙丙1，a ", max_size=40), st.text("甲乙丙1，a ", max_size=40))
def test_pieces_make_both_texts_again(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.which != "after") == before
    assert "".join(piece.text for piece in found if piece.which != "before") == after
    assert all(piece.text for piece in found)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("≥95%", "≥90%", ["95", "90"]),
        ("改造道路3公里", "改造道路3.5公里", ["3", "3.5"]),
        ("保障运转", "保障机关运转", ["机关"]),
        ("同样", "同样", []),
    ],
)
def test_a_number_is_marked_whole(before, after, marked):
    assert [piece.text for piece in pieces(before, after) if piece.which != "both"] == marked


def test_long_cells_are_cut_down_around_their_changes():
    before = "前" * 100 + "三条" + "后" * 100
    old, new = excerpts(before, before.replace("三", "五"))
    assert (old, new) == (f"……{'前' * 16}三条{'后' * 15}……", f"……{'前' * 16}五条{'后' * 15}……")


def test_very_long_cells_take_no_time():
    found = pieces("甲乙" * 20_000, "乙丙" * 20_000)
    assert {piece.which for piece in found} == {"before", "after"}


@pytest.mark.browser
def test_the_page_in_a_browser(tmp_path):
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("这台机器没有 Chromium")
    sync_playwright = pytest.importorskip("playwright.sync_api").sync_playwright
    file = tmp_path / "比较.html"
    file.write_text(page(made()), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 400, "height": 800})
        said: list[str] = []
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(file.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 400
        assert tab.locator("tr.reworded").is_visible()
        tab.click("label[for=substance]")
        assert not tab.locator("tr.reworded").is_visible()
        assert tab.locator("tr.changed").first.is_visible()
        browser.close()
    assert said == []


def _cells(content: bytes) -> set[str]:
    sheet = load_workbook(BytesIO(content))["逐项比较"]
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}


def test_kinds_have_names():
    shown = text(made())
    assert all(kind.value not in shown for kind in Kind)
