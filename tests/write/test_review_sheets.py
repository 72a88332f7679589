"""The review sheets and the numbers of a check, for people and for programs."""

from __future__ import annotations

import html
from decimal import Decimal
from io import BytesIO

import msgspec
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.check import Severity, rules
from jixiao.check.review import review
from jixiao.write.html import review_page
from jixiao.write.review import sheets
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
