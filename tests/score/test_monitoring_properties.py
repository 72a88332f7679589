"""What monitoring promises of all numbers, not only of those in the cases."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.monitoring import ProjectMonitoring
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport
from jixiao.model.text import Budget, Indicator, Plan, Project
from jixiao.model.values import parse_value
from jixiao.score.monitoring import monitor, monitoring_settings, planned_share
from jixiao.score.monitoring.funds import lamp_of
from jixiao.score.profile import load_scoring

SETTINGS = monitoring_settings(load_scoring())
ORDER = ["red", "yellow", "green"]
MONTHS = st.integers(1, 12)
CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
ANY_TEXT = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(
        [
            "60%",
            "未完成",
            "6月底",
            "2024年13月",
            "1E+999999",
            "9E+18",
            "0.000000000001",
            "≥5",
            "5-3人",
            "NaN",
            "０",
            "10月前",
        ]
    ),
)


def with_money(spent: Decimal, budget: Decimal, month: int) -> ProjectMonitoring:
    report = ProjectReport(funds=Funds(spent=Budget(total=str(spent), money_unit="万元")))
    return monitor(
        Project(budget=Budget(total=str(budget), money_unit="万元")), report, month, SETTINGS
    )


@given(CENTS, CENTS, CENTS.filter(bool), MONTHS)
def test_more_spent_never_worsens_the_lamp(
    one: Decimal, more: Decimal, budget: Decimal, month: int
):
    low = with_money(one, budget, month).funds.by_time.lamp
    high = with_money(one + more, budget, month).funds.by_time.lamp
    assert low and high
    assert ORDER.index(low) <= ORDER.index(high)


@given(st.integers(1, 10**12), MONTHS, st.sampled_from([60, 80]))
def test_the_limits_are_exact_to_the_cent(step: int, month: int, limit: int):
    # A budget of which the limit's share of the months gone is a whole number of cents.
    budget = Decimal(step * 100 * 12).scaleb(-2)
    at = Decimal(step * limit * month).scaleb(-2)
    below = at - Decimal("0.01")
    on, under = (with_money(spent, budget, month).funds.by_time for spent in (at, below))
    assert on.lamp == {60: "yellow", 80: "green"}[limit]
    assert under.lamp == {60: "red", 80: "yellow"}[limit]
    # What is shown never contradicts the lamp: below the limit it does not read as the limit.
    assert f"= {limit}%" in on.formula
    assert f"= {limit}%" not in under.formula


@given(st.decimals(0, 200, places=4))
def test_lamps_follow_the_limits(ratio: Decimal):
    lamp = lamp_of(ratio, SETTINGS.money)
    assert lamp == ("red" if ratio < 60 else "yellow" if ratio < 80 else "green")


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3).map(sorted), MONTHS)
def test_a_plan_never_falls_and_ends_whole(shares: list[int], month: int):
    march, june, october = (f"{share}%" for share in shares)
    plan = Plan(march, june, october, "100%")
    one, notes = planned_share(plan, month)
    if one is None:
        assert notes
        return
    assert 0 <= one <= 100
    later, _ = planned_share(plan, min(month + 1, 12))
    assert later is not None and one <= later
    whole, _ = planned_share(plan, 12)
    assert whole == 100


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 11))
def test_more_done_never_worsens_a_count(target: int, one: int, more: int, month: int):
    lamps = []
    for actual in (one, one + more):
        project = Project(
            indicators=(Indicator(name="培训人数", value=parse_value(f"≥{target}人", "培训人数")),)
        )
        report = ProjectReport(indicators=(IndicatorReport(name="培训人数", actual=f"{actual}人"),))
        lamps.append(monitor(project, report, month, SETTINGS).indicators[0].judgement.lamp)
    assert ORDER.index(lamps[0]) <= ORDER.index(lamps[1])


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, MONTHS, st.none() | st.just(2024))
def test_any_words_are_monitored_without_an_error(
    target: Any, actual: Any, expected: Any, amount: Any, words: Any, month: int, year: Any
):
    project = Project(
        budget=Budget(total=amount, money_unit="万元"),
        indicators=(Indicator(level2="数量指标", name="人数", value=parse_value(target or "")),),
    )
    line = IndicatorReport(
        name="人数", actual=actual, expected=expected, reason=words, causes=(words or "",)
    )
    report = ProjectReport(
        funds=Funds(spent=Budget(total=amount), expected=Budget(fiscal=words)),
        indicators=(line,),
        problems=words,
    )
    found = monitor(project, report, month, SETTINGS, year)
    one = found.indicators[0]
    assert one.judgement.formula and one.judgement.rule and one.judgement.source
    assert found.action.source and found.summary


@given(CENTS, CENTS.filter(bool), MONTHS)
def test_the_caller_s_decimal_context_is_no_part_of_it(spent: Decimal, budget: Decimal, month: int):
    there = with_money(spent, budget, month)
    with localcontext() as context:
        context.prec = 6
        assert with_money(spent, budget, month) == there
