"""What target values mean, from the cases in values.yml, and what holds for every text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model import Direction, Money, Plan, parse_value
from jixiao.model.text import Budget
from jixiao.model.values import measure_of, numeral, to_decimal

CASES = yaml.safe_load((Path(__file__).parent / "values.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.get('name', '')}{c['text'] or '空'}")
def test_case(case):
    value = parse_value(case["text"], case.get("name", ""))
    assert value.text == case["text"]
    assert value.operator == case.get("operator")
    assert value.number == (Decimal(case["number"]) if "number" in case else None)
    assert value.upper == (Decimal(case["upper"]) if "upper" in case else None)
    assert value.unit == case.get("unit")
    assert value.kind == case["kind"]
    for key in ("nature", "direction"):
        if key in case:
            assert getattr(value, key) == case[key]


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_kept_and_told(text, name):
    value = parse_value(text, name)
    assert value.text == text
    assert value.number is None or value.number.is_finite()
    assert (value.upper is None) or (value.number is not None)


@given(
    st.sampled_from(["", "≥", "≤", "=", ">", "<"]),
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["%", "人", "万元", "个", "公里", "天"]),
)
def test_what_is_put_in_comes_out(operator, number, unit):
    value = parse_value(f"{operator}{number}{unit}")
    assert (value.operator or "", value.number, value.unit) == (operator, number, unit)


@given(st.integers(min_value=0, max_value=10**9))
def test_thousands_separators_change_nothing(number):
    assert parse_value(f"{number:,}元").number == number == to_decimal(f"{number:,}")


def test_numerals():
    assert [numeral(t) for t in ("三", "十", "十五", "二十", "一百零五", "三千二百", "二〇二三", "一万二千", "甲")] == [
        3, 10, 15, 20, 105, 3200, 2023, 12000, None,
    ]  # fmt: skip


def test_numbers_are_written_as_strings_in_json():
    assert b'"number":"67.54"' in msgspec.json.encode(parse_value("≤67.54万元"))


def test_direction_of_names():
    assert measure_of("能耗降低率")[1] is Direction.HIGHER
    assert measure_of("群众投诉次数")[1] is Direction.LOWER
    assert measure_of("资金拨付及时率")[1] is Direction.HIGHER
    assert measure_of("会议") == (None, None)


def test_money_goes_between_units_exactly():
    assert Money(Decimal("0.1"), "万元").to("元") == Decimal(1000)
    assert Money(Decimal("25000000.00"), "元").to("万元") == Decimal(2500)
    assert Budget("161.93", money_unit="万元").money("total") == Money(Decimal("161.93"), "万元")
    assert Budget("——", money_unit="万元").money("total") is None


def test_a_plan_knows_its_shares():
    plan = Plan("30%", "60.00%", None, "100")
    assert plan.shares() == [
        ("03", Decimal(30)),
        ("06", Decimal("60.00")),
        ("10", None),
        ("12", Decimal(100)),
    ]
