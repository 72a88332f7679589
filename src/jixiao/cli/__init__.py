"""The command line: thin, each command a few lines over the core.

Nothing is imported before it is needed: each process of a batch imports this package too.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0 good, 1 findings, 2 bad input, 130 interrupted."""
    try:
        from jixiao.cli.running import run
    except KeyboardInterrupt:
        return 130
    return run(arguments)
