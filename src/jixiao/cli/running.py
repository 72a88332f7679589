"""How a command ends: its exit code, one sentence for each error, nothing half done."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import typer

from jixiao.cli.app import app
from jixiao.cli.chinese import CommandError, UsageError, told
from jixiao.cli.options import BAD, say
from jixiao.model.errors import JixiaoError, reason

_INTERRUPTED = 128 + signal.SIGINT


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code. No error leaves as a traceback."""
    _open_what_is_closed()
    if arguments is None:
        # A service manager ends programs so: what is unfinished is to be cleared away then, too.
        signal.signal(signal.SIGTERM, _terminated)
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except JixiaoError as error:
        say(str(error))
        return BAD
    except KeyboardInterrupt:
        say("已中断，没有写完的结果已丢弃。")
        return _INTERRUPTED
    except BrokenPipeError:  # Whoever reads the output has enough (head).
        _write_no_more()
        return 128 + getattr(signal, "SIGPIPE", 13)
    except OSError as error:
        _write_no_more()
        say(str(CommandError(f"没有做完：{reason(error)}", "请检查磁盘空间和权限后再试")))
        return BAD
    except Exception as error:  # noqa: BLE001 - a traceback never reaches a user
        from jixiao.batch.outcome import told as sentence

        say(sentence(error))
        return BAD


def _open_what_is_closed() -> None:
    """Let what a closed output (>&-) would get go nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _write_no_more() -> None:
    """Let nothing more be written to the output, not even at exit."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminated(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _run(arguments: list[str]) -> int:
    command: Any = typer.main.get_command(app)
    try:
        with command.make_context("jixiao", arguments) as context:
            return command.invoke(context) or 0
    except typer.Exit as leave:
        sys.stdout.flush()
        return leave.exit_code
    except UsageError as error:
        raise told(error) from error
