"""The web application under load: PostgreSQL, a large county, a hundred people at once.

``JIXIAO_BENCH_QUICK=1`` is a short run on a small county: it shows that all works, and no figures to
hold against the wanted ones.
"""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks import county
from benchmarks.measure import Result
from benchmarks.postgres import postgres, programs

_ROOT = Path(__file__).parents[1]
_WANTED = {"保存一栏": 300, "审核队列": 500}
"""Milliseconds that 95 of 100 requests are to be answered in."""

_BUILD = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from benchmarks import county; county.build({units})
from django.db import connection
connection.cursor().execute("VACUUM ANALYZE")
"""


def run() -> list[Result]:
    """Measure."""
    if programs() is None:
        return [Result("网页应用", "没有量：没有安装 PostgreSQL", "PostgreSQL", False)]
    quick = os.environ.get("JIXIAO_BENCH_QUICK") == "1"
    units, people, seconds = (100, 20, 30) if quick else (county.UNITS, 100, 120)
    with tempfile.TemporaryDirectory() as folder, postgres() as database:
        known = {
            **os.environ,
            "DATABASE_URL": database,
            "JIXIAO_DATA": folder,
            "JIXIAO_SECRET_KEY": "only for a measurement",
            "DJANGO_SETTINGS_MODULE": "jixiao.web.settings",
            "PYTHONPATH": f"{_ROOT}:{os.environ.get('PYTHONPATH', '')}",
        }
        build = [sys.executable, "-c", _BUILD.format(units=units)]
        subprocess.run(build, check=True, env=known, cwd=_ROOT)
        before = os.getloadavg()[0]
        with _serving(folder, known) as address:
            rows, used = _load(address, Path(folder), people, seconds, known)
    load = os.getloadavg()[0]
    print(
        f"   {units} 个单位、{units * county.PROJECTS} 个项目，{people} 人，每人隔 3–6 秒做一件事，{seconds} 秒"
    )
    print(
        f"   {os.cpu_count()} 核，与数据库、产生负载的程序共用；开始前机器负载 {before:.1f}，量完时 {load:.1f}；"
        f"网页服务和数据库用了 {used:.2f} 核"
    )
    return list(_results(rows, people))


def _results(rows: dict[str, dict[str, str]], people: int) -> Iterator[Result]:
    for name, most in _WANTED.items():
        row = rows[name]
        figure = (
            f"p95 {row['95%']} ms（中位 {row['50%']}，{row['Request Count']} 次，"
            f"每秒 {float(row['Requests/s']):.1f}）"
        )
        yield Result(f"{name}，{people} 人同时", figure, f"p95 < {most} ms", int(row["95%"]) < most)
    failed = int(rows["Aggregated"]["Failure Count"])
    total = int(rows["Aggregated"]["Request Count"])
    yield Result("出错的请求", f"{failed} / {total}", "0", failed == 0)


@contextmanager
def _serving(folder: str, known: dict[str, str]) -> Iterator[str]:
    log = Path(folder, "server.log")
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "jixiao", "serve", "--data", folder, "--port", "8765"],
            stdout=told, stderr=told, env=known, cwd=_ROOT,
        )  # fmt: skip
    address = "http://127.0.0.1:8765"
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError(log.read_text(errors="replace"))
            try:
                with urllib.request.urlopen(f"{address}/login/", timeout=2):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _load(
    address: str, folder: Path, people: int, seconds: int, known: dict[str, str]
) -> tuple[dict[str, dict[str, str]], float]:
    """Let people work; return the figures by what they did, from when all are there, and the cores
    that the server and the database took meanwhile.
    """
    command = [
        sys.executable, "-m", "locust", "-f", str(_ROOT / "benchmarks" / "web_users.py"),
        "--headless", "-u", str(people), "-r", "2", "-t", f"{seconds + people // 2}s",
        "--reset-stats", "--csv", str(folder / "load"), "--host", address, "--only-summary",
    ]  # fmt: skip
    with (folder / "locust.log").open("wb") as told:
        process = subprocess.Popen(command, env=known, cwd=_ROOT, stdout=told, stderr=told)
        time.sleep(people // 2 + 3)
        begin, at = _seconds(), time.monotonic()
        time.sleep(seconds - 8)
        used = (_seconds() - begin) / (time.monotonic() - at)
        process.wait()
    with (folder / "load_stats.csv").open(encoding="utf-8") as file:
        rows = {row["Name"]: row for row in csv.DictReader(file)}
    with (folder / "load_failures.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            print("  ", row["Name"], row["Error"][:300], row["Occurrences"])
    return rows, used


def _seconds() -> float:
    """Return the seconds of a core that our servers have used: those below us but for the load."""
    import psutil

    ours = psutil.Process().children(recursive=True)
    bases = [p for p in psutil.process_iter() if p.name() == "postgres" and p not in ours]
    used = 0.0
    for each in (*ours, *bases):
        with suppress(psutil.Error):
            if "locust" not in each.cmdline():
                times = each.cpu_times()
                used += times.user + times.system
    return used
