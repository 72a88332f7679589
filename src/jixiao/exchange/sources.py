"""Where the files of a set of tables are: beside each other, in a folder, or in a zip file."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Literal

import msgspec

from jixiao.exchange.csv_set import Opener
from jixiao.exchange.problems import ExchangeError, Problems
from jixiao.exchange.tables import tables
from jixiao.read.package import MAX_RATIO

Format = Literal["csv", "parquet"]

DESCRIPTOR = "datapackage.json"

_LARGE = 10 * 1024 * 1024
"""Bytes below which it does not matter how far a file was packed."""

_MAX_DESCRIPTOR = 50 * 1024 * 1024


class Member(msgspec.Struct, frozen=True):
    """A file of a set: its name for messages, and how to open it (or where it is)."""

    name: str
    open: Opener
    path: Path | None = None


def sibling(target: Path, table: str) -> Path:
    """Return the file of a table in a set: out.csv → out.projects.csv."""
    return target.with_name(f"{target.stem}.{table}{target.suffix}")


@contextmanager
def members(source: Path) -> Iterator[tuple[Format, dict[str, Member]]]:
    """Give the files of a set by table.

    ``source`` is the name of a set (out.csv, out.parquet) or of one of its files, the folder or
    zip file of a data package, or its datapackage.json. Raises ExchangeError where files are
    missing or the package cannot be used.
    """
    problems = Problems()
    if source.name == DESCRIPTOR:
        source = source.parent
    if source.is_dir():
        yield "csv", _of_folder(source, problems)
    elif source.suffix.lower() == ".zip":
        with opened_zip(source) as package:
            yield "csv", _of_zip(source, package, problems)
    elif source.suffix.lower() in (".csv", ".parquet"):
        form: Format = "csv" if source.suffix.lower() == ".csv" else "parquet"
        yield form, _of_siblings(_set_name(source), problems)
    else:
        raise ExchangeError(
            f"“{source.name}”不是数据集", "请指定 .csv、.parquet、.zip，或数据包的文件夹"
        )


def _set_name(source: Path) -> Path:
    """Return what a set is called, given it or one of its files."""
    stem, dot, table = source.stem.rpartition(".")
    return source.with_name(stem + source.suffix) if dot and table in tables() else source


def _of_siblings(source: Path, problems: Problems) -> dict[str, Member]:
    found = {}
    for name, table in tables().items():
        path = sibling(source, name)
        if path.is_file():
            found[name] = _member(path)
        elif not table.optional:
            problems.add(
                path.name, f"缺少这个文件（{table.title}；没有内容时也要有只含表头的文件）"
            )
    problems.check()
    return found


def _member(path: Path) -> Member:
    return Member(path.name, lambda: path.open("rb"), path)


def _of_folder(folder: Path, problems: Problems) -> dict[str, Member]:
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise ExchangeError(f"文件夹“{folder.name}”里没有 {DESCRIPTOR}", "请指定数据包的文件夹")
    if path.stat().st_size > _MAX_DESCRIPTOR:
        raise ExchangeError(f"{DESCRIPTOR} 大得不正常", "请确认数据包的来源")
    found = {}
    root = folder.resolve()
    for table, name in _listed(path.read_bytes(), problems).items():
        file = folder / name
        # A link in a package must not bring in what is outside it.
        if not file.is_file() or not file.resolve().is_relative_to(root):
            problems.add(name, "数据包里缺少这个文件")
        else:
            found[table] = _member(file)
    problems.check()
    return found


def _of_zip(source: Path, package: zipfile.ZipFile, problems: Problems) -> dict[str, Member]:
    check_zip(package, source.name)
    infos = {info.filename: info for info in package.infolist()}
    # Many programs pack a folder as a folder.
    lead = next((name[: -len(DESCRIPTOR)] for name in infos if _is_descriptor(name)), None)
    if lead is None or infos[lead + DESCRIPTOR].file_size > _MAX_DESCRIPTOR:
        raise ExchangeError(f"{source.name} 里没有 {DESCRIPTOR}", "请指定数据包的 zip 文件")
    found = {}
    for table, name in _listed(package.read(lead + DESCRIPTOR), problems).items():
        if lead + name in infos:
            found[table] = Member(name, _opener(package, lead + name))
        else:
            problems.add(name, "数据包里缺少这个文件")
    problems.check()
    return found


def check_zip(package: zipfile.ZipFile, name: str) -> None:
    """Refuse a zip file that unpacks to more than data can be, or that has a password."""
    for info in package.infolist():
        if info.file_size > _LARGE and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise ExchangeError(
                f"{name} 解开后大得不正常，可能是恶意文件（压缩炸弹），没有读取", "请确认文件来源"
            )
        if info.flag_bits & 0x1:
            raise ExchangeError(f"{name} 设有密码，读不出内容", "请取消密码后再试")


def _is_descriptor(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name == DESCRIPTOR and len(path.parts) <= 2


def _opener(package: zipfile.ZipFile, name: str) -> Opener:
    def opened() -> BinaryIO:
        return package.open(name)  # type: ignore[return-value] # IO[bytes], which is as good

    return opened


def _listed(data: bytes, problems: Problems) -> dict[str, str]:
    """Return the path of each table that a package lists."""
    try:
        content: Any = json.loads(data.decode("utf-8-sig"))
        resources = [(each["name"], each["path"]) for each in content["resources"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ExchangeError(f"{DESCRIPTOR} 不是数据包的说明文件", "请重新取得数据包") from error
    listed: dict[str, str] = {}
    for name, path in resources:
        if not isinstance(name, str) or name not in tables():
            problems.add(DESCRIPTOR, f"数据表“{str(name)[:40]}”不是绩效文本数据的表，请删去")
        elif not isinstance(path, str) or not _inside(path):
            problems.add(DESCRIPTOR, f"数据表“{name}”的路径不在数据包里")
        else:
            listed[name] = path
    if "texts" not in listed:
        problems.add(DESCRIPTOR, "没有列出数据表“texts”")
    return listed


def _inside(path: str) -> bool:
    """Tell whether a path stays in its package: relative, of this disk, without ways up."""
    plain = PurePosixPath(path)
    return not (plain.is_absolute() or ".." in plain.parts or "\\" in path or ":" in path)


@contextmanager
def opened_zip(source: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip file. Raises ExchangeError, also for what goes wrong while it is read."""
    try:
        with zipfile.ZipFile(source) as package:
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ExchangeError(
            f"{source.name} 不是完整的 zip 文件", "文件可能没有下载完或已损坏，请重新取得"
        ) from error
