"""A PostgreSQL of its own for a measurement: in a folder that is gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that is installed."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server, durable as in an office, reached by a socket in its folder; give its address.

    Raises RuntimeError where it is not installed.
    """
    found = programs()
    if found is None:
        raise RuntimeError("没有安装 PostgreSQL（Debian：apt-get install postgresql）")
    folder = Path(tempfile.mkdtemp(prefix="jixiao-bench-pg-"))
    owner: dict[str, str] = {}
    if os.getuid() == 0:  # it refuses to run as root
        pwd.getpwnam(OWNER)
        shutil.chown(folder, OWNER)
        owner = {"user": OWNER}
    log = folder.with_suffix(".log")

    def run(program: str, *arguments: str) -> None:
        with log.open("ab") as told:
            command = [str(found / program), *arguments]
            subprocess.run(command, check=True, stdout=told, stderr=told, cwd=folder, **owner)  # type: ignore[call-overload]

    data = str(folder / "data")
    run("initdb", "-D", data, "-A", "trust", "-U", "jixiao", "-E", "UTF8")
    run("pg_ctl", "-D", data, "-w", "-o", f"-k {folder} -c listen_addresses=''", "start")
    try:
        yield f"postgres://jixiao@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
        log.unlink(missing_ok=True)
