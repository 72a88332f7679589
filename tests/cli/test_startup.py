"""A command begins at once: what is slow to import is imported when it is needed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cli.command import GOOD

SLOW = ("rich", "lxml", "yaml", "pydantic", "markdown_it", "multiprocessing.forkserver")


def imported(*arguments):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "jixiao", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return set(re.findall(r"\|\s+(\S+)$", done.stderr, re.M))


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check", "--help")])
def test_help_imports_neither_readers_nor_rules(arguments):
    found = imported(*arguments)
    assert "typer" in found
    for module in (*SLOW, "jixiao.read", "jixiao.check"):
        assert module not in found


def test_checking_a_file_imports_nothing_for_tables_and_many_files():
    found = imported("check", GOOD)
    assert "jixiao.check" in found
    for module in ("rich", "yaml", "pydantic", "markdown_it", "multiprocessing.forkserver"):
        assert module not in found
