"""Run the benchmarks and print what they found."""

from __future__ import annotations

import importlib
import sys

SUITES = ("reading", "pdf", "ocr", "checking", "writing", "web")


def main() -> int:
    """Run the suites named, or all; return 1 where a figure falls short."""
    short = 0
    for name in sys.argv[1:] or SUITES:
        print(f"── {name} ──")
        for result in importlib.import_module(f"benchmarks.{name}").run():
            print(
                f"{'✓' if result.good else '✗'} {result.name} {result.figure}（要求 {result.wanted}）"
            )
            short += not result.good
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
