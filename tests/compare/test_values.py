"""Target values are compared by what they mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.compare import Kind, ValueChange
from jixiao.compare.values import Years, compared
from jixiao.model import parse_value
from jixiao.write.compare.words import value_words

SAME = [
    ("≥95%", "≥95 %"),
    ("", ""),
]
REWORDED = [
    ("≥95%", "≥95 ％"), ("≥95%", "不低于95%"), ("95%", "=95%"), ("≥95%", "≥95百分比"),
    ("≤1万元", "≤10000元"), ("≥95%", "≥95.0%"), ("得到提升", "得到提升。"), ("≥1,000人", "≥1000人"),
]  # fmt: skip
TOLD = [
    ("≥95%", "≥90%", "", "降低 5 个百分点，要求放宽"),
    ("≥90%", "≥95%", "", "提高 5 个百分点，要求收紧"),
    ("≤10天", "≤12天", "", "提高 2 天（+20%），要求放宽"),
    ("≤10天", "≤8天", "", "降低 2 天（-20%），要求收紧"),
    ("≤1万元", "≤20000元", "", "提高 1 万元（+100%），要求放宽"),
    ("≥95%", ">95%", "", "要求收紧"),
    ("=90%", "≥95%", "群众满意度", "提高 5 个百分点，要求收紧"),
    ("=10件", "=12件", "安全事故", "提高 2 件（+20%），要求放宽"),
    ("=10件", "=12件", "某物", "提高 2 件（+20%）"),
    ("5-10个", "6-9个", "", "要求收紧"),
    ("5-10个", "5-12个", "", "提高，要求放宽"),
    ("≥100%", "≤100%", "", "“不低于”与“不高于”对调"),
    ("得到提升", "≥95%", "", "由定性改为定量"),
    ("≥95%", "得到提升", "", "由定量改为定性"),
    ("12月底前", "6月底前", "", "提前 6 个月，要求收紧"),
    ("≥95%(问卷)", "≥95%", "", ""),
    ("≥10人", "≥10户", "", ""),
    ("得到提升", "明显提升", "", ""),
    ("★", "☆", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), SAME)
def test_white_space_says_nothing(before, after):
    assert _compared(before, after)[0] is Kind.SAME


@pytest.mark.parametrize(("before", "after"), REWORDED)
def test_another_way_to_write_it(before, after):
    assert _compared(before, after) == (Kind.REWORDED, None)
    assert _compared(after, before) == (Kind.REWORDED, None)


@pytest.mark.parametrize(("before", "after", "name", "said"), TOLD)
def test_which_way_and_by_how_much(before, after, name, said):
    kind, change = _compared(before, after, name)
    assert kind is Kind.CHANGED
    assert value_words(change or ValueChange()) == said


def test_a_value_that_is_blank_was_dropped():
    assert _compared("≥95%", " ")[0] is Kind.DROPPED
    assert _compared("", "≥95%")[0] is Kind.ADDED


def test_deadlines_are_held_against_their_own_year():
    years = Years(2023, 2024)
    assert compared(parse_value("2023年6月底前"), parse_value("2024年6月底前"), years) == (
        Kind.ROLLED,
        None,
    )
    _, later = compared(parse_value("2023年6月底前"), parse_value("2024年9月底前"), years)
    assert later == ValueChange(demand="loosened", difference=Decimal(3), unit="月", deadline=True)


def _compared(before, after, name=""):
    return compared(parse_value(before, name), parse_value(after, name), Years())
