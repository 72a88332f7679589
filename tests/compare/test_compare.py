"""What changed is told, and nothing else: real texts, and changes made by hand."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from msgspec.structs import replace

from compare.drafts import NAMES, first, sample, second
from jixiao.compare import Kind, Match, compare, folded
from jixiao.model import (
    Budget,
    BudgetUnit,
    Indicator,
    PerformanceText,
    Project,
    SubObjective,
    parse_value,
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["html", "txt"])
def test_one_text_in_two_formats_shows_no_change(name, ending):
    assert compare(sample(name), sample(name, ending)).kind is Kind.SAME


def test_texts_of_two_units_have_nothing_in_common():
    made = compare(sample(NAMES[0]), sample(NAMES[1]))
    assert made.project_counts.dropped == 4
    assert made.project_counts.added == 8
    assert {each.kind for each in made.projects} == {Kind.ADDED, Kind.DROPPED}
    assert made.totals.dropped == made.totals.money.before == Decimal("7358.32")
    assert made.totals.added == made.totals.money.after == Decimal("1135.76")


def test_changes_made_by_hand_are_told_and_no_others():
    made = compare(first(), second())
    assert [(each.kind, each.moved) for each in made.projects] == [
        (Kind.MOVED, True),
        (Kind.CHANGED, True),
        (Kind.DROPPED, False),
        (Kind.ADDED, False),
        (Kind.SAME, False),
    ]
    changed = made.projects[1]
    assert changed.renamed
    assert changed.match is Match.CODE
    assert {each.field: (each.before, each.after) for each in changed.fields} == {
        "name": ("怀财字[2024]7号  经费", "怀财字[2024]7号 公用经费"),
        "budget.total": ("80.00万元", "100.00万元"),
        "purpose": (first().projects[0].purpose, second().projects[1].purpose),
        "plan.03": ("30%", "25%"),
    }
    lines = [each for each in changed.indicators if each.kind is not Kind.SAME]
    assert [(each.kind, [field.field for field in each.fields][:2]) for each in lines] == [
        (Kind.CHANGED, ["value"]),
        (Kind.REWORDED, ["value"]),
        (Kind.CHANGED, ["name"]),
        (Kind.DROPPED, ["level1", "level2"]),
        (Kind.ADDED, ["level1", "level2"]),
    ]
    assert [each.kind for each in made.safeguards] == [Kind.MOVED, Kind.MOVED]
    assert made.fields == ()


def test_changes_stand_where_they_are_in_both_files():
    change = compare(first(), second()).projects[1]
    name = next(each for each in change.fields if each.field == "name")
    assert name.before_place == name.after_place == first().projects[0].place["name"]
    value = change.indicators[0].fields[0]
    assert value.before_place == first().projects[0].indicators[0].place["value"]


def test_money_is_told_in_wan_with_its_share():
    made = compare(first(), second())
    money = made.projects[1].money
    assert (money.before, money.after) == (Decimal(80), Decimal(100))
    assert (money.difference, money.percent) == (Decimal(20), Decimal("25.00"))
    totals = made.totals
    assert (totals.added, totals.dropped, totals.kept) == (
        Decimal("60.34"), Decimal("60.34"), Decimal(20),
    )  # fmt: skip
    assert totals.money.difference == 20


def test_amounts_that_are_equal_in_another_unit_are_another_way_to_write_them():
    made = _projects(
        [Project(name="修路", budget=Budget("2500", money_unit="万元"))],
        [Project(name="修路", budget=Budget("25000000.00", money_unit="元"))],
    )
    assert made.kind is Kind.REWORDED
    assert made.totals.money.difference == 0


def test_projects_without_an_amount_are_counted_and_not_taken_for_nothing():
    made = _projects([Project(name="修路")], [Project(name="修路", budget=Budget("5", "5"))])
    assert made.totals.unstated_before == 1
    assert made.totals.money.before is None
    assert made.totals.money.difference is None


def test_only_what_is_said_otherwise_counts_without_wording():
    text = first()
    one = replace(text.projects[0], name="怀财字〔2024〕7号，经费")
    other = replace(text, safeguards=text.safeguards[::-1], projects=(one, *text.projects[1:]))
    made = compare(text, other)
    assert made.kind is Kind.REWORDED
    plain = folded(made)
    assert plain.kind is Kind.SAME
    assert plain.folded == 3
    assert all(each.kind is Kind.SAME for each in (*plain.projects, *plain.safeguards))
    assert folded(compare(text, second())).kind is Kind.CHANGED


# Between years: codes and names change with them.

_LINES = (
    Indicator("产出指标", "数量指标", "补助人数", "人数", parse_value("≥100人")),
    Indicator("产出指标", "时效指标", "完成时间", "时间", parse_value("2023年12月底前")),
)


def _year(year: int, *projects: Project) -> PerformanceText:
    return PerformanceText("甲.docx", year, projects=projects)


def test_a_project_is_known_again_the_next_year():
    later = (_LINES[0], replace(_LINES[1], value=parse_value("2024年12月底前")))
    made = compare(
        _year(
            2023,
            Project("13073023P000433100036", "2023年移民补助", indicators=_LINES),
            Project("13073023P00043410009H", "冀财农[2022]9号 修路"),
            Project("13073023P000000000001", "养老服务"),
        ),
        _year(
            2024,
            Project("13073024P000777700000", "冀财农〔2023〕16号修路"),
            Project("13073024P000433100036", "2024年移民补助", indicators=later),
            Project("13073024P000000000001", "防汛物资储备"),
        ),
    )
    matches = {each.after.number: each.match for each in made.projects if each.after}
    assert matches == {
        1: Match.NAME_WITHOUT_YEAR, 2: Match.CODE_WITHOUT_YEAR, 3: Match.CODE_WITHOUT_YEAR,
    }  # fmt: skip
    second_ = next(each for each in made.projects if each.after and each.after.number == 2)
    assert second_.kind is Kind.ROLLED
    assert made.value_counts.unchanged == made.value_counts.kept == 2
    assert [each.kind for each in made.fields] == [Kind.ROLLED]


def test_a_name_goes_before_a_running_number_that_began_anew():
    made = compare(
        _year(2023, Project("13073023P000000000001", "养老服务"), Project(None, "防汛物资储备")),
        _year(2024, Project("13073024P000000000001", "防汛物资储备"), Project(None, "养老服务")),
    )
    assert not any(each.renamed for each in made.projects)
    assert made.project_counts.added == 0


def test_years_and_document_numbers_in_a_name_pass_with_the_year():
    ours = Project(None, "冀财农[2022]9号 修路", purpose="按2023年计划修路")
    theirs = Project(None, "冀财农[2023]16号 修路", purpose="按2024年计划修路")
    made = compare(_year(2023, ours), _year(2024, theirs))
    assert made.projects[0].kind is Kind.ROLLED
    assert not made.projects[0].renamed
    same_year = compare(_year(2023, ours), _year(2023, theirs))
    assert same_year.projects[0].renamed


def test_the_same_year_is_not_another_year():
    made = _projects(
        [Project(name="甲", purpose="2023年完成")], [Project(name="甲", purpose="2024年完成")]
    )
    assert made.projects[0].kind is Kind.CHANGED


# What repeats must not confuse.


def test_codes_and_names_that_repeat_are_told_apart_by_their_content():
    def project(purpose: str, total: str) -> Project:
        return Project("A1", "经费", budget=Budget(total, money_unit="万元"), purpose=purpose)

    ours = [project("工资发放", "1"), project("修建道路三条", "2"), project("购置设备", "3")]
    theirs = [project("修建道路四条", "2"), project("购置设备", "3")]
    made = _projects(ours, theirs)
    pairs = {
        (each.before and each.before.number, each.after and each.after.number)
        for each in made.projects
    }
    assert pairs == {(1, None), (2, 1), (3, 2)}


def test_lines_that_repeat_each_other_are_paired_in_order():
    line = Indicator("产出指标", "数量指标", "人数", value=parse_value("≥1人"))
    more = replace(line, name="次数", value=parse_value("≥2次"))
    made = _projects(
        [Project(name="甲", indicators=(line, line, line))],
        [Project(name="甲", indicators=(more, line, line, line))],
    )
    lines = made.projects[0].indicators
    assert [each.kind for each in lines] == [Kind.ADDED, Kind.SAME, Kind.SAME, Kind.SAME]


def test_an_indicator_is_known_again_under_another_level_or_a_like_name():
    made = _projects(
        [Project(name="甲", indicators=(
            Indicator("产出指标", "成本指标", "总成本", value=parse_value("≤5万元")),
            Indicator("产出指标", "数量指标", "培训参加人数", value=parse_value("≥50人")),
        ))],
        [Project(name="甲", indicators=(
            Indicator("成本指标", "经济成本指标", "总成本", value=parse_value("≤5万元")),
            Indicator("产出指标", "数量指标", "参加培训的人数", value=parse_value("≥60人")),
        ))],
    )  # fmt: skip
    one, other = made.projects[0].indicators
    assert [each.field for each in one.fields] == ["level1", "level2"]
    assert other.match is Match.LIKENESS
    assert [each.field for each in other.fields] == ["name", "value"]


def test_an_indicator_that_another_one_took_the_place_of_is_gone():
    made = _projects(
        [Project(name="甲", indicators=(Indicator("产出指标", "数量指标", "服务移民次数", value=parse_value("≥12次")),))],
        [Project(name="甲", indicators=(Indicator("产出指标", "数量指标", "道路长度", value=parse_value("≥3公里")),))],
    )  # fmt: skip
    assert {each.kind for each in made.projects[0].indicators} == {Kind.ADDED, Kind.DROPPED}


def test_goals_and_objectives_are_lists_of_words():
    made = compare(
        PerformanceText(
            "甲",
            unit=BudgetUnit(name="甲局"),
            sub_objectives=(SubObjective("道路", objective="修路三条"), SubObjective("桥梁")),
            projects=(Project(name="甲", goals=("完成道路改造三公里", "保障运转")),),
        ),
        PerformanceText(
            "乙",
            unit=BudgetUnit(name="乙局"),
            sub_objectives=(SubObjective("道路", objective="修路五条"),),
            projects=(
                Project(name="甲", goals=("提升群众满意度", "完成道路改造五公里", "保障运转")),
            ),
        ),
    )
    assert [each.kind for each in made.sub_objectives] == [Kind.CHANGED, Kind.DROPPED]
    assert made.sub_objectives[0].fields[0].field == "objective"
    assert [each.kind for each in made.projects[0].goals] == [Kind.ADDED, Kind.CHANGED, Kind.SAME]
    assert [(each.field, each.before, each.after) for each in made.fields] == [
        ("unit", "甲局", "乙局")
    ]


def test_two_large_texts_take_less_than_a_second():
    def text(year: int) -> PerformanceText:
        return _year(year, *(_large(number, year) for number in range(60)))

    begun = time.process_time()
    made = compare(text(2023), text(2024))
    assert time.process_time() - begun < 20  # 0.5 s on a desk; it must not grow with the square
    assert made.value_counts.kept == 60 * 40


def _large(number: int, year: int) -> Project:
    return Project(
        f"130730{year % 100}P{number:012d}",
        f"{year}年第{number}号工程建设补助资金",
        budget=Budget(str(number), money_unit="万元"),
        goals=tuple(f"完成第{number}号工程第{at}段" for at in range(3)),
        indicators=tuple(
            Indicator(
                "产出指标", "数量指标", f"第{at}段工程{'量' if year == 2023 else '完成量'}",
                "说明" * 10, parse_value(f"≥{at + year}米"), "依据" * 10,
            )
            for at in range(40)
        ),
    )  # fmt: skip


def _projects(ours: list[Project], theirs: list[Project]):
    return compare(
        PerformanceText("甲", projects=tuple(ours)), PerformanceText("乙", projects=tuple(theirs))
    )
