"""Cuts a list of files into shares, each of which one process takes at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path

SHARE = 8
"""Files in a share: few enough that all processes end together, many enough to pay the errand."""

CONVERTED = 20
"""Files in a share that go through LibreOffice: a start takes as long as converting ten files."""

_CONVERTED_SUFFIXES = frozenset((".doc", ".wps", ".odt", ".rtf"))

Share = tuple[tuple[int, Path], ...]
"""Files with their position in the list."""


class Shares:
    """Hands out shares so that results can be given in order without holding many of them.

    Files that are converted are gathered, by the ending of their names, into shares of their own.
    (A file that is named wrongly only costs time: the reader goes by content.) No share is given
    out more than ``window`` files ahead of the first file whose result is still awaited.
    """

    def __init__(self, paths: Sequence[Path], processes: int) -> None:
        """Take the files and the number of processes that share them."""
        self._paths = paths
        self._next = 0
        self._again: deque[Share] = deque()
        converted = sum(1 for path in paths if _converted(path))
        self._size = {
            True: _even(converted, processes, CONVERTED),
            False: _even(len(paths) - converted, 2 * processes, SHARE),
        }
        self._gathered: dict[bool, list[tuple[int, Path]]] = {True: [], False: []}
        self.window = 2 * processes * (SHARE + CONVERTED)

    def take(self, awaited: int, *, ahead: bool = True) -> Share | None:
        """Return the next share, or None if there is none to give as yet.

        ``awaited`` is the position of the first file without a result; with ``ahead`` false only
        a share that holds it is given.
        """
        if self._again:
            return self._again.popleft()
        end = min(len(self._paths), awaited + (self.window if ahead else 1))
        while self._next < end:
            path = self._paths[self._next]
            kind = _converted(path)
            self._gathered[kind].append((self._next, path))
            self._next += 1
            if len(self._gathered[kind]) >= self._size[kind]:
                return self._give(kind)
        left = [kind for kind, files in self._gathered.items() if files]
        return self._give(min(left, key=self._first)) if left else None

    def take_again(self, share: Share) -> None:
        """Take back what is left of a share whose process fell, to give it file by file."""
        self._again.extend((file,) for file in share)

    def _first(self, kind: bool) -> int:
        return self._gathered[kind][0][0]

    def _give(self, kind: bool) -> Share:
        share = tuple(self._gathered[kind])
        self._gathered[kind].clear()
        return share


def _converted(path: Path) -> bool:
    return path.suffix.lower() in _CONVERTED_SUFFIXES


def _even(files: int, parts: int, most: int) -> int:
    """Return the size of shares that leaves no process idle, at most ``most``."""
    return max(1, min(most, -(-files // parts)))
