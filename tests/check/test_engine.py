"""The engine: order, places, profiles, and rules that fail."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from check.build import text
from check.label_score import scores
from jixiao.check import Checker, Hit, check, list_profiles, load_profile, rules
from jixiao.check.rules.quantification.Q07 import Q07
from jixiao.model import Indicator, PerformanceText, Place, parse_value
from jixiao.model.errors import ProfileError
from jixiao.read import read

FAULTY = {
    "project": {"code": "————", "goals": ["目标内容1"]},
    "indicator": {"name": "完成率", "value": "≥100百分比"},
}


def test_the_sound_project_has_no_finding():
    assert check(text({}), load_profile()) == []


def test_findings_come_in_the_order_of_the_text():
    found = check(text(FAULTY), load_profile())
    assert [(one.indicator, one.code) for one in found] == [
        (None, "C02"),
        (None, "C05"),
        (0, "Q07"),
        (0, "Q11"),
    ]
    assert {one.file for one in found} == {"例.docx"}
    assert {one.project for one in found} == {0}


def test_a_finding_points_at_the_cell(samples):
    found = check(read(samples / "huailai-resettlement-2024.docx"), load_profile(), select=["F01"])
    assert [(one.project, str(one.place)) for one in found] == [(3, "第7个表第6行第3列")]


def test_where_a_field_is_not_in_the_file_the_project_is_pointed_at():
    bare = text({"project": {"goals": [], "place": {"self": {"table": 3, "row": 1, "column": 1}}}})
    assert [one.place for one in check(bare, load_profile(), select=["C02"])] == [
        Place(table=3, row=1, column=1)
    ]


def test_select_and_ignore_take_codes_and_how_they_begin():
    def codes(**chosen: list[str]) -> list[str]:
        return [one.code for one in check(text(FAULTY), load_profile(), **chosen)]

    assert codes(select=["Q"]) == ["Q07", "Q11"]
    assert codes(select=["C02", "Q07"]) == ["C02", "Q07"]
    assert codes(ignore=["Q"]) == ["C02", "C05"]
    assert codes(select=["Q"], ignore=["Q11"]) == ["Q07"]
    with pytest.raises(ProfileError, match="Z99"):
        codes(select=["Z99"])


def test_a_rule_that_fails_is_reported_and_the_others_go_on(monkeypatch):
    def broken(self: Q07, indicator: Indicator, project: object) -> Iterator[Hit]:
        raise ZeroDivisionError("broken")

    monkeypatch.setattr(Q07, "find", broken)
    found = check(text(FAULTY), load_profile())
    assert [one.code for one in found] == ["Q07", "C02", "C05", "Q11"]
    assert "内部错误" in found[0].message
    assert "ZeroDivisionError" in found[0].message


def test_half_a_character_breaks_no_rule():
    """Some PDF hold one where a sign beyond the first 65,536 was meant."""
    broken = {
        "project": {"name": "防汛\ud83d物资", "purpose": "\ud800", "goals": ["做好\udc00工作"]},
        "indicator": {"name": "新增粮食\ud83d产能", "value": "有所\ud800提高"},
    }
    found = check(text(broken), load_profile())
    assert found
    assert not [one.message for one in found if "内部错误" in one.message]


def test_the_department_as_a_whole_is_checked_too():
    row = Indicator(name="目标完成率", value=parse_value("≥100%", "目标完成率"))
    whole = PerformanceText(source="整体.docx", overall="目标内容1", indicators=(row,))
    found = check(whole, load_profile())
    assert [(one.project, one.indicator, one.field, one.code) for one in found] == [
        (None, None, "overall", "C05"),
        (None, 0, "value", "Q07"),
    ]


def test_all_shipped_profiles_fit_the_rules():
    profiles = list_profiles()
    assert [profile.name for profile in profiles] == ["base", "central-2021", "hebei"]
    for profile in profiles:
        Checker(profile)
        assert profile.sources


def test_an_office_can_extend_a_profile(tmp_path):
    path = tmp_path / "our.toml"
    path.write_text(
        'extends = "hebei"\n'
        "[rules.F02]\nseverity = 'E'\n[rules.F02.parameters]\nleast = 85.5\n"
        "[rules.Q11]\nenabled = false\n",
        encoding="utf-8",
    )
    profile = load_profile(path)
    assert profile.name == "our"
    assert profile.rules["F02"].parameters == {"least": Decimal("85.5")}
    assert [one.name for one in profile.categories][-1] == "满意度指标"
    found = check(text(FAULTY), profile)
    assert [(one.code, one.severity) for one in found if one.code[0] in "FQ"] == [
        ("F02", "E"),
        ("Q07", "E"),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("extends = 'nowhere'", "nowhere"),
        ("[rules.F02.parameters]\nleast = 'viel'", "F02"),
        ("[rules.F02.parameters]\nleest = 3", "F02"),
        ("extends = 'base'\n[rules.F02]\nseverity = 'X'", "severity"),
        ("extends = 'base'\n[rules.Z01]\nenabled = false", "Z01"),
        ("extends = ", "TOML"),
        ("extends = 'self.toml'", "继承"),
        ("categories = 3", "写得不对"),
    ],
)
def test_a_wrong_profile_is_explained(tmp_path, content, says):
    path = tmp_path / "self.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ProfileError, match=says):
        Checker(load_profile(path))


def test_a_profile_that_is_not_there_is_explained(tmp_path):
    with pytest.raises(ProfileError, match="hebei"):
        load_profile("sichuan")
    with pytest.raises(ProfileError, match="打不开"):
        load_profile(tmp_path / "none.toml")


@pytest.mark.parametrize("code", rules())
def test_a_rule_explains_itself(code):
    rule = rules()[code]
    assert rule.code == code == rule.__name__
    assert rule.title
    assert rule.subject
    document = rule.__doc__ or ""
    assert document.splitlines()[0].endswith("。")
    for part in ("为什么：", "反例：", "正例："):
        assert part in document


def test_the_rules_agree_with_reviewers():
    table = scores()
    for code in rules():
        if code in table:
            assert table[code].recall == 1.0, code
            assert table[code].precision >= 0.9, code
