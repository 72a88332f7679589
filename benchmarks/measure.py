"""Timing and reporting that all benchmarks share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the report: what was measured, its figure, and what it is held against."""

    name: str
    figure: str
    wanted: str
    good: bool


def best(work: Callable[[], object], rounds: int = 15) -> float:
    """Return the shortest time in seconds that some work took, after once to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
