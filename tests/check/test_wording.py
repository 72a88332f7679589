"""Letters that are looked at first let nothing pass that the words they stand for would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.check.lexicon import words
from jixiao.check.wording import _LONGEST_MISSING, is_missing, key

BLANKS = words("blanks")


@pytest.mark.parametrize("pattern", BLANKS["missing"])
@given(st.data())
def test_whatever_stands_for_nothing_begins_with_a_letter_that_is_listed(pattern, data):
    assert is_missing(data.draw(st.from_regex(pattern, fullmatch=True))[:_LONGEST_MISSING])


@pytest.mark.parametrize("pattern", BLANKS["placeholder"]["whole"])
@given(st.data())
def test_what_stands_in_for_content_begins_with_a_letter_that_is_listed(pattern, data):
    bare = re.sub(r"^\(\?=\[[^]]*\]\)", "", pattern)
    assert re.fullmatch(pattern, data.draw(st.from_regex(bare, fullmatch=True)))


@given(st.text())
def test_a_key_has_letters_and_digits_alone(text):
    assert key(text) == re.sub(r"[\W_]+", "", text)
