"""Words put in the order of their first letters find what they find one after the other."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jixiao.check.lexicon import one_of, words
from jixiao.check.lexicon.patterns import _by_letters

_WORD = st.text(alphabet="违法规不未结办盗滥伐事故", min_size=1, max_size=3)
_PATTERN = st.one_of(
    _WORD,
    st.builds("(?<!{})违{}".format, st.sampled_from("不未"), _WORD),
    st.builds("[盗滥]{}".format, _WORD),
    st.builds("(?:{}|[违不]{}){}".format, _WORD, _WORD, _WORD),
    st.builds("{}(?:{}|{})?".format, _WORD, _WORD, _WORD),
    st.builds("{}|{}".format, _WORD, _WORD),
    st.builds("[^法]{}".format, _WORD),
    st.builds("{}?{}".format, st.sampled_from("违法"), _WORD),
)
_TEXT = st.text(alphabet="违法规不未结办盗滥伐事故", max_size=12)


def _plain(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


@given(st.lists(_PATTERN, min_size=1, max_size=6), _TEXT)
@example(["违法", "(?<!不)违", "违法规"], "不违法规")
@example(["(?:违|违法)规", "违"], "违法规")
def test_the_same_is_found_in_the_same_places(patterns: list[str], text: str) -> None:
    assert _spans(one_of(patterns), text) == _spans(_plain(patterns), text)


@pytest.mark.parametrize("name", ["good_counts", "bad_counts", "handled", "deals", "lost"])
@given(st.data())
def test_so_it_is_with_the_words_of_the_lexicon(name: str, data: st.DataObject) -> None:
    patterns = words("directions")[name]
    some = data.draw(st.lists(st.sampled_from(patterns), min_size=1, max_size=3))
    text = "".join(
        data.draw(
            st.from_regex(pattern, fullmatch=True, alphabet=st.characters(max_codepoint=0x9FFF))
        )
        for pattern in some
    )
    assert _spans(one_of(patterns), text) == _spans(_plain(patterns), text)


@pytest.mark.parametrize(
    ("pattern", "pairs"),
    [
        ("事故", [("事", "故")]),
        ("(?<!不)违法", [("违", "(?<!(?:不)违)法")]),
        ("[盗滥]伐", [("盗", "伐"), ("滥", "伐")]),
        ("(?:事|[故人])好", [("事", "好"), ("故", "好"), ("人", "好")]),
        ("事?故", None),
        ("(?:事|故)?好", None),
        ("[^甲]乙", None),
        (r"\d", None),
        ("", None),
    ],
)
def test_the_letters_that_a_match_begins_with(
    pattern: str, pairs: list[tuple[str, str]] | None
) -> None:
    assert _by_letters(pattern) == pairs
