"""Readers and works for the tests; other processes import them by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from jixiao.model import PerformanceText
from jixiao.model.errors import ReadError


def contents(paths: Sequence[Path]) -> Iterator[tuple[Path, str | ReadError]]:
    """Read files of a word each; some words do to the reader what bad files do."""
    for path in paths:
        word = path.read_text("utf-8")
        if word == "fall":
            raise KeyError(word)
        if word == "memory":
            raise MemoryError
        if word == "die":
            os._exit(3)
        if word == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "slow":
            time.sleep(0.3)
        yield path, ReadError("文件不好", "请换一个") if word == "bad" else word


def together(paths: Sequence[Path]) -> Iterator[tuple[Path, str | ReadError]]:
    """Read all before the first is given, as files converted in one start are."""
    yield from list(contents(paths))


def logged_contents(paths: Sequence[Path]) -> Iterator[tuple[Path, str | ReadError]]:
    """Write down which files came together, and in which process; then read them."""
    with (paths[0].parent / "log").open("a") as log:
        log.write(f"{os.getpid()} {' '.join(path.name for path in paths)}\n")
    yield from contents(paths)


def shout(word: str) -> str:
    """Do some work."""
    return word.upper()


def stumble(word: str) -> str:
    """Do some work, and fail at one word."""
    if word == "stone":
        raise ValueError(word)
    return word


def process(_word: str) -> int:
    """Tell which process does the work."""
    return os.getpid()


def unsendable(_word: str) -> object:
    """Return what cannot be sent to another process."""
    return lambda: None


def heavy(_word: str) -> bytes:
    """Return much."""
    return bytes(1_000_000)


def projects(text: PerformanceText) -> int:
    """Return how many projects a text has."""
    return len(text.projects)
