"""What the tests of reports are made on: the samples with all findings, and a text full of malice."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from jixiao.check import Checker, Finding, Waiver, load_profile
from jixiao.model import BudgetUnit, Indicator, PerformanceText, Project, parse_value
from jixiao.read import read

SAMPLES = Path(__file__).parents[2] / "samples"
HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>"\'&\x1b[31m\x00\u202e|`*_#\n## 标题'


@cache
def samples() -> tuple[tuple[PerformanceText, ...], tuple[Finding, ...]]:
    """Return the samples and what is found in them."""
    checker = Checker(load_profile())
    texts = tuple(read(path) for path in sorted(SAMPLES.glob("*.docx")))
    return texts, tuple(finding for text in texts for finding in checker.check(text))


def hostile() -> tuple[tuple[PerformanceText, ...], tuple[Finding, ...]]:
    """Return a text whose every word is malice, and its findings, one of them waived."""
    row = Indicator(
        level1="产出指标",
        level2="质量指标",
        name=HOSTILE,
        description=HOSTILE,
        value=parse_value("≥100%", HOSTILE),
        basis=HOSTILE,
    )
    project = Project(
        code=HOSTILE, name=HOSTILE, purpose=HOSTILE, goals=(HOSTILE,), indicators=(row,)
    )
    text = PerformanceText(
        source=f"{HOSTILE}.docx", year=2024, unit=BudgetUnit(HOSTILE, HOSTILE), projects=(project,)
    )
    found = Checker(load_profile()).check(text)
    waiver = Waiver(HOSTILE, HOSTILE, date(2024, 1, 15))
    return (text,), (msgspec.structs.replace(found[0], waiver=waiver), *found[1:])
