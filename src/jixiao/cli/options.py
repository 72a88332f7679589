"""Options that commands share, and how their values are judged.

All values come as text and are judged here: Typer's own judgements are in English.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line

C = TypeVar("C", bound=str)

BAD = 2
"""The exit code for bad input."""

_OWN_PROFILE = "jixiao.toml"

Files = Annotated[
    list[str], typer.Argument(metavar="文件…", help="文件或文件夹；文件夹连同其下各级一起读")
]
Out = Annotated[
    str | None, typer.Option("--out", "-o", metavar="文件", help="把结果写进文件，全部写好后才出现")
]
Jobs = Annotated[
    str | None,
    typer.Option("--jobs", "-j", metavar="个数", help="同时用几个进程，默认用全部处理器"),
]


Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        "-p",
        metavar="名称",
        help="审核口径的名称或 .toml 文件；不写时用当前文件夹里的 jixiao.toml，没有则用 base",
    ),
]


def say(sentence: str) -> None:
    """Say something beside the result."""
    with contextlib.suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)


def choice(option: str, value: str, choices: tuple[C, ...]) -> C:
    """Return the choice that was written. Raises CommandError."""
    for one in choices:
        if value.lower() == one.lower():
            return one
    raise CommandError(f"{option} 不能是“{one_line(value)}”", f"可选 {'、'.join(choices)}")


def number(option: str, value: str | None) -> int | None:
    """Return a number of processes. Raises CommandError."""
    if value is None:
        return None
    if value.isascii() and value.isdecimal() and 1 <= int(value) <= 1024:
        return int(value)
    raise CommandError(f"{option} 不能是“{one_line(value)}”", "请写 1 到 1024 的整数")


def chosen_profile(given: str | None) -> str:
    """Return the profile to check by: the one given, the office's own in this folder, or base."""
    if given is not None:
        return given
    if Path(_OWN_PROFILE).is_file():
        say(f"按当前文件夹里的 {_OWN_PROFILE} 审核。")
        return _OWN_PROFILE
    return "base"


def codes(option: str, values: list[str] | None) -> tuple[str, ...]:
    """Return the codes that were given, with any of the commas in use between them."""
    found = tuple(
        code.strip().upper()
        for value in values or ()
        for code in value.replace("，", ",").replace("、", ",").split(",")
        if code.strip()
    )
    if values and not found:
        raise CommandError(f"{option} 后面没有写规则代码", "请写如 Q,C02")
    return found
