"""The examples on the page about scoring are what scoring says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.model import parse_value
from jixiao.score.achievement import achieved
from jixiao.score.profile import load_scoring

PAGE = Path(__file__).parents[2] / "docs" / "score.md"
HEAD = "| 名称 | 指标值 | 实际完成值 | 算式 |"


def examples() -> list[list[str]]:
    found, inside = [], False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        inside = line.startswith("|") and (inside or line == HEAD)
        if inside and line != HEAD and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


@pytest.mark.parametrize(("name", "target", "actual", "formula"), examples())
def test_example(name, target, actual, formula):
    found = achieved(Decimal(10), name, parse_value(target, name), actual, load_scoring("base"))
    assert found.score.formula == formula


def test_there_are_examples():
    assert len(examples()) >= 15
