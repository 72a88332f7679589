"""The application as its users start it: ``jixiao serve`` in a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Running(NamedTuple):
    """A server: its address, the password of all demo accounts, its process."""

    address: str
    password: str
    process: subprocess.Popen[bytes]


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(folder: Path, database: str | None = None) -> Iterator[Running]:
    """Run the demo county until the end of the block."""
    port = free_port()
    known = {**os.environ, "JIXIAO_DATA": str(folder)}
    for name in ("JIXIAO_SECRET_KEY", "DATABASE_URL"):
        known.pop(name, None)
    if database:
        known["DATABASE_URL"] = database
    log = folder / "server.log"
    command = [sys.executable, "-m", "jixiao", "serve", "--demo", "--data", str(folder)]
    with log.open("wb") as told:
        process = subprocess.Popen(
            [*command, "--port", str(port)], stdout=told, stderr=told, env=known
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, log)
        password = (folder / "demo-password").read_text()
        yield Running(address, password, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise AssertionError(log.read_text(errors="replace"))
        try:
            with urllib.request.urlopen(f"{address}/login/", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))
