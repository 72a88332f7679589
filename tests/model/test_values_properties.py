"""What holds for every target value: what goes in comes out, however it is written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jixiao.model import Kind, TargetValue, parse_value
from jixiao.model.values import canonical_unit, numeral, to_decimal, unit_nature

OPERATORS = {
    "≥": ("≥", "＞=", ">=", "≧", "大于等于", "不低于", "不少于", "不小于"),
    "≤": ("≤", "<=", "≦", "小于等于", "不超过", "不高于", "不大于", "不多于"),
    "=": ("=", "＝", "等于"),
    ">": (">", "＞", "大于", "高于", "超过"),
    "<": ("<", "＜", "小于", "低于", "少于"),
}
SUFFIXES = {"≥": ("以上", "及以上"), "≤": ("以下", "以内", "及以下"), "≈": ("左右",)}
UNITS = (
    "%",
    "％",
    "人",
    "人次",
    "万元",
    "元",
    "亿元",
    "个",
    "公里",
    "平方米",
    "天",
    "小时",
    "户",
    "次/年",
    "万元/月",
    "元/人·年",
    "㎡",
    "‰",
    "项",
    "km",
)
FULL = str.maketrans("0123456789.,%><=~()/-", "０１２３４５６７８９．，％＞＜＝～（）／－")

numbers = st.one_of(
    st.integers(0, 10**12).map(Decimal),
    st.decimals(0, 10**8, places=2, allow_nan=False, allow_infinity=False),
    st.decimals(0, 1000, places=4, allow_nan=False, allow_infinity=False),
)
units = st.sampled_from(UNITS)
_A_MONTH = re.compile(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])")
written_operators = st.sampled_from(
    [(op, word) for op, words in OPERATORS.items() for word in words]
)


def meaning(value: TargetValue) -> tuple[object, ...]:
    """Return all of a value but its text."""
    return (
        value.operator,
        value.number,
        value.upper,
        value.unit,
        value.kind,
        value.nature,
        value.direction,
    )


@given(written_operators, numbers, units)
def test_operator_number_and_unit_come_out(operator, number, unit):
    op, word = operator
    value = parse_value(f"{word}{number}{unit}")
    assert (value.operator, value.number, value.upper) == (op, number, None)
    assert value.unit == canonical_unit(unit)
    assert value.kind is Kind.QUANTITATIVE


@given(
    st.sampled_from([(op, word) for op, words in SUFFIXES.items() for word in words]),
    numbers,
    units,
)
def test_an_operator_behind_the_number_comes_out(suffix, number, unit):
    op, word = suffix
    value = parse_value(f"{number}{unit}{word}")
    assert (value.operator, value.number, value.unit) == (op, number, canonical_unit(unit))


@given(numbers, numbers, units, st.sampled_from(["-", "—", "~", "～", "－", "至", "–"]))
def test_both_ends_of_an_interval_come_out(low, high, unit, dash):
    value = parse_value(f"{low}{unit}{dash}{high}{unit}")
    assert (value.operator, value.number, value.upper) == (None, low, high)
    assert value.unit == canonical_unit(unit)
    assume(not _A_MONTH.fullmatch(str(low)))  # 2070.01-… is January 2070
    assert meaning(parse_value(f"{low}{dash}{high}{unit}")) == meaning(value)


@given(written_operators, numbers, units)
def test_full_width_means_the_same_as_half_width(operator, number, unit):
    plain = f"{operator[1]}{number}{unit}"
    assert meaning(parse_value(plain.translate(FULL))) == meaning(parse_value(plain))


@given(written_operators, numbers, units, st.sampled_from([" ", "\n", "\u3000", "\xa0", "  "]))
def test_blanks_mean_nothing(operator, number, unit, blank):
    plain = parse_value(f"{operator[1]}{number}{unit}")
    assert meaning(parse_value(f"{operator[1]}{blank}{number}{blank}{unit}{blank}")) == meaning(
        plain
    )


@given(st.integers(0, 10**12), units)
def test_thousands_separators_mean_nothing(number, unit):
    assert meaning(parse_value(f"≥{number:,}{unit}")) == meaning(parse_value(f"≥{number}{unit}"))


@given(st.text(max_size=60), st.text(max_size=30))
@settings(max_examples=400)
def test_any_text_is_kept_and_never_an_error(text, name):
    value = parse_value(text, name)
    assert value.text == text
    assert value == parse_value(text, name)
    if value.number is not None:
        assert value.kind is Kind.QUANTITATIVE
        assert value.number.is_finite()
    if value.upper is not None:
        assert value.number is not None


PIECES = ["≥", "≤", "＝", "不低于", "以上", "左右", "百分之", "一", "十", "百", "万", "亿", "点", "零", "1", "2024", "0.5", ".", ",", "，", "年", "月", "日", "底", "前", "%", "％", "‰", "万元", "元", "/", "每", "个", "-", "—", "至", "(", "（", ")", "~", " ", "\n", "x", "²", "①", "½", "٣", "e5", "∞", "+"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=1500)
def test_pieces_of_values_in_any_order_are_never_an_error(text):
    value = parse_value(text)
    assert value.text == text
    assert (value.number is None) or value.number.is_finite()
    to_decimal(text)
    numeral(text)
    unit_nature(canonical_unit(text))


@pytest.mark.parametrize("unit", UNITS)
def test_the_usual_way_to_write_a_unit_stays_as_it_is(unit):
    assert canonical_unit(canonical_unit(unit)) == canonical_unit(unit)


@given(st.integers(1, 9999))
def test_chinese_numerals_count_like_digits(number):
    assert numeral(chinese(number)) == number
    assert parse_value(f"不少于{chinese(number)}人").number == number


def chinese(number: int) -> str:
    """Write a number under 10,000 in Chinese."""
    digits = "零一二三四五六七八九"
    text, zero = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + name
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if 10 <= number < 20 else text


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "9" * 400 + "%",
        "≥" * 3000,
        "一" * 3000,
        "十" * 3000,
        "1," * 3000,
        "(" * 3000,
        "1-" * 2000,
    ],
)
def test_long_runs_take_no_time(text):
    assert parse_value(text).text == text
