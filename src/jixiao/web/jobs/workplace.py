"""Where a worker's temporary files are: a folder of its own, so that none outlives it for long.

A worker that is killed leaves behind what it was converting, and the program that converts it. The
next one ends that program and clears the rest away.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from jixiao.web import environment

_FOLDER = "work"
_PROCESSES = Path("/proc")

_GRACE = 3
"""Seconds that a program is given to be gone once it was ended."""


def move_in() -> Path:
    """Make this process's folder, let temporary files go there, and drop those of dead processes."""
    base = environment.data_folder() / _FOLDER
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in base.iterdir():
        if not is_alive(left.name):
            _end_programs(left)
            shutil.rmtree(left, ignore_errors=True)
    own = base / str(os.getpid())
    own.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(own)
    return own


def move_out(own: Path) -> None:
    """Drop this process's folder."""
    tempfile.tempdir = None
    shutil.rmtree(own, ignore_errors=True)


def _end_programs(folder: Path) -> None:
    """End the programs that were started for files of a folder, where the system tells of them."""
    name = os.fsencode(f"{folder}{os.sep}")
    found = []
    for process in _PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            if name in (_command(process) or b""):
                os.kill(int(process.name), signal.SIGKILL)
                found.append(process)
    end = time.monotonic() + _GRACE
    while any(map(_still_runs, found)) and time.monotonic() < end:
        time.sleep(0.05)


def _still_runs(process: Path) -> bool:
    return bool(_command(process))


def _command(process: Path) -> bytes | None:
    """Return a process's command, nothing (b"") of one that only waits to be buried.

    None where the system does not tell.
    """
    with suppress(OSError):
        return (process / "cmdline").read_bytes()
    return None


def is_alive(pid: str) -> bool:
    """Tell whether a process of this machine is there, by what it calls itself.

    One that has ended and is not yet buried by its parent is not.
    """
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError, OverflowError):
        return True
    return _command(_PROCESSES / pid) != b""
