"""The worked examples in cases/*.yml, each computed by hand beside its expected result."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml

from jixiao.model import Budget, Indicator, Project, parse_value
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport
from jixiao.model.scores import Score
from jixiao.score.achievement import achieved
from jixiao.score.evaluation import evaluate
from jixiao.score.execution import execution
from jixiao.score.points import rounded
from jixiao.score.profile import Scoring, load_scoring
from jixiao.score.weights import own_points, shared

SUM = re.compile(r"([\d（][\d.（）×÷−% ]*)= (-?[\d.]+)")
SIGNS = str.maketrans("（）×÷−", "()*/-")
FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict]:
    """Every scalar is text, as a clerk wrote it: 10 and 10.0 and ≥10 alike."""
    return yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


@cache
def profile_of(name: str) -> Scoring:
    own = FOLDER / "profiles" / f"{name}.toml"
    return load_scoring(own if own.exists() else name)


def number(text: str) -> Decimal | None:
    return None if text in ("人定", "无") else Decimal(text)


def assert_notes(notes: tuple[str, ...], expected: list[str]) -> None:
    assert len(notes) == len(expected), notes
    for note, words in zip(notes, expected, strict=True):
        assert words in note


def assert_formula(score: Score) -> None:
    """What stands before the = comes to what stands behind it, and that is the score."""
    found = SUM.search(score.formula)
    if not found:
        assert "=" not in score.formula
        return
    plain = re.sub(r"([\d.]+)%", r"(\1/100)", found[1].translate(SIGNS))
    exact = eval(re.sub(r"\d+(?:\.\d+)?", r"Fraction('\g<0>')", plain), {"Fraction": Fraction})
    assert rounded(exact) == Decimal(found[2])
    limited = score.formula.endswith(("至多 10", "至少 0"))
    assert limited or score.score == Decimal(found[2])


def parametrized(*names: str):
    found = [(name, case) for name in names for case in cases(name)]
    return pytest.mark.parametrize(
        "case", [pytest.param(c, id=f"{n}-{c['title']}") for n, c in found]
    )


def test_there_are_enough_and_all_are_computed_by_hand():
    names = [path.stem for path in FOLDER.glob("*.yml")]
    found = [case for name in names for case in cases(name)]
    assert len(found) >= 150
    assert all(case["by_hand"] for case in found)


@parametrized("quantitative", "qualitative", "deadline")
def test_indicator(case):
    name = case.get("name", "")
    outcome = achieved(
        Decimal(case["full"]),
        name,
        parse_value(case["target"], name),
        case["actual"],
        profile_of(case.get("profile", "base")),
        own=own_points(case.get("own")),
        reason=case.get("reason"),
        year=int(case["year"]) if "year" in case else None,
        satisfaction="满意" in name,
    )
    score = outcome.score
    assert score.score == number(case["score"]), score
    assert score.full == Decimal(case["full"])
    rate = None if outcome.rate is None else rounded(outcome.rate * 100)
    assert rate == number(case.get("rate", "无"))
    assert case["rule"] in score.rule
    assert score.source and score.formula
    assert_formula(score)
    assert_notes(score.notes, case.get("notes", []))


def money(case: dict, key: str, unit: str | None) -> Budget:
    return Budget(total=case.get(key), money_unit=unit)


@parametrized("execution")
def test_execution(case):
    unit = case["unit"]
    spent_unit = case.get("spent_unit", unit) or None
    funds = Funds(
        initial=money(case, "initial", unit),
        adjusted=money(case, "adjusted", unit),
        spent=Budget(case.get("spent"), case.get("fiscal"), case.get("other"), spent_unit),
    )
    found = execution(funds, money(case, "planned", unit), profile_of("base"))
    assert found.score.score == number(case["score"]), found
    assert found.percent == number(case["rate"])
    assert found.score.full == 10
    assert_formula(found.score)
    assert_notes(found.score.notes, case.get("notes", []))


def indicator(text: str) -> Indicator:
    line, _, value = (part.strip() for part in text.partition("|"))
    words, _, weight = line.partition("=")
    level1, level2, name = words.split("/")
    return Indicator(
        level1=level1 or None,
        level2=level2,
        name=name,
        value=parse_value(value, name),
        weight=weight or None,
    )


@parametrized("weights")
def test_weights(case):
    indicators = [indicator(text) for text in case["indicators"]]
    rows = [IndicatorReport(weight=text) for text in case.get("rows", [])] or [None] * len(
        indicators
    )
    found = shared(indicators, rows, profile_of(case.get("profile", "base")))
    assert list(found.points) == [Decimal(text) for text in case["points"]]
    assert sum(found.points) == 90
    assert_notes(found.about, case.get("notes", []))
    for notes, words in zip(
        found.notes, case.get("own_notes", [""] * len(indicators)), strict=True
    ):
        assert_notes(notes, [words] if words else [])


def row(text: str) -> IndicatorReport:
    words, actual, score = ([part.strip() for part in text.split("|")] + [None])[:3]
    level1, level2, name = words.split("/")
    return IndicatorReport(level1=level1, level2=level2, name=name, actual=actual, score=score)


@parametrized("projects")
def test_project(case):
    profile = profile_of(case.get("profile", "base"))
    project = Project(name="甲", indicators=tuple(map(indicator, case["targets"])))
    funds = {name: Budget(total=text, money_unit="万元") for name, text in case["funds"].items()}
    report = ProjectReport(
        name="甲", funds=Funds(**funds), indicators=tuple(map(row, case["rows"]))
    )
    found = evaluate(project, report, profile, 2023)
    scores = [found.execution.score, *(one.score.score for one in found.indicators)]
    assert scores == [number(text) for text in case["scores"]]
    assert found.total == number(case["total"])
    assert found.lowest == Decimal(case.get("lowest", case["total"]))
    assert found.highest == Decimal(case.get("highest", case["total"]))
    assert found.grade == case.get("grade")
    assert found.profile == profile.label
    own = {int(i): words for i, words in case.get("own_notes", {}).items()}
    for one in found.indicators:
        if one.score.score is not None:
            assert_notes(one.score.notes, [own[one.number]] if one.number in own else [])
    assert_notes(found.notes, case.get("notes", []))
    assert found == evaluate(project, report, profile, 2023)
