"""Help and usage errors in Chinese.

Typer speaks English in its help and in its errors, and has no way to be told otherwise: the help is
written here from the same declarations, and each kind of error is told anew.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import sys
from collections.abc import Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from jixiao.cli.printable import fold, one_line, width
from jixiao.model.errors import JixiaoError

# Typer exports some of its errors only; this is what they have in common.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]

_GAP = 2
_LEFT = 30
_WIDEST = 100


class CommandError(JixiaoError):
    """A command that is not written as it must be."""


class Command(TyperCommand):
    """A command with its help in Chinese."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options; say of an error in them that it is this command's."""
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            vars(error)["ctx"] = vars(error)["ctx"] or ctx
            raise

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _help(self, ctx)


class Group(TyperGroup):
    """The commands together, with their help in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _help(self, ctx, self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command by its name. Raises CommandError if there is none."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.commands, 1)
            hint = f"是不是想写 {near[0]}？" if near else ""
            raise CommandError(
                f"没有命令“{one_line(name)}”",
                f"{hint}可用的命令有 {'、'.join(self.commands)}，各命令的用法见 {ctx.info_name} --help",
            )
        return super().resolve_command(ctx, args)


def told(error: Any) -> CommandError:
    """Return a usage error of Typer in Chinese: what is wrong, where, and what to do."""
    context = error.ctx
    path = one_line(context.command_path) if context else "jixiao"
    see = f"用法见 {path} --help"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        option = one_line(error.option_name)
        near = f"是不是想写 {error.possibilities[0]}？" if error.possibilities else ""
        return CommandError(f"命令 {path} 没有选项“{option}”", near + see)
    if kind == "MissingParameter":
        what = error.param.metavar or error.param.name
        return CommandError(f"命令 {path} 后面缺少 {what.rstrip('….')}", f"请补上，{see}")
    if kind == "BadOptionUsage":
        wrong = "不带值" if "does not take" in error.message else "后面缺少值"
        return CommandError(f"选项 {one_line(error.option_name)} {wrong}", see)
    extra = re.fullmatch(
        r"Got unexpected extra argument\(?s?\)? \((.*)\)", error.message, re.DOTALL
    )
    if extra:
        return CommandError(f"命令 {path} 后面多写了“{one_line(extra[1])}”", f"请删去，{see}")
    if error.message.startswith("Missing command"):
        return CommandError("没有写命令", see)
    return CommandError(f"命令 {path} 的写法不对", see)


def _help(command: Any, context: Any, commands: Mapping[str, Any] | None = None) -> str:
    columns = min(shutil.get_terminal_size().columns, _WIDEST)
    options = command.get_params(context)
    arguments = [option for option in options if option.param_type_name == "argument"]
    options = [option for option in options if option.param_type_name == "option"]
    pieces = [context.command_path, "[选项]", *(_metavar(argument) for argument in arguments)]
    if commands:
        pieces += ["命令", "…"]
    lines = [_head("用法：") + " ".join(pieces), ""]
    for paragraph in (command.help or "").split("\n"):
        lines += fold(paragraph, columns)
    if commands:
        rows = [(name, each.help.split("\n")[0]) for name, each in commands.items()]
        lines += ["", _head("命令："), *_table(rows, columns)]
    if arguments:
        lines += ["", _head("参数："), *_table([(_metavar(a), a.help) for a in arguments], columns)]
    lines += ["", _head("选项："), *_table([_option(option) for option in options], columns)]
    if command.epilog:
        lines += ["", *command.epilog.split("\n")]
    return "\n".join(lines)


def _metavar(argument: Any) -> str:
    name = argument.metavar or argument.name
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if option.name == "help":
        return names, "显示这段说明"
    return (names if option.is_flag else f"{names} {option.metavar}"), option.help


def _table(rows: list[tuple[str, str]], columns: int) -> list[str]:
    left = min(_LEFT, max(width(name) for name, _ in rows))
    lines = []
    for name, text in rows:
        folded = fold(text, max(20, columns - left - 2 * _GAP))
        if width(name) > left:
            lines.append(" " * _GAP + name)
        else:
            pad = " " * (left - width(name) + _GAP)
            lines.append(" " * _GAP + name + pad + folded.pop(0))
        lines += [" " * (left + 2 * _GAP) + line for line in folded]
    return lines


def _head(text: str) -> str:
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb":
        return f"\033[1m{text}\033[0m"
    return text
