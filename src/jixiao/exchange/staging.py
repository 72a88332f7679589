"""Results that appear only when they are whole: files, folders and zip files."""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jixiao.exchange.problems import ExchangeError
from jixiao.model.errors import reason


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give a new folder beside a target to write into; it is gone afterwards, come what may.

    Raises ExchangeError where the disk does not take what is written.
    """
    try:
        folder = target.parent / f".{target.name[:60]}.{secrets.token_hex(4)}.tmp"
        folder.mkdir()
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        yield folder
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place_files(made: Mapping[Path, Path], gone: tuple[Path, ...] = ()) -> None:
    """Give files their names, all of them written; ``gone`` are of an earlier set and vanish."""
    for path in made:
        _sync(path)
    for path, target in made.items():
        if target.exists():
            shutil.copymode(target, path)
        path.replace(target)
    for path in gone:
        path.unlink(missing_ok=True)


def place_zip(folder: Path, names: list[str], target: Path) -> None:
    """Pack files of a folder, and give the zip file its name when it is whole."""
    packed = folder / ".zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            # A fixed date: the same texts make the same file.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            size = (folder / name).stat().st_size
            with (
                (folder / name).open("rb") as content,
                package.open(info, "w", force_zip64=size >= 1 << 31) as member,
            ):
                shutil.copyfileobj(content, member, 1 << 20)
    place_files({packed: target})


def place_folder(folder: Path, target: Path, ours: frozenset[str]) -> None:
    """Give a folder its name; an earlier one of the same kind makes room, no other does.

    ``ours`` are the files that such a folder may hold. Raises ExchangeError where the folder that
    is there holds others.
    """
    check_folder(target, ours)
    for path in folder.rglob("*"):
        if path.is_file():
            _sync(path)
    if not target.exists():
        folder.replace(target)
        return
    old = target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}.old")
    target.replace(old)
    try:
        folder.replace(target)
    except OSError:
        old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def check_folder(target: Path, ours: frozenset[str]) -> None:
    """Refuse a folder that holds what a new one would not hold. Raises ExchangeError."""
    if not target.exists():
        return
    if not target.is_dir():
        raise ExchangeError(f"“{target.name}”是一个文件，不能作为文件夹写入", "请换一个名字")
    others = [
        path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()
    ]
    for name in others:
        if name not in ours:
            raise ExchangeError(
                f"文件夹“{target.name}”里有别的文件（{name}），没有覆盖", "请换一个新的文件夹"
            )


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _unwritable(target: Path, error: OSError) -> ExchangeError:
    return ExchangeError(
        f"结果写不进 {target.name}：{reason(error)}", "请检查磁盘空间和权限，或换一个位置"
    )
