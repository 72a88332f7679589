"""What typing leaves behind is taken away, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.check.cleaning import (
    Change,
    changed,
    cleaned,
    may_be_stray,
    repeated_words,
    stray_punctuation,
    stray_spacing,
)
from jixiao.check.written import written
from jixiao.read import read

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.docx"))


def test_a_change_says_which_characters_become_which():
    assert repeated_words("环境改善程度程度高") == (Change(4, 8, "程度程度", "程度"),)
    assert stray_punctuation("完成。。") == (Change(2, 4, "。。", "。"),)
    assert stray_spacing("冀财行【2021】 97号") == (Change(9, 10, " ", ""),)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("项目项目完成情况情况，，良好。。", "项目完成情况，良好。"),
        ("怀财字[2024]7号  经费", "怀财字[2024]7号经费"),
        ("完成防汛等工作。3", "完成防汛等工作。"),
        ("第一行，，\n第二行程度程度", "第一行，\n第二行程度"),
        ("", ""),
    ],
)
def test_all_of_it_at_once(text, right):
    assert cleaned(text) == right
    assert cleaned(right) == right


def test_of_changes_that_overlap_the_first_is_made():
    assert changed("甲乙丙", [Change(0, 2, "甲乙", "子"), Change(1, 3, "乙丙", "丑")]) == "子丙"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_in_the_samples_only_what_a_person_would_change_too(path):
    for project in read(path).projects:
        for _, _, text in written(project).fields:
            if cleaned(text) != text:
                assert "改善程度程度" in text or "号  " in text


def test_every_word_of_a_project_is_looked_at():
    project = msgspec.structs.replace(read(SAMPLES[0]).projects[0], name="名称")
    fields = {(field, number) for field, number, _ in written(project).fields}
    assert {("name", None), ("purpose", None), ("goals.0", None)} <= fields
    for number, _ in enumerate(project.indicators):
        assert {("name", number), ("value", number)} <= fields


@pytest.mark.parametrize(
    "text",
    ["程度" * 5000, "，" * 20000, "字 " * 20000, "。" + "1" * 20000, "字" + "\n" * 20000 + "，"],
)
def test_a_hostile_text_takes_no_time(text):
    cleaned(text)


def test_what_a_change_lays_bare_is_changed_too():
    assert cleaned("。，。完成校舍维修，。。") == "完成校舍维修。"
    assert cleaned("项目，，项目") == "项目，项目"


SHORT = st.lists(st.text("目标县政府程度的的，。；（ 3、\n😀", max_size=14), min_size=1, max_size=6)


@given(SHORT)
def test_what_is_looked_for_in_all_texts_at_once_misses_no_text(texts):
    whole = "".join(f"\n{text}\n" for text in texts)
    if any(map(stray_punctuation, texts)):
        assert may_be_stray(whole)
