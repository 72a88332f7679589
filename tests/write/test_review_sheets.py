"""The review sheets and the numbers of a check, for people and for programs."""

from __future__ import annotations

import html
from decimal import Decimal
from io import BytesIO

import msgspec
import openpyxl
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.check import Severity, rules
from jixiao.check.review import review
from jixiao.write.html import review_page
from jixiao.write.plain import number
from jixiao.write.review import opinions, sheets
from jixiao.write.review.decided import Decided, DecidedItem
from jixiao.write.review.document import write_docx
from jixiao.write.review.register import Register, workbook
from jixiao.write.stats import as_text, stats
from write.reports import hostile, samples


def reviews():
    texts, findings = samples()
    return [review(text, [one for one in findings if one.file == text.source]) for text in texts]


def test_the_workbook_has_a_ranking_and_a_form_a_project():
    made = reviews()
    book = openpyxl.load_workbook(BytesIO(sheets.workbook(made)))
    ranking = list(book["项目排序"].iter_rows(2, values_only=True))
    assert len(ranking) == sum(len(one.projects) for one in made)
    scores = [Decimal(row[4]) for row in ranking]
    assert scores == sorted(scores)
    for at, one in enumerate(made, 1):
        words = [
            cell for row in book[f"审核表{at}"].iter_rows(values_only=True) for cell in row if cell
        ]
        assert words.count(one.title) == 1 + len(one.projects)
        assert any(one.notice in word for word in words)
        assert sum(word.startswith("规范完整性") for word in words) == 1 + len(one.projects)


def test_markdown_says_that_it_only_proposes():
    made = reviews()
    page = sheets.markdown(made)
    assert page.count("系统建议，供审核人员参考") == len(made)
    for one in made:
        for project in one.projects:
            assert f"{project.score.normalize():f}" in page


def test_no_word_of_a_text_is_a_formula_or_markup():
    texts, findings = hostile()
    made = [review(texts[0], findings)]
    book = openpyxl.load_workbook(BytesIO(sheets.workbook(made)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
    }
    assert "<script>" not in sheets.markdown(made)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_more_findings_never_raise_a_score(data):
    texts, findings = samples()
    text = texts[0]
    found = [one for one in findings if one.file == text.source]
    some = data.draw(st.lists(st.sampled_from(found), unique_by=id))
    more = [*some, data.draw(st.sampled_from(found))]
    before, after = review(text, some), review(text, more)
    for less, worse in zip(
        (before.text, *before.projects), (after.text, *after.projects), strict=True
    ):
        assert Decimal(0) <= worse.score <= less.score <= Decimal(100)
        assert worse.score == sum(item.score for item in worse.items)


def test_the_numbers_add_up():
    texts, findings = samples()
    numbers = stats(findings, texts)
    assert numbers.texts == len(texts)
    assert sum(one.findings for one in numbers.rules) == len(findings)
    assert sum(one.errors + one.warnings + one.hints for one in numbers.units) == len(findings)
    assert sum(one.errors for one in numbers.units) == sum(
        one.severity is Severity.ERROR for one in findings
    )
    assert {one.code for one in numbers.rules} <= set(rules())
    counts = [one.findings for one in numbers.rules]
    assert counts == sorted(counts, reverse=True)
    page = as_text(numbers)
    for one in numbers.units:
        assert one.unit in page


def test_waived_findings_are_counted_apart():
    texts, findings = hostile()
    numbers = stats(findings, texts)
    assert sum(one.waived for one in numbers.rules) == 1
    assert sum(one.findings for one in numbers.rules) == len(findings) - 1
    assert msgspec.json.decode(msgspec.json.encode(numbers))["schema"] == "jixiao/stats/1"


def test_the_page_has_a_sheet_a_project_and_no_text_becomes_markup():
    made = reviews()
    page = review_page(made)
    assert page.count('class="project form-page"') == sum(1 + len(one.projects) for one in made)
    assert made[0].notice in page
    assert "<script" not in page
    assert "://" not in page
    for one in made:
        for sheet in one.projects:
            assert " ".join(sheet.name.split()) in html.unescape(page)
    (text,), found = hostile()
    page = review_page([review(text, found)])
    assert "<script" not in page
    assert "\x1b" not in page


def decided(one, word: str):
    """Return a decision on the first project, its words as hostile as asked for."""
    items = {item.name: DecidedItem() for item in one.projects[0].items}
    first = next(iter(items))
    items[first] = DecidedItem(Decimal("3.5"), "差", word)
    return {0: Decided("某局绩效股", items, "差", "不予通过", word, "陈某", "2026-01-02")}


def test_what_was_decided_stands_beside_what_is_proposed_and_is_marked():
    made = reviews()[:1]
    by = decided(made[0], "依据不足")
    book = openpyxl.load_workbook(BytesIO(sheets.workbook(made, [by])))
    rows = list(book["审核表"].iter_rows(values_only=True))
    heads = [row for row in rows if row[0] == "审核方面"]
    assert heads[0] == (*sheets._HEADS, *[None] * 3), "the text's own sheet was not decided on"
    assert sum(row[-3:] == ("审定意见", "审定得分", "审核说明") for row in heads) == 1
    item = next(row for row in rows if row[-3:] == ("差", "3.5", "依据不足"))
    proposed = made[0].projects[0].items[0]
    assert item[:3] == (proposed.dimension, proposed.name, number(proposed.points))
    assert any(str(row[0]).startswith("“审定”各栏：某局绩效股 陈某") for row in rows)
    ranking = list(book["项目排序"].iter_rows(values_only=True))
    assert ranking[0][-3:] == ("审定得分", "审定等级", "审定")
    assert sum(row[-2:] == ("差", "不予通过") for row in ranking) == 1
    assert decided(made[0], "")[0].score is None, "one item alone makes no sum"


def test_a_document_has_a_table_a_sheet():
    one = reviews()[0]
    document = Document(BytesIO(write_docx(one, decided(one, "依据不足"))))
    assert len(document.tables) == 1 + len(one.projects)
    heads = [cell.text for cell in document.tables[1].rows[0].cells]
    assert heads[3:5] == ["建议意见", "建议得分"] and heads[-3:] == [
        "审定意见",
        "审定得分",
        "审核说明",
    ]
    assert document.tables[1].rows[1].cells[-1].text == "依据不足"


def test_registers_and_opinions_hold_words_only():
    word = "=1+1\x0b<b>"
    said = opinions.Said(word, word, 2026, word, tuple(
        opinions.Opinion(kind, word, word, word, word, word, word, word, word, word)
        for kind in (opinions.FINDING, opinions.COMMENT, opinions.DECISION)
    ))  # fmt: skip
    sheet = openpyxl.load_workbook(BytesIO(opinions.register([said]))).active
    assert sheet.max_row == 4
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    document = Document(BytesIO(opinions.write_docx(word, [said])))
    assert any(cell.text == "=1+1<b>" for row in document.tables[0].rows for cell in row.cells)


def test_a_register_keeps_money_to_be_added_up():
    rows = [("甲", Decimal("1234.50"), 3), ("长" * 40_000, None, 0)]
    columns = (("单位", 10), ("预算", 10), ("项目", 6))
    book = openpyxl.load_workbook(BytesIO(workbook("表", [Register("表", columns, rows, "完")])))
    sheet = book.active
    assert (sheet["B2"].value, sheet["B2"].data_type) == (1234.5, "n")
    assert len(sheet["A3"].value) <= 32_767 and sheet["A3"].value.endswith("余下省略）")
    assert sheet["A5"].value == "完"
