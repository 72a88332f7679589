"""The processes that do the work: each takes shares and sends back one result a file.

The parent talks to each by a pipe of its own, without threads, queues or locks: when a process
dies, it is known which files it held and which of them it had finished.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

from jixiao.batch.outcome import Reader, outcomes, unreadable
from jixiao.batch.shares import Share
from jixiao.model import Unreadable

# A fork server is as quick as a fork, once it has imported the readers, and safe where the parent
# has threads (a progress bar, a web server), in which a bare fork can hang. Windows knows neither.
_START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_PRELOADED = ["jixiao.batch.preload"]

_PATIENCE = 5
"""Seconds that a process has to put its LibreOffice and temporary files away."""

_FALLEN = "读这个文件时程序意外退出，可能是文件损坏或太大、内存不够。请用 Word 或 WPS 打开后另存一份再试。"


def processors() -> int:
    """Return how many processors this process may use."""
    count = getattr(os, "process_cpu_count", None)
    if count is not None:
        return int(count() or 1)
    if sys.platform != "win32" and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Worker:
    """A process, the share that it holds, and how much of it is done."""

    def __init__(self, reader: Reader[Any], work: Callable[[Any], Any]) -> None:
        """Start the process. Raises OSError where the system gives none."""
        context = multiprocessing.get_context(_START)
        if _START == "forkserver":
            context.set_forkserver_preload(_PRELOADED)
        self.connection, theirs = context.Pipe()
        self._share: Share = ()
        self._process = context.Process(  # type: ignore[attr-defined]  # typeshed: BaseContext
            target=_serve, args=(theirs, reader, work), daemon=True
        )
        try:
            self._process.start()
        finally:
            theirs.close()

    @property
    def idle(self) -> bool:
        """Whether it waits for a share."""
        return not self._share

    def give(self, share: Share) -> None:
        """Send it a share."""
        self._share = share
        # A process that is dead already shows when its result is awaited.
        with contextlib.suppress(OSError):
            self.connection.send([path for _, path in share])

    def receive(self) -> tuple[int, bytes]:
        """Return the position of the file just done and its pickled result.

        Raises EOFError where the process has died.
        """
        try:
            result = self.connection.recv_bytes()
        except OSError as error:
            raise EOFError from error
        (position, _), *rest = self._share
        self._share = tuple(rest)
        return position, result

    def left(self) -> Share:
        """Return the files that it held, and had not finished, when it died."""
        return self._share

    def end(self) -> None:
        """Tell the process to end, and with it the LibreOffice that it may have started."""
        self.connection.close()
        if self._process.is_alive():
            self._process.terminate()

    def join(self) -> None:
        """Wait until the process has ended."""
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while processes are started, and keep it from them for good.

    It goes to all processes of a terminal, and one that is still being made would die loudly. What
    is held back here is inherited by the fork server, and by all that it makes.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The tracker of resources, once started, lets Ctrl-C through again: it has to be there before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def fallen(path: Path) -> bytes:
    """Return the result of a file that ends each process that reads it."""
    return pickle.dumps(Unreadable(unreadable(path, EOFError()).file, _FALLEN))


def _serve(connection: Connection, reader: Reader[Any], work: Callable[[Any], Any]) -> None:
    """Take shares until the parent closes the pipe."""
    # Ctrl-C is the parent's to answer, which then ends these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    try:
        while True:
            paths: list[Path] = connection.recv()
            for path, outcome in zip(paths, outcomes(paths, reader, work), strict=True):
                connection.send_bytes(_packed(path, outcome))
    except (EOFError, OSError):
        return


def _packed(path: Path, outcome: object) -> bytes:
    try:
        return pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - told to the user, as any other failure of a file
        return pickle.dumps(unreadable(path, error))


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave by an exception, so that LibreOffice is ended and temporary files are removed.

    The exception may come where LibreOffice has been started and nobody yet knows its number: so
    whatever this process has started is ended here.
    """
    for children in Path("/proc/self/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
                os.killpg(child, signal.SIGKILL)
    raise SystemExit(0)
