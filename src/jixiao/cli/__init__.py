"""The command line: thin, each command a few lines over the core.

Nothing is imported before it is needed: each process of a batch imports this package too.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

__all__ = ["COLLECTOR", "main"]

COLLECTOR = (20_000, 20, 20)
"""How often a command looks for cycles of objects: see ``gc.set_threshold``.

What is read and found is never part of a cycle, so that to look as often as Python does by itself
takes a tenth of a command's time and finds nothing.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0 good, 1 findings, 2 bad input, 130 interrupted."""
    if arguments is None:
        gc.set_threshold(*COLLECTOR)
    try:
        from jixiao.cli.running import run
    except KeyboardInterrupt:
        return 130
    return run(arguments)
