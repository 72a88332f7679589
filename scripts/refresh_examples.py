"""Runs the examples in README.md and docs/ and writes what they give beneath them.

An example is a ``console`` block that begins with ``$ jixiao …``. The tests run the same examples
and compare; after a change of the output, run ``.venv/bin/python scripts/refresh_examples.py``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"(?<=^```console\n)\$ (?P<command>[^\n]+)\n(?P<output>.*?)(?=^```$)", re.M | re.S
)


def pages() -> list[Path]:
    """Return the pages that may hold examples."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def output(command: str) -> str:
    """Return what a command writes, errors included, as a person would see it in a file."""
    programs = Path(sys.executable).parent
    done = subprocess.run(  # noqa: S603 - examples of our own
        ["bash", "-c", command],  # noqa: S607
        cwd=ROOT,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8").rstrip("\n") + "\n"


def refreshed(page: str) -> str:
    """Return a page with the output of its examples made anew."""
    return BLOCK.sub(lambda block: f"$ {block['command']}\n{output(block['command'])}", page)


def main() -> None:
    """Refresh all pages."""
    for path in pages():
        before = path.read_text("utf-8")
        after = refreshed(before)
        if after != before:
            path.write_text(after, "utf-8")
            print(f"已更新 {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
