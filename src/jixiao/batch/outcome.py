"""What becomes of each file of a share: its result, or a sentence that says why there is none."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from jixiao.model import Unreadable
from jixiao.model.errors import JixiaoError, ReadError

S = TypeVar("S")
T = TypeVar("T")

Reader = Callable[[Sequence[Path]], Iterator[tuple[Path, S | ReadError]]]
"""Reads files in order, as ``jixiao.read.read_many`` does."""


def outcomes(
    paths: Sequence[Path], reader: Reader[S], work: Callable[[S], T]
) -> Iterator[T | Unreadable]:
    """Read files and do some work on each; yield what came of it, in order.

    Nothing that happens to one file touches another: where the reader itself falls, the files
    that are left are read one by one.
    """
    done = 0
    try:
        for path, content in reader(paths):
            yield _worked(path, content, work)
            done += 1
    except Exception as error:  # noqa: BLE001 - whatever a file does to a reader, the rest goes on
        if len(paths) == 1:
            yield unreadable(paths[0], error)
            return
        for path in paths[done:]:
            yield from outcomes([path], reader, work)


def _worked(path: Path, content: S | ReadError, work: Callable[[S], T]) -> T | Unreadable:
    if isinstance(content, ReadError):
        return unreadable(path, content)
    try:
        return work(content)
    except Exception as error:  # noqa: BLE001 - as above
        return unreadable(path, error)


def unreadable(path: Path, error: Exception) -> Unreadable:
    """Return what to tell the user of a file that failed."""
    return Unreadable(name_of(path), str(error) if isinstance(error, JixiaoError) else told(error))


def told(error: Exception) -> str:
    """Return an error that nobody foresaw as a sentence, with the line that raised it."""
    if isinstance(error, MemoryError):
        return "内存不够，这个文件读不下。请关闭其他程序，或把文件拆小后再试。"
    frames = traceback.extract_tb(error.__traceback__)
    where = f"，{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行" if frames else ""
    said = f"：{error}" if str(error) else ""
    return f"内部错误（{type(error).__name__}{said}{where}）。请把这个文件和这句话报告给 jixiao 的开发者。"


def name_of(path: Path) -> str:
    """Return a path as text that can be shown and encoded.

    Names on old disks are often GB18030 bytes, which the system gives as lone surrogates.
    """
    name = str(path)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name
