"""Runs the real command line in a process of its own, with or without a terminal."""

from __future__ import annotations

import ctypes
import errno
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import NamedTuple

SAMPLES = Path(__file__).parents[2] / "samples"
GOOD = SAMPLES / "huailai-resettlement-2024.txt"
OTHER = SAMPLES / "sannvhe-2023.docx"

_PR_CAPBSET_DROP = 24
_OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class Ran(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


def command(*arguments: str | Path) -> list[str]:
    """Return the command line that runs jixiao."""
    return [sys.executable, "-m", "jixiao", *map(str, arguments)]


def jixiao(
    *arguments: str | Path, folder: Path | None = None, ordinary: bool = False, **environment: str
) -> Ran:
    """Run a command without a terminal; ``ordinary`` as one whom permissions bind, even root."""
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=_environment(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        preexec_fn=_without_overrides if ordinary else None,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_terminal(
    *arguments: str | Path, out: bool = True, folder: Path | None = None, columns: int = 100
) -> Ran:
    """Run a command whose errors, and with ``out`` whose output too, go to a terminal."""
    screen, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=_environment({"TERM": "xterm-256color"}),
        stdin=subprocess.DEVNULL,
        stdout=theirs if out else subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = _drain(screen, None if out else process.stdout.fileno())
    process.wait(120)
    os.close(screen)
    if not out:
        process.stdout.close()
    return Ran(process.returncode, shown[1].decode(), shown[0].decode())


def interrupted(
    *arguments: str | Path,
    when: Callable[[int], bool],
    folder: Path,
    by: signal.Signals = signal.SIGINT,
) -> Ran:
    """Run a command, and press Ctrl-C as soon as something is so of its session.

    ``by`` is sent to all its processes, as a terminal does with Ctrl-C; SIGTERM to the first.
    """
    process = subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=_environment({}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not when(process.pid):
        assert process.poll() is None, "ended before it could be interrupted"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    if by is signal.SIGINT:
        os.killpg(process.pid, by)
    else:
        process.send_signal(by)
    out, err = process.communicate(timeout=60)
    assert wait_for(lambda: not session(process.pid)), "something is left running"
    return Ran(process.returncode, out.decode(), err.decode())


def session(leader: int) -> list[int]:
    """Return the processes of a session."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                state, *fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if int(fields[2]) == leader and state != "Z":
                found.append(int(folder.name))
    return found


def wait_for(so: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something is so; return False if it does not come."""
    deadline = time.monotonic() + seconds
    while not so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _environment(more: dict[str, str]) -> dict[str, str]:
    ours = {
        key: value
        for key, value in os.environ.items()
        if key not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM")
    }
    return {**ours, "PYTHONIOENCODING": "utf-8", **more}


def _without_overrides() -> None:
    """Give up root's power to open what permissions forbid (it is gone after the exec)."""
    libc = ctypes.CDLL(None)
    for capability in _OVERRIDES:
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def _drain(screen: int, pipe: int | None) -> tuple[bytes, bytes]:
    read = {screen: b""} | ({pipe: b""} if pipe is not None else {})
    open_ = set(read)
    while open_:
        for source in select.select(list(open_), [], [], 120)[0]:
            try:
                data = os.read(source, 65536)
            except OSError as error:
                if error.errno != errno.EIO:  # how a terminal says that all have left it
                    raise
                data = b""
            if not data:
                open_.discard(source)
            read[source] += data
    return read[screen], read.get(pipe, b"")
