"""A file is read in a process of its own, with limits of time and memory: it may be hostile."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading

import msgspec
from django.conf import settings

from jixiao.web import environment
from jixiao.web.api.errors import BusyError, UncheckableError
from jixiao.web.api.reader import TOLD, Refusal

_AGAIN = 5
"""Seconds after which it is worth while to ask again; a file takes about one."""

_GRACE = 3
"""Seconds that the process has to put away LibreOffice and its temporary files."""

_slots = threading.BoundedSemaphore(settings.CHECKS_AT_ONCE)


def checked(data: bytes, name: str, profile: str) -> bytes:
    """Return the findings of a file as ``jixiao check --format json`` writes them.

    Raises UncheckableError for a file that cannot be read in time or at all, BusyError where as many
    are read as may be at once.
    """
    if not _slots.acquire(blocking=False):
        raise BusyError(_AGAIN)
    try:
        return _read(data, name, profile)
    finally:
        _slots.release()


def _read(data: bytes, name: str, profile: str) -> bytes:
    limits = [str(settings.CHECK_SECONDS), str(settings.CHECK_MEMORY)]
    command = [sys.executable, "-m", "jixiao.web.api.reader", *limits, profile, name]
    # What the process leaves behind, even where it is killed, goes with its folder.
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(  # noqa: S603 - Python itself; the name is no option
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(folder),
            start_new_session=True,
        )
        said = _said(process, data, name)
    if process.returncode == 0:
        return said
    if process.returncode == TOLD:
        refusal = msgspec.json.decode(said, type=Refusal)
        raise UncheckableError(f"“{name}”{refusal.what}", refusal.how)
    raise UncheckableError(
        f"读“{name}”时程序意外退出，可能是文件损坏或太大、内存不够",
        "请用 Word 或 WPS 打开后另存一份再试",
    )


def _environment(folder: str) -> dict[str, str]:
    """Return what the process is told of its surroundings: nothing that is secret."""
    secret = (environment.SECRET, environment.DATABASE)
    known = {name: value for name, value in os.environ.items() if name not in secret}
    return {**known, "TMPDIR": folder}


def _said(process: subprocess.Popen[bytes], data: bytes, name: str) -> bytes:
    try:
        said, _ = process.communicate(data, timeout=settings.CHECK_SECONDS)
    except subprocess.TimeoutExpired:
        raise UncheckableError(
            f"“{name}”读了 {settings.CHECK_SECONDS} 秒还没有读完", "请把它另存为 docx 再试"
        ) from None
    finally:
        _end(process)
    return said


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            pipe.close()
