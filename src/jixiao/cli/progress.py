"""The progress bar: on a terminal, and only where there is more than one file to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


class Bar:
    """A bar on the error output, out of the way of what is written to the same terminal."""

    def __init__(self, files: int) -> None:
        """Begin at none of so many files."""
        self._progress: Progress | None = None
        if files < 2 or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        # Without a thread that redraws it: the bar is drawn as files are done.
        self._progress = Progress(
            "读取文件",
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
        )
        self._task = self._progress.add_task("", total=files)
        self._progress.start()

    def advance(self) -> None:
        """Count a file."""
        if self._progress:
            self._progress.advance(self._task)
            self._progress.refresh()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something is written."""
        if self._progress is None or not sys.stdout.isatty():
            yield
            return
        self._progress.stop()
        yield
        sys.stdout.flush()
        self._progress.start()

    def end(self) -> None:
        """Take the bar away."""
        if self._progress:
            self._progress.stop()
            self._progress = None


@contextmanager
def bar(files: int) -> Iterator[Bar]:
    """Show a bar while files are read."""
    shown = Bar(files)
    try:
        yield shown
    finally:
        shown.end()
