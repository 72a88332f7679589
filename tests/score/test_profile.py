"""评分口径: the shipped ones, an office's own, and what each mistake in one is told as."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.model.errors import ProfileError
from jixiao.score.profile import list_scorings, load_scoring


def test_the_shipped_profiles():
    found = {each.name: each for each in list_scorings()}
    assert {"base", "cost-first", "capped", "grades-80"} <= set(found)
    for profile in found.values():
        assert profile.version and profile.title and profile.sources
        assert profile.execution.points + sum(g.points for g in profile.groups) == 100
    assert [g.points for g in found["base"].groups] == [50, 30, 10]
    assert [g.points for g in found["cost-first"].groups] == [20, 40, 20, 10]


@pytest.mark.parametrize(
    ("total", "base", "eighty"),
    [("90", "优", "优"), ("89.99", "良", "优"), ("80", "良", "优"), ("79.99", "中", "良"),
     ("70", "中", "良"), ("60", "中", "中"), ("59.99", "差", "差"), ("0", "差", "差")],
)  # fmt: skip
def test_grades(total, base, eighty):
    assert load_scoring("base").grade(Decimal(total)) == base
    assert load_scoring("grades-80").grade(Decimal(total)) == eighty


def test_an_office_extends_one(tmp_path):
    (tmp_path / "county.toml").write_text(
        'extends = "capped"\nversion = "1"\n[overfulfilment]\npoints = 0.1\n', encoding="utf-8"
    )
    (tmp_path / "town.toml").write_text('extends = "county.toml"\n', encoding="utf-8")
    profile = load_scoring(tmp_path / "town.toml")
    assert profile.overfulfilment.points == Decimal("0.1")
    assert profile.ceilings.steps and profile.label == "town 1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[execution]\npoints = 15", "合计应为 100，写的合计是 105"),
        ("[execution]\npoints = 10.005", "至多两位小数"),
        ('[execution]\npoints = "十"', "应为数"),
        ("[execution]\npoint = 10", "不认识的项“point”"),
        ('[weights]\nunknown = "其他"', "没有“其他”"),
        ('[weights]\nabsent = "其他"', "proportional"),
        ("[quantitative]\nabout = 300", "about 应在 0 到 100 之间"),
        ('[quantitative]\nbetter_side = "half"', "不能是“half”"),
        ("[overfulfilment]\nflag = 90", "不小于 100"),
        ("[overfulfilment]\npoints = -1", "points 应不小于 0"),
        ("[deadline]\npercent = -1", "percent 应在 0 到 100 之间"),
        (
            "[satisfaction]\nsteps = [{least = 60, share = 60}, {least = 80, share = 80}]",
            "从高到低",
        ),
        ("[grades]\nsteps = [{name = '优', least = 90}]", "最后一级的 least 为 0"),
        ("[ceilings]\nsteps = [{below = 50, most = 59}, {below = 80, most = 89}]", "从高到低"),
        (
            "[qualitative]\nbands = [{statement = '达成', most = 90, least = 0, default = 90}]",
            "首尾相接",
        ),
        ("[execution", "不是正确的 TOML"),
        ('extends = "nothing"', "没有名为“nothing”的评分口径"),
        ('extends = "own.toml"', "绕成了圈"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, text, said):
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_scoring(own)
    message = str(caught.value)
    assert said in message
    assert "\n" not in message and message.endswith("。") and "Expected" not in message


def test_a_name_that_is_none():
    with pytest.raises(ProfileError, match="可用的有 base、capped、cost-first、grades-80"):
        load_scoring("别的")
