"""What is promised on SQLite holds on PostgreSQL, too: the same tests on a server of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
OWNER = "postgres"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that is installed."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """Run a server in a folder of its own, reached by a socket there only; give its address."""
    found = programs()
    if found is None or not (found / "initdb").exists():
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="jixiao-pg-"))
    owner: dict[str, str] = {}
    if os.getuid() == 0:  # it refuses to run as root
        try:
            pwd.getpwnam(OWNER)
        except KeyError:
            pytest.skip("there is no user that PostgreSQL could run as")
        shutil.chown(folder, OWNER)
        owner = {"user": OWNER}

    def run(program: str, *arguments: str) -> None:
        command = [str(found / program), *arguments]
        # pg_ctl's server keeps its output open: it goes to a file, not to a pipe that is waited on.
        with (folder.with_suffix(".log")).open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd=folder, **owner)  # type: ignore[call-overload]

    data = str(folder / "data")
    run("initdb", "-D", data, "-A", "trust", "-U", "jixiao", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-o", options, "start")
    try:
        yield f"postgres://jixiao@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".log").unlink(missing_ok=True)


def on(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run tests of this folder on a database."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-x", *arguments],
        env={**os.environ, "DATABASE_URL": database},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
    )


def test_the_same_on_postgres(postgres: str) -> None:
    names = (
        "test_workflow.py", "test_drafting.py", "test_imports.py", "test_rounds.py",
        "test_review_many.py", "test_review_sheets.py",
        "test_hostile.py", "test_doors.py",
        "test_adjustment.py", "test_api.py::test_the_way_of_a_text",
        "test_api.py::test_errors_are_chinese_json",
    )  # fmt: skip
    chosen = "not downloads and not typed and not anything"
    told = on(postgres, "-k", chosen, *(str(HERE / name) for name in names))
    assert told.returncode == 0, told.stdout[-6000:]


def test_two_at_once_on_postgres(postgres: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("create database together")
    address = postgres.removesuffix("postgres") + "together"
    told = on(address, str(HERE / "test_together.py"))
    assert told.returncode == 0, told.stdout[-6000:]


def test_nothing_is_lost_in_a_crash_on_postgres(postgres: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("create database crash")
    address = postgres.removesuffix("postgres") + "crash"
    told = on(address, "-k", "nothing_is_lost", str(HERE / "test_crash.py"))
    assert told.returncode == 0, told.stdout[-6000:]


@pytest.mark.skipif(not Path("/usr/bin/chromium").exists(), reason="Chromium is not installed")
def test_the_whole_cycle_on_postgres(postgres: str) -> None:
    told = on(postgres, "-k", "whole_cycle", str(HERE / "test_browser.py"))
    assert told.returncode == 0, told.stdout[-6000:]
    assert "skipped" not in told.stdout
