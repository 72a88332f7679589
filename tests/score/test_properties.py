"""What holds for every score, whatever the numbers and the texts are."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jixiao.model import Budget, Indicator, Project, parse_value
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport
from jixiao.score.achievement import achieved
from jixiao.score.evaluation import evaluate
from jixiao.score.execution import execution
from jixiao.score.points import apportion, rounded
from jixiao.score.profile import list_scorings, load_scoring
from jixiao.score.weights import shared

BASE, CAPPED = load_scoring("base"), load_scoring("capped")
PROFILES = list_scorings()
FULL = Decimal("12.5")
POSITIVE = st.decimals(min_value="0.01", max_value=10**9, places=2)
ANY = st.decimals(min_value=-(10**6), max_value=10**9, places=2)
SETTINGS = settings(max_examples=120, deadline=None)


def points(target: str, actual: Decimal, unit: str, name: str = "", profile=BASE):
    outcome = achieved(FULL, name, parse_value(target, name), f"{actual}{unit}", profile)
    return outcome.score.score


@SETTINGS
@given(POSITIVE, ANY, ANY, st.sampled_from(["≥", ">"]))
def test_more_never_scores_less_where_higher_is_better(target, one, other, sign):
    low, high = sorted((one, other))
    assert points(f"{sign}{target}人", low, "人") <= points(f"{sign}{target}人", high, "人")


@SETTINGS
@given(POSITIVE, ANY, ANY, st.sampled_from(["≤", "<"]))
def test_less_never_scores_less_where_lower_is_better(target, one, other, sign):
    low, high = sorted((one, other))
    assert points(f"{sign}{target}起", high, "起") <= points(f"{sign}{target}起", low, "起")


@SETTINGS
@given(POSITIVE, ANY, ANY)
def test_an_exact_target_falls_on_the_worse_side_only(target, one, other):
    low, high = sorted((one, other))
    assert points(f"={target}人", low, "人", "培训人数") <= points(
        f"={target}人", high, "人", "培训人数"
    )
    assert points(f"={target}元", high, "元", "单位成本") <= points(
        f"={target}元", low, "元", "单位成本"
    )


@SETTINGS
@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_nearer_to_an_interval_never_scores_less(one, other, off, more):
    low, high = sorted((one, other))
    target = f"{low}-{high}批"
    assume(parse_value(target).upper is not None)  # 2026.01-2026.02 is read as two months
    for near, far in ((low - off, low - off - more), (high + off, high + off + more)):
        assert points(target, far, "批") <= points(target, near, "批") <= points(target, low, "批")


@SETTINGS
@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1), st.integers(1, 100))
def test_a_better_satisfaction_never_scores_less(one, other, target):
    low, high = sorted((one, other))
    scores = [
        achieved(
            FULL, "满意度", parse_value(f"≥{target}%", "满意度"), f"{each}%",
            CAPPED if target >= 80 else BASE, satisfaction=True,
        ).score.score
        for each in (low, high)
    ]  # fmt: skip
    assert scores[0] <= scores[1]


@SETTINGS
@given(st.dates(), st.dates(), st.dates())
def test_an_earlier_date_never_scores_less(due, one, other):
    early, late = sorted((one, other))
    if early.year < 1900 or late.year > 2099 or not 1900 <= due.year <= 2099:
        return
    target = parse_value(f"{due:%Y}年{due.month}月{due.day}日前", "完成时间")
    scores = [
        achieved(FULL, "完成时间", target, f"{d:%Y}年{d.month}月{d.day}日", BASE).score.score
        for d in (early, late)
    ]
    assert scores[0] >= scores[1]


@SETTINGS
@given(
    st.text(max_size=20)
    | st.sampled_from(["≥95%", "≤0次", "5-10个", "2023年12月底前", "得到提升"]),
    st.text(max_size=20) | ANY.map(str) | st.sampled_from(["达成年度指标", "2024年1月5日", "95%"]),
    st.text(max_size=8) | st.none(),
    st.sampled_from(PROFILES),
    st.decimals(0, 100, places=2),
)
def test_any_words_score_within_bounds_or_are_left_to_a_person(target, actual, own, profile, full):
    row = IndicatorReport(actual=actual, score=own, weight=own)
    project = Project(
        indicators=(Indicator(level1="产出指标", name="甲", value=parse_value(target)),)
    )
    found = evaluate(project, ProjectReport(indicators=(row,)), profile)
    score = found.indicators[0].score
    assert score.rule and score.source and score.formula
    assert score.score is not None or score.notes
    assert score.score is None or 0 <= score.score <= score.full
    value = achieved(full, "甲", parse_value(target), actual, profile).score.score
    assert value is None or (0 <= value <= full and value == value.quantize(Decimal("0.01")))
    assert 0 <= found.lowest <= found.highest <= 100


WORDS = ["产出指标", "效益指标", "成本指标", "满意度指标", "其他", "", "数量指标", "社会效益指标"]
INDICATOR = st.builds(
    Indicator,
    level1=st.sampled_from(WORDS) | st.none(),
    level2=st.sampled_from(WORDS) | st.text(max_size=4),
    name=st.text(max_size=4),
    weight=st.none()
    | st.sampled_from(["10", "90", "100", "0", "-5", "3.333", "1E+99"])
    | st.text(max_size=4),
)


@SETTINGS
@given(st.lists(INDICATOR, min_size=1, max_size=40), st.sampled_from(PROFILES))
def test_the_points_are_exactly_a_hundred(indicators, profile):
    found = shared(indicators, [None] * len(indicators), profile)
    assert sum(found.points) + profile.execution.points == 100
    assert all(each >= 0 and each == each.quantize(Decimal("0.01")) for each in found.points)
    assert found == shared(indicators, [None] * len(indicators), profile)


@SETTINGS
@given(st.decimals(0, 1000, places=2), st.lists(st.integers(0, 1000), min_size=1, max_size=30))
def test_shares_add_up_and_follow_their_size(whole, parts):
    found = apportion(whole, [Decimal(part) for part in parts])
    assert sum(found) == whole
    for one, its in zip(parts, found, strict=True):
        for other, theirs in zip(parts, found, strict=True):
            assert one <= other or its >= theirs


@SETTINGS
@given(POSITIVE, POSITIVE)
def test_the_unit_of_money_changes_no_score(target, actual):
    there = points(f"≤{target}万元", actual, "万元")
    assert there == points(f"≤{target * 10000}元", actual, "万元")
    assert there == points(f"≤{target}万元", actual * 10000, "元")
    rates = [
        execution(
            Funds(adjusted=Budget(str(target * ours), money_unit=one),
                  spent=Budget(str(actual * theirs), money_unit=other)),
            Budget(), BASE,
        )
        for ours, one, theirs, other in (
            (1, "万元", 1, "万元"), (10000, "元", 1, "万元"), (1, "万元", 10000, "元"),
        )
    ]  # fmt: skip
    assert len({(each.rate, each.score.score) for each in rates}) == 1
    assert 0 <= rates[0].score.score <= 10


@SETTINGS
@given(
    st.text(max_size=12), st.text(max_size=12), st.sampled_from(["万元", "元", None, "美元", ""])
)
def test_any_words_for_money_are_a_rate_or_a_note(budget, spent, unit):
    found = execution(
        Funds(adjusted=Budget(budget, money_unit=unit), spent=Budget(spent, money_unit="元")),
        Budget(), BASE,
    )  # fmt: skip
    assert found.score.score is not None or found.score.notes
    assert found.score.score is None or 0 <= found.score.score <= 10


@SETTINGS
@given(POSITIVE, POSITIVE, POSITIVE)
def test_the_same_input_is_the_same_score_in_any_decimal_context(target, actual, spent):
    project = Project(indicators=(Indicator(name="甲", value=parse_value(f"≥{target}人")),))
    report = ProjectReport(
        funds=Funds(adjusted=Budget("1000000"), spent=Budget(str(spent))),
        indicators=(IndicatorReport(name="甲", actual=f"{actual}人", score="9.5"),),
    )
    for profile in PROFILES:
        there = evaluate(project, report, profile)
        with localcontext() as context:
            context.prec = 8
            assert evaluate(project, report, profile) == there


@SETTINGS
@given(ANY)
def test_half_a_cent_goes_up(number):
    exact = number + Decimal("0.005")
    assert rounded(exact) == number + (Decimal("0.01") if number >= 0 else 0)
