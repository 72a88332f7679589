"""Quick looks over a whole project miss nothing that looking field by field finds."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from jixiao.check import looks
from jixiao.check.cleaning import (
    may_repeat,
    repeated_words,
    stray_punctuation,
    stray_spacing,
)
from jixiao.check.lexicon import words
from jixiao.check.looks import look, may_stand_in
from jixiao.check.rules.completeness import C05
from jixiao.check.rules.quantification.Q11 import _FOUND, _RIGHT, standard_units
from jixiao.model import Indicator, Project, TargetValue

_LETTERS = st.text(alphabet="改善程度程完成率的与及，。；、% 　(（）20年3\n", max_size=24)
_TEXTS = st.lists(_LETTERS, min_size=1, max_size=6)


def _project(texts: list[str]) -> Project:
    return Project(
        name=texts[0],
        goals=tuple(texts[1:3]),
        indicators=tuple(Indicator(name=text, value=TargetValue(text[:6])) for text in texts[3:]),
    )


@given(_TEXTS)
@example(["改善程度程度"])
@example(["率", "2020年2020年", "工作工作"])
def test_a_word_typed_twice_is_seen_in_all_texts_at_once(texts: list[str]) -> None:
    if any(map(repeated_words, texts)):
        assert may_repeat(texts)


@given(st.permutations(["验收合格率", "工程进度", "≥95%", "𠮷野家", "12月"]))
def test_equal_texts_that_follow_each_other_are_no_word_typed_twice(texts: list[str]) -> None:
    assert not may_repeat([text for text in texts for _ in range(2)])


@given(_TEXTS)
@example(["，，", "改善程度程度", "工 作，完成率的与", "待定"])
@example(["，开头", "等工作。3", "a", "，，"])
@example(["等工作。3", "、与", "。", "，，"])
@example([" ，开头"])
def test_what_there_is_in_a_text_is_told_of_whenever_it_is_looked_at(texts: list[str]) -> None:
    for _ in range(2):
        told = look(text for text in texts if text)
        assert told.repeated or not any(map(repeated_words, texts))
        assert told.stray or not any(map(stray_punctuation, texts))
        assert told.gap or not any(map(stray_spacing, texts))
    looks._fine.clear()


@given(st.text(alphabet="≥≤=0123456789.,百分比％平方米m2km²㎡个人/ ", max_size=12))
def test_units_are_spelled_as_if_the_whole_value_were_looked_at(text: str) -> None:
    whole = _FOUND.sub(lambda found: _RIGHT[int((found.lastgroup or "u0")[1:])], text)
    assert standard_units(text) == whole


@given(st.data())
def test_what_stands_for_a_content_is_seen_before_each_field_is_looked_at(
    data: st.DataObject,
) -> None:
    blanks = words("blanks")["placeholder"]
    said = data.draw(st.from_regex(re.compile("|".join(blanks["whole"])), fullmatch=True))
    plain = "".join(said.split())
    if plain and looks.WHOLE.fullmatch(plain):
        assert may_stand_in(f"\n{plain}\n")
    inside = data.draw(st.from_regex(re.compile("|".join(blanks["inside"]))))
    plain = "".join(inside.split())
    if C05._INSIDE.search(plain):
        assert may_stand_in(f"\n{plain}\n")
