"""The command line: thin, each command a few lines over the core.

Nothing is imported before it is needed: each process of a batch imports this package too.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0 good, 1 findings, 2 bad input, 130 interrupted."""
    if arguments is None:
        # What is read and found is never part of a cycle: to look for cycles as often as Python
        # does by itself would take a tenth of a command's time.
        gc.set_threshold(20_000, 20, 20)
    try:
        from jixiao.cli.running import run
    except KeyboardInterrupt:
        return 130
    return run(arguments)
