"""Timing and reporting that all benchmarks share."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


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


def best_of_both(
    one: Callable[[], object], other: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return the shortest times in seconds that two ways of doing something took.

    They take turns, so that what else the machine does meets both alike.
    """
    one()
    other()
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for work, found in zip((one, other), times, strict=True):
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


def watched(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return its seconds, and the peak memory in MB of its largest process.

    All processes of its session are watched, for those that do the work are not its children. The
    kernel keeps each one's peak, so that it is enough to look now and then.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True)
    peak = 0
    while process.poll() is None:
        peak = max(peak, *map(_peak, _session(process.pid)), 0)
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return time.perf_counter() - start, peak / 1024


def _session(leader: int) -> list[Path]:
    """Return the processes of a session, as folders of /proc."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if int(fields[3]) == leader:
                found.append(folder)
    return found


def _peak(folder: Path) -> int:
    try:
        lines = (folder / "status").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
