"""Checking: rules alone over many texts, a text read and checked, and the start of the command."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

import msgspec

from benchmarks.measure import Result, best
from benchmarks.texts import SAMPLES, large_docx
from jixiao.check import Checker, load_profile
from jixiao.cli import COLLECTOR
from jixiao.model import (
    Indicator,
    Nature,
    PerformanceText,
    Project,
    TargetValue,
    parse_value,
)
from jixiao.model.values import to_decimal
from jixiao.read import read

TEXTS = 1000
PROJECTS = 20
_NEW = 0.5
_BATCH = 100
_HUNDRED = 100


def run() -> list[Result]:
    """Measure."""
    return [_rules(), *_one_text()]


def varied(texts: int = TEXTS, projects: int = PROJECTS) -> Iterator[PerformanceText]:
    """Yield texts made of the samples' projects with other words and numbers in them.

    Projects are all new; of the indicators' names and descriptions half are, as among the units of a
    county, so that no cache makes it easy. Numbers are others of the same kind, so that there is as
    much to find as in the samples: rates stay rates, and costs grow with the budget.
    """
    known = [one for path in sorted(SAMPLES.glob("*.docx")) for one in read(path).projects]
    dice = random.Random(2024)
    for number in range(texts):
        yield PerformanceText(
            source=f"{number:04}.docx",
            year=2024,
            overall="保障全年工作",
            projects=tuple(_project(dice.choice(known), dice) for _ in range(projects)),
        )


def _project(project: Project, dice: random.Random) -> Project:
    place = f"{dice.choice('东西南北上下')}{dice.choice('河湾沟坡庄营')}{dice.randrange(900)}号"
    times = Decimal(dice.randrange(50, 200)) / 100
    budget = project.budget
    return msgspec.structs.replace(
        project,
        code=f"130730240{dice.randrange(10**12):012}",
        name=f"{place}{project.name}",
        purpose=f"{place}{project.purpose}",
        budget=msgspec.structs.replace(
            budget,
            total=_multiplied(budget.total, times),
            fiscal=_multiplied(budget.fiscal, times),
            other=_multiplied(budget.other, times),
        ),
        indicators=tuple(_indicator(one, place, times, dice) for one in project.indicators),
    )


def _multiplied(amount: str | None, times: Decimal) -> str | None:
    number = to_decimal(amount) if amount else None
    return amount if number is None else f"{(number * times).normalize():f}"


def _indicator(indicator: Indicator, place: str, times: Decimal, dice: random.Random) -> Indicator:
    here = place if dice.random() < _NEW else ""
    name = f"{here}{indicator.name}"
    value = indicator.value
    text = value.text
    if value.number is not None:
        text = text.replace(f"{value.number:f}", f"{_another(value, times, dice).normalize():f}")
    return msgspec.structs.replace(
        indicator,
        name=name,
        description=f"{here}{indicator.description}",
        value=parse_value(text, name),
    )


def _another(value: TargetValue, times: Decimal, dice: random.Random) -> Decimal:
    number = value.number or Decimal(0)
    if value.nature is Nature.MONEY:
        return number * times
    if value.unit == "%":
        # Of the most that there can be, nothing else is said so often.
        return number if number == _HUNDRED else number - dice.randrange(10)
    return Decimal(int(number * dice.randrange(50, 200) / 100) or 1)


def _rules() -> Result:
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTOR)  # as in a command
    checker = Checker(load_profile())
    count = findings = 0
    spent: list[float] = []
    speeds: list[float] = []
    texts = varied()
    while batch := list(islice(texts, _BATCH)):
        start = time.process_time()
        findings += sum(len(checker.check(text)) for text in batch)
        spent.append(time.process_time() - start)
        here = sum(len(project.indicators) for text in batch for project in text.projects)
        speeds.append(here / spent[-1])
        count += here
    gc.set_threshold(*before)
    # What else the machine does only ever slows it down, so the quickest part tells most.
    return Result(
        f"全部规则查 {TEXTS} 份文本、{count} 项指标（{findings} 条意见），单核",
        f"最快的 {_BATCH} 份 {max(speeds):,.0f}、平均 {count / sum(spent):,.0f} 项指标/秒",
        "≥ 20,000",
        max(speeds) >= 20_000,
    )


def _one_text() -> list[Result]:
    checker = Checker(load_profile())
    with tempfile.TemporaryDirectory() as folder:
        path = large_docx(Path(folder) / "large.docx")
        both = best(lambda: checker.check(read(path)))
        small = SAMPLES / "sannvhe-2023.txt"
        command = [sys.executable, "-m", "jixiao", "check", str(small), "--fail-on", "never"]
        start = best(lambda: subprocess.run(command, check=True, capture_output=True), 7)
        bare = best(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 7)
    return [
        Result(
            "读并查一份 24 个项目的 docx",
            f"{both * 1000:.0f} ms",
            "< 150 ms",
            both < 0.15,
        ),
        Result(
            "jixiao check 从启动到查完一份 8 个项目的 txt",
            f"{start:.2f} 秒（空的 Python 启动 {bare:.2f} 秒）",
            "< 0.4 秒",
            start < 0.4,
        ),
    ]
