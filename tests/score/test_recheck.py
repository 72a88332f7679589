"""The re-check is drawn so that anyone can repeat it, and told item by item."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from decimal import Decimal
from math import ceil

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.errors import JixiaoError, ProfileError
from jixiao.model.recheck import Candidate, Draw, SheetRow
from jixiao.model.reports import Funds, ProjectReport
from jixiao.model.scores import IndicatorScore, ProjectEvaluation, Score
from jixiao.model.text import Budget, BudgetUnit, Project
from jixiao.score.profile import load_scoring
from jixiao.score.recheck import RecheckSettings, candidate, distinct, draw, recheck_settings, sheet
from jixiao.score.recheck_statistics import filled, joined, statistics

SCORING = load_scoring()
BASE = recheck_settings(SCORING)
SETTINGS = msgspec.structs.replace(BASE, strata=("grade", "money", "unit"))
FEW = msgspec.structs.replace(SETTINGS, strata=("grade",))


def project(number: int, grade: str = "优", unit: str = "教育局", budget: int = 100) -> Candidate:
    return Candidate(
        key=f"{unit}|{number}|",
        code=str(number),
        name=f"项目{number}",
        unit=unit,
        grade=grade,
        total=Decimal(90),
        budget=Decimal(budget),
    )


PROJECTS = st.lists(
    st.builds(
        project,
        st.integers(0, 10**6),
        st.sampled_from("优良中差"),
        st.sampled_from(["教育局", "水务局", "卫健局"]),
        st.sampled_from([100, 600_000, 9_000_000]),
    ),
    max_size=60,
    unique_by=lambda one: one.key,
)


def keys(found: Draw) -> set[str]:
    return {each.project.key for each in found.drawn}


EITHER = st.sampled_from([BASE, SETTINGS, FEW])


@given(PROJECTS, EITHER, st.text(min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_a_seed_gives_the_same_draw_in_any_order(
    projects: list[Candidate], settings: RecheckSettings, seed: str, shuffler: random.Random
):
    shuffled = list(projects)
    shuffler.shuffle(shuffled)
    assert draw(projects, settings, seed) == draw(shuffled, settings, seed)


@given(PROJECTS, EITHER, st.text(min_size=1, max_size=8), st.integers(1, 100))
def test_each_layer_has_its_share_and_never_none(
    projects: list[Candidate], settings: RecheckSettings, seed: str, share: int
):
    settings = msgspec.structs.replace(settings, share=Decimal(share))
    found = draw(projects, settings, seed)
    layers: dict[int, int] = defaultdict(int)
    for each in found.drawn:
        layers[each.stratum] += 1
    assert sum(each.size for each in found.strata) == len(projects)
    for number, each in enumerate(found.strata):
        assert layers[number] == each.drawn == ceil(each.size * share / 100) >= 1
    assert len(keys(found)) == len(found.drawn)


@given(PROJECTS, EITHER, st.text(min_size=1, max_size=8))
def test_a_project_more_drives_out_one_at_most(
    projects: list[Candidate], settings: RecheckSettings, seed: str
):
    more = project(-1, "良")
    before = keys(draw(projects, settings, seed))
    after = keys(draw([*projects, more], settings, seed))
    assert len(before - after) <= 1
    assert len(after) - len(before) in (0, 1)  # the layer's own number may grow by one


def test_the_units_of_a_layer_take_turns():
    # 30 projects of one unit and 3 of another: 15% of 33 is 5, and no unit is passed over.
    many = [project(number, unit="教育局") for number in range(30)]
    few = [project(number, unit="水务局") for number in range(3)]
    for seed in map(str, range(20)):
        units = Counter(each.project.unit for each in draw([*many, *few], BASE, seed).drawn)
        assert 2 <= units["水务局"] <= 3
        assert sum(units.values()) == 5


def test_units_that_are_left_out_are_told():
    projects = [project(0, unit=f"单位{number}") for number in range(10)]
    assert "有8个单位一个项目也没有抽到" in draw(projects, BASE, "a").notes


def test_another_seed_is_another_draw():
    projects = [project(number) for number in range(200)]
    assert keys(draw(projects, FEW, "2024")) != keys(draw(projects, FEW, "2025"))


def test_the_draw_is_the_same_on_every_machine():
    # Who audits a draw repeats it years later: the algorithm may not change unnoticed.
    projects = [project(number) for number in range(20)]
    assert sorted(each.project.code or "" for each in draw(projects, FEW, "2024").drawn) == [
        "18",
        "5",
        "9",
    ]


def test_a_seed_is_made_and_told():
    found = draw([project(1)], SETTINGS)
    assert found.seed
    assert "HMAC-SHA256" in found.algorithm


def test_layers_are_by_grade_money_and_unit():
    found = draw(
        [project(1, "优", "教育局", 499_999), project(2, "优", "教育局", 500_000)], SETTINGS, "a"
    )
    assert [(each.grade, each.money, each.unit) for each in found.strata] == [
        ("优", "50万–500万元", "教育局"),
        ("优", "50万元以下", "教育局"),
    ]
    assert "多于 15%" in found.notes[0]


def test_projects_of_one_key_are_told_apart():
    same = [project(1), project(1, budget=200), project(1)]
    assert sorted(one.key for one in distinct(same)) == ["教育局|1|", "教育局|1|#2", "教育局|1|#3"]
    found = draw(same, SETTINGS, "a")
    assert "请核对是否重复" in found.notes[0]
    assert found == draw(same[::-1], SETTINGS, "a")


def score(full: int, got: int | None) -> Score:
    return Score(Decimal(full), None if got is None else Decimal(got), "", "", "")


def evaluation(*got: int, total: int, grade: str) -> ProjectEvaluation:
    indicators = tuple(
        IndicatorScore(number, f"指标{number}", "≥1", "1", None, score(45, each))
        for number, each in enumerate(got[1:])
    )
    whole = Decimal(total)
    return ProjectEvaluation(
        "1", "甲", None, score(10, got[0]), indicators, whole, whole, whole, grade
    )


def again(rows: tuple[SheetRow, ...], *scores: int | None, reason: str = "") -> list[SheetRow]:
    filled_in = [*scores, None]
    return [
        msgspec.structs.replace(
            row, rechecked=None if each is None else Decimal(each), reason=reason if not at else ""
        )
        for at, (row, each) in enumerate(zip(rows, filled_in, strict=True))
    ]


def test_the_sheet_has_every_score_and_the_total():
    rows = sheet(project(1), evaluation(10, 45, 40, total=95, grade="优"))
    assert [(row.item, row.number, row.full, row.original) for row in rows] == [
        ("预算执行率", None, 10, 10),
        ("指标0", 0, 45, 45),
        ("指标1", 1, 45, 40),
        ("总分", None, 100, 95),
    ]


def test_differences_and_the_total_are_worked_out():
    rows = sheet(project(1), evaluation(10, 45, 40, total=95, grade="优"))
    done = filled(again(rows, 10, 40, 35))
    assert [row.difference for row in done] == [0, -5, -5, -10]
    assert done[-1].rechecked == 85
    assert filled(again(rows, 10, None, 35))[-1].rechecked is None


def test_a_ceiling_holds_the_total_again():
    rows = sheet(project(1), evaluation(5, 45, 44, total=89, grade="良"))  # 94, at most 89
    assert (rows[-1].full, rows[-1].original) == (89, 89)
    assert rows[-1].target == "执行率低，总分至多 89"
    assert filled(again(rows, 5, 45, 40))[-1].difference == 0
    assert filled(again(rows, 5, 40, 40))[-1].difference == -4


def test_a_score_above_its_points_is_refused():
    rows = sheet(project(1), evaluation(10, 45, 40, total=95, grade="优"))
    with pytest.raises(JixiaoError, match="复核得分 46 不在 0 到分值 45 之间"):
        filled(again(rows, 10, 46, 35))


def test_statistics():
    # 甲 95→85 (优→良, no reason), 乙 82→88 (良, with a reason), 丙 not finished.
    people = [
        msgspec.structs.replace(project(1, "优"), total=Decimal(95)),
        msgspec.structs.replace(project(2, "良"), total=Decimal(82)),
        project(3, "差"),
    ]
    evaluations = [
        evaluation(10, 45, 40, total=95, grade="优"),
        evaluation(10, 40, 32, total=82, grade="良"),
        evaluation(0, 10, 10, total=20, grade="差"),
    ]
    sheets = [sheet(*pair) for pair in zip(people, evaluations, strict=True)]
    rows = [
        *again(sheets[0], 10, 40, 35),
        *again(sheets[1], 10, 40, 38, reason="佐证资料补齐"),
        *again(sheets[2], 0, None, 10),
    ]
    drawn = draw(people, SETTINGS, "a")
    found = statistics(drawn, rows, SETTINGS, SCORING)
    assert (found.drawn, found.finished, found.unfinished) == (3, 2, ("项目3",))
    assert str(found.mean) == "-2.00"  # (−10 + 6) ÷ 2
    assert str(found.mean_size) == "8.00"
    assert found.largest == -10
    assert (found.lower, found.higher) == (1, 1)
    assert [(each.before, each.after) for each in found.changes] == [("优", "良")]
    assert found.unexplained == ("项目1",)
    assert {each.grade: (each.projects, each.changed) for each in found.by_grade} == {
        "优": (1, 1),
        "良": (1, 0),
    }


def test_a_candidate_is_named_by_unit_code_and_name():
    one = Project(code="1307-30", name="项目 甲", budget=Budget(total="5", money_unit="万元"))
    report = ProjectReport(
        unit=BudgetUnit(name="教育局"), funds=Funds(adjusted=Budget(total="6", money_unit="万元"))
    )
    found = candidate(one, report, evaluation(10, 45, 40, total=95, grade="优"))
    assert found.key == "教育局|130730|项目甲"
    assert found.budget == 60_000


@pytest.mark.parametrize(
    "table",
    [
        {"share": 0},
        {"share": 101},
        {"strata": ["colour"]},
        {"money_classes": []},
        {"money_classes": [{"name": "全部", "below": 1}]},
        {"money_classes": [{"name": "大", "below": 2}, {"name": "小", "below": 1}, {"name": "余"}]},
    ],
)
def test_settings_that_do_not_fit_are_told(table: dict[str, object]):
    scoring = msgspec.structs.replace(SCORING, recheck=SCORING.recheck | table)
    with pytest.raises(ProfileError, match=r"\[recheck\]"):
        recheck_settings(scoring)


# ── a sheet filled in and the lines of the draw ──────────────────────────────
def _lines() -> tuple[SheetRow, ...]:
    def line(item: str, number: int | None, full: str, original: str) -> SheetRow:
        return SheetRow(
            "局|A1|修路", "A1", "修路", "局", item, number, "", "", Decimal(full), Decimal(original)
        )

    return (
        line("预算执行率", None, "10", "9"),
        line("里程", 0, "90", "90"),
        line("总分", None, "100", "99"),
    )


def _given(*scores: str | None) -> list[SheetRow]:
    return [
        msgspec.structs.replace(row, rechecked=None if score is None else Decimal(score))
        for row, score in zip(_lines(), scores, strict=True)
    ]


def test_a_line_that_is_missing_leaves_its_project_open():
    sheet_rows = _given("9", "80", None)
    found = joined(_lines(), [sheet_rows[0], sheet_rows[2]])
    assert filled(found.rows)[-1].rechecked is None
    assert "少了 1 行" in found.notes[0]


def test_points_and_own_scores_are_those_of_the_draw():
    altered = [
        msgspec.structs.replace(row, full=Decimal(999), original=Decimal(0))
        for row in _given("9", "80", None)
    ]
    found = joined(_lines(), altered)
    assert [row.difference for row in filled(found.rows)] == [0, -10, -10]
    with pytest.raises(JixiaoError, match="不在 0 到分值"):
        joined(_lines(), [msgspec.structs.replace(row, rechecked=Decimal(500)) for row in altered])


def test_a_total_that_its_lines_do_not_add_up_to_is_told():
    (note,) = joined(_lines(), _given("9", "80", "50")).notes
    assert "写的是 50，各项合计是 89" in note
    assert joined(_lines(), _given("9", "80", "89")).notes == ()


def test_a_line_twice_is_taken_once_and_never_with_two_scores():
    once = _given("9", "80", None)
    assert joined(_lines(), [*once, once[1]]).rows == joined(_lines(), once).rows
    with pytest.raises(JixiaoError, match="写了两行"):
        joined(_lines(), [*once, msgspec.structs.replace(once[1], rechecked=Decimal(1))])
