"""The application as its users start it: ``jixiao serve`` in a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple


class Running(NamedTuple):
    """A server: its folder, its address, the password of all demo accounts, its process."""

    folder: Path
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
def serve(folder: Path, database: str | None = None, port: int = 0) -> Iterator[Running]:
    """Run the demo county until the end of the block."""
    port = port or free_port()
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
        yield Running(folder, address, password, process)
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


class Session:
    """A user's requests, without a browser."""

    def __init__(self, running: Running, username: str) -> None:
        self.address = running.address
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies)
        )
        self.get("/login/")
        status, _ = self.post("/login/", {"username": username, "password": running.password})
        assert status == 200

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the page."""
        return self._open(urllib.request.Request(self.address + path))

    def post(self, path: str, told: dict[str, str]) -> tuple[int, str]:
        """Send a form."""
        body = urllib.parse.urlencode(told).encode()
        return self._send(path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, name: str, data: bytes) -> tuple[int, str]:
        """Send a file; return the status and the page that one is led to."""
        head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + b"\r\n--edge--\r\n"
        return self._send(path, body, "multipart/form-data; boundary=edge")

    def _send(self, path: str, body: bytes, kind: str) -> tuple[int, str]:
        token = next(each.value for each in self._cookies if each.name == "csrftoken")
        request = urllib.request.Request(self.address + path, body)
        request.add_header("Content-Type", kind)
        request.add_header("X-CSRFToken", token or "")
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=60) as answer:
                self.place = answer.url
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
