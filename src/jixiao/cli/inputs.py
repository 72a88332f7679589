"""The files that a command is given: named one by one, or found in folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jixiao.batch.outcome import name_of
from jixiao.cli.chinese import CommandError
from jixiao.model import Unreadable
from jixiao.model.errors import reason

_LOCKS = ("~$", ".~lock")
"""How the files begin that Word, WPS and LibreOffice lay beside an open document."""


@dataclass
class Inputs:
    """The files to read in order, and what could not be opened on the way to them."""

    paths: list[Path] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


def find(names: Sequence[str], out: Path | None = None) -> Inputs:
    """Return the files named, and those of a known kind in the folders named.

    In a folder hidden files, lock files and ``out`` are left out. A file that is named twice is
    read once. Raises CommandError where nothing is left, or where ``out`` is one of the files.
    """
    from jixiao.read import SUFFIXES

    inputs = Inputs()
    seen: set[str] = set()
    target = _identity(out) if out else None
    for name in names:
        if not name:
            raise CommandError("有一个文件名是空的", "请检查命令，写明文件或文件夹")
        path = Path(name)
        if not _is_folder(path):
            if target and _identity(path) == target:
                raise CommandError(
                    f"--out 指定的 {name_of(path)} 就是要读的文件，写进去会毁掉它", "请换一个文件名"
                )
            problem = _special(path)
            if problem:
                inputs.unreadable.append(Unreadable(name_of(path), problem))
                continue
            found: Iterator[Path] = iter((path,))
        else:
            found = _walk(path, SUFFIXES, inputs.unreadable, set())
        for file in found:
            key = os.path.abspath(file)  # noqa: PTH100 - resolve() would follow links
            if key not in seen and (target is None or _identity(file) != target):
                seen.add(key)
                inputs.paths.append(file)
    if not inputs.paths and not inputs.unreadable:
        raise CommandError(
            f"{'、'.join(name_of(Path(name)) for name in names)} 里没有能读的文件",
            f"能读的有 {'、'.join(sorted(SUFFIXES))}；隐藏文件和 ~$ 开头的临时文件不算",
        )
    return inputs


def _walk(
    folder: Path,
    suffixes: frozenset[str],
    unreadable: list[Unreadable],
    above: set[tuple[int, int]],
) -> Iterator[Path]:
    """Yield the files of a folder and those below it, by name; each folder is entered once."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in above:
            return
        above.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        unreadable.append(Unreadable(name_of(folder), _cannot_open(error)))
        return
    for entry in entries:
        if entry.name.startswith((".", *_LOCKS)):
            continue
        path = folder / entry.name
        if _is_folder(path):
            yield from _walk(path, suffixes, unreadable, above)
        elif path.suffix.lower().removeprefix(".") in suffixes and not _special(path):
            yield path


def _cannot_open(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有权限打开这个文件夹，里面的文件没有读。请请管理员开通权限后再试。"
    return f"这个文件夹打不开：{reason(error)}，里面的文件没有读。请检查磁盘或网络后再试。"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _special(path: Path) -> str:
    """Return why a path is no file to read: a pipe would never end, a device would never answer."""
    try:
        kind = path.stat().st_mode
    except ValueError:
        return "文件名不对。请检查文件名和路径。"
    except OSError:
        return ""  # What is wrong with it, the reader says.
    return "" if stat.S_ISREG(kind) else "这不是普通文件（是设备或管道）。请指定文档文件。"


def _identity(path: Path) -> tuple[int, int] | str:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return os.path.abspath(path)  # noqa: PTH100 - as above
    return status.st_dev, status.st_ino
