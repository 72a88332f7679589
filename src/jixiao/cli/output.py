"""Where a result goes: the terminal, a pipe, or a file that appears only when it is whole."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from jixiao.batch.outcome import name_of
from jixiao.cli.chinese import CommandError
from jixiao.model.errors import reason

_UNBOUND = 120
"""Columns of tables that go to a file or a pipe."""


class View(msgspec.Struct, frozen=True):
    """What the result is shown on: the columns to fold at (None: not at all), and its colours."""

    columns: int | None = None
    colours: str | None = None

    @property
    def table(self) -> int:
        """How wide tables may be."""
        return self.columns or _UNBOUND


class Output:
    """A place to write to. ``discard`` makes a file vanish as if it had never been begun."""

    def __init__(self, stream: BinaryIO, encoding: str = "utf-8") -> None:
        """Take a stream and the encoding of its texts."""
        self._stream = stream
        self._encoding = encoding
        self.discarded = False

    def write(self, data: bytes) -> None:
        """Write bytes as they are."""
        self._stream.write(data)

    def text(self, text: str) -> None:
        """Write text; what the terminal's encoding does not have becomes a question mark."""
        self._stream.write(text.encode(self._encoding, "replace"))

    def flush(self) -> None:
        """Let what was written be seen."""
        self._stream.flush()

    def discard(self) -> None:
        """Leave no file."""
        self.discarded = True


def view(out: Path | None) -> View:
    """Return what a result is shown on."""
    if out is not None or not sys.stdout.isatty():
        given = os.environ.get("COLUMNS", "")
        return View(int(given) if given.isdecimal() and int(given) > 0 else None)
    from rich.console import Console

    return View(shutil.get_terminal_size().columns, Console().color_system)


def target(out: str | None, option: str = "--out") -> Path | None:
    """Return the file to write to. Raises CommandError where none can be made there.

    ``option`` is what it was given with, for the errors.
    """
    if out is None:
        return None
    path = Path(out)
    try:
        if out and path.exists() and not path.is_file() and not path.is_dir():
            return path  # A device or a pipe (/dev/stdout) is opened by the name it has.
        path = path.resolve() if path.is_symlink() else path
        folder = path.parent
        if not out:
            raise CommandError(f"{option} 后面没有写文件名", "请写上结果文件的名字")
        if path.is_dir():
            raise CommandError(f"{option} 指定的“{name_of(Path(out))}”是文件夹", "请写明文件名")
        if not folder.is_dir():
            raise CommandError(
                f"{option} 指定的文件夹 {name_of(folder)} 不存在", "请先建好文件夹，或换一个位置"
            )
    except (OSError, ValueError, RuntimeError) as error:
        raise CommandError(
            f"{option} 指定的“{name_of(Path(out))}”不能用", "请换一个文件名"
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandError(
            f"没有权限在 {option} 指定的文件夹 {name_of(folder)} 里写", "请换一个位置"
        )
    return path


@contextmanager
def opened(out: Path | None) -> Iterator[Output]:
    """Open the place to write to; a file takes its name when all is written, and not before.

    Raises CommandError where the disk does not take it.
    """
    if out is None:
        output = Output(sys.stdout.buffer, sys.stdout.encoding)
        yield output
        output.flush()
        return
    if out.exists() and not stat.S_ISREG(out.stat().st_mode):
        try:
            with out.open("wb") as stream:  # A device or a pipe cannot be replaced.
                yield Output(stream)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unwritable(out, error) from error
        return
    whole = out.with_name(f".{out.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        with whole.open("xb") as stream:
            output = Output(stream)
            yield output
            stream.flush()
            os.fsync(stream.fileno())
        if not output.discarded:
            if out.exists():
                shutil.copymode(out, whole)
            whole.replace(out)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        whole.unlink(missing_ok=True)


def _unwritable(out: Path, error: OSError) -> CommandError:
    return CommandError(
        f"结果写不进 {name_of(out)}：{reason(error)}", "请检查磁盘空间和权限，或换一个位置"
    )
