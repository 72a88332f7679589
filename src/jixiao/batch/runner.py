"""Runs some work over files and gives the results in order."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, TypeVar

from jixiao.batch.outcome import Reader, outcomes
from jixiao.batch.processes import Worker, fallen, processors, uninterrupted
from jixiao.batch.shares import Shares
from jixiao.model import PerformanceText, Unreadable
from jixiao.read import read_many

T = TypeVar("T")

HELD = 64 * 1024 * 1024
"""Bytes of results that may wait for an earlier file before no more work is given out."""


def run(
    paths: Sequence[Path],
    work: Callable[[PerformanceText], T],
    *,
    jobs: int | None = None,
    reader: Reader[Any] = read_many,
) -> Iterator[tuple[Path, T | Unreadable]]:
    """Read files, do some work on each, and yield what came of it, in the order of the files.

    ``work`` and what it returns are sent between processes: it must be importable by name, and
    encoded bytes are the cheapest thing to return. ``jobs`` is the number of processes, by default
    that of the processors; one, or a single file, is done in this process. Memory does not grow
    with the number of files. A file that fails, or that ends the process reading it, yields an
    Unreadable and leaves the others alone.
    """
    processes = min(jobs or processors(), len(paths))
    if processes > 1:
        workers = _start(processes, reader, work)
        if workers:
            return _spread(paths, workers, lambda: Worker(reader, work))
    return _alone(paths, reader, work)


def _alone(
    paths: Sequence[Path], reader: Reader[Any], work: Callable[[Any], T]
) -> Iterator[tuple[Path, T | Unreadable]]:
    """Do the work in this process, in shares too, for the sake of LibreOffice's starts."""
    shares = Shares(paths, 1)
    held: dict[int, T | Unreadable] = {}
    awaited = 0
    while (share := shares.take(awaited)) is not None:
        files = [path for _, path in share]
        for (position, _), outcome in zip(share, outcomes(files, reader, work), strict=True):
            held[position] = outcome
            while awaited in held:
                yield paths[awaited], held.pop(awaited)
                awaited += 1


def _start(count: int, reader: Reader[Any], work: Callable[[Any], Any]) -> list[Worker]:
    """Start processes, as many as the system gives."""
    workers: list[Worker] = []
    with uninterrupted():
        try:
            for _ in range(count):
                workers.append(Worker(reader, work))
        except OSError:
            pass  # Fewer do the same work; with none it is done in this process.
    return workers


def _spread(
    paths: Sequence[Path], workers: list[Worker], another: Callable[[], Worker]
) -> Iterator[tuple[Path, Any]]:
    """Do the work in the processes; results that come early wait, pickled, for their turn."""
    shares = Shares(paths, len(workers))
    held: dict[int, bytes] = {}
    size = 0
    awaited = 0
    try:
        while awaited < len(paths):
            for worker in workers:
                if worker.idle:
                    share = shares.take(awaited, ahead=size < HELD)
                    if share is not None:
                        worker.give(share)
            by_connection = {worker.connection: worker for worker in workers if not worker.idle}
            for connection in wait(list(by_connection), 0 if awaited in held else None):
                worker = by_connection[connection]  # type: ignore[index]  # as given to wait
                try:
                    position, result = worker.receive()
                except EOFError:
                    left = worker.left()
                    worker.end()
                    worker.join()
                    workers[workers.index(worker)] = another()
                    if len(left) > 1:
                        shares.take_again(left)
                        continue
                    position, result = left[0][0], fallen(left[0][1])
                held[position] = result
                size += len(result)
            if awaited in held:
                result = held.pop(awaited)
                size -= len(result)
                yield paths[awaited], pickle.loads(result)  # noqa: S301 - from our own process
                awaited += 1
    finally:
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.join()
